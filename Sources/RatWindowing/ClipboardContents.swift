internal import RatDisplay
internal import RatMessaging

/// What the clipboard holds from one emptying to the next, or what another program offers.
///
/// Sendable: guarded by the clipboard's lock.
final class ClipboardContents: @unchecked Sendable {
    enum Data {
        case given([UInt8])
        /// The owner renders it when somebody wants it.
        case delayed
        /// Made when somebody wants it, from the text in that format, and kept then.
        case made(from: UInt32, [UInt8]?)
        /// To be fetched from another program.
        case others(ExchangeFormat)
    }

    struct Entry {
        let format: UInt32
        var data: Data
    }

    /// Tells it from all others of the process. Of what another program offers, it is the exchange's number.
    let id: UInt64
    /// Whether another program offers it.
    let isOthers: Bool
    /// In the order in which they were given, then what is made from them.
    private(set) var entries: [Entry] = []
    /// Whether it is not told yet what another program offers.
    var isPending = false
    /// Who waits for that.
    var waits: [ServedWait] = []
    /// Formats that the owner is asked to render, for a thread of this process that waits for it.
    var rendering: [UInt32] = []
    /// The same for other programs, with their tickets.
    var asked: [UInt32: [UInt64]] = [:]

    /// Whether the owner may put data here without opening the clipboard.
    var isBeingRendered: Bool { !rendering.isEmpty || !asked.isEmpty }

    init(id: UInt64, isOthers: Bool = false) {
        self.id = id
        self.isOthers = isOthers
    }

    subscript(format: UInt32) -> Data? {
        entries.first { $0.format == format }?.data
    }

    func set(_ format: UInt32, _ data: Data) {
        // What was made of the text before is not what the new one makes.
        for place in entries.indices {
            if case .made(let source, .some) = entries[place].data, source == format {
                entries[place].data = .made(from: source, nil)
            }
        }
        if let place = entries.firstIndex(where: { $0.format == format }) {
            entries[place].data = data
        } else {
            entries.append(Entry(format: format, data: data))
        }
    }

    func next(after format: UInt32) -> UInt32 {
        if format == 0 { return entries.first?.format ?? 0 }
        guard let place = entries.firstIndex(where: { $0.format == format }),
            entries.indices.contains(place + 1)
        else { return 0 }
        return entries[place + 1].format
    }

    /// The text that others are made from, if there is any.
    var sourceOfText: UInt32? {
        ClipboardFormat.texts.first { format in
            switch self[format] {
            case .given, .delayed, .others: true
            case .made, nil: false
            }
        }
    }

    /// Adds what can be made from what there is.
    func addMade() {
        entries.removeAll { entry in
            if case .made = entry.data { true } else { false }
        }
        guard let source = sourceOfText else { return }
        for format in ClipboardFormat.addedToText where self[format] == nil {
            let isLocale = format == ClipboardFormat.locale
            let data = isLocale ? Data.given(ClipboardFormat.localeData) : .made(from: source, nil)
            entries.append(Entry(format: format, data: data))
        }
    }

    /// Takes out what nobody will render any more. Whether there was any.
    func dropDelayed() -> Bool {
        let before = entries.count
        entries.removeAll { entry in
            if case .delayed = entry.data { true } else { false }
        }
        guard entries.count != before else { return false }
        if sourceOfText == nil { entries.removeAll { $0.format == ClipboardFormat.locale } }
        addMade()
        return true
    }

    /// What other programs can have of it; each once.
    var exchanged: [ExchangeFormat] {
        var formats: [ExchangeFormat] = []
        for entry in entries {
            guard let format = ClipboardFormat.exchanged(entry.format), !formats.contains(format)
            else { continue }
            formats.append(format)
        }
        return formats
    }

    /// Which entry another program gets for what it wants.
    func source(for wanted: ExchangeFormat) -> UInt32? {
        if wanted == .text { return sourceOfText }
        return entries.first { ClipboardFormat.exchanged($0.format) == wanted }?.format
    }
}
