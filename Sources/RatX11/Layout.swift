#if X11

internal import CRatXCB
internal import RatDisplay

/// One keyboard layout, with what it takes to look keys up in it. Owns its keymap.
@safe final class Layout {
    private let keymap: OpaquePointer
    /// Set anew for every look-up.
    private let scratch: OpaquePointer
    private let scanCodes: [ScanCode]
    /// For each group, the one whose Latin letters name its keys; `nil` if none has such letters.
    private let latinGroups: [UInt32?]
    /// The names of each group's own keys; `nil` for groups that are not known.
    private let nationalKeys: [NationalKeys?]
    private let languages: [KeyboardLanguage]
    private let alt: UInt32
    private let numLock: UInt32
    /// 0 in most layouts: the key is one without a state then.
    private let scrollLock: UInt32
    private let level3: UInt32

    /// Takes over `keymap`; `nil` if there is no memory.
    init?(_ keymap: OpaquePointer) {
        guard let scratch = unsafe xkb_state_new(keymap) else {
            unsafe xkb_keymap_unref(keymap)
            return nil
        }
        unsafe self.keymap = keymap
        unsafe self.scratch = scratch
        scanCodes = (0...255).map { code in
            let name = unsafe xkb_keymap_key_get_name(keymap, UInt32(code))
            return KeyTables.scanCode(
                name: unsafe name.map { unsafe String(cString: $0) },
                keyCode: UInt8(code)
            )
        }
        latinGroups = unsafe Self.latinGroups(keymap)
        nationalKeys = unsafe Self.nationalKeys(keymap, scanCodes)
        languages = (0..<(unsafe xkb_keymap_num_layouts(keymap))).map { group in
            let name = unsafe xkb_keymap_layout_get_name(keymap, group)
            return Languages.language(
                ofLayout: unsafe name.map { unsafe String(cString: $0) } ?? ""
            )
        }
        alt = unsafe Self.mask("Alt", keymap, scratch) ?? XCB_MOD_MASK_1.rawValue
        numLock = unsafe Self.mask("NumLock", keymap, scratch) ?? XCB_MOD_MASK_2.rawValue
        scrollLock = unsafe Self.mask("ScrollLock", keymap, scratch) ?? 0
        level3 = unsafe Self.mask("LevelThree", keymap, scratch) ?? 0
    }

    deinit {
        unsafe xkb_state_unref(scratch)
        unsafe xkb_keymap_unref(keymap)
    }

    /// A group beyond those that there are counts as the first.
    func language(ofGroup group: UInt32) -> KeyboardLanguage {
        languages.indices.contains(Int(group)) ? languages[Int(group)] : languages.first ?? .usual
    }

    func modifiers(_ mask: UInt32) -> Modifiers {
        var result: Modifiers = []
        if mask & XCB_MOD_MASK_SHIFT.rawValue != 0 { result.insert(.shift) }
        if mask & XCB_MOD_MASK_LOCK.rawValue != 0 { result.insert(.capsLock) }
        if mask & XCB_MOD_MASK_CONTROL.rawValue != 0 { result.insert(.control) }
        if mask & alt != 0 { result.insert(.alt) }
        if mask & numLock != 0 { result.insert(.numLock) }
        if scrollLock != 0 { result.insert(.tellsScrollLock) }
        if mask & scrollLock != 0 { result.insert(.scrollLock) }
        // What Win32 calls AltGr is both.
        if mask & level3 != 0 { result.formUnion([.level3, .control, .alt]) }
        return result
    }

    func meaning(ofKey code: UInt8, _ state: KeyboardState) -> KeyMeaning {
        let key = UInt32(code)
        let control = XCB_MOD_MASK_CONTROL.rawValue
        unsafe xkb_state_update_mask(scratch, state.modifiers & ~control, 0, 0, 0, 0, state.group)
        let typed = unsafe xkb_state_key_get_one_sym(scratch, key)
        let group = unsafe xkb_state_key_get_layout(scratch, key)
        let latin = latinGroups.indices.contains(Int(group)) ? latinGroups[Int(group)] : nil
        let symbols = KeyTables.Symbols(
            typed: typed,
            base: unsafe Self.firstSymbol(keymap, key, group),
            latin: latin.map { unsafe Self.firstSymbol(keymap, key, $0) } ?? 0
        )
        let scan = scanCodes[Int(code)]
        let national = nationalKeys.indices.contains(Int(group)) ? nationalKeys[Int(group)] : nil
        let isAltGr =
            symbols.base == XKB_KEY_ISO_Level3_Shift
            && scan == ScanCode(code: 0x38, isExtended: true)
        return KeyMeaning(
            virtualKey: national?.virtualKey(scan)
                ?? KeyTables.virtualKey(symbols, scan, control: state.modifiers & control != 0),
            scan: scan,
            symbol: typed,
            character: Self.character(typed),
            isAltGr: isAltGr
        )
    }

    private static func nationalKeys(
        _ keymap: OpaquePointer,
        _ scanCodes: [ScanCode]
    ) -> [NationalKeys?] {
        var keys: [UInt8: UInt32] = [:]
        for (key, scan) in scanCodes.enumerated() where !scan.isExtended && scan != .none {
            keys[scan.code] = keys[scan.code] ?? UInt32(key)
        }
        return (0..<(unsafe xkb_keymap_num_layouts(keymap))).map { group in
            NationalKeys.matching { code in
                guard let key = keys[code] else { return 0 }
                return unsafe firstSymbol(keymap, key, group)
            }
        }
    }

    private static func character(_ symbol: UInt32) -> UInt32 {
        switch CInt(bitPattern: symbol) {
        // libxkbcommon gives Delete a character and Shift+Tab none; Win32 has it the other way.
        case XKB_KEY_Delete, XKB_KEY_KP_Delete: 0
        case XKB_KEY_ISO_Left_Tab: 0x09
        default: xkb_keysym_to_utf32(symbol)
        }
    }

    private static func firstSymbol(
        _ keymap: OpaquePointer,
        _ key: UInt32,
        _ group: UInt32
    ) -> UInt32 {
        var symbols: UnsafePointer<xkb_keysym_t>?
        let count = unsafe xkb_keymap_key_get_syms_by_level(keymap, key, group, 0, &symbols)
        guard count == 1, let symbols = unsafe symbols else { return 0 }
        return unsafe symbols.pointee
    }

    private static func latinGroups(_ keymap: OpaquePointer) -> [UInt32?] {
        let groups = unsafe xkb_keymap_num_layouts(keymap)
        let letters: [Int] = (0..<groups).map { group in
            (8...255).count { key in
                unsafe (0x61...0x7A).contains(firstSymbol(keymap, UInt32(key), group))
            }
        }
        // Some layouts of other scripts have single Latin letters on keys.
        let usable = letters.indices.filter { letters[$0] >= 20 }
        return letters.indices.map { group in
            if usable.contains(group) { return UInt32(group) }
            return usable.first.map { UInt32($0) }
        }
    }

    /// The real modifiers behind a virtual one. Setting it alone in a state resolves it.
    private static func mask(
        _ name: String,
        _ keymap: OpaquePointer,
        _ scratch: OpaquePointer
    ) -> UInt32? {
        let index = unsafe name.withCString { unsafe xkb_keymap_mod_get_index(keymap, $0) }
        guard index < 32 else { return nil }
        unsafe xkb_state_update_mask(scratch, 1 << index, 0, 0, 0, 0, 0)
        let mask = unsafe xkb_state_serialize_mods(scratch, XKB_STATE_MODS_EFFECTIVE) & 0xFF
        return mask == 0 ? nil : mask
    }
}

#endif
