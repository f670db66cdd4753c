#if X11

internal import Glibc

/// What a server offers beyond the core protocol, and we can do without.
package struct Capabilities: OptionSet, Sendable {
    package let rawValue: UInt8

    package init(rawValue: UInt8) {
        self.rawValue = rawValue
    }

    /// Pixels go to the server through shared memory; else in requests.
    package static let sharedMemory = Capabilities(rawValue: 1)
    /// The layout and state of the keyboard are the server's; else those of a standard keyboard.
    package static let keyboard = Capabilities(rawValue: 2)
    /// Keys, buttons and motion that another client made up count like a person's; else they are dropped.
    package static let sentInput = Capabilities(rawValue: 4)

    /// A window manager that resizes a window waits for what it shows then.
    package static let sync = Capabilities(rawValue: 8)

    /// Other programs' copying is noticed, and so the clipboard is shared with them.
    package static let selections = Capabilities(rawValue: 16)
    /// Wheels tell how far they were turned, less than a notch too; else they click, 120 a notch.
    package static let smoothScrolling = Capabilities(rawValue: 32)

    /// A window manager that does not answer is not waited for any longer than a person would; else for ever.
    package static let deadlines = Capabilities(rawValue: 64)

    package static let all: Capabilities = [
        .sharedMemory, .keyboard, .sentInput, .sync, .selections, .smoothScrolling, .deadlines,
    ]

    private static let names: [(String, Capabilities)] = [
        ("shm", .sharedMemory), ("xkb", .keyboard), ("sendevent", .sentInput),
        ("sync", .sync), ("xfixes", .selections), ("smooth", .smoothScrolling),
        ("deadlines", .deadlines),
    ]

    /// All but those named in a list with commas. Names that mean nothing are passed over: they are of
    /// a later version, or of an earlier one.
    package init(without list: String) {
        let words = Set(list.split(separator: ",").map { String($0) })
        let named = Self.names.filter { words.contains($0.0) }.map(\.1)
        self = Self.all.subtracting(Capabilities(named))
    }

    /// All but those that RAT_X11_DISABLE names.
    package static func ofEnvironment() -> Capabilities {
        guard let list = unsafe getenv("RAT_X11_DISABLE") else { return .all }
        return Capabilities(without: unsafe String(cString: list))
    }
}

#endif
