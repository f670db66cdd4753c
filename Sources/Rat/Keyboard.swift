internal import RatCore
internal import RatMessaging
internal import RatWindowing

/// The keys, as the calling thread sees them.
public enum Keyboard {
    /// Whether a key, or a button of the mouse, was down when the message was made that was retrieved last.
    public static func isDown(_ key: VirtualKey) -> Bool {
        (WindowThread.currentIfAny?.keyState(key.rawValue) ?? 0) < 0
    }

    /// Whether a key is switched on, such as Caps Lock.
    public static func isOn(_ key: VirtualKey) -> Bool {
        (WindowThread.currentIfAny?.keyState(key.rawValue) ?? 0) & 1 != 0
    }

    /// Whether a key is down at this moment, whatever was retrieved.
    public static func isDownNow(_ key: VirtualKey) -> Bool {
        RatWindowing.Input.keyStateNow(key.rawValue) < 0
    }

    /// Keys that are held while another is pressed.
    public struct Modifiers: OptionSet, Sendable {
        /// Bits of Win32's MOD_*.
        public let rawValue: UInt32

        /// The keys of those bits.
        public init(rawValue: UInt32) {
            self.rawValue = rawValue
        }

        /// Either Alt.
        public static let alt = Modifiers(rawValue: 0x0001)
        /// Either Control.
        public static let control = Modifiers(rawValue: 0x0002)
        /// Either Shift.
        public static let shift = Modifiers(rawValue: 0x0004)
    }
}

/// Keys that are commands: what `MessageLoop.run(_:for:)` makes `.command(id:)` of.
public final class AcceleratorTable: Sendable {
    /// A key, and the command that it is.
    public struct Key: Sendable {
        fileprivate let engine: Accelerator

        /// A key with exactly those held.
        public init(_ key: VirtualKey, _ modifiers: Keyboard.Modifiers = [], command: UInt16) {
            var flags = Accelerator.Flag.virtualKey
            if modifiers.contains(.shift) { flags |= Accelerator.Flag.shift }
            if modifiers.contains(.control) { flags |= Accelerator.Flag.control }
            if modifiers.contains(.alt) { flags |= Accelerator.Flag.alt }
            engine = Accelerator(flags: flags, key: UInt16(key.rawValue), command: command)
        }

        /// A character, however it is typed.
        public init(typing character: UInt16, command: UInt16) {
            engine = Accelerator(flags: 0, key: character, command: command)
        }
    }

    private let table: UInt64

    /// A table of 1 to 32,767 keys; the first that fits counts.
    public init(_ keys: [Key]) throws(RatError) {
        table = try call { () throws(RatCore.RatError) in
            try Accelerators.create(keys.map(\.engine))
        }
    }

    deinit {
        // Nobody else knows its number.
        try? Accelerators.destroy(table)
    }

    /// Whether a retrieved message was one of the keys; then the window has had its command.
    func translate(_ message: borrowing RatMessaging.Message, for window: Window) -> Bool {
        guard let engine = window.engine else { return false }
        return (try? Accelerators.translate(message, for: engine, table)) ?? false
    }
}

extension Window {
    /// Has the window get `.hotKey(id:)` when a key is pressed with those held, whichever window of the program has the
    /// focus. Throws `.alreadyExists` if the program has it already.
    public func registerHotKey(
        _ id: Int,
        _ key: VirtualKey,
        _ modifiers: Keyboard.Modifiers = []
    ) throws(RatError) {
        try withEngine { window throws(RatCore.RatError) in
            guard let id = Int32(exactly: id), (1...254).contains(key.rawValue) else {
                throw .invalidArgument
            }
            try HotKeys.register(
                window.handle,
                id,
                modifiers: modifiers.rawValue & HotKeys.all,
                key: key.rawValue
            )
        }
    }

    /// Ends it.
    public func unregisterHotKey(_ id: Int) {
        guard let engine, let id = Int32(exactly: id) else { return }
        try? HotKeys.unregister(engine.handle, id)
    }

    /// Has the window told once that the mouse has left its client area, by `.mouseLeave`, or has rested in it for so
    /// long, by `.mouseHover`. Asked for again on `.mouseMove`.
    public func trackMouse(leave: Bool = true, hover: Duration? = nil) throws(RatError) {
        let flags = (leave ? TrackFlag.leave : 0) | (hover == nil ? 0 : TrackFlag.hover)
        guard flags != 0 else { return }
        try withEngine { window throws(RatCore.RatError) in
            try WindowThread.current().track(
                window,
                flags,
                hoverMilliseconds: hover?.milliseconds ?? InputSettings.usualHoverMilliseconds
            )
        }
    }

    /// The active window of the thread that got active last, of any.
    public static var foreground: Target? {
        Target.found { RatWindowing.Input.foreground }
    }

    /// The calling thread's window that has the focus.
    public static var focused: Target? {
        Target.found { WindowThread.currentIfAny?.focusHandle ?? .invalid }
    }
}
