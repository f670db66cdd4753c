internal import RatCore
internal import RatDisplay
package import RatMessaging

/// A key press as it was retrieved, with what the display knew of it.
struct KeyPress {
    let event: KeyEvent
    let header: MessageHeader

    func isOf(_ message: MessageHeader) -> Bool {
        header.message == message.message && header.wparam == message.wparam
            && header.lparam == message.lparam && header.time == message.time
            && header.target == message.target
    }
}

/// From key presses to the text they type.
extension WindowThread {
    /// Posts the characters that a retrieved key press types. Whether the message is a key press.
    package func translate(_ message: borrowing Message) -> Bool {
        let header = message.header
        guard
            header.message == WindowMessage.keyDown
                || header.message == WindowMessage.systemKeyDown
        else { return false }
        let event: KeyEvent
        if let lastKeyPress, lastKeyPress.isOf(header) {
            event = lastKeyPress.event
        } else {
            // Posted by somebody: what the key types by itself on any keyboard.
            let key = UInt8(truncatingIfNeeded: header.wparam)
            let character = KeyText.plainCharacter(of: key)
            event = KeyEvent(isDown: true, virtualKey: key, character: character)
        }
        for (unit, isDead) in typedUnits(event) {
            post(unit, isDead: isDead, for: header)
        }
        return true
    }

    private func typedUnits(_ event: KeyEvent) -> [(unit: UInt16, isDead: Bool)] {
        if event.modifiers.contains(.control), !event.modifiers.contains(.level3) {
            return KeyText.controlCharacter(of: event).map { [($0, false)] } ?? []
        }
        let own = KeyText.characters(of: event).map { (unit: $0, isDead: false) }
        guard event.symbol != 0, let display = try? display else { return own }
        switch display.compose(event.symbol) {
        case .passThrough:
            pendingDead = 0
            return own
        case .pending(let dead):
            pendingDead = dead
            return dead == 0 ? [] : [(dead, true)]
        case .composed(let units):
            pendingDead = 0
            return units.map { ($0, false) }
        case .cancelled:
            // Win32 types the dead key as shown, then the key.
            let shown = pendingDead
            pendingDead = 0
            return (shown == 0 ? [] : [(shown, false)]) + own
        }
    }

    private func post(_ unit: UInt16, isDead: Bool, for key: MessageHeader) {
        let isSystem = key.message == WindowMessage.systemKeyDown
        let message =
            switch (isSystem, isDead) {
            case (false, false): WindowMessage.character
            case (false, true): WindowMessage.deadCharacter
            case (true, false): WindowMessage.systemCharacter
            case (true, true): WindowMessage.systemDeadCharacter
            }
        let header = MessageHeader(message: message, wparam: UInt(unit), lparam: key.lparam)
        // A queue that is full of posted messages has no room for text either, as in Win32.
        try? MessageQueue.post(Message(header), to: key.target)
    }
}

/// What keys type, where no display has to be asked. Pure.
enum KeyText {
    /// The characters of a key by itself, as UTF-16.
    static func characters(of event: KeyEvent) -> [UInt16] {
        switch event.virtualKey {
        case VirtualKey.enter: return [0x0D]
        case VirtualKey.back: return [0x08]
        case VirtualKey.tab: return [0x09]
        case VirtualKey.escape: return [0x1B]
        default: break
        }
        // Delete is a key without text in Win32, and a character in X.
        guard event.character >= 0x20, event.character != 0x7F,
            let scalar = Unicode.Scalar(event.character)
        else { return [] }
        return Array(String(scalar).utf16)
    }

    /// What a key types with Control held: Win32's table, which is not X's.
    static func controlCharacter(of event: KeyEvent) -> UInt16? {
        switch event.virtualKey {
        case 0x41...0x5A: return UInt16(event.virtualKey - 0x40)
        case VirtualKey.back: return 0x7F
        case VirtualKey.enter: return 0x0A
        case VirtualKey.space: return 0x20
        case VirtualKey.escape: return 0x1B
        case 0x03: return 0x03
        default: break
        }
        let isShifted = event.modifiers.contains(.shift)
        switch (event.virtualKey, isShifted) {
        case (0xDB, false): return 0x1B
        case (0xDC, false): return 0x1C
        case (0xDD, false): return 0x1D
        case (0x32, true): return 0x00
        case (0x36, true): return 0x1E
        case (0xBD, true): return 0x1F
        default: return nil
        }
    }

    /// What a key types on any keyboard without modifiers; 0 if that depends on the keyboard.
    static func plainCharacter(of key: UInt8) -> UInt32 {
        switch key {
        case 0x41...0x5A: UInt32(key) + 0x20
        case 0x30...0x39, VirtualKey.space: UInt32(key)
        default: 0
        }
    }
}
