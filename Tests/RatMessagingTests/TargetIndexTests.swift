import RatCore
import RatTestSupport
import Testing

@testable import RatMessaging

/// The index beside a dictionary of arrays.
@Suite struct TargetIndexTests {
    private struct Place: Hashable {
        let target: Handle
        let lane: Int
    }

    private static func chain(_ first: NodeReference?) -> [UInt32] {
        var numbers: [UInt32] = []
        var node = first
        while let current = node {
            numbers.append(current.number)
            node = current.node.nextOfTarget
        }
        return numbers
    }

    @Test(arguments: [1, 40, 3000])
    func chainsAreWhatArraysAre(targets: Int) {
        var random = SeededRandom(seed: UInt64(targets))
        let shelf = Shelf()
        var index = TargetIndex()
        var model: [Place: [NodeReference]] = [:]
        var all: [NodeReference] = []
        index.activate()
        for step in 0..<30_000 {
            // Places are used again by other targets, as handles' are.
            let target = Shelf.window(
                Int.random(in: 0..<targets, using: &random),
                generation: Int.random(in: 0..<3, using: &random) + step / 10_000
            )
            let place = Place(target: target, lane: Int.random(in: 0..<8, using: &random))
            switch Int.random(in: 0..<10, using: &random) {
            case 0..<5:
                let node = shelf.make(UInt32(step), lane: place.lane, target: target)
                index.append(node)
                model[place, default: []].append(node)
                all.append(node)
            case 5..<8 where !all.isEmpty:
                let node = all.remove(at: Int.random(in: 0..<all.count, using: &random))
                index.remove(node)
                let home = Place(target: node.node.message.header.target, lane: Int(node.node.lane))
                model[home]?.removeAll { $0 == node }
            case 8 where !all.isEmpty:
                let choice = Int.random(in: 0..<all.count, using: &random)
                let old = all[choice]
                let home = Place(target: old.node.message.header.target, lane: Int(old.node.lane))
                let new = shelf.make(UInt32(step), lane: home.lane, target: home.target)
                index.substitute(new, for: old)
                all[choice] = new
                model[home] = model[home]?.map { $0 == old ? new : $0 }
            default: break
            }
            guard
                Self.chain(index.first(of: target, place.lane))
                    == model[place, default: []].map(\.number)
            else {
                Issue.record("\(place) in step \(step)")
                return
            }
        }
        let isSame = model.allSatisfy { place, nodes in
            Self.chain(index.first(of: place.target, place.lane)) == nodes.map(\.number)
        }
        #expect(isSame)
    }

    @Test func startsEmptyEachTimeItIsActivated() {
        let shelf = Shelf()
        var index = TargetIndex()
        for round in 0..<200 {
            index.activate()
            for place in 0..<100 {
                let target = Shelf.window(place)
                let isEmpty = index.first(of: target, 4) == nil
                guard isEmpty else {
                    Issue.record("round \(round) sees what was there before")
                    return
                }
                index.append(shelf.make(1, target: target))
            }
            index.deactivate()
            let isActive = index.isActive
            #expect(!isActive)
        }
    }

    /// A chain that ran empty keeps its slot: these must not fill the table.
    @Test func targetsThatComeAndGoLeaveNothingBehind() {
        let shelf = Shelf()
        var index = TargetIndex()
        index.activate()
        let staying = shelf.make(1, target: Shelf.window(1 << 19))
        index.append(staying)
        let node = shelf.make(2)
        for place in 0..<100_000 {
            node.node.message.header.target = Shelf.window(place)
            index.append(node)
            index.remove(node)
        }
        let found = index.first(of: Shelf.window(1 << 19), 4)
        let passed = index.first(of: Shelf.window(50_000), 4)
        #expect(found == staying && passed == nil)
    }
}
