#if X11

import CRatXCB
import RatDisplay
import RatX11TestSupport
import Testing

@testable import RatX11

/// Wheels that turn smoothly. No server without a screen has one, so what it would say is made here.
@Suite struct ScrollTests {
    private let device: UInt16 = 12
    private let window: xcb_window_t = 0x40_0001

    private func tracker(
        vertical: Double = 15,
        horizontal: Double = 15,
        last: Double? = 100
    ) -> ScrollTracker {
        var tracker = ScrollTracker()
        let axes = [
            ScrollAxis(number: 2, isVertical: false, increment: horizontal, last: last),
            ScrollAxis(number: 3, isVertical: true, increment: vertical, last: last),
        ]
        tracker.begin([device: axes, 13: []], asked: 10)
        return tracker
    }

    private func turn(_ tracker: inout ScrollTracker, _ number: UInt16, _ value: Double) -> [Int32]
    {
        let values = [ScrollValue(number: number, value: value)]
        let turned = tracker.turn(device, values, sequence: 11)
        return [turned.vertical, turned.horizontal]
    }

    @Test func notchIsOneHundredAndTwentyUpAndToTheRight() {
        var tracker = tracker()
        #expect(turn(&tracker, 3, 85) == [120, 0])
        #expect(turn(&tracker, 3, 115) == [-240, 0])
        #expect(turn(&tracker, 2, 115) == [0, 120])
        #expect(turn(&tracker, 2, 70) == [0, -360])
    }

    @Test func axisThatCountsTheOtherWayIsTurnedRound() {
        var tracker = tracker(vertical: -15, horizontal: -1)
        #expect(turn(&tracker, 3, 115) == [120, 0])
        #expect(turn(&tracker, 2, 99) == [0, 120])
    }

    @Test func partsOfANotchAreToldAndWhatIsLessAddsUp() {
        var tracker = tracker(vertical: 1000)
        var value = 100.0
        var sum: Int32 = 0
        var turns: [Int32] = []
        // Each is 0.36 of what can be told.
        for _ in 0..<1000 {
            value -= 3
            let turned = turn(&tracker, 3, value)[0]
            sum += turned
            turns.append(turned)
        }
        #expect(sum == 360)
        #expect(Set(turns) == [0, 1])
    }

    @Test func firstValueOfAnUnknownAxisCountsFromThere() {
        var tracker = tracker(last: nil)
        #expect(turn(&tracker, 3, 9000) == [0, 0])
        #expect(turn(&tracker, 3, 8985) == [120, 0])
    }

    @Test func whatTheAnswerHoldsAlreadyIsNotCountedAgain() {
        var tracker = tracker()
        let early = [ScrollValue(number: 3, value: 130)]
        let turned = tracker.turn(device, early, sequence: 9)
        #expect(turned == (0, 0))
        #expect(turn(&tracker, 3, 85) == [120, 0])
        // The numbers of requests begin anew after 2^32 of them.
        tracker.begin(
            [device: [ScrollAxis(number: 3, isVertical: true, increment: 15, last: 0)]],
            asked: .max
        )
        #expect(tracker.turn(device, [ScrollValue(number: 3, value: 15)], sequence: 2) == (-120, 0))
    }

    @Test(arguments: [1e9, -1e9, .infinity, .nan])
    func jumpThatNoHandMakesIsNoTurn(_ value: Double) {
        var tracker = tracker()
        #expect(turn(&tracker, 3, value) == [0, 0])
    }

    @Test func devicesHaveAxesOfTheirOwn() {
        var tracker = tracker()
        #expect(tracker.has(device, isVertical: true))
        #expect(!tracker.has(13))
        #expect(tracker.turn(14, [ScrollValue(number: 3, value: 0)], sequence: 11) == (0, 0))
        tracker.begin([:], asked: 20)
        #expect(tracker.isEmpty)
        #expect(turn(&tracker, 3, 85) == [0, 0])
    }

    // MARK: From the wire

    /// A device with a name of five bytes, two axes that scroll, and what each of them counts.
    private var reply: [UInt8] {
        func words(_ words: [UInt32]) -> [UInt8] {
            words.flatMap { word in (0..<4).map { UInt8(truncatingIfNeeded: word >> ($0 * 8)) } }
        }
        func pair(_ low: UInt32, _ high: UInt32) -> UInt32 { low | high << 16 }
        let name: [UInt8] = [0x4D, 0x6F, 0x75, 0x73, 0x65, 0, 0, 0]
        let scroll: (UInt32, UInt32, UInt32) -> [UInt32] = { number, kind, step in
            [pair(3, 6), pair(12, number), kind, 0, step, 0]
        }
        let value: (UInt32, UInt32, UInt32) -> [UInt32] = { number, whole, part in
            [pair(2, 11), pair(12, number), 0, 0, 0, 0, 0, whole, part, 0, 0]
        }
        let classes = [
            // Of a kind that nobody knows yet.
            [pair(99, 2), 0], scroll(2, 2, 15), scroll(3, 1, UInt32(bitPattern: -15)),
            value(2, 7, 1 << 31), value(3, 40, 0),
        ]
        let first = words([pair(12, 3), pair(2, UInt32(classes.count)), pair(5, 1)]) + name
        let second = words([pair(13, 3), pair(2, 0), pair(0, 1)])
        return first + words(classes.flatMap { $0 }) + second
    }

    private func axes(_ bytes: [UInt8], count: Int) -> [UInt16: [ScrollAxis]] {
        unsafe bytes.withUnsafeBytes { bytes in
            guard let start = bytes.baseAddress else { return [:] }
            return InputDevices.axes(unsafe DeviceBytes(start, count: bytes.count), count: count)
        }
    }

    @Test func axesAreReadFromTheServersAnswer() {
        let axes = axes(reply, count: 2)
        #expect(axes.count == 1)
        let expected = [
            ScrollAxis(number: 2, isVertical: false, increment: 15, last: 7.5),
            ScrollAxis(number: 3, isVertical: true, increment: -15, last: 40),
        ]
        #expect(axes[12] == expected)
    }

    @Test func answerThatEndsEarlyOrGoesWrongIsReadAsFarAsItGoes() {
        let whole = reply
        for count in whole.indices {
            _ = axes(Array(whole.prefix(count)), count: 9)
            var wrong = whole
            wrong[count] = 0xFF
            _ = axes(wrong, count: 9)
            wrong[count] = 0
            _ = axes(wrong, count: 9)
        }
    }

    /// What xcb gives for an event of a device, with room behind it as long as it says.
    private func event(
        _ type: CInt,
        detail: UInt32 = 0,
        buttons: [UInt32] = [0],
        masks: [UInt32] = [],
        values: [(Int32, UInt32)] = [],
        isEmulated: Bool = false,
        more: Int = 0
    ) -> XEvent {
        var it = xcb_input_button_press_event_t()
        it.response_type = UInt8(XCB_GE_GENERIC)
        it.`extension` = 131
        it.event_type = UInt16(type)
        it.time = 4000
        it.detail = detail
        it.event = window
        it.full_sequence = 77
        it.root_x = 600 << 16 | 0x8000
        it.root_y = -3 << 16
        it.event_x = -5 << 16 | 0x4000
        it.event_y = 20 << 16
        it.buttons_len = UInt16(buttons.count)
        it.valuators_len = UInt16(masks.count)
        it.sourceid = device
        it.flags = isEmulated ? 1 << 16 : 0
        it.mods.effective = 5
        it.group.effective = 1
        // A value has its whole part first.
        let words = buttons + masks + values.flatMap { [UInt32(bitPattern: $0.0), $0.1] }
        let fixed = MemoryLayout<xcb_input_button_press_event_t>.size
        it.length = UInt32((fixed - 36) / 4 + words.count + more)
        var bytes = unsafe withUnsafeBytes(of: it) { unsafe Array($0) }
        for word in words { for shift in 0..<4 { bytes.append(UInt8(word >> (shift * 8) & 0xFF)) } }
        bytes += [UInt8](repeating: 0, count: max(0, more) * 4)
        let numbers = XEvent.Numbers(keyboard: nil, completion: nil, devices: 131)
        // Aligned as what xcb allocates.
        let copy = UnsafeMutableRawBufferPointer.allocate(byteCount: bytes.count, alignment: 16)
        defer { unsafe copy.deallocate() }
        unsafe copy.copyBytes(from: bytes)
        return unsafe XEvent(
            copy.baseAddress.unsafelyUnwrapped.assumingMemoryBound(to: xcb_generic_event_t.self),
            numbers
        )
    }

    @Test func buttonOfADeviceIsOneOfTheCoreProtocols() throws {
        let press = event(XCB_INPUT_BUTTON_PRESS, detail: 3, buttons: [1 << 1 | 1 << 7])
        guard case .button(let input, number: 3, isDown: true) = press else {
            Issue.record("\(press)")
            return
        }
        #expect(input.window == window)
        #expect(input.time == 4000)
        // Button 1 and the modifiers; the seventh has no bit.
        #expect(input.state == 0x2105)
        #expect(input.position == Point(x: -5, y: 20))
        #expect(input.screenPosition == Point(x: 600, y: -3))
        #expect(input.device == device && !input.isEmulated)
    }

    @Test func moveIsAMoveAndATurnTellsItsValues() throws {
        let move = event(XCB_INPUT_MOTION, masks: [3], values: [(1, 0), (2, 0)])
        guard case .motion = move else {
            Issue.record("\(move)")
            return
        }
        let turned = event(XCB_INPUT_MOTION, masks: [1 << 3 | 1], values: [(1, 0), (85, 1 << 31)])
        guard case .turned(_, let turn) = turned else {
            Issue.record("\(turned)")
            return
        }
        #expect(turn.isMove && turn.sequence == 77)
        #expect(turn.values == [ScrollValue(number: 3, value: 85.5)])
        // A mask that promises more than there is.
        let short = event(XCB_INPUT_MOTION, masks: [0xFFFF_FFFF], values: [(1, 0), (2, 0), (3, 0)])
        guard case .turned(_, let some) = short else {
            Issue.record("\(short)")
            return
        }
        #expect(some.values.count == 1)
    }

    @Test func eventShorterThanAnyIsNone() {
        for more in stride(from: -11, through: -1, by: 1) {
            guard case .other = event(XCB_INPUT_MOTION, buttons: [], more: more) else {
                Issue.record("\(more)")
                return
            }
        }
    }

    // MARK: In the translator

    private func makeTranslator() -> EventTranslator {
        var translator = EventTranslator(atoms: AtomTable(), root: 0x100)
        let options = SurfaceOptions(
            position: Point(x: 0, y: 0),
            size: Size(width: 300, height: 200),
            title: "",
            className: ""
        )
        translator.surfaces.insert(
            Surface(id: SurfaceID(rawValue: 1), window: window, options)
        )
        translator.scrolling = tracker()
        return translator
    }

    private func actions(_ events: [XEvent]) throws -> [PointerEvent.Action] {
        var translator = makeTranslator()
        let keyboard = try Keyboard(nil)
        for event in events { translator.translate(event, keyboard, now: 5_000_000_000) }
        var result: [PointerEvent.Action] = []
        while case .pointer(_, let pointer)? = translator.queue.removeFirst() {
            result.append(pointer.action)
        }
        return result
    }

    @Test func turnIsAWheelAndItsEchoIsNot() throws {
        let turned = event(XCB_INPUT_MOTION, masks: [1 << 3], values: [(95, 0)])
        let echo = event(XCB_INPUT_BUTTON_PRESS, detail: 4, isEmulated: true)
        let actions = try actions([turned, echo])
        #expect(actions == [.wheel(vertical: 40, horizontal: 0)])
    }

    @Test func clickOfAWheelThatIsNoEchoCounts() throws {
        let click = event(XCB_INPUT_BUTTON_PRESS, detail: 5)
        let actions = try actions([click])
        #expect(actions == [.wheel(vertical: -120, horizontal: 0)])
    }

    @Test func bothDirectionsAreTurnsOfTheirOwnAndAMoveIsToldFirst() throws {
        let turned = event(
            XCB_INPUT_MOTION,
            masks: [1 | 1 << 2 | 1 << 3],
            values: [(5, 0), (115, 0), (85, 0)]
        )
        let actions = try actions([turned])
        let expected: [PointerEvent.Action] = [
            .moved, .wheel(vertical: 120, horizontal: 0), .wheel(vertical: 0, horizontal: 120),
        ]
        #expect(actions == expected)
    }

    // MARK: On a server

    @Test(arguments: [Capabilities.all, Capabilities.all.subtracting(.smoothScrolling)])
    func buttonsMovesAndTheWheelAreToldByEitherProtocol(_ capabilities: Capabilities) throws {
        let stage = try Stage(using: capabilities)
        let id = try stage.showSurface()
        stage.injector.movePointer(x: 150, y: 80)
        stage.injector.roundTrip()
        _ = try stage.events()
        stage.injector.button(1, isDown: true)
        stage.injector.movePointer(x: 160, y: 90)
        stage.injector.button(1, isDown: false)
        stage.injector.click(4)
        stage.injector.click(7)
        let told = try stage.events().compactMap { event -> PointerEvent? in
            if case .pointer(id, let pointer) = event { pointer } else { nil }
        }
        let expected: [PointerEvent.Action] = [
            .pressed(.left), .moved, .released(.left), .wheel(vertical: 120, horizontal: 0),
            .wheel(vertical: 0, horizontal: 120),
        ]
        #expect(told.map(\.action) == expected)
        #expect(told.last?.position == Point(x: 60, y: 40))
        #expect(told.last?.screenPosition == Point(x: 160, y: 90))
    }
}

#endif
