import RatCore
import RatTestSupport
import Testing

@testable import RatMessaging

@Suite struct TrackedMessagesTests {
    private static let targets = [Shelf.window(1), Shelf.window(1, generation: 2)]

    @Test func tokensAreNeverUsedTwice() {
        let first = TrackedMessages.makeToken()
        #expect(first != 0 && TrackedMessages.makeToken() != first)
    }

    @Test(arguments: [UInt64(1), 2], [false, true])
    func findsWhatANaiveListFinds(seed: UInt64, coalesces: Bool) {
        var random = SeededRandom(seed: seed)
        let shelf = Shelf()
        var tracked = TrackedMessages()
        tracked.coalesces = coalesces
        var model: [NodeReference] = []
        for step in 0..<20_000 {
            let target = Self.targets.randomElement(using: &random) ?? .invalid
            let key = UInt64.random(in: 0..<3, using: &random)
            if Bool.random(using: &random), model.count < 30 {
                let node = shelf.make(UInt32(step), target: target)
                node.node.token = step % 2 == 0 ? TrackedMessages.makeToken() : 0
                node.node.key = key
                node.node.isReplaceable =
                    step % 3 == 0 && tracked.replaceable(like: node) == nil
                node.node.isTracked = false
                tracked.add(node)
                let isTracked =
                    coalesces || node.node.isReplaceable || node.node.token != 0
                #expect(node.node.isTracked == isTracked)
                if isTracked { model.append(node) }
            } else if !model.isEmpty {
                let node = model.remove(at: Int.random(in: 0..<model.count, using: &random))
                tracked.remove(node)
                #expect(!node.node.isTracked && tracked.node(token: node.node.token) == nil)
            }
            func isOfKey(_ node: NodeReference) -> Bool {
                node.node.key == key && node.node.message.header.target == target
            }
            let replaceable = model.last { isOfKey($0) && $0.node.isReplaceable }
            let newest = coalesces ? model.last(where: isOfKey) : nil
            let like = shelf.make(0, target: target)
            like.node.key = key
            guard tracked.replaceable(like: like) == replaceable,
                tracked.newest(like: like) == newest,
                model.allSatisfy({ $0.node.token == 0 || tracked.node(token: $0.node.token) == $0 }
                ),
                tracked.isEmpty == model.isEmpty
            else {
                Issue.record("step \(step)")
                return
            }
        }
    }
}
