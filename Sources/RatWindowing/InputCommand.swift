package import RatCore
package import RatDisplay
internal import RatMessaging
internal import RatSystem

/// One thing that a program has the mouse or the keyboard do.
package struct InputCommand: Sendable {
    package enum Action: Sendable {
        /// By so much, or to a place of the screen; then the buttons and the wheel.
        case mouse(move: Move?, [PointerEvent.Action])
        case key(KeyEvent)
    }

    package enum Move: Sendable {
        case by(Point)
        case to(Point)
        /// 65,536ths of the screen.
        case toPart(Point)
    }

    package var action: Action
    /// Nanoseconds of CLOCK_MONOTONIC.
    package var time: UInt64
    /// The program's own, for who handles it.
    package var extra: Int

    package init(_ action: Action, time: UInt64 = 0, extra: Int = 0) {
        self.action = action
        self.time = time == 0 ? Instant.nowCoarse().nanoseconds : time
        self.extra = extra
    }

    enum Step {
        case pointer(PointerEvent)
        case key(KeyEvent)

        /// Where on the screen it happens, of the pointer.
        var place: Point? {
            if case .pointer(let event) = self { event.screenPosition } else { nil }
        }

        /// The event, with what is held down before it.
        func event(_ modifiers: Modifiers) -> InputQueue.Event {
            switch self {
            case .pointer(var event):
                event.modifiers = modifiers
                return .pointer(nil, event)
            case .key(var event):
                event.modifiers = modifiers
                return .key(nil, event)
            }
        }
    }

    /// What happens, one after the other, with the pointer at a place that this may change: on the screen, which it
    /// does not leave.
    func steps(from pointer: inout Point, on screen: Size) -> [Step] {
        switch action {
        case .key(var event):
            event.time = time
            return [.key(event)]
        case .mouse(let move, let actions):
            var all: [PointerEvent.Action] = []
            switch move {
            case .by(let delta):
                pointer = Point(x: pointer.x &+ delta.x, y: pointer.y &+ delta.y)
                all.append(.moved)
            case .to(let place):
                pointer = place
                all.append(.moved)
            case .toPart(let part):
                pointer = Point(
                    x: Int32((Int64(part.x) * Int64(screen.width)) >> 16),
                    y: Int32((Int64(part.y) * Int64(screen.height)) >> 16)
                )
                all.append(.moved)
            case nil: break
            }
            if !all.isEmpty {
                pointer.x = min(max(pointer.x, 0), max(screen.width - 1, 0))
                pointer.y = min(max(pointer.y, 0), max(screen.height - 1, 0))
            }
            let place = pointer
            return (all + actions).map { action in
                .pointer(
                    PointerEvent(
                        action: action,
                        position: place,
                        screenPosition: place,
                        time: time
                    )
                )
            }
        }
    }
}

/// What programs do with input.
package enum Input {
    /// Has the mouse and the keyboard do this, with nothing between.
    package static func send(_ commands: [InputCommand]) {
        InputDoor.send(commands, from: WindowThread.currentIfAny?.threadQueue.handle)
    }

    /// Where the pointer is now, on the screen.
    package static var pointer: Point { InputDoor.pointer }
    package static var screen: Size { InputDoor.screen }

    /// Whether every move of the mouse becomes a message of the calling thread, however many wait.
    package static var keepsMoves: Bool {
        guard let thread = WindowThread.currentIfAny else { return false }
        return InputDoor.withLock { _ in thread.port.keepsMoves }
    }

    package static func keepMoves(_ keeps: Bool) throws(RatError) {
        let thread = try WindowThread.current()
        InputDoor.withLock { _ in thread.port.keepsMoves = keeps }
    }

    /// Where the pointer was lately, the latest first, with the times.
    package static func trail(atMost count: Int) -> [(point: Point, time: UInt64)] {
        InputDoor.trail(atMost: count).map { ($0.point, $0.time) }
    }

    /// Whether a key or button is down now, and was pressed since the last such question.
    package static func keyStateNow(_ key: UInt8) -> Int16 { InputDoor.answer(key) }

    /// The window that became active last, of the process' threads; `.invalid` if it is not active any more.
    package static var foreground: Handle {
        InputDoor.foreground(for: WindowThread.currentIfAny?.threadQueue.handle)
    }
}

extension KeyEvent {
    /// A key that a program moves. That of one side is the key of both, and says which.
    package static func key(
        _ key: UInt8,
        isDown: Bool,
        scanCode: UInt8 = 0,
        isExtended: Bool = false
    ) -> KeyEvent {
        var event = KeyEvent(
            isDown: isDown,
            virtualKey: key,
            scanCode: scanCode,
            isExtended: isExtended
        )
        guard let (both, isRight) = VirtualKey.both(key) else { return event }
        event.virtualKey = both
        if both == VirtualKey.shift {
            event.scanCode = isRight ? 0x36 : 0x2A
        } else if isRight {
            event.isExtended = true
        }
        return event
    }

    /// A character without a key: a UTF-16 unit.
    package static func packet(isDown: Bool, unit: UInt16) -> KeyEvent {
        KeyEvent(isDown: isDown, virtualKey: VirtualKey.packet, character: UInt32(unit))
    }
}
