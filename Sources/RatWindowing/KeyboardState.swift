internal import RatDisplay

/// Which virtual keys and mouse buttons are down, and which keys are switched on. A pure value.
///
/// A byte for each key, as the C interface gives them: the highest bit says down, the lowest switched on.
/// The keys that exist twice have three: each side's, and one that is down while either is.
struct KeyboardState: Equatable {
    private(set) var bytes = [UInt8](repeating: 0, count: 256)

    private static let down: UInt8 = 0x80
    private static let on: UInt8 = 0x01

    init() {}

    /// The state of 256 bytes that a program has made.
    init(bytes: [UInt8]) {
        self.bytes = bytes.map { $0 & (Self.down | Self.on) }
    }

    func isDown(_ key: UInt8) -> Bool { bytes[Int(key)] & Self.down != 0 }
    func isOn(_ key: UInt8) -> Bool { bytes[Int(key)] & Self.on != 0 }

    /// What Win32 tells of a key: the sign says down, the lowest bit switched on.
    func answer(_ key: UInt8) -> Int16 {
        (isDown(key) ? -128 : 0) | (isOn(key) ? 1 : 0)
    }

    /// The modifiers that are held or switched on.
    var modifiers: Modifiers {
        var modifiers: Modifiers = []
        if isDown(VirtualKey.shift) { modifiers.insert(.shift) }
        if isDown(VirtualKey.control) { modifiers.insert(.control) }
        if isDown(VirtualKey.menu) { modifiers.insert(.alt) }
        if isOn(VirtualKey.capital) { modifiers.insert(.capsLock) }
        if isOn(VirtualKey.numLock) { modifiers.insert(.numLock) }
        return modifiers
    }

    /// What is held of a mouse message's keys and buttons.
    var heldBits: UInt16 {
        var held: UInt16 = 0
        if isDown(VirtualKey.shift) { held |= MouseBits.shift }
        if isDown(VirtualKey.control) { held |= MouseBits.control }
        for button in PointerButton.allCases where isDown(button.virtualKey) {
            held |= button.heldBit
        }
        return held
    }

    mutating func apply(_ event: KeyEvent) {
        let key = event.virtualKey
        guard let (left, right) = VirtualKey.sides(of: key) else { return set(key, event.isDown) }
        let isRight = key == VirtualKey.shift ? event.scanCode == 0x36 : event.isExtended
        set(isRight ? right : left, event.isDown)
        set(key, isDown(left) || isDown(right))
    }

    mutating func apply(_ button: PointerButton, isDown: Bool) {
        set(button.virtualKey, isDown)
    }

    /// Takes over what a display says of modifiers, before the event that it says it with: keys that went
    /// down while another program had the keyboard are held all the same.
    mutating func learn(_ modifiers: Modifiers, before event: KeyEvent?) {
        let held: [(Modifiers, UInt8)] = [
            (.shift, VirtualKey.shift), (.control, VirtualKey.control), (.alt, VirtualKey.menu),
        ]
        for (modifier, key) in held where modifiers.contains(modifier) && !isDown(key) {
            guard event?.virtualKey != key, let side = VirtualKey.sides(of: key)?.left else {
                continue
            }
            bytes[Int(side)] |= Self.down
            bytes[Int(key)] |= Self.down
        }
        learnLocks(modifiers, except: event?.virtualKey)
    }

    /// Takes over what is switched on, as far as the display knows of it.
    mutating func learnLocks(_ modifiers: Modifiers, except pressed: UInt8? = nil) {
        var locks: [(Modifiers, UInt8)] = [
            (.capsLock, VirtualKey.capital), (.numLock, VirtualKey.numLock),
        ]
        if modifiers.contains(.tellsScrollLock) { locks.append((.scrollLock, VirtualKey.scroll)) }
        for (modifier, key) in locks where pressed != key {
            let isOn = modifiers.contains(modifier) ? Self.on : 0
            bytes[Int(key)] = bytes[Int(key)] & ~Self.on | isOn
        }
    }

    /// Nothing is down any more; what is switched on stays so.
    mutating func releaseAll() {
        for index in bytes.indices { bytes[index] &= Self.on }
    }

    private mutating func set(_ key: UInt8, _ isDown: Bool) {
        let old = bytes[Int(key)]
        guard isDown else {
            bytes[Int(key)] = old & ~Self.down
            return
        }
        // A key that repeats is switched once.
        bytes[Int(key)] = old & Self.down != 0 ? old : (old ^ Self.on) | Self.down
    }
}

/// What is held during a mouse message, as its `wparam` tells it. The bits are Win32's.
enum MouseBits {
    static let shift: UInt16 = 0x0004
    static let control: UInt16 = 0x0008
}

/// The virtual keys that the windows treat apart.
enum VirtualKey {
    static let back: UInt8 = 0x08
    static let tab: UInt8 = 0x09
    static let enter: UInt8 = 0x0D
    static let shift: UInt8 = 0x10
    static let control: UInt8 = 0x11
    static let menu: UInt8 = 0x12
    static let capital: UInt8 = 0x14
    static let escape: UInt8 = 0x1B
    static let space: UInt8 = 0x20
    static let leftWindows: UInt8 = 0x5B
    static let rightWindows: UInt8 = 0x5C
    static let apps: UInt8 = 0x5D
    static let f1: UInt8 = 0x70
    static let f4: UInt8 = 0x73
    static let f10: UInt8 = 0x79
    static let numLock: UInt8 = 0x90
    static let scroll: UInt8 = 0x91
    /// A character without a key.
    static let packet: UInt8 = 0xE7

    /// The keys of both sides of a keyboard, for one that exists twice.
    static func sides(of key: UInt8) -> (left: UInt8, right: UInt8)? {
        switch key {
        case shift: (0xA0, 0xA1)
        case control: (0xA2, 0xA3)
        case menu: (0xA4, 0xA5)
        default: nil
        }
    }

    /// The key that messages tell for one of a side, and whether it is the right one.
    static func both(_ key: UInt8) -> (key: UInt8, isRight: Bool)? {
        guard (0xA0...0xA5).contains(key) else { return nil }
        return (shift + (key - 0xA0) / 2, key & 1 != 0)
    }
}

extension PointerButton {
    var virtualKey: UInt8 {
        switch self {
        case .left: 0x01
        case .right: 0x02
        case .middle: 0x04
        case .x1: 0x05
        case .x2: 0x06
        }
    }

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
