internal import RatDisplay
internal import RatMessaging

/// Keys, as they are retrieved.
extension WindowThread {
    /// A key goes to the focus. Without one it goes to the active window, as a system key.
    func keyMessage(_ key: KeyEvent, _ surface: SurfaceID?, count: UInt16) -> Message? {
        let isSystem: Bool
        let target: Window
        if let focus {
            target = focus
            isSystem = input.isSystemKey(key)
        } else if let active {
            target = active
            isSystem = true
        } else if let surface, let window = window(of: surface) {
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
        var bits = UInt32(count) | UInt32(key.scanCode) << 16
        if key.isExtended { bits |= KeyBits.extended }
        let isAltHeld =
            key.virtualKey == VirtualKey.menu ? key.isDown : key.modifiers.contains(.alt)
        if isSystem && isAltHeld { bits |= KeyBits.context }
        if key.isDown {
            if input.wasDown(key) { bits |= KeyBits.wasDown }
        } else {
            bits |= KeyBits.wasDown | KeyBits.isUp
        }
        let position = threadQueue.pointerPosition
        return make(
            message,
            UInt(key.virtualKey),
            Int(bits),
            for: target.handle,
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

    static func has(_ bit: UInt32, _ lparam: Int) -> Bool {
        UInt32(truncatingIfNeeded: lparam) & bit != 0
    }
}
