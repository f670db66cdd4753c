#if X11

import CRatXCB
import RatDisplay

@testable import RatX11

/// Plays a trace, as RAT_TRACE=x11 prints it, to a translator, and says where something else comes out.
struct TracePlayer {
    private var translator: EventTranslator
    private let keyboard: Keyboard
    private let atoms: [String: xcb_atom_t]
    private var surfaces: [String: SurfaceID] = [:]
    /// What came out and was not yet compared.
    private var events: [String] = []

    struct Complaint: Error, CustomStringConvertible {
        let description: String
    }

    init() throws {
        var table = AtomTable()
        var numbers: [String: xcb_atom_t] = [:]
        for (index, atom) in Atom.allCases.enumerated() {
            table[atom] = UInt32(index + 1000)
            numbers[atom.rawValue] = UInt32(index + 1000)
        }
        atoms = numbers
        translator = EventTranslator(atoms: table, root: 0x100)
        translator.queue.watch()
        keyboard = try Keyboard(nil)
    }

    /// Throws at the first line whose events are not those of the trace.
    mutating func play(_ trace: String) throws {
        for (index, line) in trace.split(separator: "\n").enumerated() where line.first != "#" {
            do throws(Complaint) {
                try play(line: line)
            } catch {
                throw Complaint(description: "line \(index + 1), \(line): \(error)")
            }
        }
        guard events.isEmpty else { throw Complaint(description: "at the end also \(events)") }
    }

    private mutating func play(line: Substring) throws(Complaint) {
        if line.hasPrefix("-> ") {
            let expected = String(line.dropFirst(3))
            guard !events.isEmpty else { throw Complaint(description: "it did not come") }
            let event = events.removeFirst()
            guard event == expected else { throw Complaint(description: "it came \(event)") }
            return
        }
        guard events.isEmpty else { throw Complaint(description: "before it also \(events)") }
        var words = Words(line)
        let kind = try words.text()
        if try !doOurs(kind, &words) {
            translator.translate(try event(kind, &words), keyboard, now: 1 << 50)
            translator.reactions = []
        }
        events = translator.queue.takeLog().map(\.description)
    }

    /// What the display does: requests, and the ends of drains.
    private mutating func doOurs(_ kind: String, _ words: inout Words) throws(Complaint) -> Bool {
        switch kind {
        case "surface":
            let window = try words.number()
            let id = SurfaceID(rawValue: UInt64(try words.number()))
            let rect = try words.rect()
            let isPlaced = try words.text() == "placed"
            let options = SurfaceOptions(
                position: isPlaced ? rect.origin : nil,
                size: rect.size,
                title: "",
                className: ""
            )
            translator.surfaces.insert(Surface(id: id, window: window, options))
        case "visible":
            let window = try words.number()
            translator.surfaces[window]?.isVisible = try words.text() == "on"
        case "content":
            let window = try words.number()
            translator.surfaces[window]?.ask(try words.rect(), try words.number())
        case "state":
            let window = try words.number()
            translator.surfaces[window]?.state = Self.state(try words.text())
        case "gone": translator.forget(try words.number())
        case "answer":
            let window = try words.number()
            var answer = SurfaceAnswer()
            if let origin = try words.optional() { answer.origin = try Words(origin).onlyPoint() }
            if let state = try words.optional() {
                answer.state = Self.state(state)
            }
            answer.isFullscreen = try words.optional().map { $0 == "on" }
            translator.settle(window, answer)
        case "modifiers": translator.tellModifiers(UInt16(try words.number()), keyboard)
        case "released": translator.releaseHeldBack(before: nil, keyboard)
        case "refused-focus": translator.tellRefusal(of: try words.number())
        case "has-focus": translator.tellFocus(try words.number())
        case "others-focus":
            // What other displays have is not in the trace.
            _ = try words.number()
        case "pointer":
            let window = try words.numberIfAny()
            var place = PointerPlace(window: window, state: UInt16(try words.number()))
            place.buttons = try words.numberIfAny()
            translator.findPointer(place)
        case "counter", "resources", "settings", "connection", "hold", "order": break
        case "settled": translator.tellExposed()
        default: return false
        }
        return true
    }

    private static func state(_ text: String) -> SurfaceState {
        text == "minimized" ? .minimized : text == "maximized" ? .maximized : .normal
    }

    private func event(_ kind: String, _ words: inout Words) throws(Complaint) -> XEvent {
        switch kind {
        case "key", "button":
            let isDown = try words.text() == "down"
            let number = UInt8(truncatingIfNeeded: try words.number())
            let input = try input(&words)
            return kind == "key"
                ? .key(input, code: number, isDown: isDown)
                : .button(input, number: number, isDown: isDown)
        case "motion": return .motion(try input(&words))
        case "enter":
            let isMove = !words.isGrabbed
            return .entered(try input(&words), isMove: isMove)
        // The player has no wheels: only where the pointer is says something.
        case "turn":
            for _ in 0..<3 { _ = try words.text() }
            return .motion(try input(&words))
        case "leave":
            let (mode, detail) = (UInt8(try words.number()), UInt8(try words.number()))
            return .left(try input(&words), mode: mode, detail: detail)
        case "focus":
            let isIn = try words.text() == "in"
            let (mode, detail) = (UInt8(try words.number()), UInt8(try words.number()))
            return .focus(try words.number(), mode: mode, detail: detail, isIn: isIn)
        case "expose": return .exposed(try words.number(), try words.rect())
        case "configure":
            let (window, rect) = (try words.number(), try words.rect())
            let sequence = try words.number()
            return .configured(window, rect, isSynthetic: words.isSent, sequence: sequence)
        case "map": return .mapped(try words.number())
        case "unmap": return .unmapped(try words.number())
        case "reparent":
            // The root of the trace is the only one that is a parent and small.
            let (window, parent) = (try words.number(), try words.number())
            return .reparented(window, parent: parent < 0x20_0000 ? 0x100 : parent)
        case "destroy": return .destroyed(try words.number())
        case "property":
            let window = try words.number()
            return .property(window, name: try atom(&words), time: try words.number())
        case "message":
            let window = try words.number()
            let type = try atom(&words)
            let first = try atom(&words)
            let rest = (try words.number(), try words.number(), try words.number())
            return .message(window, type: type, (first, rest.0, rest.1, rest.2, try words.number()))
        case "keyboard":
            var state = KeyboardState(core: 0)
            state.modifiers = try words.number()
            state.group = try words.number()
            state.locked = try words.numberIfAny()
            return .keyboardState(state)
        case "held":
            let codes = try words.optional()?.split(separator: ",").compactMap { UInt8($0) }
            return .keysHeld(HeldKeys(codes ?? []))
        // The keyboard of the player stays what it is.
        case "keymap", "shown", "devices", "stirred", "error", "other": return .other
        default: throw Complaint(description: "unknown")
        }
    }

    private func input(_ words: inout Words) throws(Complaint) -> XEvent.Input {
        var input = XEvent.Input(
            window: try words.number(),
            time: try words.number(),
            state: UInt16(truncatingIfNeeded: try words.number())
        )
        input.position = try words.point()
        input.screenPosition = try words.point()
        if words.skip("buttons") { input.buttons = try words.number() }
        input.isSynthetic = words.isSent
        return input
    }

    private func atom(_ words: inout Words) throws(Complaint) -> xcb_atom_t {
        let text = try words.text()
        if let number = atoms[text] { return number }
        var number = Words(text[...])
        return try number.number()
    }

    /// The words of a line, from left to right.
    private struct Words {
        private var left: [Substring]

        init(_ line: some StringProtocol) {
            left = Substring(line).split(separator: " ")
        }

        var isSent: Bool { left.last == "sent" }
        var isGrabbed: Bool { left.last == "grabbed" }

        mutating func text() throws(Complaint) -> String {
            guard !left.isEmpty else { throw Complaint(description: "too short") }
            return String(left.removeFirst())
        }

        mutating func optional() throws(Complaint) -> String? {
            let text = try text()
            return text == "-" ? nil : text
        }

        /// `nil` for `-`, and where the line is over.
        mutating func numberIfAny() throws(Complaint) -> UInt32? {
            guard let first = left.first else { return nil }
            guard first == "-" else { return try number() }
            left.removeFirst()
            return nil
        }

        mutating func skip(_ word: String) -> Bool {
            guard left.first.map(String.init) == word else { return false }
            left.removeFirst()
            return true
        }

        mutating func number() throws(Complaint) -> UInt32 {
            let text = try text()
            let number =
                text.hasPrefix("0x") ? UInt64(text.dropFirst(2), radix: 16) : UInt64(text)
            guard let number else { throw Complaint(description: "\(text) is no number") }
            return UInt32(truncatingIfNeeded: number)
        }

        mutating func point() throws(Complaint) -> Point { try pair(",") { Point(x: $0, y: $1) } }

        func onlyPoint() throws(Complaint) -> Point {
            var words = self
            return try words.point()
        }

        mutating func rect() throws(Complaint) -> Rect {
            let origin = try point()
            return Rect(origin: origin, size: try pair("x") { Size(width: $0, height: $1) })
        }

        private mutating func pair<Result>(
            _ separator: Character,
            _ make: (Int32, Int32) -> Result
        ) throws(Complaint) -> Result {
            let text = try text()
            let parts = text.split(separator: separator).compactMap { Int32($0) }
            guard parts.count == 2 else { throw Complaint(description: "\(text) is no pair") }
            return make(parts[0], parts[1])
        }
    }
}

#endif
