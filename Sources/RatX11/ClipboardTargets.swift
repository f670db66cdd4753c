#if X11

internal import RatDisplay

/// What X programs call the kinds of data that they exchange, and how each is encoded. Names are those of atoms; what
/// comes from other programs is taken for hostile.
enum ClipboardTargets {
    /// The names that a text goes by, the best one first.
    private static let texts = [
        "UTF8_STRING", "text/plain;charset=utf-8", "text/plain", "STRING", "TEXT",
    ]

    /// Formats that have a name here and another one in Win32.
    private static let aliases: [(target: String, format: ExchangeFormat)] = [
        ("text/html", .named("HTML Format")),
        ("text/rtf", .named("Rich Text Format")),
        ("image/png", .named("PNG")),
        ("image/bmp", .bitmap),
    ]

    /// What are no data, but questions to the owner; and text in encodings of old.
    private static let others: Set<String> = [
        "TARGETS", "TIMESTAMP", "MULTIPLE", "SAVE_TARGETS", "DELETE", "INSERT_SELECTION",
        "INSERT_PROPERTY", "COMPOUND_TEXT", "C_STRING",
    ]

    // MARK: What others offer

    /// The formats that there are for targets, each with the target to ask for.
    static func understood(_ targets: [String]) -> [(format: ExchangeFormat, target: String)] {
        var known: [(format: ExchangeFormat, target: String)] = []
        func add(_ format: ExchangeFormat, _ target: String) {
            guard !known.contains(where: { $0.format == format }) else { return }
            known.append((format, target))
        }
        let bestText = texts.lazy.compactMap { text in
            targets.first { $0.lowercased() == text.lowercased() }
        }.first
        for target in targets where !others.contains(target) {
            guard (1...ClipboardLimits.longestName).contains(target.utf8.count) else { continue }
            if texts.contains(where: { $0.lowercased() == target.lowercased() }) {
                add(.text, bestText ?? target)
                continue
            }
            // Where the owner has Win32's own format, that is nearer to what was copied.
            if let alias = aliases.first(where: { $0.target == target }),
                !targets.contains(where: { alias.format == .named($0) })
            {
                add(alias.format, target)
            }
            add(.named(target), target)
        }
        return known
    }

    /// Data that came, as the clipboard has it; `nil` if it is not what it says. `type` is the name of the property's
    /// type.
    static func decoded(
        _ data: [UInt8],
        type: String,
        target: String,
        as format: ExchangeFormat
    ) -> [UInt8]? {
        switch format {
        case .text:
            return text(data, type: type)
        case .bitmap:
            return BitmapFile.unwrap(data)
        case .named(let name):
            return target == "text/html" && name != target ? HTMLFormat.wrap(data) : data
        }
    }

    private static func text(_ data: [UInt8], type: String) -> [UInt8] {
        // Some owners send the 0 that ends the text in their memory.
        let text = data.prefix { $0 != 0 }
        if type == "STRING" { return latin1(text) }
        if String(validating: text, as: UTF8.self) != nil { return Array(text) }
        let isUTF8 = type == "UTF8_STRING" || type.lowercased().hasSuffix("utf-8")
        return isUTF8 ? Array(String(decoding: text, as: UTF8.self).utf8) : latin1(text)
    }

    private static func latin1(_ text: ArraySlice<UInt8>) -> [UInt8] {
        var utf8: [UInt8] = []
        utf8.reserveCapacity(text.count)
        for byte in text {
            if byte < 0x80 {
                utf8.append(byte)
            } else {
                utf8.append(0xC0 | byte >> 6)
                utf8.append(0x80 | byte & 0x3F)
            }
        }
        return utf8
    }

    // MARK: What we offer

    /// The targets that others may ask for, beside the questions.
    static func offered(_ formats: [ExchangeFormat]) -> [String] {
        formats.flatMap { format -> [String] in
            let names = aliases.filter { $0.format == format }.map(\.target)
            switch format {
            case .text: return texts
            case .bitmap: return names
            case .named(let name): return names + [name]
            }
        }
    }

    /// Which of our formats a target is made from.
    static func format(for target: String, among formats: [ExchangeFormat]) -> ExchangeFormat? {
        if texts.contains(target) { return formats.contains(.text) ? .text : nil }
        if formats.contains(.named(target)) { return .named(target) }
        guard let alias = aliases.first(where: { $0.target == target }) else { return nil }
        return formats.contains(alias.format) ? alias.format : nil
    }

    /// Our data as a target has it, with the name of its type; `nil` if it cannot be that.
    static func encoded(
        _ data: [UInt8],
        of format: ExchangeFormat,
        for target: String
    ) -> (data: [UInt8], type: String)? {
        switch (format, target) {
        case (.text, "STRING"): return (narrowed(data), target)
        case (.text, "TEXT"): return (data, "UTF8_STRING")
        case (.bitmap, _): return BitmapFile.wrap(data).map { ($0, target) }
        case (.named("HTML Format"), "text/html"):
            return HTMLFormat.unwrap(data).map { ($0, target) }
        default: return (data, target)
        }
    }

    /// Latin-1, with a question mark for what it has not.
    private static func narrowed(_ text: [UInt8]) -> [UInt8] {
        String(decoding: text, as: UTF8.self).unicodeScalars.map { scalar in
            scalar.value < 0x100 ? UInt8(scalar.value) : UInt8(ascii: "?")
        }
    }
}

#endif
