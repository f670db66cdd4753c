#if X11

internal import CRatXCB

/// The virtual keys that Win32 gives the keys of national layouts. Those that type letters or digits have the
/// same ones everywhere; for the others each layout has names of its own, by place and not by what they type.
///
/// A layout is known by some of its symbols and not by its name: variants and mixtures have many names.
struct NationalKeys {
    /// Symbols that the layout has without modifiers, by scan code.
    private let marks: [UInt8: CInt]
    private let keys: [UInt8: UInt8]

    /// The virtual key at a place; `nil` leaves it to what the key types.
    func virtualKey(_ scan: ScanCode) -> UInt8? {
        scan.isExtended ? nil : keys[scan.code]
    }

    /// The layout that has such symbols; `nil` for one that is not listed.
    static func matching(_ symbol: (UInt8) -> UInt32) -> NationalKeys? {
        layouts.first { layout in
            layout.marks.allSatisfy { symbol($0.key) == UInt32(bitPattern: $0.value) }
        }
    }

    private static let layouts = [german, french, spanish, italian, british]

    private static let german = NationalKeys(
        marks: [
            0x0C: XKB_KEY_ssharp, 0x1A: XKB_KEY_udiaeresis, 0x27: XKB_KEY_odiaeresis,
            0x28: XKB_KEY_adiaeresis,
        ],
        keys: [
            0x0C: 0xDB, 0x0D: 0xDD, 0x1A: 0xBA, 0x1B: 0xBB, 0x27: 0xC0, 0x28: 0xDE, 0x29: 0xDC,
            0x2B: 0xBF, 0x33: 0xBC, 0x34: 0xBE, 0x35: 0xBD, 0x56: 0xE2,
        ]
    )

    private static let french = NationalKeys(
        marks: [
            0x02: XKB_KEY_ampersand, 0x0C: XKB_KEY_parenright, 0x28: XKB_KEY_ugrave,
            0x35: XKB_KEY_exclam,
        ],
        keys: [
            0x0C: 0xDB, 0x0D: 0xBB, 0x1A: 0xDD, 0x1B: 0xBA, 0x28: 0xC0, 0x29: 0xDE, 0x2B: 0xDC,
            0x32: 0xBC, 0x33: 0xBE, 0x34: 0xBF, 0x35: 0xDF, 0x56: 0xE2,
        ]
    )

    private static let spanish = NationalKeys(
        marks: [0x0D: XKB_KEY_exclamdown, 0x27: XKB_KEY_ntilde, 0x2B: XKB_KEY_ccedilla],
        keys: [
            0x0C: 0xDB, 0x0D: 0xDD, 0x1A: 0xBA, 0x1B: 0xBB, 0x27: 0xC0, 0x28: 0xDE, 0x29: 0xDC,
            0x2B: 0xBF, 0x33: 0xBC, 0x34: 0xBE, 0x35: 0xBD, 0x56: 0xE2,
        ]
    )

    private static let italian = NationalKeys(
        marks: [
            0x0D: XKB_KEY_igrave, 0x1A: XKB_KEY_egrave, 0x27: XKB_KEY_ograve, 0x28: XKB_KEY_agrave,
        ],
        keys: [
            0x0C: 0xDB, 0x0D: 0xDD, 0x1A: 0xBA, 0x1B: 0xBB, 0x27: 0xC0, 0x28: 0xDE, 0x29: 0xDC,
            0x2B: 0xBF, 0x33: 0xBC, 0x34: 0xBE, 0x35: 0xBD, 0x56: 0xE2,
        ]
    )

    private static let british = NationalKeys(
        marks: [0x28: XKB_KEY_apostrophe, 0x2B: XKB_KEY_numbersign, 0x56: XKB_KEY_backslash],
        keys: [
            0x0C: 0xBD, 0x0D: 0xBB, 0x1A: 0xDB, 0x1B: 0xDD, 0x27: 0xBA, 0x28: 0xC0, 0x29: 0xDF,
            0x2B: 0xDE, 0x33: 0xBC, 0x34: 0xBE, 0x35: 0xBF, 0x56: 0xDC,
        ]
    )
}

#endif
