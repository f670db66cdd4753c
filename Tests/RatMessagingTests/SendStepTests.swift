import RatCore
import RatSystem
import RatTestSupport
import Testing

@testable import RatMessaging

/// The steps of sending one by one, with what other threads do in between.
@Suite struct SendStepTests {
    @Test func messageWhoseSenderGaveUpAfterItWasTakenIsRun() throws {
        let isRun = try onThreadOfItsOwn { () -> Bool in
            let queue = try ThreadQueue.current()
            let runs = Guarded(0)
            let window = try Target.make(of: queue) { _ in runs.withLock { $0 += 1 } }
            // With more time, until the message is taken before it is withdrawn.
            for time in (0..<10).map({ 50 << $0 }) {
                let sender = TestThread {
                    Send.send(
                        1,
                        to: window,
                        until: Instant.now().advanced(byMilliseconds: UInt64(time))
                    )
                }
                var taken: NodeReference?
                let end = Instant.now().advanced(byMilliseconds: UInt64(time))
                while taken == nil, Instant.now() < end {
                    taken = queue.queue.takeCall(queue.thread)
                }
                guard try sender.join() == .failure(.timedOut) else { return false }
                guard let node = taken else { continue }
                Dispatch.handle(node, queue.thread)
                let isClean = queue.queue.record.begun == nil
                Target.destroy(window, of: queue)
                return runs.current == 1 && isClean
            }
            return false
        }
        #expect(isRun)
    }

    @Test func whoFoundADeadlockWaitsNoMoreWhenOthersSearch() throws {
        let (own, others) = (try Queue.make(), try Queue.make())
        let isOver = try onThreadOfItsOwn { () -> Bool in
            Send.becomeRetriever(of: own)
            let other = TestThread { () -> Send.Outcome in
                Send.becomeRetriever(of: others)
                return Send.send(1, to: own)
            }
            try other.waitUntilParked()
            let thread = ThreadRecord.current
            let target = try MessageQueue.find(others)
            guard let request = RequestTable.take(thread, for: target) else { return false }
            request.record.target = others
            request.record.isCall = false
            thread.edge = SendEdge(request, isBlocking: false)
            var found: RatError?
            do throws(RatError) {
                try DeadlockSearch.check(thread, target, outer: SendEdge(rawValue: 0))
            } catch {
                found = error
            }
            let isWaiting = thread.edge.request != nil
            RequestTable.giveBack(request, thread)
            guard Send.serve(own, 3), try other.join() == .success(3) else { return false }
            return found == .deadlock && !isWaiting
        }
        #expect(isOver)
        for queue in [own, others] { try MessageQueue.close(queue) }
    }

    @Test func replyOfANestedSendIsKeptUntilTheOuterReplyComes() throws {
        let isAlone = try onThreadOfItsOwn { () -> Bool in
            let thread = ThreadRecord.current
            let nodes = (0..<2).map { _ in NodePool.take(thread) }
            for node in nodes {
                node.node.message = Message(MessageHeader(message: 0))
                node.node.message.header.size = 1
                unsafe node.node.message.unsafePayload = node.inlineBytes
            }
            let free = thread.record.freeNodeCount
            LastReply.keep(nodes[0], thread)
            LastReply.keep(nodes[1], thread)
            let isFirstBack = thread.record.freeNodeCount == free + 1
            let last = LastReply.take(thread)
            LastReply.end(last, thread)
            return isFirstBack && last == nodes[1]
        }
        #expect(isAlone)
    }
}
