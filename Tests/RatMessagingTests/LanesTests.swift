import RatCore
import RatTestSupport
import Testing

@testable import RatMessaging

/// The lanes beside an array that is searched from end to end.
@Suite struct LanesTests {
    private struct Entry {
        let number: UInt32
        let lane: Int
        let target: Handle
        /// The node, for a message that is in one.
        let node: NodeReference?

        func isLetThrough(_ filter: MessageFilter) -> Bool {
            filter.admits(number: number) && filter.admits(target: target)
        }
    }

    private struct Model {
        var entries: [Entry] = []

        func first(_ filter: MessageFilter = .all) -> Entry? {
            var first: Entry?
            for entry in entries where entry.isLetThrough(filter) {
                if let best = first, best.lane >= entry.lane { continue }
                first = entry
            }
            return first
        }

        func firstToDrop(below lane: Int) -> Entry? {
            let lowest = entries.map(\.lane).min()
            return entries.first { $0.lane == lowest && $0.lane <= lane }
        }

        mutating func remove(_ number: UInt32) {
            entries.removeAll { $0.number == number }
        }
    }

    /// Both of them, and the steps that a test takes on them.
    private final class Pair {
        let shelf = Shelf()
        let thread = ThreadRecord.current
        var lanes = Lanes()
        var model = Model()
        var lastNumber: UInt32 = 0
        var failure: String?

        deinit { lanes.removeAll(thread) { _ in } }

        /// Every third message is in a node.
        private func make(_ lane: Int, _ target: Handle) -> Entry {
            lastNumber += 1
            let node =
                lastNumber % 3 == 0 ? shelf.make(lastNumber, lane: lane, target: target) : nil
            let entry = Entry(number: lastNumber, lane: lane, target: target, node: node)
            model.entries.append(entry)
            return entry
        }

        private static func fill(_ cell: CellReference, _ entry: Entry) {
            if let node = entry.node { return cell.fill(from: node) }
            let message = Message(MessageHeader(message: entry.number))
            unsafe withUnsafePointer(to: message) { message in
                unsafe cell.fill(
                    from: message,
                    target: entry.target,
                    lane: entry.lane,
                    time: 0,
                    position: 0
                )
            }
        }

        func append(_ lane: Int, _ target: Handle) {
            let entry = make(lane, target)
            lanes.append(to: lane, thread) { Self.fill($0, entry) }
        }

        func appendStrip(_ lanes: ClosedRange<Int>, _ targets: [Handle]) {
            var strip = CellStrip()
            for (place, target) in targets.enumerated() {
                let lane = lanes.lowerBound + place % lanes.count
                Self.fill(strip.append(thread), make(lane, target))
            }
            if lanes.count == 1 {
                self.lanes.append(&strip, lane: lanes.lowerBound, thread)
            } else {
                self.lanes.move(&strip, thread)
            }
            if !strip.isEmpty || strip.count != 0 { failure = failure ?? "strip" }
        }

        func takeFirst(_ filter: MessageFilter = .all) {
            let found = lanes.first(filter)
            if found?.number != model.first(filter)?.number {
                failure = failure ?? "first of \(filter)"
            }
            guard let found else { return }
            model.remove(found.number)
            lanes.remove(found, thread)
        }

        /// Takes out a message by its node, as one that is cancelled.
        func remove(at place: Int) {
            guard model.entries.indices.contains(place),
                let node = model.entries[place].node
            else { return }
            guard let cell = node.node.cell, cell.number == model.entries[place].number else {
                failure = failure ?? "node's cell"
                return
            }
            lanes.remove(cell, thread)
            model.entries.remove(at: place)
        }

        /// Puts a node in the place of another's message.
        func substitute(at place: Int) {
            guard model.entries.indices.contains(place), let old = model.entries[place].node
            else { return }
            lastNumber += 1
            let entry = model.entries[place]
            let new = shelf.make(lastNumber, lane: entry.lane, target: entry.target)
            old.node.cell?.fill(from: new)
            model.entries[place] = Entry(
                number: lastNumber,
                lane: entry.lane,
                target: entry.target,
                node: new
            )
        }

        func removeAll(of target: Handle?) {
            var removed: [UInt32] = []
            lanes.removeAll(of: target, thread) { removed.append($0.number) }
            let isMeant = { (entry: Entry) in target == nil || entry.target == target }
            let expected = model.entries.filter { isMeant($0) && $0.node != nil }.map(\.number)
            model.entries.removeAll(where: isMeant)
            if removed.sorted() != expected.sorted() { failure = failure ?? "removeAll" }
        }

        func check() {
            var inUse: UInt32 = 0
            for entry in model.entries { inUse |= 1 << UInt32(entry.lane) }
            if lanes.count != model.entries.count { failure = failure ?? "count" }
            if lanes.inUse != inUse { failure = failure ?? "inUse" }
            if lanes.first()?.number != model.first()?.number { failure = failure ?? "first" }
            for lane in [0, 3, 7] {
                let expected = model.firstToDrop(below: lane)
                if lanes.firstToDrop(below: lane)?.number == expected?.number { continue }
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
            let pair = Pair()
            for _ in 0..<besides { pair.append(3, Shelf.window(9)) }
            for _ in 0..<4 {
                switch choices.choose(among: 8) {
                case 0: pair.append(7, one)
                case 1: pair.append(0, one)
                case 2: pair.append(0, other)
                case 3: pair.takeFirst()
                case 4: pair.takeFirst(MessageFilter(target: .window(one), isLone: true))
                case 5: pair.takeFirst(MessageFilter(target: .window(other), isLone: true))
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
        let pair = Pair()
        let targets = (0..<12).map { Shelf.window($0 % 6, generation: $0) }
        func target() -> Handle { targets.randomElement(using: &random) ?? .invalid }
        for step in 0..<8_000 where pair.failure == nil {
            let isGrowing = step / 1500 % 2 == 0
            let lane = Int.random(in: 0..<8, using: &random)
            switch Int.random(in: 0..<100, using: &random) {
            case 0..<(isGrowing ? 45 : 15): pair.append(lane, target())
            case 45..<48:
                // Some fit into a chunk, some do not.
                let count = Int.random(in: 1...(step % 9 == 0 ? 200 : 12), using: &random)
                let highest = Bool.random(using: &random) ? lane : 7
                pair.appendStrip(lane...highest, (0..<count).map { _ in target() })
            case 48..<70: pair.takeFirst()
            case 70..<80: pair.takeFirst(MessageFilter(target: .window(target()), isLone: true))
            case 80..<85:
                let first = UInt32.random(in: 0...pair.lastNumber + 1, using: &random)
                let range = first...(first + UInt32.random(in: 0...2000, using: &random))
                let filter: MessageFilter.Target =
                    Bool.random(using: &random) ? .any : .window(target())
                pair.takeFirst(MessageFilter(target: filter, range: range, isLone: true))
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
        let pair = Pair()
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
        let pair = Pair()
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
            let pair = Pair()
            pair.lanes.starvationLimit = limit
            var patients = Patients()
            for _ in 0..<5_000 {
                for lane in 0..<8 where pair.lanes.inUse & 1 << UInt32(lane) == 0 {
                    if lane % 3 != 0 || Int.random(in: 0..<20, using: &random) == 0 {
                        pair.append(lane, Shelf.window(1))
                    }
                }
                let filter = MessageFilter(range: 1...UInt32.max)
                guard let cell = isFiltered ? pair.lanes.first(filter) : pair.lanes.first() else {
                    continue
                }
                let (lane, inUse) = (Int(cell.cell.lane), pair.lanes.inUse)
                // Nobody has waited too long, or the highest is next.
                let isHighest = lane == 31 - inUse.leadingZeroBitCount
                #expect(isHighest || patients.passed[lane] >= limit)
                pair.lanes.remove(cell, pair.thread)
                patients.count(lane, isFirst: true, inUse: inUse)
            }
            #expect(patients.worst <= limit + 7)
            #expect(patients.worst >= limit)
        }
    }

    @Test func withoutALimitHigherPrioritiesAreAlwaysFirst() {
        let pair = Pair()
        pair.append(0, .invalid)
        for _ in 0..<10_000 {
            pair.append(7, .invalid)
            pair.takeFirst()
        }
        #expect(pair.failure == nil && pair.lanes.inUse == 1)
    }
}
