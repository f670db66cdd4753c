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

    private static func chain(_ first: CellReference?) -> [UInt32] {
        var numbers: [UInt32] = []
        var cell = first
        while let current = cell {
            numbers.append(current.number)
            cell = current.cell.nextOfTarget
        }
        return numbers
    }

    @Test(arguments: [1, 40, 3000])
    func chainsAreWhatArraysAre(targets: Int) {
        var random = SeededRandom(seed: UInt64(targets))
        let shelf = Shelf()
        var index = TargetIndex()
        var model: [Place: [CellReference]] = [:]
        var all: [CellReference] = []
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
                let cell = shelf.makeCell(UInt32(step), lane: place.lane, target: target)
                index.append(cell)
                model[place, default: []].append(cell)
                all.append(cell)
            case 5..<9 where !all.isEmpty:
                let cell = all.remove(at: Int.random(in: 0..<all.count, using: &random))
                index.remove(cell)
                let home = Place(target: cell.cell.target, lane: Int(cell.cell.lane))
                model[home]?.removeAll { $0 == cell }
            default: break
            }
            let chain = Self.chain(index.first(of: target, place.lane))
            guard chain == model[place, default: []].map(\.number) else {
                Issue.record("\(place) in step \(step)")
                return
            }
        }
        for (place, cells) in model {
            let chain = Self.chain(index.first(of: place.target, place.lane))
            #expect(chain == cells.map(\.number))
        }
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
                index.append(shelf.makeCell(1, target: target))
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
        let staying = shelf.makeCell(1, target: Shelf.window(1 << 19))
        index.append(staying)
        let cell = shelf.makeCell(2)
        for place in 0..<100_000 {
            cell.cell.target = Shelf.window(place)
            index.append(cell)
            index.remove(cell)
        }
        let found = index.first(of: Shelf.window(1 << 19), 4)
        let passed = index.first(of: Shelf.window(50_000), 4)
        #expect(found == staying && passed == nil)
    }
}
