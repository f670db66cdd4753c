internal import Foundation
internal import RatCore
internal import RatIPC
internal import RatSystem
internal import RatTestSupport
internal import RatWindowingTestSupport
internal import Testing

@testable internal import Rat
@testable internal import RatLinks

/// Queues with names. The other side is this process too, by a connection as other processes have it.
@Suite struct NamedQueueTests {
    private static func newName() -> String {
        _ = RuntimeDirectory.path
        return "queue-\(UUID().uuidString)"
    }

    /// The queue as another process opens it.
    private static func visit(_ name: String) throws -> MessageQueue {
        let name = try ObjectName(name.utf8)
        let socket = try QueueNames(of: name, isCreating: false).find()
        let peer = try socket.peer()
        return MessageQueue(try NamedQueue.connect(to: name, by: socket, of: peer))
    }

    @Test func whatOneProcessPostsAnotherTakes() throws {
        let name = Self.newName()
        let queue = try MessageQueue(named: name)
        let opened = try Self.visit(name)
        try opened.post(Message(7, wparam: 1, payload: [1, 2, 3]))
        let message = try #require(try queue.next(timeout: .seconds(60)))
        #expect(message == Message(7, wparam: 1, payload: [1, 2, 3]))
        #expect(message.sender == MessageSender(0))
        try queue.post(8, UInt64(42))
        #expect(opened.wait(timeout: .seconds(60)))
        #expect(try opened.peek()?.number == 8)
        #expect(try opened.receive(timeout: .zero)?.value() == UInt64(42))
        #expect(try opened.next(timeout: .zero) == nil)
        #expect(!opened.wait(timeout: .zero))
        #expect(try opened.info.posted == 2)
    }

    @Test func aNameIsTakenFoundAndFreed() throws {
        let name = Self.newName()
        expect(.notFound) { try MessageQueue(opening: name) }
        expect(.notFound) { try MessageQueue.unlink(name) }
        let queue = try MessageQueue(named: name)
        expect(.alreadyExists) { try MessageQueue(named: "/" + name) }
        do {
            // Its own handle, once more.
            let same = try MessageQueue(opening: name)
            #expect(same.handle == queue.handle)
        }
        try queue.post(Message(1))
        try MessageQueue.unlink(name)
        expect(.notFound) { try MessageQueue(opening: name) }
        #expect(try queue.next()?.number == 1)
        expect(.invalidArgument) { try MessageQueue(named: "a/b") }
    }

    @Test func tasksSendAndIterateAcrossProcesses() async throws {
        let name = Self.newName()
        let queue = try MessageQueue(named: name)
        let opened = try Self.visit(name)
        let owner = Task {
            for await message in queue.messages {
                try message.request?.reply(Message(0, wparam: message.wparam + 1))
                if message.number == 99 { break }
            }
        }
        for number in 0..<200 as Range<UInt> {
            #expect(try await opened.send(Message(1, wparam: number)).wparam == number + 1)
        }
        try opened.post(Message(99))
        try await owner.value
        let taker = Task { () -> Int in
            var sum = 0
            for await message in opened.messages { sum += Int(message.wparam) }
            return sum
        }
        for number in 1...100 as ClosedRange<UInt> {
            try queue.post(Message(2, wparam: number))
        }
        while try queue.info.queued > 0 { await Task.yield() }
        queue.close()
        #expect(await taker.value == 5050)
        expect(.notConnected) { try opened.post(Message(1)) }
    }
}
