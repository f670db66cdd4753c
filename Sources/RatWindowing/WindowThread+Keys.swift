internal import RatCore
internal import RatDisplay
internal import RatMessaging

/// Keys, as they are retrieved.
extension WindowThread {
    /// A key goes to the focus. Without one it goes to the active window, as a system key.
    func keyMessage(_ key: KeyEvent, _ surface: SurfaceID?, count: UInt16) -> Message? {
        let (focus, active, wouldBeSystem, wasDown) = withInput { state in
            let queue = state.queue
            return (state.focus, state.active, queue.isSystemKey(key), queue.wasDown(key))
        }
        let target: Handle
        if focus != .nobody {
            target = focus.window
        } else if active != .nobody {
            target = active.window
        } else if let surface {
            target = Handle(rawValue: surface.rawValue)
        } else {
            return nil
        }
        let isSystem = wouldBeSystem || (focus == .nobody && active != .nobody)
        guard Window.exists(target) else { return nil }
        let message =
            switch (isSystem, key.isDown) {
            case (false, true): WindowMessage.keyDown
            case (false, false): WindowMessage.keyUp
            case (true, true): WindowMessage.systemKeyDown
            case (true, false): WindowMessage.systemKeyUp
            }
        let bits = KeyBits.make(key, count, isSystem: isSystem, wasDown: wasDown)
        let position = threadQueue.pointerPosition
        return make(
            message,
            UInt(key.virtualKey),
            Int(bits),
            for: target,
            time: key.time,
            at: Point(x: position.x, y: position.y)
        )
    }
}

/// What `lparam` of a key message says beside the count and the scan code.
enum KeyBits {
    static let extended: UInt32 = 1 << 24
    /// Alt is held.
    static let context: UInt32 = 1 << 29
    static let wasDown: UInt32 = 1 << 30
    static let isUp: UInt32 = 1 << 31

    static func make(_ key: KeyEvent, _ count: UInt16, isSystem: Bool, wasDown: Bool) -> UInt32 {
        // A character without a key: it stands where the scan code and these bits are.
        guard key.virtualKey != VirtualKey.packet else {
            return UInt32(count) | key.character << 16
        }
        var bits = UInt32(count) | UInt32(key.scanCode) << 16
        if key.isExtended { bits |= extended }
        let isAltHeld =
            key.virtualKey == VirtualKey.menu ? key.isDown : key.modifiers.contains(.alt)
        if isSystem && isAltHeld { bits |= context }
        if !key.isDown { return bits | KeyBits.wasDown | isUp }
        return wasDown ? bits | KeyBits.wasDown : bits
    }

    static func has(_ bit: UInt32, _ lparam: Int) -> Bool {
        UInt32(truncatingIfNeeded: lparam) & bit != 0
    }
}
