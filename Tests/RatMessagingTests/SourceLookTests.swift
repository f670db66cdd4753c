import RatCore
import RatSystem
import Testing

@testable import RatMessaging

@Suite struct SourceLookTests {
    @Test func aSleepEndsWhenTheSourceIsToBeLookedAt() throws {
        let queue = try ThreadQueue.current()
        let source = FakeSource()
        queue.source = source
        defer { queue.source = nil }
        source.nextLook = Instant.now().advanced(byMilliseconds: 20)
        var message = Message(MessageHeader(message: 0))
        let wish = QueueReference.Wish(filter: .all, isRemoving: true)
        let deadline = Instant.now().advanced(byMilliseconds: 60_000)
        let found = try unsafe queue.find(wish, until: deadline, into: &message)
        #expect(found == .message)
        #expect(message.header.message == FakeSource.key)
    }
}
