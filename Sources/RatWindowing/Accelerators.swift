package import RatCore
package import RatMessaging
internal import RatSystem

/// A key that is a command.
package struct Accelerator: Equatable, Sendable {
    /// Bits of `flags`; Win32's.
    package enum Flag {
        /// `key` is a virtual key, not a character.
        package static let virtualKey: UInt8 = 0x01
        package static let shift: UInt8 = 0x04
        package static let control: UInt8 = 0x08
        package static let alt: UInt8 = 0x10
        static let modifiers = shift | control | alt
        package static let all: UInt8 = 0x1F
    }

    package var flags: UInt8
    package var key: UInt16
    package var command: UInt16

    package init(flags: UInt8, key: UInt16, command: UInt16) {
        self.flags = flags
        self.key = key
        self.command = command
    }

    /// Whether a message is this key, with those modifiers held.
    fileprivate func matches(_ header: MessageHeader, _ keyboard: KeyboardState) -> Bool {
        guard header.wparam == UInt(key) else { return false }
        switch header.message {
        case WindowMessage.keyDown, WindowMessage.systemKeyDown:
            guard flags & Flag.virtualKey != 0 else { return false }
            var held: UInt8 = 0
            if keyboard.isDown(VirtualKey.shift) { held |= Flag.shift }
            if keyboard.isDown(VirtualKey.control) { held |= Flag.control }
            if keyboard.isDown(VirtualKey.menu) { held |= Flag.alt }
            return held == flags & Flag.modifiers
        case WindowMessage.character:
            return flags & (Flag.virtualKey | Flag.alt) == 0
        case WindowMessage.systemCharacter:
            return flags & Flag.virtualKey == 0 && flags & Flag.alt != 0
        default:
            return false
        }
    }
}

/// Tables of accelerators, for all threads of the process.
package enum Accelerators {
    /// A table's most keys.
    package static let maximumCount = 32_767

    /// Sendable: every field is guarded by `lock`.
    private final class Tables: ForkParticipant, @unchecked Sendable {
        let lock = Lock()
        var tables: [UInt64: [Accelerator]] = [:]
        /// Never used again.
        var last: UInt64 = 0

        init() {
            Fork.register(self)
        }

        func lockForFork() { lock.lock() }
        func unlockAfterFork() { lock.unlock() }

        func startAnewInChild() {
            tables = [:]
            lock.unlock()
        }
    }

    private static let state = Tables()

    package static func create(_ accelerators: [Accelerator]) throws(RatError) -> UInt64 {
        guard (1...maximumCount).contains(accelerators.count) else { throw .invalidArgument }
        state.lock.lock()
        defer { state.lock.unlock() }
        state.last += 1
        state.tables[state.last] = accelerators
        return state.last
    }

    package static func copy(_ table: UInt64) throws(RatError) -> [Accelerator] {
        state.lock.lock()
        defer { state.lock.unlock() }
        guard let accelerators = state.tables[table] else { throw .invalidHandle }
        return accelerators
    }

    package static func destroy(_ table: UInt64) throws(RatError) {
        state.lock.lock()
        defer { state.lock.unlock() }
        guard state.tables.removeValue(forKey: table) != nil else { throw .invalidHandle }
    }

    /// Has a window do the command that a retrieved key is; says whether it is one. Runs the procedure.
    package static func translate(
        _ message: borrowing Message,
        for window: Window,
        _ table: UInt64
    ) throws(RatError) -> Bool {
        let header = message.header
        guard header.message.isKeyPressOrCharacter else { return false }
        let keyboard = window.thread.keyboard
        let accelerators = try copy(table)
        guard let found = accelerators.first(where: { $0.matches(header, keyboard) }) else {
            return false
        }
        window.send(WindowMessage.command, Words.pack(low: found.command, high: 1))
        return true
    }
}

extension UInt32 {
    fileprivate var isKeyPressOrCharacter: Bool {
        switch self {
        case WindowMessage.keyDown, WindowMessage.systemKeyDown, WindowMessage.character,
            WindowMessage.systemCharacter:
            true
        default: false
        }
    }
}
