#if X11

internal import RatDisplay

/// Win32's numbers of languages, by the names that X gives layouts: a language, and in brackets of where or which
/// of several.
enum Languages {
    /// Of a layout that is listed in no form, the usual one.
    static func language(ofLayout name: String) -> KeyboardLanguage {
        let plain = name.prefix { $0 != "(" }.split(separator: " ").joined(separator: " ")
        return numbers[name] ?? numbers[plain] ?? .usual
    }

    private static let numbers: [String: KeyboardLanguage] = [
        "English (US)": KeyboardLanguage(0x0409),
        "English (UK)": KeyboardLanguage(0x0809),
        "English (Australian)": KeyboardLanguage(0x0C09),
        "English (Canada)": KeyboardLanguage(0x1009),
        "English (South Africa)": KeyboardLanguage(0x1C09),
        "Irish": KeyboardLanguage(0x1809),
        "German": KeyboardLanguage(0x0407),
        "German (Austria)": KeyboardLanguage(0x0C07),
        "German (Switzerland)": KeyboardLanguage(0x0807),
        "French": KeyboardLanguage(0x040C),
        "French (Canada)": KeyboardLanguage(0x0C0C),
        "French (Switzerland)": KeyboardLanguage(0x100C),
        "Belgian": KeyboardLanguage(0x080C),
        "Spanish": KeyboardLanguage(0x0C0A, layout: 0x040A),
        "Spanish (Latin American)": KeyboardLanguage(0x080A),
        "Italian": KeyboardLanguage(0x0410),
        "Portuguese": KeyboardLanguage(0x0816),
        "Portuguese (Brazil)": KeyboardLanguage(0x0416),
        "Dutch": KeyboardLanguage(0x0413),
        "Danish": KeyboardLanguage(0x0406),
        "Norwegian": KeyboardLanguage(0x0414),
        "Swedish": KeyboardLanguage(0x041D),
        "Finnish": KeyboardLanguage(0x040B),
        "Icelandic": KeyboardLanguage(0x040F),
        "Faroese": KeyboardLanguage(0x0438),
        "Polish": KeyboardLanguage(0x0415),
        "Czech": KeyboardLanguage(0x0405),
        "Slovak": KeyboardLanguage(0x041B),
        "Hungarian": KeyboardLanguage(0x040E),
        "Romanian": KeyboardLanguage(0x0418),
        "Slovenian": KeyboardLanguage(0x0424),
        "Croatian": KeyboardLanguage(0x041A),
        "Bosnian": KeyboardLanguage(0x141A),
        "Serbian": KeyboardLanguage(0x0C1A),
        "Bulgarian": KeyboardLanguage(0x0402),
        "Macedonian": KeyboardLanguage(0x042F),
        "Albanian": KeyboardLanguage(0x041C),
        "Greek": KeyboardLanguage(0x0408),
        "Turkish": KeyboardLanguage(0x041F),
        "Russian": KeyboardLanguage(0x0419),
        "Ukrainian": KeyboardLanguage(0x0422),
        "Belarusian": KeyboardLanguage(0x0423),
        "Kazakh": KeyboardLanguage(0x043F),
        "Estonian": KeyboardLanguage(0x0425),
        "Latvian": KeyboardLanguage(0x0426),
        "Lithuanian": KeyboardLanguage(0x0427),
        "Georgian": KeyboardLanguage(0x0437),
        "Armenian": KeyboardLanguage(0x042B),
        "Azerbaijani": KeyboardLanguage(0x042C),
        "Hebrew": KeyboardLanguage(0x040D),
        "Arabic": KeyboardLanguage(0x0401),
        "Persian": KeyboardLanguage(0x0429),
        "Urdu": KeyboardLanguage(0x0420),
        "Hindi": KeyboardLanguage(0x0439),
        "Indian": KeyboardLanguage(0x0439),
        "Thai": KeyboardLanguage(0x041E),
        "Vietnamese": KeyboardLanguage(0x042A),
        "Japanese": KeyboardLanguage(0x0411),
        "Korean": KeyboardLanguage(0x0412),
        "Chinese": KeyboardLanguage(0x0804),
        "Taiwanese": KeyboardLanguage(0x0404),
    ]
}

#endif
