package import RatCore

extension MessageSequence {
    /// Why a text is no sequence.
    package struct Malformed: Error, CustomStringConvertible {
        /// Which byte of the text it is about.
        package let place: Int
        let complaint: String

        package var description: String { "at byte \(place): \(complaint)" }
    }

    package static let maximumTextSize = 65_536
    /// So many messages may come in any order; each doubles what a match has to keep in mind.
    private static let maximumGroup = 10
    /// How deep brackets may be nested.
    private static let maximumDepth = 32

    /// Reads what a person writes: the messages in their order, by name or number, each with as much as is to be
    /// said of it.
    ///
    ///     WM_SIZE(0, 300:200)=0@1   parameters, answer and window, the latter by its number among `targets`
    ///     post WM_APP+1             a kind; posts and returns count only where one of them is named
    ///     WM_CHAR|WM_DEADCHAR       either
    ///     [WM_PAINT WM_ERASEBKGND]  all in brackets, or nothing of it
    ///     {WM_MOVE WM_SIZE}         in any order
    ///     WM_MOUSEMOVE*             any number of it
    ///     ...                       any number of anything
    package init(_ text: String, targets: [Handle] = []) throws(Malformed) {
        self.init()
        self.targets = targets
        var reader = Reader(Array(text.utf8), targets)
        try reader.readItems(into: &self, depth: 0)
        guard reader.isAtEnd else { throw reader.complain("'\(reader.next)' closes nothing") }
    }

    /// Goes through the text.
    private struct Reader {
        private let bytes: [UInt8]
        private let targets: [Handle]
        private var place = 0

        init(_ bytes: [UInt8], _ targets: [Handle]) {
            self.bytes = bytes
            self.targets = targets
        }

        var isAtEnd: Bool { place == bytes.count }

        /// What comes next, for a complaint.
        var next: String {
            isAtEnd ? "the end" : String(decoding: bytes[place...place], as: UTF8.self)
        }

        func complain(_ complaint: String, at start: Int? = nil) -> Malformed {
            Malformed(place: start ?? place, complaint: complaint)
        }

        private mutating func skipSpace() {
            while !isAtEnd, [0x20, 0x09, 0x0A, 0x0D].contains(bytes[place]) { place += 1 }
        }

        private mutating func take(_ character: Character) -> Bool {
            guard !isAtEnd, character.asciiValue == bytes[place] else { return false }
            place += 1
            return true
        }

        private static func isAlphanumeric(_ byte: UInt8) -> Bool {
            (0x30...0x39).contains(byte) || (0x41...0x5A).contains(byte & ~0x20)
        }

        private mutating func takeText(where isPart: (UInt8) -> Bool) -> Substring {
            let start = place
            while !isAtEnd, isPart(bytes[place]) { place += 1 }
            return Substring(decoding: bytes[start..<place], as: UTF8.self)
        }

        /// Reads up to what closes the brackets around it, or the end.
        mutating func readItems(into sequence: inout MessageSequence, depth: Int) throws(Malformed)
        {
            guard depth <= maximumDepth else { throw complain("too many brackets") }
            while true {
                skipSpace()
                guard !isAtEnd, bytes[place] != UInt8(ascii: "]"), bytes[place] != UInt8(ascii: "}")
                else { return }
                let start = place
                if take("[") {
                    let fork = sequence.beginOptional()
                    try readItems(into: &sequence, depth: depth + 1)
                    sequence.endOptional(fork)
                    guard take("]") else { throw complain("'[' is not closed", at: start) }
                } else if take("{") {
                    sequence.append(.anyOrder(try readGroup(start)))
                } else if take(".") {
                    guard take("."), take(".") else { throw complain("three dots are meant") }
                    sequence.appendRepeated(.anything)
                } else {
                    let steps = try readSteps()
                    if take("*") {
                        sequence.appendRepeated(.one(steps))
                    } else {
                        sequence.append(.one(steps))
                    }
                }
            }
        }

        private mutating func readGroup(_ start: Int) throws(Malformed) -> [Choice] {
            var choices: [Choice] = []
            while true {
                skipSpace()
                if take("}") { return choices }
                guard !isAtEnd else { throw complain("'{' is not closed", at: start) }
                guard choices.count < maximumGroup else {
                    throw complain("more than \(maximumGroup) in any order")
                }
                var choice = Choice(steps: [])
                if take("[") {
                    choice.isOptional = true
                    skipSpace()
                    choice.steps = try readSteps()
                    skipSpace()
                    guard take("]") else {
                        throw complain("one message is meant in these brackets")
                    }
                } else {
                    choice.steps = try readSteps()
                }
                choices.append(choice)
            }
        }

        private mutating func readSteps() throws(Malformed) -> [Step] {
            var steps = [try readStep()]
            while take("|") { steps.append(try readStep()) }
            return steps
        }

        private mutating func readStep() throws(Malformed) -> Step {
            var start = place
            var word = takeWord()
            let kind = TraceKind(word: word)
            if kind != nil {
                skipSpace()
                start = place
                word = takeWord()
            }
            var step = Step(try message(word, start))
            step.kind = kind
            if take("(") {
                step.wparam = try readValue()
                if take(",") { step.lparam = try readValue() }
                guard take(")") else { throw complain("')' is missing") }
            }
            if take("=") { step.result = try readValue() }
            if take("@") { step.target = try readTarget() }
            return step
        }

        private mutating func takeWord() -> Substring {
            if take("\"") {
                // A registered message, as the trace writes it.
                let name = takeText { $0 != UInt8(ascii: "\"") }
                return take("\"") ? "\"" + name : ""
            }
            return takeText { byte in
                Self.isAlphanumeric(byte) || byte == UInt8(ascii: "_") || byte == UInt8(ascii: "+")
            }
        }

        /// `nil` for any.
        private func message(_ word: Substring, _ start: Int) throws(Malformed) -> UInt32? {
            if word == "_" { return nil }
            if word.hasPrefix("\"") {
                do throws(RatError) {
                    return try RegisteredMessages.register(String(word.dropFirst()))
                } catch {
                    throw complain("no name of a registered message", at: start)
                }
            }
            guard let number = MessageNames.number(of: word) else {
                guard word.isEmpty else { throw complain("'\(word)' is no message", at: start) }
                throw complain("a message is meant, not '\(next)'", at: start)
            }
            return number
        }

        /// A number, `_` for any, or two of either with a colon between them.
        private mutating func readValue() throws(Malformed) -> Value? {
            skipSpace()
            let start = place
            let first = try readNumber()
            guard take(":") else {
                skipSpace()
                return first.map { Value($0) }
            }
            let second = try readNumber()
            func half(_ number: UInt?) throws(Malformed) -> UInt16? {
                guard let number else { return nil }
                let signed = Int(bitPattern: number)
                guard (-0x8000...0xFFFF).contains(signed) else {
                    throw complain("halves have 16 bits", at: start)
                }
                return UInt16(truncatingIfNeeded: signed)
            }
            skipSpace()
            return Value(low: try half(first), high: try half(second))
        }

        /// `nil` for any.
        private mutating func readNumber() throws(Malformed) -> UInt? {
            let start = place
            if take("_") { return nil }
            let isNegative = take("-")
            let digits = takeText(where: Self.isAlphanumeric)
            let isHexadecimal = digits.lowercased().hasPrefix("0x")
            let number =
                isHexadecimal ? UInt(digits.dropFirst(2), radix: 16) : UInt(digits, radix: 10)
            guard let number else { throw complain("a number is meant", at: start) }
            return isNegative ? 0 &- number : number
        }

        private mutating func readTarget() throws(Malformed) -> Handle {
            let start = place
            guard !targets.isEmpty else {
                throw complain(
                    "@1 is the first of the windows that are given, and none is",
                    at: start
                )
            }
            guard let number = try readNumber(), (1...UInt(targets.count)).contains(number) else {
                throw complain(
                    "of the windows that are given, @\(targets.count) is the last",
                    at: start
                )
            }
            return targets[Int(number) - 1]
        }
    }
}

extension TraceKind {
    /// What the trace calls it.
    var word: String {
        switch self {
        case .post: "post"
        case .send: "send"
        case .dispatch: "dispatch"
        case .endOfCall: "return"
        case .failure: "fail"
        }
    }

    init?(word: Substring) {
        let kinds: [TraceKind] = [.post, .send, .dispatch, .endOfCall, .failure]
        guard let kind = kinds.first(where: { $0.word == word }) else { return nil }
        self = kind
    }
}
