/// A key, whatever it types. Letters and digits are their ASCII capitals.
public struct VirtualKey: RawRepresentable, Hashable, Sendable {
    /// Win32's number.
    public let rawValue: UInt8

    /// The key of that number.
    public init(rawValue: UInt8) {
        self.rawValue = rawValue
    }

    /// Backspace.
    public static let back = VirtualKey(rawValue: 0x08)
    /// Tab.
    public static let tab = VirtualKey(rawValue: 0x09)
    /// Return, of the main keys and of the keypad.
    public static let enter = VirtualKey(rawValue: 0x0D)
    /// Either Shift.
    public static let shift = VirtualKey(rawValue: 0x10)
    /// Either Control.
    public static let control = VirtualKey(rawValue: 0x11)
    /// Either Alt.
    public static let alt = VirtualKey(rawValue: 0x12)
    /// Escape.
    public static let escape = VirtualKey(rawValue: 0x1B)
    /// The space bar.
    public static let space = VirtualKey(rawValue: 0x20)
    /// Cursor left.
    public static let left = VirtualKey(rawValue: 0x25)
    /// Cursor up.
    public static let up = VirtualKey(rawValue: 0x26)
    /// Cursor right.
    public static let right = VirtualKey(rawValue: 0x27)
    /// Cursor down.
    public static let down = VirtualKey(rawValue: 0x28)
    /// Delete.
    public static let delete = VirtualKey(rawValue: 0x2E)
    /// Insert.
    public static let insert = VirtualKey(rawValue: 0x2D)
    /// Home.
    public static let home = VirtualKey(rawValue: 0x24)
    /// End.
    public static let end = VirtualKey(rawValue: 0x23)
    /// A page up.
    public static let pageUp = VirtualKey(rawValue: 0x21)
    /// A page down.
    public static let pageDown = VirtualKey(rawValue: 0x22)
    /// Caps Lock.
    public static let capsLock = VirtualKey(rawValue: 0x14)
    /// The left button of the mouse.
    public static let leftButton = VirtualKey(rawValue: 0x01)
    /// The right button of the mouse.
    public static let rightButton = VirtualKey(rawValue: 0x02)

    /// A function key, 1 to 24.
    public static func function(_ number: Int) -> VirtualKey {
        precondition((1...24).contains(number), "function keys are numbered 1 to 24")
        return VirtualKey(rawValue: 0x6F + UInt8(number))
    }

    /// The key of a letter or a digit on a United States keyboard.
    public static func character(_ character: Character) -> VirtualKey? {
        guard let ascii = character.uppercased().first?.asciiValue,
            (0x30...0x39).contains(ascii) || (0x41...0x5A).contains(ascii)
        else { return nil }
        return VirtualKey(rawValue: ascii)
    }
}
