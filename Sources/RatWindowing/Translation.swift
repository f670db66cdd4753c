internal import RatCore
internal import RatDisplay
package import RatMessaging

/// A key press as it was retrieved, with what the display knew of it.
struct KeyPress {
    let event: KeyEvent
    let header: MessageHeader
    /// From a display, not from a program.
    let isReal: Bool

    /// A program may keep of the time what Win32's messages have of it: 32 bits of milliseconds.
    func isOf(_ message: MessageHeader) -> Bool {
        header.message == message.message && header.wparam == message.wparam
            && header.lparam == message.lparam && header.target == message.target
            && Self.milliseconds(header) == Self.milliseconds(message)
    }

    private static func milliseconds(_ header: MessageHeader) -> UInt32 {
        UInt32(truncatingIfNeeded: header.time / 1_000_000)
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
        let press = lastKeyPress.flatMap { $0.isOf(header) ? $0 : nil }
        let key = UInt8(truncatingIfNeeded: header.wparam)
        var event = press?.event ?? KeyEvent(isDown: true, virtualKey: key)
        if press?.isReal != true, event.virtualKey != VirtualKey.packet {
            // Posted or sent by a program: what the key types on a usual keyboard with what is held.
            event.modifiers = keyboard.modifiers
            event.character = KeyText.character(of: event.virtualKey, event.modifiers)
            event.symbol = event.character
        }
        for (unit, isDead) in typedUnits(event) {
            post(unit, isDead: isDead, for: header)
        }
        return true
    }

    private func typedUnits(_ event: KeyEvent) -> [(unit: UInt16, isDead: Bool)] {
        if event.virtualKey == VirtualKey.packet {
            return [(UInt16(truncatingIfNeeded: event.character), false)]
        }
        if event.modifiers.contains(.control), !event.modifiers.contains(.level3) {
            // With Alt it is AltGr to Win32, which has no text where the keyboard has none for it.
            if event.modifiers.contains(.alt) { return [] }
            return KeyText.controlCharacter(of: event).map { [($0, false)] } ?? []
        }
        let own = KeyText.characters(of: event).map { (unit: $0, isDead: false) }
        guard event.symbol != 0, let display = try? display else { return own }
        switch display.compose(event.symbol) {
        // Shift has no part in a sequence and does not interrupt it: a dead key may be pending still.
        case .passThrough:
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
        // What a character without a key says there is in wparam.
        let bits = key.wparam == UInt(VirtualKey.packet) ? key.lparam & 0xFFFF : key.lparam
        let header = MessageHeader(message: message, wparam: UInt(unit), lparam: bits)
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

    /// What a key types on a United States keyboard; 0 for nothing.
    static func character(of key: UInt8, _ modifiers: Modifiers) -> UInt32 {
        let isShifted = modifiers.contains(.shift)
        switch key {
        case 0x41...0x5A:
            let isCapital = isShifted != modifiers.contains(.capsLock)
            return UInt32(key) + (isCapital ? 0 : 0x20)
        case VirtualKey.space: return 0x20
        case 0x60...0x69: return UInt32(key) - 0x60 + 0x30
        default:
            guard let place = marks.firstIndex(where: { $0.key == key }) else { return 0 }
            return (isShifted ? marks[place].shifted : marks[place].plain).value
        }
    }

    private static let marks: [(key: UInt8, plain: Unicode.Scalar, shifted: Unicode.Scalar)] = [
        (0x30, "0", ")"), (0x31, "1", "!"), (0x32, "2", "@"), (0x33, "3", "#"),
        (0x34, "4", "$"), (0x35, "5", "%"), (0x36, "6", "^"), (0x37, "7", "&"),
        (0x38, "8", "*"), (0x39, "9", "("), (0x6A, "*", "*"), (0x6B, "+", "+"),
        (0x6D, "-", "-"), (0x6E, ".", "."), (0x6F, "/", "/"), (0xBA, ";", ":"),
        (0xBB, "=", "+"), (0xBC, ",", "<"), (0xBD, "-", "_"), (0xBE, ".", ">"),
        (0xBF, "/", "?"), (0xC0, "`", "~"), (0xDB, "[", "{"), (0xDC, "\\", "|"),
        (0xDD, "]", "}"), (0xDE, "'", "\""),
    ]
}
