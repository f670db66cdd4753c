extension Message {
    /// What a window's message says, by name.
    public enum Kind: Sendable, Equatable {
        /// The window is being created; answering -1 refuses.
        case create
        /// The window is about to go.
        case destroy
        /// The window was asked to close; by default it is destroyed.
        case close
        /// The window needs painting: call `Window.paint(_:)`.
        case paint
        /// The client area has a new size, in pixels.
        case size(width: Int, height: Int)
        /// The client area is somewhere else on the screen.
        case move(x: Int, y: Int)
        /// The window has the keyboard from now on.
        case focusGained
        /// The window has lost the keyboard.
        case focusLost
        /// A key went down; `isRepeat` if it was down already.
        case keyDown(VirtualKey, isRepeat: Bool)
        /// A key went up.
        case keyUp(VirtualKey)
        /// Text was typed: one UTF-16 unit.
        case character(UInt16)
        /// The pointer moved, in client coordinates.
        case mouseMove(x: Int, y: Int)
        /// The left button went down.
        case leftButtonDown(x: Int, y: Int)
        /// The left button went up.
        case leftButtonUp(x: Int, y: Int)
        /// The right button went down.
        case rightButtonDown(x: Int, y: Int)
        /// The right button went up.
        case rightButtonUp(x: Int, y: Int)
        /// The wheel turned by so many 120ths of a notch; away from the person is positive.
        case wheel(delta: Int)
        /// A timer's period has passed.
        case timer(id: UInt)
        /// The display is gone for good.
        case displayLost
        /// Any other message; look at `number`.
        case other
    }

    /// What the message says, if it is one that a window gets.
    public var kind: Kind {
        let low = Int(Int16(truncatingIfNeeded: lparam))
        let high = Int(Int16(truncatingIfNeeded: lparam >> 16))
        return switch number {
        case 0x0001: .create
        case 0x0002: .destroy
        case 0x0010: .close
        case 0x000F: .paint
        case 0x0005: .size(width: lparam & 0xFFFF, height: lparam >> 16 & 0xFFFF)
        case 0x0003: .move(x: low, y: high)
        case 0x0007: .focusGained
        case 0x0008: .focusLost
        case 0x0100, 0x0104:
            .keyDown(
                VirtualKey(rawValue: UInt8(truncatingIfNeeded: wparam)),
                isRepeat: lparam & 1 << 30 != 0
            )
        case 0x0101, 0x0105: .keyUp(VirtualKey(rawValue: UInt8(truncatingIfNeeded: wparam)))
        case 0x0102: .character(UInt16(truncatingIfNeeded: wparam))
        case 0x0200: .mouseMove(x: low, y: high)
        case 0x0201: .leftButtonDown(x: low, y: high)
        case 0x0202: .leftButtonUp(x: low, y: high)
        case 0x0204: .rightButtonDown(x: low, y: high)
        case 0x0205: .rightButtonUp(x: low, y: high)
        case 0x020A: .wheel(delta: Int(Int16(truncatingIfNeeded: wparam >> 16)))
        case 0x0113: .timer(id: wparam)
        case 0x03F0: .displayLost
        default: .other
        }
    }
}

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
}
