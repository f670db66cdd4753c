import RatCore
import RatTestSupport
import Testing

@testable import RatMessaging

/// The lanes beside an array that is searched from end to end.
@Suite struct LanesTests {
    private struct Model {
        var entries: [NodeReference] = []

        func first(_ filter: MessageFilter = .all) -> NodeReference? {
            var first: NodeReference?
            for entry in entries where filter.admits(entry.node.message.header) {
                if let best = first, best.node.lane >= entry.node.lane { continue }
                first = entry
            }
            return first
        }

        func firstToDrop(below lane: Int) -> NodeReference? {
            let lowest = entries.map(\.node.lane).min()
            return entries.first { $0.node.lane == lowest && $0.node.lane <= lane }
        }

        mutating func remove(_ node: NodeReference) {
            entries.removeAll { $0 == node }
        }
    }

    /// Both of them, and the steps that a test takes on them.
    private struct Pair: ~Copyable {
        let shelf = Shelf()
        var lanes = Lanes()
        var model = Model()
        var lastNumber: UInt32 = 0
        var failure: String?

        mutating func append(_ lane: Int, _ target: Handle) {
            lastNumber += 1
            let node = shelf.make(lastNumber, lane: lane, target: target)
            lanes.append(node)
            model.entries.append(node)
        }

        mutating func appendRow(_ lane: Int, _ targets: [Handle]) {
            var row = NodeList()
            for target in targets {
                lastNumber += 1
                let node = shelf.make(lastNumber, lane: lane, target: target)
                row.append(node)
                model.entries.append(node)
            }
            lanes.append(row, count: targets.count, lane: lane)
        }

        mutating func takeFirst(_ filter: MessageFilter = .all) {
            let found = lanes.first(filter)
            if found != model.first(filter) { failure = failure ?? "first of \(filter)" }
            guard let found else { return }
            lanes.remove(found)
            model.remove(found)
        }

        mutating func remove(at place: Int) {
            guard model.entries.indices.contains(place) else { return }
            lanes.remove(model.entries.remove(at: place))
        }

        mutating func substitute(at place: Int) {
            guard model.entries.indices.contains(place) else { return }
            let old = model.entries[place]
            lastNumber += 1
            // Its lane becomes that of the other.
            let target = old.node.message.header.target
            let new = shelf.make(lastNumber, lane: 0, target: target)
            lanes.substitute(new, for: old)
            model.entries[place] = new
        }

        mutating func removeAll(of target: Handle?) {
            var removed: [UInt32] = []
            lanes.removeAll(of: target) { removed.append($0.number) }
            let isMeant = { (node: NodeReference) in
                target == nil || node.node.message.header.target == target
            }
            let expected = model.entries.filter(isMeant).map(\.number)
            model.entries.removeAll(where: isMeant)
            if removed.sorted() != expected.sorted() { failure = failure ?? "removeAll" }
        }

        mutating func check() {
            var inUse: UInt32 = 0
            for entry in model.entries { inUse |= 1 << UInt32(entry.node.lane) }
            if lanes.count != model.entries.count { failure = failure ?? "count" }
            if lanes.inUse != inUse { failure = failure ?? "inUse" }
            if lanes.first() != model.first() { failure = failure ?? "first" }
            for lane in [0, 3, 7] {
                let isSame = lanes.firstToDrop(below: lane) == model.firstToDrop(below: lane)
                if isSame { continue }
                failure = failure ?? "firstToDrop(below: \(lane))"
            }
        }
    }

    /// With so many besides, a search for a target uses the index.
    @Test(arguments: [0, 40])
    func everyShortSequenceOfStepsGivesWhatANaiveListGives(besides: Int) {
        var failure: String?
        let (one, other) = (Shelf.window(5), Shelf.window(5, generation: 2))
        Choices.forEach { choices in
            guard failure == nil else { return }
            var pair = Pair()
            for _ in 0..<besides { pair.append(3, Shelf.window(9)) }
            for _ in 0..<4 {
                switch choices.choose(among: 8) {
                case 0: pair.append(7, one)
                case 1: pair.append(0, one)
                case 2: pair.append(0, other)
                case 3: pair.takeFirst()
                case 4: pair.takeFirst(MessageFilter(target: .window(one)))
                case 5: pair.takeFirst(MessageFilter(target: .window(other)))
                case 6: pair.removeAll(of: one)
                default: pair.substitute(at: pair.model.entries.count - 1)
                }
                pair.check()
            }
            while pair.failure == nil, !pair.model.entries.isEmpty { pair.takeFirst() }
            pair.check()
            failure = pair.failure
        }
        #expect(failure == nil)
    }

    @Test(arguments: [UInt64(1), 2, 3])
    func longSequencesGiveWhatANaiveListGives(seed: UInt64) {
        var random = SeededRandom(seed: seed)
        var pair = Pair()
        let targets = (0..<12).map { Shelf.window($0 % 6, generation: $0) }
        func target() -> Handle { targets.randomElement(using: &random) ?? .invalid }
        for step in 0..<20_000 where pair.failure == nil {
            let isGrowing = step / 1500 % 2 == 0
            let lane = Int.random(in: 0..<8, using: &random)
            switch Int.random(in: 0..<100, using: &random) {
            case 0..<(isGrowing ? 45 : 15): pair.append(lane, target())
            case 45..<48:
                let count = Int.random(in: 1...4, using: &random)
                pair.appendRow(lane, (0..<count).map { _ in target() })
            case 48..<70: pair.takeFirst()
            case 70..<80: pair.takeFirst(MessageFilter(target: .window(target())))
            case 80..<85:
                let first = UInt32.random(in: 0...pair.lastNumber + 1, using: &random)
                let range = first...(first + UInt32.random(in: 0...2000, using: &random))
                let filter: MessageFilter.Target =
                    Bool.random(using: &random) ? .any : .window(target())
                pair.takeFirst(MessageFilter(target: filter, range: range))
            case 85..<90:
                pair.remove(at: Int.random(in: 0..<(pair.model.entries.count + 1), using: &random))
            case 90..<95:
                pair.substitute(
                    at: Int.random(in: 0..<(pair.model.entries.count + 1), using: &random)
                )
            case 95..<96: pair.removeAll(of: target())
            case 96 where step % 17 == 0: pair.removeAll(of: nil)
            default: break
            }
            pair.check()
        }
        #expect(pair.failure == nil)
    }

    /// With so many besides, a search for a target with nothing in it uses the index.
    @Test(arguments: [0, 40])
    func whatIsInATargetPassesWithItOldestFirst(besides: Int) throws {
        let outer = try Target.make()
        let inner = try Target.make(in: outer)
        let innermost = try Target.make(in: inner)
        let other = try Target.make()
        var pair = Pair()
        for _ in 0..<besides { pair.append(7, other) }
        for round in 0..<12 {
            for target in [other, innermost, outer, .invalid, inner] {
                pair.append(round % 3, target)
            }
        }
        let targets = [innermost, inner, outer, inner, other, outer]
        for round in 0..<60 {
            let filter = MessageFilter(target: .window(targets[round % targets.count]))
            #expect(filter.admits(target: innermost) == (filter.target != .window(other)))
            #expect(!filter.admits(target: .invalid))
            pair.takeFirst(filter)
            pair.check()
        }
        #expect(pair.failure == nil)
        #expect(pair.lanes.first(MessageFilter(target: .window(outer))) == nil)
    }

    @Test func filtersByClassLetPostedMessagesThroughOrNot() {
        var pair = Pair()
        pair.append(4, .invalid)
        for bit in UInt32(0)..<9 {
            let isPosted = QueueStatus.posted & 1 << bit != 0
            #expect((pair.lanes.first(MessageFilter(classes: 1 << bit)) != nil) == isPosted)
        }
    }

    // MARK: - Starvation

    /// The first message of each lane, and how many others have gone before it since it was that.
    private struct Patients {
        var passed = [UInt32](repeating: 0, count: 8)
        var worst: UInt32 = 0

        /// Counts a retrieval from a lane, of what was its first message or not.
        mutating func count(_ taken: Int, isFirst: Bool, inUse: UInt32) {
            for lane in 0..<8 where lane != taken && inUse & 1 << UInt32(lane) != 0 {
                passed[lane] += 1
                worst = max(worst, passed[lane])
            }
            if isFirst { passed[taken] = 0 }
        }
    }

    @Test(arguments: [UInt32(1), 2, 3, 10, 100])
    func firstOfAPriorityWaitsForNoMoreThanTheLimitSays(limit: UInt32) {
        var random = SeededRandom(seed: UInt64(limit))
        // All lanes always hold something, or one comes and goes; taken as it comes, or by a filter.
        for isFiltered in [false, true] {
            var pair = Pair()
            pair.lanes.starvationLimit = limit
            var patients = Patients()
            for _ in 0..<5_000 {
                for lane in 0..<8 where pair.lanes.inUse & 1 << UInt32(lane) == 0 {
                    if lane % 3 != 0 || Int.random(in: 0..<20, using: &random) == 0 {
                        pair.append(lane, Shelf.window(1))
                    }
                }
                let filter = MessageFilter(range: 1...UInt32.max)
                guard let node = isFiltered ? pair.lanes.first(filter) : pair.lanes.first() else {
                    continue
                }
                let (lane, inUse) = (Int(node.node.lane), pair.lanes.inUse)
                // Nobody has waited too long, or the highest is next.
                let isHighest = lane == 31 - inUse.leadingZeroBitCount
                #expect(isHighest || patients.passed[lane] >= limit)
                pair.lanes.remove(node)
                patients.count(lane, isFirst: true, inUse: inUse)
            }
            #expect(patients.worst <= limit + 7)
            #expect(patients.worst >= limit)
        }
    }

    @Test func withoutALimitHigherPrioritiesAreAlwaysFirst() {
        var pair = Pair()
        pair.append(0, .invalid)
        for _ in 0..<10_000 {
            pair.append(7, .invalid)
            pair.takeFirst()
        }
        #expect(pair.failure == nil && pair.lanes.inUse == 1)
    }
}
