internal import RatCore
package import RatDisplay
package import RatMessaging

/// Input becomes messages here, when it is retrieved.
///
/// Making a message of the mouse asks procedures, in which anything may happen: that the event is retrieved
/// by somebody else, that windows end. So an event is known by its number, and looked at anew afterwards.
extension WindowThread {
    package var hasSettledInput: Bool {
        withInput { $0.members.count == 1 && $0.queue.hasSettled }
    }

    package func nextInput(_ filter: MessageFilter, isRemoving: Bool) -> Message? {
        var passed: UInt64 = 0
        while let entry = InputDoor.next(after: passed, for: port) {
            guard filter.isFor(entry.event.status), entry.event.canBe(in: filter.range) else {
                passed = entry.serial
                continue
            }
            guard let found = make(entry, isRemoving: isRemoving) else {
                // Nobody is there for it.
                drop(entry)
                continue
            }
            guard filter.admits(found.message.header) else {
                passed = entry.serial
                continue
            }
            guard isRemoving else {
                guard isInputRefusedByHooks(found.message, isRemoving: false) else {
                    return found.message
                }
                drop(entry)
                continue
            }
            guard InputDoor.remove(entry.serial, for: port) else { continue }
            isPressAsked = false
            let isTaken =
                !isInputRefusedByHooks(found.message, isRemoving: true) && give(found, entry)
            endHeldKeyboard(entry.event.pressed, isAsked: isPressAsked)
            if isTaken { return found.message }
        }
        return nil
    }

    private func drop(_ entry: InputQueue.Entry) {
        _ = InputDoor.remove(entry.serial, for: port)
        endHeldKeyboard(entry.event.pressed, isAsked: false)
    }

    /// A message made of an event, with what the mouse hit.
    struct Found {
        let message: Message
        var hit: MouseHit?
    }

    private func make(_ entry: InputQueue.Entry, isRemoving: Bool) -> Found? {
        switch entry.event {
        case .key(let surface, let key):
            return keyMessage(key, surface, count: entry.count).map { Found(message: $0) }
        case .pointer(let surface, let pointer):
            return mouseMessage(pointer, surface, isRemoving: isRemoving)
        case .pointerLeft(let surface):
            return leaveMessage(surface).map { Found(message: $0) }
        case .locks, .missedRelease:
            return nil
        }
    }

    /// Every message of input passes here, after it was taken and before the program gets it: the place where
    /// somebody can still take it away. `false` if it was.
    private func give(_ found: Found, _ entry: InputQueue.Entry) -> Bool {
        lastExtra = entry.extra
        lastInput = (found.message.header.time, found.message.header.x, found.message.header.y)
        switch entry.event {
        case .key(let surface, let key):
            if key.isDown {
                lastKeyPress = KeyPress(
                    event: key,
                    header: found.message.header,
                    isReal: surface != nil
                )
            }
            // What happened meanwhile was no press of that key alone.
            if key.isMissed { menuKey = 0 }
            return true
        case .pointer(_, let pointer):
            threadQueue.pointerPosition = (found.message.header.x, found.message.header.y)
            guard let hit = found.hit else { return true }
            return giveMouse(pointer, hit)
        case .pointerLeft:
            stopTracking()
            return true
        case .locks, .missedRelease:
            return false
        }
    }

    func make(
        _ message: UInt32,
        _ wparam: UInt,
        _ lparam: Int,
        for target: Handle,
        time: UInt64,
        at position: Point
    ) -> Message {
        var header = MessageHeader(
            message: message,
            wparam: wparam,
            lparam: lparam,
            target: target,
            time: time
        )
        header.x = position.x
        header.y = position.y
        return Message(header)
    }

    // MARK: - Of the message that was retrieved last

    /// Of the posted message whose procedure runs, else of the input retrieved last.
    package var messageTime: UInt64 { CallFrame.posted?.time ?? lastInput.time }

    /// Where the pointer was then, on the screen.
    package var messagePosition: Point {
        if let header = CallFrame.posted { return Point(x: header.x, y: header.y) }
        return Point(x: lastInput.x, y: lastInput.y)
    }

    /// What a program gave its input along, or has set itself since.
    package var extra: Int { lastExtra }

    /// Sets that. Gives what it was.
    package func exchangeExtra(_ extra: Int) -> Int {
        defer { lastExtra = extra }
        return lastExtra
    }

    // MARK: - Keys of the message that was retrieved last

    var keyboard: KeyboardState { withInput { $0.queue.keyboard } }
    package func keyState(_ key: UInt8) -> Int16 { withInput { $0.queue.keyboard.answer(key) } }

    /// 256 bytes: the highest bit says down, the lowest switched on.
    package var keyboardBytes: [UInt8] {
        get { keyboard.bytes }
        set { withInput { $0.queue.keyboard = KeyboardState(bytes: newValue) } }
    }
}

extension InputQueue.Event {
    /// The surface in which it is the press of a button.
    fileprivate var pressed: SurfaceID? {
        if case .pointer(let surface, let pointer) = self, case .pressed = pointer.action {
            surface
        } else {
            nil
        }
    }

    /// Whether its message can have one of these numbers.
    fileprivate func canBe(in range: ClosedRange<UInt32>) -> Bool {
        switch self {
        case .pointer:
            range.overlaps(WindowMessage.mouseMove...WindowMessage.mouseHorizontalWheel)
                || range.overlaps(WindowMessage.nonClientMouse)
        case .pointerLeft:
            range.overlaps(WindowMessage.nonClientMouseLeave...WindowMessage.mouseLeave)
        case .key:
            range.overlaps(WindowMessage.keyDown...WindowMessage.systemKeyUp)
        case .locks, .missedRelease: true
        }
    }
}
