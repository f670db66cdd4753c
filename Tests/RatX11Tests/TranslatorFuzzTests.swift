#if X11

import CRatXCB
import Glibc
import RatDisplay
import Testing

@testable import RatX11

/// Random events as they come off the wire. RAT_X_EVENTS says how many, RAT_X_SEED which.
@Suite struct TranslatorFuzzTests {
    @Test func noEventBreaksTheRules() throws {
        let count = Self.setting("RAT_X_EVENTS") ?? 1_000_000
        let seed = Self.setting("RAT_X_SEED") ?? 4711
        var events = FuzzEvents(seed: UInt64(seed))
        var reached = Reached()
        // One half as servers with the keyboard's extension tell it, the other as those without.
        for fakesReleases in [false, true] {
            let keyboard = try Keyboard(nil, fakesReleases: fakesReleases)
            var state = Rules()
            var translator = fresh(&state)
            for number in 0..<count / 2 {
                let event = events.next()
                reached.note(event)
                translator.translate(event, keyboard, now: events.random.next() >> 8)
                translator.reactions = []
                if translator.keys.heldBack != nil { reached.heldBack += 1 }
                if events.random.next() % 8 == 0 {
                    settle(&translator, keyboard, &events.random)
                }
                while let event = translator.queue.removeFirst() {
                    reached.note(event)
                    if let wrong = state.complaint(event) {
                        Issue.record("seed \(seed), event \(number): \(wrong)")
                        return
                    }
                }
                if state.alive.isEmpty { translator = fresh(&state) }
            }
        }
        guard count >= 100_000 else { return }
        // What this is for must not have become out of reach.
        let rare = reached.counts.filter { $0.count < count / 10_000 }
        #expect(rare.isEmpty, "hardly ever: \(rare)")
    }

    /// How often what was come by.
    private struct Reached {
        var heldBack = 0
        private var deviceMoves = 0
        private var deviceButtons = 0
        private var deviceTurns = 0
        private var deviceChanges = 0
        private var stirs = 0
        private var smoothTurns = 0
        private var missedKeys = 0
        private var missedButtons = 0
        private var locks = 0
        private var leaves = 0

        var counts: [(name: String, count: Int)] {
            [
                ("held back", heldBack), ("device moves", deviceMoves),
                ("device buttons", deviceButtons), ("device turns", deviceTurns),
                ("device changes", deviceChanges), ("stirs", stirs),
                ("smooth turns", smoothTurns), ("missed keys", missedKeys),
                ("missed buttons", missedButtons), ("locks", locks), ("leaves", leaves),
            ]
        }

        mutating func note(_ event: XEvent) {
            switch event {
            case .motion(let input) where input.device != 0: deviceMoves += 1
            case .button(let input, _, _) where input.device != 0: deviceButtons += 1
            case .turned: deviceTurns += 1
            case .devicesChanged: deviceChanges += 1
            case .pointerStirred: stirs += 1
            default: break
            }
        }

        mutating func note(_ event: DisplayEvent) {
            switch event {
            case .key(_, let key) where key.isMissed: missedKeys += 1
            case .buttonMissed: missedButtons += 1
            case .locksChanged: locks += 1
            case .pointerLeft: leaves += 1
            case .pointer(_, let pointer):
                if case .wheel(let vertical, let horizontal) = pointer.action,
                    (vertical + horizontal) % 120 != 0
                {
                    smoothTurns += 1
                }
            default: break
            }
        }
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
        translator.scrolling.begin(FuzzEvents.axes, asked: FuzzEvents.asked)
        state = Rules()
        for window in FuzzEvents.windows.prefix(2) {
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
        _ random: inout FuzzEvents.Random
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
        if random.next() % 2 == 0 { translator.releaseHeldBack(before: nil, keyboard) }
        var place = PointerPlace(state: UInt16(truncatingIfNeeded: random.next()))
        if random.next() % 2 == 0 { place.window = FuzzEvents.window(&random) }
        if random.next() % 2 == 0 { place.buttons = UInt32(truncatingIfNeeded: random.next()) }
        translator.findPointer(place)
        if random.next() % 64 == 0 {
            translator.scrolling.begin(FuzzEvents.axes, asked: FuzzEvents.asked)
        }
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
        /// How much more often each button was pressed than missed.
        private var presses: [PointerButton: Int] = [:]

        mutating func complaint(_ event: DisplayEvent) -> String? {
            switch event {
            case .buttonMissed(let button):
                presses[button, default: 0] -= 1
                return presses[button, default: 0] >= 0 ? nil : "\(event) of none pressed"
            case .locksChanged: return nil
            case .pointer(let id, let pointer):
                if case .pressed(let button) = pointer.action { presses[button, default: 0] += 1 }
                return alive.contains(id) ? nil : "\(event) of a dead surface"
            case .key(let id, _), .pointerLeft(let id),
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

#endif
