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
            Poll.waitReadable(first.rawValue, second.rawValue, until: .distantFuture)
            first.drain()
            second.drain()
        }
    }

    @Test func pollEndsAtItsDeadline() throws {
        let first = try EventDescriptor()
        let second = try EventDescriptor()
        let soon = Instant.now().advanced(byMilliseconds: 1)
        while Instant.now() < soon {
            Poll.waitReadable(first.rawValue, second.rawValue, until: soon)
        }
        Poll.waitReadable(first.rawValue, second.rawValue, until: .distantPast)
    }

    @Test func sleepingPollIsWokenByASignal() throws {
        let first = try EventDescriptor()
        let second = try EventDescriptor()
        let numbers = (first.rawValue, second.rawValue)
        let sleeper = TestThread {
            Poll.waitReadable(numbers.0, numbers.1, until: .distantFuture)
        }
        try sleeper.waitUntilAsleep()
        EventDescriptor.signal(numbers.1)
        try sleeper.join()
        #expect(isReadable(numbers.1))
    }
}
