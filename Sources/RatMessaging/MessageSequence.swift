package import RatCore

/// The messages that are expected, in their order: what a program says of a recorded run of them, and what tests
/// say. A pure value.
///
/// A sequence is a small program for `Matcher`: each instruction takes one message, or says where to go on.
package struct MessageSequence: Sendable {
    /// One message, as far as it is said; `nil` stands for anything.
    package struct Step: Sendable, Equatable {
        /// A call, which is either a send or a dispatch, where no kind is said.
        package var kind: TraceKind?
        package var message: UInt32?
        package var wparam: Value?
        package var lparam: Value?
        package var result: Value?
        package var target: Handle?

        package init(
            _ message: UInt32?,
            wparam: Value? = nil,
            lparam: Value? = nil,
            target: Handle? = nil
        ) {
            self.message = message
            self.wparam = wparam
            self.lparam = lparam
            self.target = target
        }

        /// Whether an event is what is expected; `given` is what a call came to, if that is known.
        package func matches(_ event: TraceEvent, result given: Int? = nil) -> Bool {
            (kind.map { $0.rawValue == event.kind } ?? event.isCall)
                && (message == nil || message == event.message)
                && (target == nil || target == event.target)
                && (wparam?.admits(event.wparam) ?? true)
                && (lparam?.admits(UInt(bitPattern: event.lparam)) ?? true)
                && admits(result: given)
        }

        private func admits(result given: Int?) -> Bool {
            guard let result else { return true }
            guard let given else { return false }
            return result.admits(UInt(bitPattern: given))
        }
    }

    /// A number, or the part of one that counts.
    package struct Value: Sendable, Equatable {
        let bits: UInt
        let mask: UInt

        package init(_ bits: UInt) {
            self.bits = bits
            mask = .max
        }

        /// The low 32 bits as two halves, as coordinates and sizes come; `nil` stands for any.
        init(low: UInt16?, high: UInt16?) {
            bits = UInt(low ?? 0) | UInt(high ?? 0) << 16
            mask = (low == nil ? 0 : 0xFFFF) | (high == nil ? 0 : 0xFFFF << 16)
        }

        func admits(_ number: UInt) -> Bool { number & mask == bits }
    }

    /// One of the messages that come in any order.
    struct Choice: Sendable, Equatable {
        /// One of these.
        var steps: [Step]
        var isOptional = false
    }

    enum Instruction: Sendable, Equatable {
        /// Takes a message that one of the steps expects.
        case one([Step])
        /// Takes each of these once, as they come.
        case anyOrder([Choice])
        /// Takes a message, whatever it is.
        case anything
        /// Goes on with the next instruction, and at the place of that number.
        case fork(Int)
        /// Goes on there.
        case jump(Int)
    }

    private(set) var instructions: [Instruction] = []
    /// What the text calls @1, @2 and so on.
    package var targets: [Handle] = []

    package init() {}

    /// Exactly these.
    package init(_ steps: [Step]) {
        instructions = steps.map { .one([$0]) }
    }

    // MARK: - Building

    mutating func append(_ instruction: Instruction) {
        instructions.append(instruction)
    }

    /// What is appended from here to `endOptional` may be there or not.
    mutating func beginOptional() -> Int {
        append(.fork(0))
        return instructions.count - 1
    }

    mutating func endOptional(_ fork: Int) {
        instructions[fork] = .fork(instructions.count)
    }

    /// Appends an instruction that is followed any number of times.
    mutating func appendRepeated(_ instruction: Instruction) {
        let start = instructions.count
        append(.fork(start + 3))
        append(instruction)
        append(.jump(start))
    }

    /// The kinds of events that the sequence is about: calls always, the others if it names one of them.
    var kinds: Set<UInt32> {
        let named = instructions.flatMap { instruction -> [TraceKind] in
            switch instruction {
            case .one(let steps): steps.compactMap(\.kind)
            case .anyOrder(let choices): choices.flatMap(\.steps).compactMap(\.kind)
            case .anything, .fork, .jump: []
            }
        }
        return Set((named + [.send, .dispatch]).map(\.rawValue))
    }
}

extension TraceEvent {
    /// Whether a procedure is called, or another thread asked to call one.
    var isCall: Bool {
        kind == TraceKind.send.rawValue || kind == TraceKind.dispatch.rawValue
    }
}
