import Glibc
import RatTestSupport
import Testing

@testable import RatSystem

@Suite struct DescriptorTests {
    /// Reads it, and signals it again if there was something.
    private func isReadable(_ descriptor: CInt) -> Bool {
        var count: UInt64 = 0
        let isSignaled = unsafe withUnsafeMutableBytes(of: &count) { bytes in
            (try? systemCall { unsafe Glibc.read(descriptor, bytes.baseAddress, 8) }) == 8
        }
        if isSignaled { EventDescriptor.signal(descriptor) }
        return isSignaled
    }

    /// Polls for one descriptor beside the wake-up; says whether it was that one.
    @discardableResult private func poll(
        _ wakeUp: CInt,
        _ descriptor: CInt,
        until deadline: Instant
    ) -> Bool {
        var polls = PollSet([PollInterest(descriptor: descriptor)])
        polls.setWakeUp(wakeUp)
        polls.wait(until: deadline)
        #expect(polls.firstReady == (polls.isReady(0) ? 0 : nil))
        return polls.isReady(0)
    }

    @Test func signalsCountAsOneUntilTheyAreDrained() throws {
        let descriptor = try EventDescriptor()
        let number = descriptor.rawValue
        #expect(!isReadable(number))
        for _ in 0..<5 { EventDescriptor.signal(descriptor.rawValue) }
        #expect(isReadable(number))
        descriptor.drain()
        #expect(!isReadable(number))
        descriptor.drain()
        #expect(!isReadable(number))
    }

    @Test func pollEndsWhenEitherDescriptorIsReadable() throws {
        let first = try EventDescriptor()
        let second = try EventDescriptor()
        for signaled in [first.rawValue, second.rawValue] {
            EventDescriptor.signal(signaled)
            let isSecond = poll(first.rawValue, second.rawValue, until: .distantFuture)
            #expect(isSecond == (signaled == second.rawValue))
            first.drain()
            second.drain()
        }
    }

    @Test func pollEndsAtItsDeadline() throws {
        let first = try EventDescriptor()
        let second = try EventDescriptor()
        let soon = Instant.now().advanced(byMilliseconds: 1)
        while Instant.now() < soon {
            poll(first.rawValue, second.rawValue, until: soon)
        }
        poll(first.rawValue, second.rawValue, until: .distantPast)
    }

    @Test func sleepingPollIsWokenByASignal() throws {
        let first = try EventDescriptor()
        let second = try EventDescriptor()
        let numbers = (first.rawValue, second.rawValue)
        let sleeper = TestThread {
            poll(numbers.0, numbers.1, until: .distantFuture)
        }
        try sleeper.waitUntilAsleep()
        EventDescriptor.signal(numbers.1)
        #expect(try sleeper.join())
        #expect(isReadable(numbers.1))
    }
}
