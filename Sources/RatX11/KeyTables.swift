#if X11

internal import CRatXCB

/// A set 1 scan code.
struct ScanCode: Equatable {
    var code: UInt8
    /// Whether it has the E0 prefix.
    var isExtended: Bool

    static let none = ScanCode(code: 0, isExtended: false)
}

/// What keys are called by X and by Win32. Pure tables, no state.
enum KeyTables {
    // MARK: Scan codes

    /// The names that XKB gives the keys with the codes 1 to 53h, in that order.
    private static let mainNames =
        """
        ESC AE01 AE02 AE03 AE04 AE05 AE06 AE07 AE08 AE09 AE10 AE11 AE12 BKSP TAB AD01 AD02 AD03 \
        AD04 AD05 AD06 AD07 AD08 AD09 AD10 AD11 AD12 RTRN LCTL AC01 AC02 AC03 AC04 AC05 AC06 AC07 \
        AC08 AC09 AC10 AC11 TLDE LFSH BKSL AB01 AB02 AB03 AB04 AB05 AB06 AB07 AB08 AB09 AB10 RTSH \
        KPMU LALT SPCE CAPS FK01 FK02 FK03 FK04 FK05 FK06 FK07 FK08 FK09 FK10 NMLK SCLK KP7 KP8 \
        KP9 KPSU KP4 KP5 KP6 KPAD KP1 KP2 KP3 KP0 KPDL
        """

    private static let plainByName: [String: UInt8] = [
        "LSGT": 0x56, "FK11": 0x57, "FK12": 0x58, "PAUS": 0x45, "HENK": 0x79, "HKTG": 0x70,
        "MUHE": 0x7B, "AE13": 0x7D, "KPEQ": 0x59,
    ]

    private static let extendedByName: [String: UInt8] = [
        "KPEN": 0x1C, "RCTL": 0x1D, "KPDV": 0x35, "PRSC": 0x37, "RALT": 0x38, "HOME": 0x47,
        "UP": 0x48, "PGUP": 0x49, "LEFT": 0x4B, "RGHT": 0x4D, "END": 0x4F, "DOWN": 0x50,
        "PGDN": 0x51, "INS": 0x52, "DELE": 0x53, "LWIN": 0x5B, "RWIN": 0x5C, "COMP": 0x5D,
        "MENU": 0x5D, "MUTE": 0x20, "VOL-": 0x2E, "VOL+": 0x30,
    ]

    private static let byName: [String: ScanCode] = {
        var table: [String: ScanCode] = [:]
        for (index, name) in mainNames.split(separator: " ").enumerated() {
            let code = UInt8(index + 1)
            table[String(name)] = ScanCode(code: code, isExtended: code == numLock)
        }
        for (name, code) in plainByName { table[name] = ScanCode(code: code, isExtended: false) }
        for (name, code) in extendedByName { table[name] = ScanCode(code: code, isExtended: true) }
        return table
    }()

    /// Win32 gives NumLock the prefix, and Pause, which shares the code, none.
    private static let numLock: UInt8 = 0x45

    private static let plainByEvdev: [UInt8: UInt8] = [
        86: 0x56, 87: 0x57, 88: 0x58, 89: 0x73, 92: 0x79, 93: 0x70, 94: 0x7B, 95: 0x5C, 117: 0x59,
        119: 0x45, 121: 0x7E, 124: 0x7D, 194: 0x76,
    ]

    private static let extendedByEvdev: [UInt8: UInt8] = [
        96: 0x1C, 97: 0x1D, 98: 0x35, 99: 0x37, 100: 0x38, 102: 0x47, 103: 0x48, 104: 0x49,
        105: 0x4B, 106: 0x4D, 107: 0x4F, 108: 0x50, 109: 0x51, 110: 0x52, 111: 0x53, 113: 0x20,
        114: 0x2E, 115: 0x30, 125: 0x5B, 126: 0x5C, 127: 0x5D, 158: 0x6A, 159: 0x69, 163: 0x19,
        164: 0x22, 165: 0x10, 166: 0x24, 172: 0x32,
    ]

    /// The code by the key's XKB name, or for a name without meaning by the key code, which is the
    /// kernel's plus 8 wherever Linux drives the keyboard.
    static func scanCode(name: String?, keyCode: UInt8) -> ScanCode {
        if let name, let known = byName[name] { return known }
        guard keyCode > 8 else { return .none }
        let evdev = keyCode - 8
        if evdev <= 83 { return ScanCode(code: evdev, isExtended: evdev == numLock) }
        if (183...193).contains(evdev) {
            return ScanCode(code: evdev - 183 + 0x64, isExtended: false)
        }
        if let code = plainByEvdev[evdev] { return ScanCode(code: code, isExtended: false) }
        if let code = extendedByEvdev[evdev] { return ScanCode(code: code, isExtended: true) }
        return .none
    }

    // MARK: Virtual keys

    /// What a key's symbols are at the moment.
    struct Symbols: Equatable {
        /// At the level that the modifiers select, Control left aside.
        var typed: UInt32
        /// At the first level.
        var base: UInt32
        /// At the first level of a layout with Latin letters; 0 if there is none.
        var latin: UInt32
    }

    /// The Win32 virtual key; 0 for a key that Win32 does not know.
    static func virtualKey(_ symbols: Symbols, _ scan: ScanCode, control: Bool) -> UInt8 {
        if control, symbols.base == XKB_KEY_Pause || symbols.base == XKB_KEY_Scroll_Lock {
            return 0x03  // Break
        }
        // The keypad is another key with NumLock than without, so what is typed decides there.
        if let key = keypad(symbols.typed) ?? named(symbols.base) ?? named(symbols.typed) {
            return key
        }
        // The digit row counts by place: French layouts type punctuation there.
        if !scan.isExtended, (0x02...0x0B).contains(scan.code) {
            return scan.code == 0x0B ? 0x30 : 0x2F + scan.code
        }
        if let key = character(symbols.base) ?? character(symbols.latin) { return key }
        return scan.isExtended ? 0 : positions[scan.code] ?? 0
    }

    private static func keypad(_ symbol: UInt32) -> UInt8? {
        switch CInt(bitPattern: symbol) {
        case XKB_KEY_KP_0...XKB_KEY_KP_9: UInt8(symbol - UInt32(XKB_KEY_KP_0)) + 0x60
        default: keypadKeys[CInt(bitPattern: symbol)]
        }
    }

    private static let keypadKeys: [CInt: UInt8] = [
        XKB_KEY_KP_Multiply: 0x6A, XKB_KEY_KP_Add: 0x6B, XKB_KEY_KP_Separator: 0x6C,
        XKB_KEY_KP_Subtract: 0x6D, XKB_KEY_KP_Decimal: 0x6E, XKB_KEY_KP_Divide: 0x6F,
        XKB_KEY_KP_Enter: 0x0D, XKB_KEY_KP_Begin: 0x0C, XKB_KEY_KP_Prior: 0x21,
        XKB_KEY_KP_Next: 0x22, XKB_KEY_KP_End: 0x23, XKB_KEY_KP_Home: 0x24, XKB_KEY_KP_Left: 0x25,
        XKB_KEY_KP_Up: 0x26, XKB_KEY_KP_Right: 0x27, XKB_KEY_KP_Down: 0x28,
        XKB_KEY_KP_Insert: 0x2D, XKB_KEY_KP_Delete: 0x2E,
    ]

    private static func named(_ symbol: UInt32) -> UInt8? {
        switch CInt(bitPattern: symbol) {
        case XKB_KEY_F1...XKB_KEY_F24: UInt8(symbol - UInt32(XKB_KEY_F1)) + 0x70
        default: namedKeys[CInt(bitPattern: symbol)]
        }
    }

    private static let namedKeys: [CInt: UInt8] = [
        XKB_KEY_BackSpace: 0x08, XKB_KEY_Tab: 0x09, XKB_KEY_ISO_Left_Tab: 0x09,
        XKB_KEY_Clear: 0x0C, XKB_KEY_Return: 0x0D, XKB_KEY_Shift_L: 0x10, XKB_KEY_Shift_R: 0x10,
        XKB_KEY_Control_L: 0x11, XKB_KEY_Control_R: 0x11, XKB_KEY_Alt_L: 0x12,
        XKB_KEY_Alt_R: 0x12, XKB_KEY_Meta_L: 0x12, XKB_KEY_Meta_R: 0x12,
        XKB_KEY_ISO_Level3_Shift: 0x12, XKB_KEY_Pause: 0x13, XKB_KEY_Caps_Lock: 0x14,
        XKB_KEY_Escape: 0x1B, XKB_KEY_space: 0x20, XKB_KEY_Prior: 0x21, XKB_KEY_Next: 0x22,
        XKB_KEY_End: 0x23, XKB_KEY_Home: 0x24, XKB_KEY_Left: 0x25, XKB_KEY_Up: 0x26,
        XKB_KEY_Right: 0x27, XKB_KEY_Down: 0x28, XKB_KEY_Select: 0x29, XKB_KEY_Execute: 0x2B,
        XKB_KEY_Print: 0x2C, XKB_KEY_Sys_Req: 0x2C, XKB_KEY_Insert: 0x2D, XKB_KEY_Delete: 0x2E,
        XKB_KEY_Help: 0x2F, XKB_KEY_Super_L: 0x5B, XKB_KEY_Super_R: 0x5C, XKB_KEY_Menu: 0x5D,
        XKB_KEY_Num_Lock: 0x90, XKB_KEY_Scroll_Lock: 0x91, XKB_KEY_Break: 0x03,
        XKB_KEY_XF86Sleep: 0x5F, XKB_KEY_XF86Back: 0xA6, XKB_KEY_XF86Forward: 0xA7,
        XKB_KEY_XF86Refresh: 0xA8, XKB_KEY_XF86Stop: 0xA9, XKB_KEY_XF86Search: 0xAA,
        XKB_KEY_XF86HomePage: 0xAC, XKB_KEY_XF86AudioMute: 0xAD,
        XKB_KEY_XF86AudioLowerVolume: 0xAE, XKB_KEY_XF86AudioRaiseVolume: 0xAF,
        XKB_KEY_XF86AudioNext: 0xB0, XKB_KEY_XF86AudioPrev: 0xB1, XKB_KEY_XF86AudioStop: 0xB2,
        XKB_KEY_XF86AudioPlay: 0xB3, XKB_KEY_XF86Mail: 0xB4,
    ]

    /// Letters, and the punctuation that Win32 calls VK_OEM_something.
    private static func character(_ symbol: UInt32) -> UInt8? {
        switch symbol {
        case 0x61...0x7A: UInt8(symbol) - 0x20
        case 0x41...0x5A: UInt8(symbol)
        default: punctuation[symbol]
        }
    }

    private static let punctuation: [UInt32: UInt8] = [
        0x3B: 0xBA, 0x3D: 0xBB, 0x2B: 0xBB, 0x2C: 0xBC, 0x2D: 0xBD, 0x2E: 0xBE, 0x2F: 0xBF,
        0x60: 0xC0, 0x5B: 0xDB, 0x5C: 0xDC, 0x5D: 0xDD, 0x27: 0xDE,
    ]

    /// By scan code, as the US layout has them: for keys whose symbols mean nothing to Win32.
    private static let positions: [UInt8: UInt8] = {
        var table: [UInt8: UInt8] = [
            0x0C: 0xBD, 0x0D: 0xBB, 0x1A: 0xDB, 0x1B: 0xDD, 0x27: 0xBA, 0x28: 0xDE, 0x29: 0xC0,
            0x2B: 0xDC, 0x33: 0xBC, 0x34: 0xBE, 0x35: 0xBF, 0x56: 0xE2,
        ]
        for (first, letters) in [(0x10, "QWERTYUIOP"), (0x1E, "ASDFGHJKL"), (0x2C, "ZXCVBNM")] {
            for (index, letter) in letters.utf8.enumerated() {
                table[UInt8(first + index)] = letter
            }
        }
        return table
    }()

    // MARK: Dead keys

    /// The character that shows a dead key while its sequence is incomplete; 0 for no dead key.
    static func spacing(ofDead symbol: UInt32) -> UInt16 {
        deadKeys[CInt(bitPattern: symbol)] ?? 0
    }

    private static let deadKeys: [CInt: UInt16] = [
        XKB_KEY_dead_grave: 0x60, XKB_KEY_dead_acute: 0xB4, XKB_KEY_dead_circumflex: 0x5E,
        XKB_KEY_dead_tilde: 0x7E, XKB_KEY_dead_macron: 0xAF, XKB_KEY_dead_breve: 0x2D8,
        XKB_KEY_dead_abovedot: 0x2D9, XKB_KEY_dead_diaeresis: 0xA8, XKB_KEY_dead_abovering: 0x2DA,
        XKB_KEY_dead_doubleacute: 0x2DD, XKB_KEY_dead_caron: 0x2C7, XKB_KEY_dead_cedilla: 0xB8,
        XKB_KEY_dead_ogonek: 0x2DB, XKB_KEY_dead_iota: 0x37A, XKB_KEY_dead_stroke: 0x2F,
        XKB_KEY_dead_belowcomma: 0x2C, XKB_KEY_dead_currency: 0xA4, XKB_KEY_dead_greek: 0xB5,
        // These have no character but the one that combines with the letter before it, as with a space.
        XKB_KEY_dead_belowdot: 0x323, XKB_KEY_dead_hook: 0x309, XKB_KEY_dead_horn: 0x31B,
        XKB_KEY_dead_voiced_sound: 0x309B, XKB_KEY_dead_semivoiced_sound: 0x309C,
    ]
}

#endif
