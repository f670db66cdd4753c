#if X11

import CRatXCB
import RatDisplay
import Testing

@testable import RatX11

/// The rules that need no server: scripted events into the translator.
@Suite struct TranslatorTests {
    private let id = SurfaceID(rawValue: 1)
    private let window: xcb_window_t = 0x40_0001
    private let root: xcb_window_t = 0x100
    private let normal: UInt8 = 0
    private let grab: UInt8 = 1
    private let ungrab: UInt8 = 2
    private let whileGrabbed: UInt8 = 3
    private let nonlinear: UInt8 = 3

    private func makeTranslator() -> EventTranslator {
        var translator = EventTranslator(atoms: AtomTable(), root: root)
        let size = Size(width: 300, height: 200)
        let position = Point(x: 100, y: 50)
        let options = SurfaceOptions(position: position, size: size, title: "", className: "")
        translator.surfaces.insert(Surface(id: id, window: window, options))
        return translator
    }

    private func events(
        _ input: [XEvent],
        _ translator: inout EventTranslator
    ) throws -> [DisplayEvent] {
        let keyboard = try Keyboard(nil)
        for event in input { translator.translate(event, keyboard, now: 5_000_000_000) }
        var result: [DisplayEvent] = []
        while let event = translator.queue.removeFirst() { result.append(event) }
        return result
    }

    private func input(state: UInt16 = 0) -> XEvent.Input {
        XEvent.Input(window: window, time: 4000, state: state)
    }

    @Test(arguments: [
        (UInt8(1), UInt8(3)), (2, 3), (0, 5), (3, 5), (0, 2),
    ])
    func focusThatIsOnlyBorrowedOrPassedThroughIsNotToldOf(mode: UInt8, detail: UInt8) throws {
        var translator = makeTranslator()
        translator.surfaces[window]?.hasFocus = true
        let lost = try events(
            [.focus(window, mode: mode, detail: detail, isIn: false)],
            &translator
        )
        #expect(lost == [])
    }

    @Test func focusThatMovesWhileGrabbedIsToldOfOnce() throws {
        var translator = makeTranslator()
        let result = try events(
            [
                .focus(window, mode: whileGrabbed, detail: nonlinear, isIn: true),
                .focus(window, mode: normal, detail: nonlinear, isIn: true),
                .focus(window, mode: normal, detail: nonlinear, isIn: false),
            ],
            &translator
        )
        #expect(result == [.focusGained(id), .focusLost(id)])
    }

    @Test func clickUnderAManagerThatGrabsButtonsIsNoLeave() throws {
        var translator = makeTranslator()
        let result = try events(
            [
                .left(input(), mode: grab, detail: nonlinear), .entered(input(), isMove: true),
                .button(input(), number: 1, isDown: true),
                .focus(window, mode: normal, detail: nonlinear, isIn: true),
                .focus(window, mode: normal, detail: nonlinear, isIn: false),
            ],
            &translator
        )
        #expect(!result.contains(.pointerLeft(id)))
    }

    @Test func pointerThatAGrabTookIsDoubtfulUntilItIsFound() throws {
        var translator = makeTranslator()
        let result = try events(
            [
                .focus(window, mode: normal, detail: nonlinear, isIn: true),
                .entered(input(), isMove: true),
                .left(input(), mode: grab, detail: nonlinear),
                .focus(window, mode: normal, detail: nonlinear, isIn: false),
            ],
            &translator
        )
        #expect(result.last == .focusLost(id))
        #expect(translator.isPointerDoubtful)
        translator.findPointer(PointerPlace(window: window, state: 0))
        #expect(translator.queue.removeFirst() == nil)
        #expect(translator.isPointerDoubtful)
        translator.findPointer(PointerPlace(window: nil, state: 0))
        #expect(translator.queue.removeFirst() == .pointerLeft(id))
        #expect(!translator.isPointerDoubtful)
    }

    @Test func moveToWhereThePointerIsIsToldOnce() throws {
        var translator = makeTranslator()
        let again: [XEvent] = [
            .entered(input(), isMove: true), .motion(input()),
            .left(input(), mode: grab, detail: nonlinear),
            .entered(input(), isMove: false), .motion(input()),
        ]
        #expect(try events(again, &translator).count == 1)
        let gone = XEvent.left(input(), mode: normal, detail: nonlinear)
        #expect(try events([gone, .entered(input(), isMove: true)], &translator).count == 2)
    }

    @Test func extraButtonIsCorrectedOnlyByWhoKnowsOfIt() throws {
        var translator = makeTranslator()
        var known = input()
        known.buttons = 1 << 8
        _ = try events([.button(input(), number: 8, isDown: true)], &translator)
        let held = try events([.motion(input()), .motion(known)], &translator)
        #expect(!held.contains(.buttonMissed(.x1)))
        known.buttons = 0
        #expect(try events([.motion(known)], &translator).contains(.buttonMissed(.x1)))
    }

    @Test func keyThatWentDownWithTheFocusAtThePointerIsMissedThere() throws {
        var translator = makeTranslator()
        let result = try events(
            [.key(input(), code: 38, isDown: true), .keysHeld(HeldKeys([50]))],
            &translator
        )
        guard case .key(id, let key) = result.last else {
            Issue.record("no key is missed")
            return
        }
        #expect(key.isMissed && !key.isDown)
    }

    @Test func releaseThatWentElsewhereDoesNotHoldThePointerForEver() throws {
        var translator = makeTranslator()
        let result = try events(
            [
                .button(input(), number: 1, isDown: true), .entered(input(state: 0), isMove: true),
                .left(input(state: 0), mode: normal, detail: nonlinear),
            ],
            &translator
        )
        #expect(result.last == .pointerLeft(id))
    }

    @Test func realPlaceInAFrameIsAskedForAndASyntheticOneIsTaken() throws {
        var translator = makeTranslator()
        let inFrame = Rect(left: 1, top: 20, right: 301, bottom: 220)
        let onScreen = Rect(left: 7, top: 9, right: 307, bottom: 209)
        _ = try events(
            [
                .reparented(window, parent: 0x77),
                .configured(window, inFrame, isSynthetic: false, sequence: 1),
            ],
            &translator
        )
        let asked = translator.surfaces[window]?.geometry
        _ = try events(
            [.configured(window, onScreen, isSynthetic: true, sequence: 1)],
            &translator
        )
        let taken = translator.surfaces[window]?.geometry
        #expect(asked?.origin == nil && asked?.size == inFrame.size)
        #expect(taken?.origin == onScreen.origin)
    }

    @Test func placeThatAManagerHasToldHoldsWhileItGoesThere() throws {
        var translator = makeTranslator()
        let inFrame = Rect(left: 1, top: 20, right: 301, bottom: 220)
        let onScreen = Rect(left: 7, top: 9, right: 307, bottom: 209)
        let larger = Rect(left: 1, top: 20, right: 401, bottom: 320)
        _ = try events(
            [
                .reparented(window, parent: 0x77),
                .configured(window, onScreen, isSynthetic: true, sequence: 1),
                .configured(window, inFrame, isSynthetic: false, sequence: 1),
            ],
            &translator
        )
        #expect(translator.surfaces[window]?.geometry?.origin == onScreen.origin)
        // Of another size it says nothing.
        _ = try events(
            [
                .configured(window, larger, isSynthetic: false, sequence: 1),
                .configured(window, inFrame, isSynthetic: false, sequence: 1),
            ],
            &translator
        )
        let asked = translator.surfaces[window]?.geometry
        #expect(asked != nil && asked?.origin == nil)
    }

    @Test func placeOlderThanOurOwnRequestIsIgnoredAcrossTheWrapOfSequences() throws {
        var surface = try #require(makeTranslator().surfaces[window])
        surface.configureRequest = 3
        let rect = Rect(left: 1, top: 2, right: 3, bottom: 4)
        surface.configure(rect, isSynthetic: false, sequence: UInt32.max - 1)
        #expect(surface.geometry == nil)
        surface.configure(rect, isSynthetic: false, sequence: 3)
        #expect(surface.geometry != nil)
    }

    @Test func syntheticKeyHasItsOwnModifiers() throws {
        var translator = makeTranslator()
        var sent = input(state: 1)
        sent.isSynthetic = true
        let keyboard = try Keyboard(nil)
        keyboard.update(KeyboardState(core: 0))
        translator.translate(.key(sent, code: 26, isDown: true), keyboard, now: 0)
        translator.translate(.key(input(state: 1), code: 26, isDown: true), keyboard, now: 0)
        let characters = (0..<2).map { _ -> UInt32 in
            guard case .key(_, let key) = translator.queue.removeFirst() else { return 0 }
            return key.character
        }
        // The second is the keyboard's own, whose state is what the server told.
        #expect(characters == [0x45, 0x65])
    }

    @Test func theQueueDropsMovesToTheSamePlaceOnly() {
        var queue = EventQueue()
        func move(_ x: Int32) -> DisplayEvent {
            let place = Point(x: x, y: 1)
            return .pointer(
                id,
                PointerEvent(action: .moved, position: place, screenPosition: place)
            )
        }
        for event in [move(1), move(1), move(2), .pointerLeft(id), move(2), move(1)] {
            queue.append(event)
        }
        var events: [DisplayEvent] = []
        while let event = queue.removeFirst() { events.append(event) }
        #expect(events == [move(1), move(2), .pointerLeft(id), move(2), move(1)])
        #expect(queue.isEmpty)
    }

    @Test func arbitraryEventsNeverBreakTheRules() throws {
        var translator = makeTranslator()
        let keyboard = try Keyboard(nil)
        var generator = Generator(state: 42)
        var focus = false
        for _ in 0..<20_000 {
            translator.translate(randomEvent(&generator), keyboard, now: generator.next() >> 20)
            while let event = translator.queue.removeFirst() {
                switch event {
                case .focusGained:
                    #expect(!focus)
                    focus = true
                case .focusLost:
                    #expect(focus)
                    focus = false
                case .closeRequested, .destroyed, .lost:
                    Issue.record("nobody said so: \(event)")
                default:
                    break
                }
            }
        }
    }

    private func randomEvent(_ random: inout Generator) -> XEvent {
        let window = random.next() % 4 == 0 ? root : window
        let byte = UInt8(truncatingIfNeeded: random.next())
        var input = XEvent.Input(
            window: window,
            time: UInt32(truncatingIfNeeded: random.next()),
            state: UInt16(truncatingIfNeeded: random.next())
        )
        input.isSynthetic = byte & 1 == 0
        let isOn = random.next() % 2 == 0
        let rect = Rect(left: Int32(byte), top: -3, right: Int32(byte) * 2, bottom: 60)
        switch random.next() % 12 {
        case 0: return .key(input, code: byte, isDown: isOn)
        case 1: return .button(input, number: byte % 12, isDown: isOn)
        case 2: return .motion(input)
        case 3: return .entered(input, isMove: true)
        case 4: return .left(input, mode: byte % 4, detail: byte / 4 % 8)
        case 5: return .focus(window, mode: byte % 4, detail: byte / 4 % 8, isIn: isOn)
        case 6: return .exposed(window, rect)
        case 7:
            let sequence = UInt32(truncatingIfNeeded: random.next())
            return .configured(window, rect, isSynthetic: isOn, sequence: sequence)
        case 8: return .mapped(window)
        case 9: return .reparented(window, parent: isOn ? root : 5)
        case 10: return .keyboardState(KeyboardState(core: input.state))
        default: return .property(window, name: 7, time: input.time)
        }
    }
}

/// Repeatable randomness: xorshift64.
private struct Generator {
    var state: UInt64

    mutating func next() -> UInt64 {
        state ^= state << 13
        state ^= state >> 7
        state ^= state << 17
        return state
    }
}

#endif
