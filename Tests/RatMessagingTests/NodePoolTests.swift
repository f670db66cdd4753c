import RatCore
import RatSystem
import RatTestSupport
import Testing

@testable import RatMessaging

/// The supply of nodes. In processes of their own, because the supply is one for all threads.
@Suite struct NodePoolTests {
    private static var existing: Int { NodePool.census.existing }

    @Test func nodesAreTakenAgainFromWhatWasGivenBack() async {
        await #expect(processExitsWith: .success) {
            let count = try onThreadOfItsOwn {
                let thread = ThreadRecord.current
                for _ in 0..<1000 {
                    let some = (0..<200).map { _ in NodePool.take(thread) }
                    for node in some { NodePool.giveBack(node, thread) }
                }
                return Self.existing
            }
            // In slabs, of which some are partly home.
            try #require(count <= 200 + 2 * NodePool.slabSize, "\(count)")
        }
    }

    @Test func noNodeIsHandedOutTwice() async {
        await #expect(processExitsWith: .success) {
            let isUnique = try onThreadOfItsOwn {
                let thread = ThreadRecord.current
                var random = SeededRandom(seed: 1)
                var taken: [NodeReference] = []
                var addresses: Set<UInt> = []
                for _ in 0..<100_000 {
                    if Int.random(in: 0..<400, using: &random) >= taken.count {
                        let node = NodePool.take(thread)
                        let isNew = addresses.insert(node.address).inserted
                        guard isNew else { return false }
                        taken.append(node)
                    } else {
                        let node = taken.remove(
                            at: Int.random(in: 0..<taken.count, using: &random)
                        )
                        addresses.remove(node.address)
                        NodePool.giveBack(node, thread)
                    }
                }
                for node in taken { NodePool.giveBack(node, thread) }
                return true
            }
            try #require(isUnique)
        }
    }

    @Test func threadThatEndsLeavesNoneBehind() async {
        await #expect(processExitsWith: .success) {
            try onThreadOfItsOwn {
                let thread = ThreadRecord.current
                let some = (0..<500).map { _ in NodePool.take(thread) }
                for node in some { NodePool.giveBack(node, thread) }
            }
            let census = NodePool.census
            try #require(census.existing >= 500 && census.idle == census.existing)
        }
    }

    /// One thread only takes nodes, the other only gives them back.
    @Test func amountOfNodesIsBoundedHoweverManyMessagesAreStreamed() async {
        await #expect(processExitsWith: .success) {
            let capacity = 1000
            let messages = 1_000_000
            let queue = try Queue.make(capacity: capacity)
            var most = 0
            let consumer = TestThread { () -> Int in
                var message = Message(MessageHeader(message: 0))
                for count in 0..<messages {
                    do throws(RatError) {
                        try unsafe MessageQueue.take(
                            from: queue,
                            until: Patience.deadline,
                            into: &message
                        )
                    } catch {
                        return count
                    }
                    if message.header.wparam != UInt(count) { return -1 }
                }
                return messages
            }
            var options = PostOptions()
            options.deadline = .distantFuture
            for number in 0..<messages {
                let message = Message(MessageHeader(message: 1, wparam: UInt(number)))
                _ = try unsafe withUnsafePointer(to: message) { pointer in
                    try unsafe MessageQueue.post(pointer, to: queue, options)
                }
                most = max(most, Self.existing)
            }
            try #require(try consumer.join() == messages)
            // Those queued, what each of the two threads keeps, and the slabs that they lie in: a slab with a
            // node in use is in use.
            let kept = 2 * (2 * NodePool.batchSize + NodePool.slabSize)
            try #require(most <= 2 * (capacity + kept))
        }
    }
}
