internal import RatCore
internal import RatMessaging
internal import RatRuntime
internal import RatWindowing

/// What a person copies in one place and pastes in another: one for all threads, and on an X display one for all
/// programs.
///
/// Another program that hangs costs a reader 2 seconds for each step, and 30 at most; meanwhile what is sent to the
/// thread's windows is handled. Calls throw `.accessDenied` while another thread reads or writes.
public enum Clipboard {
    /// A kind of data.
    public struct Format: Hashable, Sendable {
        /// Win32's number for it.
        public let rawValue: UInt32

        init(rawValue: UInt32) {
            self.rawValue = rawValue
        }

        /// Text: UTF-16 that ends with a 0 and has lines that end with CR LF. `Clipboard.text()` has it as a
        /// string.
        public static let text = Format(rawValue: ClipboardFormat.unicodeText)
        /// A picture as Win32's CF_DIB; other programs get it as image/bmp.
        public static let bitmap = Format(rawValue: ClipboardFormat.deviceIndependentBitmap)

        /// What programs agree on by a name of 1 to 255 bytes, such as "image/png", without regard to ASCII case.
        public init(named name: String) throws(RatError) {
            rawValue = try call { () throws(RatCore.RatError) in
                try RegisteredMessages.register(name)
            }
        }

        /// The name, if it has one.
        public var name: String? {
            unsafe RegisteredMessages.name(of: rawValue).map { unsafe String(cString: $0) }
        }
    }

    /// Something to copy.
    public enum Item: Sendable {
        /// Text whose lines end with a line feed.
        case text(String)
        /// Bytes of a format.
        case data([UInt8], Format)
        /// To be made when somebody wants it: its owner's handler gets `.renderFormat`, and calls
        /// `Clipboard.render(_:)`.
        case promise(Format)
    }

    // MARK: Copying

    /// Puts one thing on the clipboard in all the formats that there are of it, the best one first, in the place of
    /// what was there. Other programs can paste it when this returns. `owner` hears `.clipboardLost` when somebody
    /// copies something else, and must be there to keep promises.
    public static func copy(_ items: [Item], owner: Window? = nil) throws(RatError) {
        try withOpen(owner) { clipboard throws(RatCore.RatError) in
            try clipboard.empty()
            for item in items { try clipboard.put(item) }
        }
    }

    /// Puts a text on the clipboard.
    public static func copy(_ text: String, owner: Window? = nil) throws(RatError) {
        try copy([.text(text)], owner: owner)
    }

    /// Keeps a promise: to be called in answer to `.renderFormat`.
    public static func render(_ item: Item) throws(RatError) {
        try call { () throws(RatCore.RatError) in try Clipboards.shared.put(item) }
    }

    /// Keeps all promises of an owner that is about to be destroyed, in answer to `.renderAllFormats`. Nothing happens
    /// if it owns the clipboard no longer.
    public static func renderAll(_ items: [Item], owner: Window) throws(RatError) {
        try withOpen(owner) { clipboard throws(RatCore.RatError) in
            guard clipboard.ownerWindow == owner.target.handle else { return }
            for item in items { try clipboard.put(item) }
        }
    }

    // MARK: Pasting

    /// The text on the clipboard, with lines that end with a line feed; `nil` if there is none.
    public static func text() throws(RatError) -> String? {
        guard let data = try data(.text) else { return nil }
        let plain = ClipboardText.exported(data, from: ClipboardFormat.unicodeText)
        return String(decoding: plain, as: UTF8.self)
    }

    /// The bytes of a format; `nil` if there are none.
    public static func data(_ format: Format) throws(RatError) -> [UInt8]? {
        try withOpen(nil) { clipboard throws(RatCore.RatError) in
            do throws(RatCore.RatError) {
                return try clipboard.data(format.rawValue)
            } catch .notFound {
                return nil
            }
        }
    }

    /// All formats that there are, those that are made from others last.
    public static func formats() throws(RatError) -> [Format] {
        try withOpen(nil) { clipboard throws(RatCore.RatError) in
            var formats: [Format] = []
            var next = try clipboard.format(after: 0)
            while next != 0 {
                formats.append(Format(rawValue: next))
                next = try clipboard.format(after: next)
            }
            return formats
        }
    }

    /// Whether there is something of a format. Waits for another program that has only just copied, for 3 seconds at
    /// most.
    public static func has(_ format: Format) -> Bool {
        Clipboards.shared.isAvailable(format.rawValue)
    }

    /// Counts the changes, by this program and by others.
    public static var changeCount: UInt32 { Clipboards.shared.sequenceNumber }

    private static func withOpen<Value>(
        _ owner: Window?,
        _ body: (RatWindowing.Clipboard) throws(RatCore.RatError) -> Value
    ) throws(RatError) -> Value {
        try call { () throws(RatCore.RatError) in
            let clipboard = Clipboards.shared
            try clipboard.open(owner?.target.handle ?? .invalid)
            defer { try? clipboard.close() }
            return try body(clipboard)
        }
    }
}

extension Window {
    /// Has the window's handler get `.clipboardChanged` whenever there is something else on the clipboard, or ends
    /// that.
    public func listenToClipboard(_ isOn: Bool = true) throws(RatError) {
        try call { () throws(RatCore.RatError) in
            if isOn {
                try Clipboards.shared.addListener(target.handle)
            } else {
                try Clipboards.shared.removeListener(target.handle)
            }
        }
    }
}

extension RatWindowing.Clipboard {
    fileprivate func put(_ item: Clipboard.Item) throws(RatCore.RatError) {
        switch item {
        case .text(let text):
            try set(ClipboardFormat.unicodeText, ClipboardText.imported(Array(text.utf8)))
        case .data(let bytes, let format):
            try set(format.rawValue, bytes)
        case .promise(let format):
            try set(format.rawValue, nil)
        }
    }
}
