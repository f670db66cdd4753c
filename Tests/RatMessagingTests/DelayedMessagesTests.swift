import RatTestSupport
import Testing

@testable import RatMessaging

/// The heap beside a list that is sorted by hand.
@Suite struct DelayedMessagesTests {
    /// In the order of insertion; sorting is stable.
    private static func sorted(_ nodes: [NodeReference]) -> [NodeReference] {
        nodes.enumerated().sorted {
            ($0.element.node.due, $0.offset) < ($1.element.node.due, $1.offset)
        }.map(\.element)
    }

    private static func drain(_ delayed: inout DelayedMessages) -> [UInt32] {
        var numbers: [UInt32] = []
        while let node = delayed.popFirst() { numbers.append(node.number) }
        return numbers
    }

    @Test func everyOrderOfFiveTimesComesOutSorted() {
        var failures = 0
        Choices.forEach { choices in
            let shelf = Shelf()
            var delayed = DelayedMessages()
            var all: [NodeReference] = []
            for number in UInt32(0)..<5 {
                let node = shelf.make(number)
                node.node.due = UInt64(choices.choose(among: 4))
                delayed.insert(node)
                all.append(node)
            }
            let unwanted = choices.choose(among: 6)
            if unwanted < 5 { delayed.remove(all.remove(at: unwanted)) }
            let expected = Self.sorted(all)
            if delayed.nextDue != expected.first?.node.due ?? .max { failures += 1 }
            if Self.drain(&delayed) != expected.map(\.number) { failures += 1 }
        }
        #expect(failures == 0)
    }

    @Test(arguments: [UInt64(1), 2])
    func longSequencesGiveWhatASortedListGives(seed: UInt64) {
        var random = SeededRandom(seed: seed)
        let shelf = Shelf()
        var delayed = DelayedMessages()
        var model: [NodeReference] = []
        for step in 0..<10_000 {
            switch Int.random(in: 0..<10, using: &random) {
            case 0..<5:
                let node = shelf.make(UInt32(step))
                // Many are due at one time.
                node.node.due = UInt64.random(in: 1...50, using: &random)
                delayed.insert(node)
                model.append(node)
            case 5..<7:
                let expected = Self.sorted(model).first
                let found = delayed.popFirst()
                guard found == expected else {
                    Issue.record("step \(step)")
                    return
                }
                model.removeAll { $0 == expected }
            case 7..<9 where !model.isEmpty:
                delayed.remove(model.remove(at: Int.random(in: 0..<model.count, using: &random)))
            case 9 where step % 20 == 0:
                let rest = UInt32.random(in: 0..<3, using: &random)
                var removed: [UInt32] = []
                delayed.removeAll(where: { $0.number % 3 == rest }, { removed.append($0.number) })
                let expected = model.filter { $0.number % 3 == rest }.map(\.number)
                #expect(removed.sorted() == expected.sorted())
                model.removeAll { $0.number % 3 == rest }
            default: break
            }
            #expect(delayed.count == model.count)
        }
        let expected = Self.sorted(model).map(\.number)
        #expect(Self.drain(&delayed) == expected)
        #expect(delayed.nextDue == .max)
    }
}
