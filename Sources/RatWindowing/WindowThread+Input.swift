internal import RatCore
internal import RatDisplay
package import RatMessaging

/// Input becomes messages here, when it is retrieved.
extension WindowThread {
    package func nextInput(_ filter: MessageFilter, isRemoving: Bool) -> Message? {
        var place = input.all.startIndex
        while place < input.all.endIndex {
            let event = input.all[place]
            let message: Message? =
                switch event {
                case .key(let surface, let key): keyMessage(key, surface)
                case .pointer(let surface, let pointer): pointerMessage(pointer, surface)
                }
            guard let message else {
                // Nobody is there for it.
                let wasFirst = place == input.all.startIndex
                input.remove(at: place)
                if wasFirst { place = input.all.startIndex }
                continue
            }
            guard filter.isFor(event.status), filter.admits(message.header) else {
                place += 1
                continue
            }
            if isRemoving {
                input.remove(at: place)
                didRetrieve(event, message)
            }
            if isInputRefusedByHooks(message, isRemoving: isRemoving) {
                // The hooks may have retrieved on their own.
                if !isRemoving, input.all.indices.contains(place) { input.remove(at: place) }
                place = input.all.startIndex
                continue
            }
            return message
        }
        return nil
    }

    private func didRetrieve(_ event: InputQueue.Event, _ message: Message) {
        switch event {
        case .key(_, let key):
            if key.isDown { lastKeyPress = KeyPress(event: key, header: message.header) }
        case .pointer(_, let pointer):
            threadQueue.pointerPosition = (
                pointer.screenPosition.x, pointer.screenPosition.y
            )
        }
    }

    // MARK: - Keys

    /// A key goes to the focus. Without one it goes to the active window, as a system key.
    private func keyMessage(_ key: KeyEvent, _ surface: SurfaceID) -> Message? {
        let isSystem: Bool
        let target: Window
        if let focus {
            target = focus
            isSystem = input.isSystemKey(key)
        } else if let active {
            target = active
            isSystem = true
        } else if let window = window(of: surface) {
            target = window
            isSystem = input.isSystemKey(key)
        } else {
            return nil
        }
        guard target.exists, target.isEnabled else { return nil }
        let message =
            switch (isSystem, key.isDown) {
            case (false, true): WindowMessage.keyDown
            case (false, false): WindowMessage.keyUp
            case (true, true): WindowMessage.systemKeyDown
            case (true, false): WindowMessage.systemKeyUp
            }
        var bits: UInt32 = 1 | UInt32(key.scanCode) << 16
        if key.isExtended { bits |= 1 << 24 }
        let isAltHeld =
            key.virtualKey == VirtualKey.menu ? key.isDown : key.modifiers.contains(.alt)
        if isSystem && isAltHeld { bits |= 1 << 29 }
        if key.isDown {
            if input.wasDown(key) { bits |= 1 << 30 }
        } else {
            bits |= 1 << 30 | 1 << 31
        }
        return make(
            message,
            UInt(key.virtualKey),
            Int(bits),
            for: target,
            time: key.time,
            at: Point(x: threadQueue.pointerPosition.x, y: threadQueue.pointerPosition.y)
        )
    }

    // MARK: - Pointer

    private func pointerMessage(_ event: PointerEvent, _ surface: SurfaceID) -> Message? {
        guard let top = self.window(of: surface), top.isEnabled else { return nil }
        let keys = heldKeys(after: event)
        let message: UInt32
        var high: UInt16 = 0
        var window = top
        var position = Point(
            x: event.position.x &- (top.client.left &- top.frame.left),
            y: event.position.y &- (top.client.top &- top.frame.top)
        )
        if event.action.isAtPlace { (window, position) = top.innermost(at: position) }
        switch event.action {
        case .moved:
            message = WindowMessage.mouseMove
        case .pressed(let button):
            let isDouble =
                window.windowClass.style & ClassStyle.doubleClicks != 0
                && input.isDoubleClick(event, surface)
            message = button.pressMessage + (isDouble ? 2 : 0)
            high = button.extraNumber
        case .released(let button):
            message = button.pressMessage + 1
            high = button.extraNumber
        case .wheel(let vertical, let horizontal):
            message =
                vertical != 0 ? WindowMessage.mouseWheel : WindowMessage.mouseHorizontalWheel
            let turn = vertical != 0 ? vertical : horizontal
            high = UInt16(bitPattern: Int16(clamping: turn))
            position = event.screenPosition
        }
        return make(
            message,
            Words.pack(low: keys, high: high),
            Words.pack(position.x, position.y),
            for: window,
            time: event.time,
            at: event.screenPosition
        )
    }

    /// What is held down after the event, as mouse messages tell it. The event's own modifiers are those
    /// before it, which is the same for buttons and moves.
    private func heldKeys(after event: PointerEvent) -> UInt16 {
        var keys: UInt16 = 0
        if event.modifiers.contains(.shift) { keys |= 0x0004 }
        if event.modifiers.contains(.control) { keys |= 0x0008 }
        for button in input.buttons(after: event) { keys |= button.heldBit }
        return keys
    }

    private func make(
        _ message: UInt32,
        _ wparam: UInt,
        _ lparam: Int,
        for window: Window,
        time: UInt64,
        at position: Point
    ) -> Message {
        var header = MessageHeader(
            message: message,
            wparam: wparam,
            lparam: lparam,
            target: window.handle,
            time: time
        )
        header.x = position.x
        header.y = position.y
        return Message(header)
    }
}

extension PointerEvent.Action {
    /// Whether it is for what lies under the pointer; the wheel is not.
    fileprivate var isAtPlace: Bool {
        if case .wheel = self { false } else { true }
    }
}

extension PointerButton {
    var pressMessage: UInt32 {
        switch self {
        case .left: WindowMessage.leftButtonDown
        case .right: WindowMessage.rightButtonDown
        case .middle: WindowMessage.middleButtonDown
        case .x1, .x2: WindowMessage.extraButtonDown
        }
    }

    /// Which of the extra buttons it is; 0 for the others.
    var extraNumber: UInt16 {
        switch self {
        case .x1: 1
        case .x2: 2
        case .left, .right, .middle: 0
        }
    }

    var heldBit: UInt16 {
        switch self {
        case .left: 0x0001
        case .right: 0x0002
        case .middle: 0x0010
        case .x1: 0x0020
        case .x2: 0x0040
        }
    }
}
