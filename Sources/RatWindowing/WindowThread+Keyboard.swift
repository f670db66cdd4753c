internal import RatCore
internal import RatDisplay

/// What a display says of the keyboard beside its keys.
extension WindowThread {
    /// Takes over what is held as a surface gets the keyboard: no message tells of it, and who asks knows.
    func learn(_ modifiers: Modifiers, of surface: SurfaceID) {
        guard hasForeground else { return }
        InputDoor.learn(modifiers, for: port)
    }

    /// Tells the window with the focus, by the top-level window that it is in, that the keyboard types another
    /// language; as soon as there is one.
    func tellLanguage() {
        guard let display = try? display, display.language != language,
            let top = try? WindowTree.topLevelForFocus(of: focusHandle)
        else { return }
        language = display.language
        // A keyboard layout's handle: the language, and above it that of the layout.
        let layout = UInt32(language.layout) << 16 | UInt32(language.language)
        Window.send(
            WindowMessage.inputLanguageChange,
            language.characterSet,
            Int(Int32(bitPattern: layout)),
            to: top
        )
    }
}

extension KeyboardLanguage {
    /// The characters that fonts for the language have; Win32's numbers.
    fileprivate var characterSet: UInt {
        switch language & 0x3FF {
        case 0x19, 0x22, 0x23, 0x02, 0x2F, 0x3F: 204
        // Serbian shares its number with Croatian, but not its letters.
        case 0x1A: language == 0x0C1A ? 204 : 238
        case 0x05, 0x0E, 0x15, 0x18, 0x1B, 0x1C, 0x24: 238
        case 0x08: 161
        case 0x1F, 0x2C: 162
        case 0x0D: 177
        case 0x01, 0x20, 0x29: 178
        case 0x25, 0x26, 0x27: 186
        case 0x1E: 222
        case 0x2A: 163
        case 0x11: 128
        case 0x12: 129
        case 0x04: language == 0x0404 ? 136 : 134
        default: 0
        }
    }
}
