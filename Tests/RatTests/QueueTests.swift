internal import Rat
internal import RatWindowingTestSupport
internal import Testing

@Suite struct QueueTests {
    @Test func aMessageArrivesAsItWasPosted() throws {
        let queue = try MessageQueue()
        let sent = Message(5, wparam: .max, lparam: .min, priority: -4, payload: [1, 2, 3])
        try queue.post(sent)
        #expect(try queue.next(timeout: .zero) == sent)
        #expect(try queue.next(timeout: .zero) == nil)
    }

    @Test func higherPrioritiesComeFirstAndEachInItsOrder() throws {
        let queue = try MessageQueue()
        for (number, priority) in [(1, 0), (2, 3), (3, -4), (4, 0), (5, 3)] as [(UInt32, Int)] {
            try queue.post(Message(number, priority: priority))
        }
        let numbers = try (0..<5).map { _ in try queue.next(timeout: .zero)?.number }
        #expect(numbers == [2, 5, 1, 4, 3])
    }

    @Test func aFullQueueRefuses() throws {
        let queue = try MessageQueue(capacity: 2)
        try queue.post(Message(1))
        try queue.post(Message(2))
        expect(.noResources) { try queue.post(Message(3)) }
        #expect(try queue.next()?.number == 1)
        try queue.post(Message(3))
    }

    @Test(arguments: [-1, 1 << 24 + 1])
    func aCapacityOutOfRangeIsRefused(_ capacity: Int) {
        expect(.invalidArgument) { try MessageQueue(capacity: capacity) }
    }

    @Test func whatIsNoMessageIsRefused() throws {
        let queue = try MessageQueue()
        for message in [
            Message(1, priority: 4), Message(1, priority: -5),
            Message(1, payload: Array(repeating: 0, count: 16 << 20 + 1)),
        ] {
            expect(.invalidArgument) { try queue.post(message) }
        }
    }

    @Test func aThreadThatWaitsIsWokenByAPost() throws {
        let queue = try MessageQueue()
        let thread = try OtherThread {
            for number in 1...1000 as ClosedRange<UInt32> { try? queue.post(Message(number)) }
        }
        for number in 1...1000 as ClosedRange<UInt32> {
            #expect(try queue.next(timeout: .seconds(10))?.number == number)
        }
        thread.join()
    }

    @Test func anAutomaticEventReleasesOneWaitAndAManualOneAll() throws {
        let automatic = try Event()
        #expect(!automatic.wait(timeout: .zero))
        automatic.set()
        #expect(automatic.wait(timeout: .zero))
        #expect(!automatic.wait(timeout: .zero))
        let manual = try Event(.manual, isSignaled: true)
        #expect(manual.wait() && manual.wait())
        manual.reset()
        #expect(!manual.wait(timeout: .milliseconds(1)))
    }

    @Test func anEventWakesAnotherThread() throws {
        let (there, back) = (try Event(), try Event())
        let thread = try OtherThread {
            if there.wait(timeout: .seconds(10)) { back.set() }
        }
        there.set()
        #expect(back.wait(timeout: .seconds(10)))
        thread.join()
    }

    @Test func anyTimeoutIsAValidOne() throws {
        let event = try Event(.manual, isSignaled: true)
        for timeout in [.seconds(Int64.max), .nanoseconds(-1), .seconds(Int64.min)] as [Duration] {
            #expect(event.wait(timeout: timeout))
        }
    }
}
