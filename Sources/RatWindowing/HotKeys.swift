package import RatCore
internal import RatDisplay
internal import RatMessaging

/// A key with modifiers that a program has been told of in the place of a key message.
struct HotKeyPress {
    fileprivate let hotKey: HotKeyTable.HotKey
    /// A key that is held counts once, if the program wants it so.
    let isTold: Bool

    /// Of the thread that has it.
    var queue: Handle { hotKey.queue }

    /// Posts WM_HOTKEY. With no room for it in the queue it is lost, as any posted message.
    func post() {
        let header = MessageHeader(
            message: WindowMessage.hotKey,
            wparam: UInt(bitPattern: Int(hotKey.id)),
            lparam: Int(UInt32(hotKey.key) << 16 | hotKey.modifiers & HotKeys.held)
        )
        try? MessageQueue.post(Message(header), to: hotKey.target)
    }
}

/// The hot keys of the process: those of all its threads, of which one may have a key.
struct HotKeyTable {
    fileprivate struct HotKey {
        /// A window, or the queue of a thread.
        let target: Handle
        let queue: Handle
        let id: Int32
        let modifiers: UInt32
        let key: UInt8
    }

    private var hotKeys: [HotKey] = []

    /// Adds one, in the place of one of the same number; `false` if somebody has the key.
    fileprivate mutating func insert(_ new: HotKey) -> Bool {
        let isTaken = hotKeys.contains {
            $0.key == new.key && ($0.modifiers ^ new.modifiers) & HotKeys.held == 0
        }
        guard !isTaken else { return false }
        hotKeys.removeAll { $0.target == new.target && $0.id == new.id }
        hotKeys.append(new)
        return true
    }

    fileprivate mutating func remove(_ target: Handle, _ id: Int32) -> Bool {
        guard let place = hotKeys.firstIndex(where: { $0.target == target && $0.id == id }) else {
            return false
        }
        hotKeys.remove(at: place)
        return true
    }

    /// Windows and threads take theirs along.
    mutating func forget(_ target: Handle) {
        hotKeys.removeAll { $0.target == target || $0.queue == target }
    }

    /// The hot key that a press is, with what is held in its threads' input; it is no key then. `nil` if it is
    /// none, and for a release.
    func take(_ event: KeyEvent, of input: InputState) -> HotKeyPress? {
        let key = event.virtualKey
        guard event.isDown else {
            input.heldHotKeys.remove(key)
            return nil
        }
        guard !hotKeys.isEmpty else { return nil }
        var held: UInt32 = 0
        if event.modifiers.contains(.alt) { held |= HotKeys.alt }
        if event.modifiers.contains(.control) { held |= HotKeys.control }
        if event.modifiers.contains(.shift) { held |= HotKeys.shift }
        if input.queue.willBeDown(VirtualKey.leftWindows)
            || input.queue.willBeDown(VirtualKey.rightWindows)
        {
            held |= HotKeys.windows
        }
        let found = hotKeys.first { $0.key == key && $0.modifiers & HotKeys.held == held }
        guard let found else { return nil }
        let isRepeat = !input.heldHotKeys.insert(key).inserted
        return HotKeyPress(
            hotKey: found,
            isTold: !isRepeat || found.modifiers & HotKeys.noRepeat == 0
        )
    }
}

/// What programs do with hot keys.
package enum HotKeys {
    static let alt: UInt32 = 1
    static let control: UInt32 = 2
    static let shift: UInt32 = 4
    static let windows: UInt32 = 8
    static let held = alt | control | shift | windows
    /// A key that is held counts once.
    static let noRepeat: UInt32 = 0x4000
    /// What can be asked for; the bits are Win32's.
    package static let all = held | noRepeat

    /// Has a key tell one of the calling thread's windows, or the thread itself for `.invalid`. One of the same
    /// number is replaced.
    package static func register(
        _ window: Handle,
        _ id: Int32,
        modifiers: UInt32,
        key: UInt8
    ) throws(RatError) {
        let queue = try WindowThread.current().threadQueue.handle
        if window != .invalid { _ = try Window.find(window) }
        let new = HotKeyTable.HotKey(
            target: window == .invalid ? queue : window,
            queue: queue,
            id: id,
            modifiers: modifiers,
            key: key
        )
        let isAdded = InputDoor.withLock { $0.hotKeys.insert(new) }
        if !isAdded { throw .alreadyExists }
    }

    package static func unregister(_ window: Handle, _ id: Int32) throws(RatError) {
        if window != .invalid { _ = try Window.find(window) }
        let own = ThreadQueue.currentIfAny?.handle ?? .invalid
        let target = window == .invalid ? own : window
        let wasThere = InputDoor.withLock { $0.hotKeys.remove(target, id) }
        if !wasThere { throw .notFound }
    }
}
