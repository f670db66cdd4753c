internal import RatCore
internal import RatSystem

extension MessageSequence {
    /// Compares what came with the sequence. Why it is something else, for a person to read; `nil` if it is not.
    ///
    /// With `skipsOthers`, anything may come between, before and after what is expected.
    package func mismatch(_ events: [TraceEvent], skipsOthers: Bool = false) -> String? {
        let results = Self.results(of: events)
        let kinds = kinds
        let looked = events.indices.filter { kinds.contains(events[$0].kind) }
        var matcher = Matcher(instructions, skipsOthers: skipsOthers)
        for (number, index) in looked.enumerated() {
            let expected = matcher.expected
            guard matcher.take(events[index], results[index], number) else {
                return report(
                    complaint(about: events[index], results[index], expected),
                    at: index,
                    events,
                    results,
                    looked
                )
            }
        }
        guard !matcher.isDone else { return nil }
        let rest = looked[matcher.furthestEvent...]
        let expected = matcher.expected
        guard !expected.isEmpty || rest.isEmpty else {
            let index = rest[rest.startIndex]
            return report(
                complaint(about: events[index], results[index], expected),
                at: index,
                events,
                results,
                looked
            )
        }
        // What comes nearest is looked for among what came after the last that fits.
        var headline = "\(text(ofAnyOf: expected)) was expected, and did not come"
        let nearest = rest.lazy.compactMap { index in
            self.difference(of: events[index], results[index], from: expected).map { (index, $0) }
        }.first
        if let nearest { headline += "; something like it did, where \(nearest.1)" }
        return report(
            headline,
            at: nearest?.0 ?? rest.first ?? events.count,
            events,
            results,
            looked
        )
    }

    /// What the calling thread's last comparison came to, for programs in C.
    package static var lastReport: String? {
        get {
            guard let report = ThreadRecord.currentIfAny?.record.matchReport, !report.isEmpty else {
                return nil
            }
            return report
        }
        set { ThreadRecord.current.record.matchReport = newValue ?? "" }
    }

    /// What each call came to: the answer is an event of its own, after all that it led to.
    private static func results(of events: [TraceEvent]) -> [Int?] {
        var results: [Int?] = Array(repeating: nil, count: events.count)
        var open: [Int] = []
        for (index, event) in events.enumerated() {
            if event.isCall { open.append(index) }
            guard event.kind == TraceKind.endOfCall.rawValue else { continue }
            results[index] = event.result
            let call = open.lastIndex { number in
                let call = events[number]
                return call.thread == event.thread && call.depth == event.depth
                    && call.message == event.message && call.target == event.target
            }
            guard let call else { continue }
            results[open[call]] = event.result
            // What is still open behind it are messages whose answer nobody waited for.
            open.removeSubrange(call...)
        }
        return results
    }

    /// Follows a sequence with what comes, in all the ways at once that its choices allow. So the time it takes
    /// grows with the product of both lengths, whatever they are.
    private struct Matcher {
        /// A way to follow the sequence: up to which instruction, and what of it has come in any order.
        private struct Way: Hashable {
            let place: Int
            var taken: UInt32 = 0
        }

        private let instructions: [Instruction]
        private let skipsOthers: Bool
        /// Whether ways are left behind that nothing can end.
        private let leavesWays: Bool
        private var ways: Set<Way> = []
        private var furthestPlace = 0
        /// How many had come when the sequence was last followed further than ever before.
        private(set) var furthestEvent = 0

        init(_ instructions: [Instruction], skipsOthers: Bool) {
            self.instructions = instructions
            self.skipsOthers = skipsOthers
            leavesWays = skipsOthers || instructions.contains(.anything)
            reach(Way(place: 0), &ways)
        }

        var isDone: Bool { ways.contains(Way(place: instructions.count)) }

        /// Whether there is a way to go on with that message.
        mutating func take(_ event: TraceEvent, _ result: Int?, _ number: Int) -> Bool {
            var next: Set<Way> = skipsOthers ? ways : []
            for way in ways where way.place < instructions.count {
                switch instructions[way.place] {
                case .one(let steps):
                    guard steps.contains(where: { $0.matches(event, result: result) }) else {
                        break
                    }
                    reach(Way(place: way.place + 1), &next)
                case .anything: reach(Way(place: way.place + 1), &next)
                case .anyOrder(let choices):
                    for (bit, choice) in choices.enumerated() where way.taken & 1 << bit == 0 {
                        guard choice.steps.contains(where: { $0.matches(event, result: result) })
                        else { continue }
                        reach(Way(place: way.place, taken: way.taken | 1 << bit), &next)
                    }
                case .fork, .jump: break
                }
            }
            guard !next.isEmpty else { return false }
            ways = next
            let place = next.reduce(0) { max($0, $1.place) }
            if place > furthestPlace { (furthestPlace, furthestEvent) = (place, number + 1) }
            return true
        }

        /// Adds a way, and all that it can go on to without a message.
        private func reach(_ way: Way, _ ways: inout Set<Way>) {
            var open = [way]
            while let way = open.popLast() {
                guard ways.insert(way).inserted, way.place < instructions.count else { continue }
                switch instructions[way.place] {
                case .fork(let other):
                    open += [Way(place: way.place + 1), Way(place: other)]
                case .jump(let other): open.append(Way(place: other))
                case .anyOrder(let choices):
                    let isComplete = choices.indices.allSatisfy { bit in
                        choices[bit].isOptional || way.taken & 1 << bit != 0
                    }
                    if isComplete { open.append(Way(place: way.place + 1)) }
                case .one, .anything: break
                }
            }
        }

        /// What the furthest ways wait for, in the order of the sequence; nothing where it may end.
        var expected: [Step] {
            var steps: [Step] = []
            for way in ways.sorted(by: { ($0.place, $0.taken) < ($1.place, $1.taken) }) {
                guard way.place < instructions.count else { continue }
                guard !leavesWays || way.place >= furthestPlace else { continue }
                var found: [Step] = []
                switch instructions[way.place] {
                case .one(let expected): found = expected
                case .anyOrder(let choices):
                    for (bit, choice) in choices.enumerated() where way.taken & 1 << bit == 0 {
                        found += choice.steps
                    }
                case .anything, .fork, .jump: break
                }
                for step in found where !steps.contains(step) { steps.append(step) }
            }
            return steps
        }
    }

    // MARK: - For a person to read

    private func report(
        _ headline: String,
        at place: Int,
        _ events: [TraceEvent],
        _ results: [Int?],
        _ looked: [Int]
    ) -> String {
        var lines = [headline]
        var number = 0
        for (index, event) in events.enumerated() {
            // What is returned stands with its call, unless the sequence asks for it.
            let isLookedAt = number < looked.count && looked[number] == index
            guard isLookedAt || event.kind != TraceKind.endOfCall.rawValue else { continue }
            let label = isLookedAt ? String(number) : ""
            let mark = index == place ? ">" : " "
            if isLookedAt { number += 1 }
            lines.append(
                mark + String(repeating: " ", count: max(4 - label.count, 0)) + label + "  "
                    + String(repeating: "  ", count: Int(min(event.depth, 40)))
                    + text(of: event, results[index])
            )
        }
        if place >= events.count { lines.append(">     nothing more") }
        return lines.joined(separator: "\n")
    }

    private func complaint(about event: TraceEvent, _ result: Int?, _ expected: [Step]) -> String {
        let text = "\(text(of: event, result)) came, where \(text(ofAnyOf: expected)) was expected"
        guard let difference = difference(of: event, result, from: expected) else { return text }
        return text + "; " + difference
    }

    /// What an event that is nearly one of the steps has of its own; `nil` if none of them has that message.
    private func difference(
        of event: TraceEvent,
        _ result: Int?,
        from steps: [Step]
    ) -> String? {
        guard let step = steps.first(where: { $0.message == event.message }) else { return nil }
        var parts: [String] = []
        func compare(_ name: String, _ value: Value?, _ number: UInt) {
            guard let value, !value.admits(number) else { return }
            parts.append("\(name) is \(value.text(of: number)), not \(value.text)")
        }
        if let kind = step.kind, kind.rawValue != event.kind {
            let word = TraceKind(rawValue: event.kind)?.word ?? "?"
            parts.append("it is a \(word), not a \(kind.word)")
        }
        if let target = step.target, target != event.target {
            parts.append("it is to \(name(of: event.target)), not to \(name(of: target))")
        }
        compare("wparam", step.wparam, event.wparam)
        compare("lparam", step.lparam, UInt(bitPattern: event.lparam))
        if let result { compare("the answer", step.result, UInt(bitPattern: result)) }
        return parts.isEmpty ? nil : parts.joined(separator: " and ")
    }

    private func text(of event: TraceEvent, _ result: Int?) -> String {
        let kind = TraceKind(rawValue: event.kind)?.word ?? "?"
        return "\(kind) \(MessageNames.text(of: event.message))\(event.parameters)"
            + (result.map { "=\($0)" } ?? "") + " to " + name(of: event.target)
    }

    private func text(ofAnyOf steps: [Step]) -> String {
        steps.isEmpty ? "nothing more" : steps.map { text(of: $0) }.joined(separator: " or ")
    }

    package func text(of step: Step) -> String {
        let kind = step.kind.map { "\($0.word) " } ?? ""
        let hasParameters = step.wparam != nil || step.lparam != nil
        let parameters =
            hasParameters
            ? "(\(step.wparam?.text ?? "_"), \(step.lparam?.text ?? "_"))" : ""
        return kind + (step.message.map { MessageNames.text(of: $0) } ?? "_") + parameters
            + (step.result.map { "=\($0.signedText)" } ?? "")
            + (step.target.map { " to " + name(of: $0) } ?? "")
    }

    private func name(of target: Handle) -> String {
        if let place = targets.firstIndex(of: target) { return "@\(place + 1)" }
        return target.traceName
    }
}

extension MessageSequence.Value {
    /// As answers are written.
    fileprivate var signedText: String {
        mask == .max ? String(Int(bitPattern: bits)) : text
    }

    fileprivate var text: String { text(of: bits) }

    /// Another number, written as this one is.
    fileprivate func text(of number: UInt) -> String {
        guard mask != .max else { return number.hexadecimal }
        func half(_ shift: Int) -> String {
            mask >> shift & 0xFFFF == 0
                ? "_" : String(Int16(truncatingIfNeeded: number >> shift))
        }
        return half(0) + ":" + half(16)
    }
}

extension TraceEvent {
    /// Both parameters, as the trace writes them.
    var parameters: String {
        "(\(wparam.hexadecimal), \(UInt(bitPattern: lparam).hexadecimal))"
    }
}

extension UInt {
    fileprivate var hexadecimal: String { "0x" + String(self, radix: 16) }
}

extension Handle {
    /// What the trace calls it.
    var traceName: String {
        (isOfKind(.window) ? "window 0x" : "queue 0x") + String(rawValue, radix: 16)
    }
}
