package import RatCore
internal import RatDisplay
internal import RatMessaging
internal import RatSystem

/// A key with modifiers that a program has been told of before it becomes a message.
struct HotKeyPress {
    /// A window, or the queue of a thread.
    let target: Handle
    let id: Int32
    let modifiers: UInt32
    let key: UInt8
    let time: UInt64

    /// As WM_HOTKEY has it.
    var lparam: Int { Int(UInt32(key) << 16 | modifiers & HotKeys.held) }
}

/// The hot keys of the process: those of all its threads, of which one may have a key.
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

    private struct HotKey {
        let target: Handle
        let queue: Handle
        let id: Int32
        let modifiers: UInt32
        let key: UInt8
    }

    /// Sendable: the list is guarded by the lock.
    private final class Table: ForkParticipant, @unchecked Sendable {
        let lock = Lock()
        var hotKeys: [HotKey] = []

        init() {
            Fork.register(self)
        }

        func lockForFork() { lock.lock() }
        func unlockAfterFork() { lock.unlock() }

        func startAnewInChild() {
            hotKeys = []
            lock.unlock()
        }
    }

    private static let table = Table()

    private static func withTable<Value>(_ body: (inout [HotKey]) -> Value) -> Value {
        table.lock.lock()
        defer { table.lock.unlock() }
        return body(&table.hotKeys)
    }

    /// Has a key tell one of the calling thread's windows, or the thread itself for `.invalid`. One of the same
    /// number is replaced.
    package static func register(
        _ window: Handle,
        _ id: Int32,
        modifiers: UInt32,
        key: UInt8
    ) throws(RatError) {
        let thread = try WindowThread.current()
        if window != .invalid { _ = try Window.find(window) }
        let queue = thread.threadQueue.handle
        let new = HotKey(
            target: window == .invalid ? queue : window,
            queue: queue,
            id: id,
            modifiers: modifiers,
            key: key
        )
        let isTaken = withTable { hotKeys in
            let others = hotKeys.filter { $0.target != new.target || $0.id != id }
            let isTaken = others.contains {
                $0.key == key && ($0.modifiers ^ modifiers) & held == 0
            }
            if !isTaken { hotKeys = others + [new] }
            return isTaken
        }
        if isTaken { throw .alreadyExists }
    }

    package static func unregister(_ window: Handle, _ id: Int32) throws(RatError) {
        if window != .invalid { _ = try Window.find(window) }
        let target = window == .invalid ? ThreadQueueHandle.current : window
        let wasThere = withTable { hotKeys in
            let place = hotKeys.firstIndex { $0.target == target && $0.id == id }
            if let place { hotKeys.remove(at: place) }
            return place != nil
        }
        if !wasThere { throw .notFound }
    }

    /// Windows and threads take theirs along.
    static func forget(_ target: Handle) {
        withTable { hotKeys in hotKeys.removeAll { $0.target == target || $0.queue == target } }
    }

    /// Whose the press of a key is, with these keys held; `nil` if nobody has asked for it.
    static func press(
        of event: KeyEvent,
        _ held: UInt32,
        isRepeat: Bool
    ) -> (press: HotKeyPress, queue: Handle, isTold: Bool)? {
        guard event.isDown else { return nil }
        let found = withTable { hotKeys in
            hotKeys.first {
                $0.key == event.virtualKey && $0.modifiers & HotKeys.held == held
            }
        }
        guard let found else { return nil }
        let press = HotKeyPress(
            target: found.target,
            id: found.id,
            modifiers: found.modifiers,
            key: found.key,
            time: event.time
        )
        return (press, found.queue, !isRepeat || found.modifiers & noRepeat == 0)
    }

    static var isEmpty: Bool { withTable { $0.isEmpty } }
}

/// The calling thread's queue, if it has one.
private enum ThreadQueueHandle {
    static var current: Handle { ThreadQueue.currentIfAny?.handle ?? .invalid }
}

extension WindowThread {
    /// Whether a key that comes in is a hot key, and so no key any more. One of another thread is posted
    /// there.
    func takeHotKey(_ event: KeyEvent) -> Bool {
        guard event.isDown, !HotKeys.isEmpty else { return false }
        var held: UInt32 = 0
        if event.modifiers.contains(.alt) { held |= HotKeys.alt }
        if event.modifiers.contains(.control) { held |= HotKeys.control }
        if event.modifiers.contains(.shift) { held |= HotKeys.shift }
        if input.willBeDown(VirtualKey.leftWindows) || input.willBeDown(VirtualKey.rightWindows) {
            held |= HotKeys.windows
        }
        let isRepeat = heldHotKeys.contains(event.virtualKey)
        guard let found = HotKeys.press(of: event, held, isRepeat: isRepeat) else { return false }
        heldHotKeys.insert(event.virtualKey)
        guard found.isTold else { return true }
        if found.queue == threadQueue.handle {
            append(.init(.hotKey(found.press)))
        } else {
            let header = MessageHeader(
                message: WindowMessage.hotKey,
                wparam: UInt(bitPattern: Int(found.press.id)),
                lparam: found.press.lparam
            )
            try? MessageQueue.post(Message(header), to: found.press.target)
        }
        return true
    }

    func hotKeyMessage(_ press: HotKeyPress) -> Message? {
        guard press.target == threadQueue.handle || Window.exists(press.target) else { return nil }
        let position = threadQueue.pointerPosition
        return make(
            WindowMessage.hotKey,
            UInt(bitPattern: Int(press.id)),
            press.lparam,
            for: press.target,
            time: press.time,
            at: Point(x: position.x, y: position.y)
        )
    }
}
