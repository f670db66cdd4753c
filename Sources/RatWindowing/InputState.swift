internal import RatCore
internal import RatMessaging
internal import Synchronization

/// A window that has something to itself, and the queue of its thread.
struct InputHolder: Equatable {
    var window = Handle.invalid
    var queue = Handle.invalid

    static let nobody = InputHolder()
}

/// What threads whose input is joined have in common: who is active and has the focus and the mouse, the
/// keys, and what is not retrieved yet of what the mouse and the keyboard did, in one order. A thread by itself has
/// one of its own.
///
/// Sendable: every field is guarded by the door's lock.
final class InputState: @unchecked Sendable {
    var focus = InputHolder.nobody
    var active = InputHolder.nobody
    var capture = InputHolder.nobody
    /// How often the activation has changed or was to.
    var activations: UInt64 = 0
    /// Hot keys that are held.
    var heldHotKeys: Set<UInt8> = []
    var queue = InputQueue()
    /// The threads that share it, at least one.
    var members: [InputPort] = []

    func has(_ queue: Handle) -> Bool {
        members.contains { $0.queueHandle == queue }
    }

    func member(_ queue: Handle) -> InputPort? {
        members.first { $0.queueHandle == queue }
    }

    /// Who an event is for: keys are the focus', what the mouse does is who has captured it. The rest is for who it
    /// came in for.
    func taker(of entry: InputQueue.Entry) -> InputPort? {
        guard members.count > 1 else { return members.first }
        let holder =
            switch entry.event {
            case .key: focus == .nobody ? active : focus
            case .pointer: capture
            case .pointerLeft, .locks, .missedRelease: InputHolder.nobody
            }
        return member(holder.queue) ?? member(entry.origin) ?? members.first
    }

    /// Adds an event and gives whose it is.
    func append(_ entry: InputQueue.Entry) -> InputPort? {
        let taker = taker(of: entry)
        queue.append(entry)
        taker?.announce(entry.event.status)
        return taker
    }

    /// Tells who the next event is for that it is there, and gives that one. To be called whenever joined threads
    /// have one event less, or another one has become theirs.
    func announceNext() -> InputPort? {
        guard members.count > 1, let entry = queue.next(after: 0) else { return nil }
        let taker = taker(of: entry)
        taker?.announce(entry.event.status)
        return taker
    }

    /// The kinds of what a thread can retrieve now. What is another's holds up what came after it.
    func status(for port: InputPort) -> UInt32 {
        guard members.count > 1 else { return queue.status }
        var status: UInt32 = 0
        var passed: UInt64 = 0
        while let entry = queue.next(after: passed), taker(of: entry) === port {
            status |= entry.event.status
            passed = entry.serial
        }
        return status
    }

    /// A window that ends has nothing to itself any more.
    func forget(_ window: Handle) {
        if focus.window == window { focus = .nobody }
        if active.window == window { active = .nobody }
        if capture.window == window { capture = .nobody }
    }
}

/// How input, and what other threads wish, come to one thread.
///
/// Sendable: `state`, `seat` and `wishes` are guarded by the door's lock; the atomics say without it whether there
/// is anything.
final class InputPort: @unchecked Sendable {
    enum Wish {
        /// The window is to be the foreground one.
        case activate(Handle)
        /// Another thread's window is the foreground one now.
        case deactivate
        /// The display is to be asked for the keyboard.
        case askForKeyboard(Handle)
        /// The display may have given the thread the keyboard without its knowing.
        case findKeyboard
        /// The window's owner has ended.
        case endWithOwner(Handle)
    }

    let queueHandle: Handle
    /// The system's number of the thread.
    let threadID: UInt32
    var state = InputState()
    /// Of the display that the thread opened last.
    var seat: String?
    /// Every move of the mouse is to be a message. Guarded by the door's lock.
    var keepsMoves = false
    private let queue: QueueReference
    private var wishes: [Wish] = []
    private let hasWishes = Atomic<Bool>(false)
    private let announced = Atomic<UInt32>(0)

    init(_ threadQueue: ThreadQueue, threadID: UInt32) {
        queueHandle = threadQueue.handle
        queue = threadQueue.queue
        self.threadID = threadID
        state.members = [self]
    }

    /// Says that input of these kinds has come. Its thread, if that is not the caller's, is to be woken afterwards.
    func announce(_ kinds: UInt32) {
        announced.bitwiseOr(kinds, ordering: .releasing)
    }

    /// The thread is to be woken afterwards. Under the door's lock.
    func wish(_ wish: Wish) {
        wishes.append(wish)
        hasWishes.store(true, ordering: .releasing)
    }

    func wake() {
        queue.pokeOwner()
    }

    /// What was announced and not taken, and that there are wishes, which become calls.
    var news: UInt32 {
        announced.load(ordering: .acquiring)
            | (hasWishes.load(ordering: .acquiring) ? QueueStatus.sendMessage : 0)
    }

    func takeAnnounced() -> UInt32 {
        guard announced.load(ordering: .relaxed) != 0 else { return 0 }
        return announced.exchange(0, ordering: .acquiring)
    }

    /// Without the door's lock.
    func takeWishes() -> [Wish] {
        guard hasWishes.load(ordering: .acquiring) else { return [] }
        return InputDoor.withLock { _ in
            hasWishes.store(false, ordering: .relaxed)
            defer { wishes = [] }
            return wishes
        }
    }
}
