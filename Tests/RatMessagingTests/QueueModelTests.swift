import RatCore
import RatSystem
import RatTestSupport
import Testing

@testable import RatMessaging

/// A queue beside a list that does the same the simple way.
@Suite struct QueueModelTests {
    private struct Entry {
        var message: Received
        var target: Handle
    }

    /// The list: taking looks through all of it.
    private struct Model {
        var entries: [Entry] = []

        var next: Int? {
            entries.indices.max {
                // The first of equal ones is the greatest.
                (entries[$0].message.priority, -$0) < (entries[$1].message.priority, -$1)
            }
        }
    }

    private static func randomMessage(_ number: UInt32, _ random: inout SeededRandom) -> Received {
        let sizes = [0, 0, 0, 1, 40, 64, 65, 300]
        let size = sizes.randomElement(using: &random) ?? 0
        return Received(
            number,
            wparam: UInt(number) &* 3,
            priority: Int32.random(in: -4...3, using: &random),
            payload: pattern(size, seed: UInt8(truncatingIfNeeded: number))
        )
    }

    @Test(arguments: [UInt64(1), 2])
    func hundredThousandStepsGiveWhatANaiveListGives(seed: UInt64) throws {
        let failure = try onThreadOfItsOwn { try Self.run(seed: seed, steps: 50_000) }
        #expect(failure == nil)
    }

    /// What differed first, or `nil`.
    private static func run(seed: UInt64, steps: Int) throws -> String? {
        var random = SeededRandom(seed: seed)
        let queue = try ThreadQueue.current()
        var targets = try [queue.handle, Target.make(of: queue), Target.make(of: queue)]
        var model = Model()
        // Phases in which posting or taking is likelier, so that the queue grows and empties.
        var isGrowing = true
        for step in 0..<steps {
            if step % 700 == 0 { isGrowing.toggle() }
            let choice = Int.random(in: 0..<100, using: &random)
            if choice < (isGrowing ? 60 : 30) {
                let message = randomMessage(UInt32(step + 1000), &random)
                let target = targets.randomElement(using: &random) ?? queue.handle
                try Queue.post(message, to: target)
                model.entries.append(Entry(message: message, target: target))
            } else if choice < 88 {
                let expected = model.next.map { model.entries.remove(at: $0) }
                let found = try? queue.take(until: .distantPast)
                guard isSame(found, expected) else { return "take in step \(step)" }
            } else if choice < 99 {
                let expected = model.next.map { model.entries[$0] }
                guard isSame(queue.peek(), expected) else { return "peek in step \(step)" }
            } else {
                let index = Int.random(in: 1...2, using: &random)
                let dead = targets[index]
                Target.destroy(dead, of: queue)
                model.entries.removeAll { $0.target == dead }
                targets[index] = try Target.make(of: queue)
            }
        }
        return nil
    }

    private static func isSame(_ found: ThreadQueue.Retrieved?, _ expected: Entry?) -> Bool {
        switch (found, expected) {
        case (nil, nil): true
        case (.message(let message)?, let expected?):
            Received(message) == expected.message && message.header.target == expected.target
        default: false
        }
    }
}
