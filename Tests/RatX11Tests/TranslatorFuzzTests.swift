#if X11

import CRatXCB
import Glibc
import RatDisplay
import Testing

@testable import RatX11

/// Random events as they come off the wire. RAT_X_EVENTS says how many, RAT_X_SEED which.
@Suite struct TranslatorFuzzTests {
    private static let windows: [xcb_window_t] = [0x40_0001, 0x40_0002, 0x100, 0, 0xFFFF_FFFF]
    private let numbers = XEvent.Numbers(keyboard: 85, completion: 65)

    @Test func noEventBreaksTheRules() throws {
        let count = Self.setting("RAT_X_EVENTS") ?? 1_000_000
        let seed = Self.setting("RAT_X_SEED") ?? 4711
        var random = Random(state: UInt64(seed))
        var state = Rules()
        var translator = fresh(&state)
        let keyboard = try Keyboard(nil)
        for number in 0..<count {
            var bytes = [UInt64](repeating: 0, count: 5)
            for index in bytes.indices { bytes[index] = random.next() }
            let event = unsafe bytes.withUnsafeMutableBytes { bytes in
                unsafe shape(bytes, &random)
                return unsafe XEvent(
                    bytes.assumingMemoryBound(to: xcb_generic_event_t.self).baseAddress!,
                    numbers
                )
            }
            translator.translate(event, keyboard, now: random.next() >> 8)
            translator.reactions = []
            if random.next() % 8 == 0 { settle(&translator, keyboard, &random) }
            while let event = translator.queue.removeFirst() {
                if let wrong = state.complaint(event) {
                    Issue.record("seed \(seed), event \(number): \(wrong)")
                    return
                }
            }
            if state.alive.isEmpty { translator = fresh(&state) }
        }
    }

    /// Makes the noise an event that is well formed: of a known type, about windows that there are.
    private func shape(_ bytes: UnsafeMutableRawBufferPointer, _ random: inout Random) {
        let types: [UInt8] = [
            0, 2, 2, 3, 3, 4, 5, 6, 6, 7, 8, 9, 10, 11, 12, 15, 18, 19, 21, 22, 28, 33, 34, 35, 65,
            85,
        ]
        // Windows are destroyed now and then only, so that something is left to happen to them.
        var type = random.next() % 500 == 0 ? 17 : types[Int(random.next() % UInt64(types.count))]
        if random.next() % 6 == 0 { type |= 0x80 }
        unsafe bytes[0] = type
        for offset in [4, 8, 12] {
            let window = Self.windows[Int(random.next() % UInt64(Self.windows.count))]
            unsafe bytes.storeBytes(of: window, toByteOffset: offset, as: UInt32.self)
        }
        guard type & 0x7F == 9 || type & 0x7F == 10 || type & 0x7F == 8 else { return }
        // Modes and details that there are.
        let byte: Int = type & 0x7F == 8 ? 30 : 8
        unsafe bytes[byte] = UInt8(random.next() % 5)
        unsafe bytes[1] = UInt8(random.next() % 9)
    }

    private func fresh(_ state: inout Rules) -> EventTranslator {
        var table = AtomTable()
        for (index, atom) in Atom.allCases.enumerated() { table[atom] = UInt32(index) }
        var translator = EventTranslator(atoms: table, root: 0x100)
        let options = SurfaceOptions(
            position: nil,
            size: Size(width: 30, height: 20),
            title: "",
            className: ""
        )
        state = Rules()
        for window in Self.windows.prefix(2) {
            let id = SurfaceID(rawValue: UInt64(window))
            translator.surfaces.insert(Surface(id: id, window: window, options))
            translator.surfaces[window]?.isVisible = true
            state.alive.insert(id)
        }
        return translator
    }

    private func settle(
        _ translator: inout EventTranslator,
        _ keyboard: Keyboard,
        _ random: inout Random
    ) {
        for surface in translator.surfaces.unsettled {
            let states: [SurfaceState?] = [.normal, .minimized, .maximized, nil]
            let answer = SurfaceAnswer(
                origin: random.next() % 2 == 0 ? Point(x: -5, y: 70) : nil,
                state: states[Int(random.next() % 4)],
                isFullscreen: random.next() % 2 == 0
            )
            translator.settle(surface.window, answer)
        }
        translator.tellExposed()
        translator.tellModifiers(UInt16(truncatingIfNeeded: random.next()), keyboard)
    }

    private static func setting(_ name: String) -> Int? {
        guard let text = unsafe getenv(name) else { return nil }
        return unsafe Int(String(cString: text))
    }

    /// What holds of the events whatever the server says.
    private struct Rules {
        var alive: Set<SurfaceID> = []
        private var focused: Set<SurfaceID> = []
        private var covering: Set<SurfaceID> = []

        mutating func complaint(_ event: DisplayEvent) -> String? {
            switch event {
            case .key(let id, _), .pointer(let id, _), .pointerLeft(let id),
                .closeRequested(let id), .focusOffered(let id):
                return alive.contains(id) ? nil : "\(event) of a dead surface"
            case .modifiersHeld(let id, _):
                return focused.contains(id) ? nil : "\(event) without the keyboard"
            case .focusGained(let id):
                return alive.contains(id) && focused.insert(id).inserted ? nil : "\(event) twice"
            case .focusLost(let id): return focused.remove(id) != nil ? nil : "\(event) twice"
            case .fullscreen(let id, let isOn):
                if isOn { return covering.insert(id).inserted ? nil : "\(event) twice" }
                return covering.remove(id) != nil ? nil : "\(event) twice"
            case .configured(let id, let content, _):
                let sides = 1...Int32(Int16.max)
                return alive.contains(id) && sides.contains(content.size.width)
                    && sides.contains(content.size.height) ? nil : "\(event) is impossible"
            case .exposed(let id, let rect):
                return alive.contains(id) && !rect.isEmpty ? nil : "\(event) is nothing"
            case .destroyed(let id):
                focused.remove(id)
                return alive.remove(id) != nil ? nil : "\(event) twice"
            case .screenChanged, .workAreaChanged: return nil
            case .densityChanged, .doubleClickChanged, .languageChanged, .grabLost, .focusElsewhere,
                .lost:
                return "nobody said so"
            }
        }
    }
}

/// Repeatable randomness: xorshift64.
private struct Random {
    var state: UInt64

    mutating func next() -> UInt64 {
        state ^= state << 13
        state ^= state >> 7
        state ^= state << 17
        return state
    }
}

#endif
