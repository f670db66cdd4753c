internal import RatCore
internal import RatDisplay
internal import RatMessaging
internal import RatSystem
internal import Synchronization

/// The door that all input comes in by, from every thread's display and from programs: what is down and
/// where the pointer is at this moment, for the whole process, and which thread gets what programs send.
///
/// One lock guards all of it; no application code runs under it, and only inboxes are locked meanwhile.
enum InputDoor {
    /// Sendable: every field is guarded by `lock`.
    private final class State: ForkParticipant, @unchecked Sendable {
        let lock = Lock()
        var keyboard = KeyboardState()
        /// Keys that went down since somebody asked for them.
        var pressed: Set<UInt8> = []
        var pointer = Point(x: 0, y: 0)
        var trail = PointerTrail()
        /// The window that became active last, of any thread, while it is.
        var foreground = Handle.invalid
        var capture = Handle.invalid
        /// By the queues of their threads.
        var inboxes: [Handle: InputInbox] = [:]

        init() {
            Fork.register(self)
        }

        func lockForFork() { lock.lock() }
        func unlockAfterFork() { lock.unlock() }

        func startAnewInChild() {
            keyboard = KeyboardState()
            pressed = []
            foreground = .invalid
            capture = .invalid
            inboxes = [:]
            lock.unlock()
        }
    }

    private static let state = State()

    private static func withLock<Value>(_ body: (State) -> Value) -> Value {
        state.lock.lock()
        defer { state.lock.unlock() }
        return body(state)
    }

    // MARK: - The threads

    static func open(_ inbox: InputInbox) {
        withLock { $0.inboxes[inbox.queueHandle] = inbox }
    }

    static func close(_ inbox: InputInbox) {
        withLock { $0.inboxes[inbox.queueHandle] = nil }
    }

    /// Leaves something for a queue's thread; `false` if there is none with windows.
    static func tell(_ item: InputInbox.Item, to queue: Handle) -> Bool {
        guard let inbox = withLock({ $0.inboxes[queue] }) else { return false }
        inbox.put(item)
        inbox.wake()
        return true
    }

    // MARK: - What is so now

    static var pointer: Point { withLock { $0.pointer } }
    static var modifiers: Modifiers { withLock { $0.keyboard.modifiers } }

    static var foreground: Handle {
        get { withLock { $0.foreground } }
        set { withLock { $0.foreground = newValue } }
    }

    /// The window is not the active one any more.
    static func leaveForeground(_ window: Handle) {
        withLock { if $0.foreground == window { $0.foreground = .invalid } }
    }

    static func setCapture(_ window: Handle, insteadOf old: Handle) {
        withLock { if window != .invalid || $0.capture == old { $0.capture = window } }
    }

    /// The sign says that the key is down, the lowest bit that it was pressed since the last such question.
    static func answer(_ key: UInt8) -> Int16 {
        withLock { state in
            let wasPressed = state.pressed.remove(key) != nil
            return (state.keyboard.isDown(key) ? Int16.min : 0) | (wasPressed ? 1 : 0)
        }
    }

    /// Where the pointer was lately, the latest first.
    static func trail(atMost count: Int) -> [PointerTrail.Place] {
        withLock { $0.trail.latest(count) }
    }

    // MARK: - Input

    /// Takes note of an event that a display told.
    static func note(_ event: InputQueue.Event) {
        withLock { note(event, in: $0) }
    }

    private static func note(_ event: InputQueue.Event, in state: State) {
        switch event {
        case .key(let surface, let key):
            if surface != nil { state.keyboard.learn(key.modifiers, before: key) }
            state.keyboard.apply(key)
            if key.isDown { state.pressed.insert(key.virtualKey) }
        case .pointer(_, let pointer):
            state.pointer = pointer.screenPosition
            switch pointer.action {
            case .moved: state.trail.append(pointer.screenPosition, time: pointer.time)
            case .pressed(let button):
                state.keyboard.apply(button, isDown: true)
                state.pressed.insert(button.virtualKey)
            case .released(let button): state.keyboard.apply(button, isDown: false)
            case .wheel: break
            }
        case .pointerLeft, .hotKey: break
        }
    }

    /// Another program has the keyboard: what goes up there is not told.
    static func forgetKeys() {
        withLock { $0.keyboard.releaseAll() }
    }

    /// Takes events in that a program sends, all of them in one step.
    ///
    /// Keys go to the thread of the foreground window, without one to the calling thread; what the mouse does
    /// to the thread that has captured it, else to that of the window under the pointer, and the wheel without
    /// one to where keys go.
    static func send(_ commands: [InputCommand], from caller: Handle?) {
        // The tree has a lock of its own, which is not taken under this one.
        let (foreground, capture, start) = withLock { ($0.foreground, $0.capture, $0.pointer) }
        let keyQueue = (try? WindowTree.queue(of: foreground)) ?? caller
        let captureQueue = try? WindowTree.queue(of: capture)
        var pointer = start
        let planned = commands.flatMap { command -> [(InputCommand.Step, Handle?)] in
            command.steps(from: &pointer).map { step in
                guard case .pointer(let event, let place) = step else { return (step, keyQueue) }
                let queue = captureQueue ?? WindowTree.queue(at: place)
                return (step, queue ?? (event.action.isWheel ? keyQueue : nil))
            }
        }
        let woken = withLock { state -> [InputInbox] in
            var woken: [Handle: InputInbox] = [:]
            for ((step, queue), extra) in zip(
                planned,
                commands.flatMap { Array(repeating: $0.extra, count: $0.stepCount) }
            ) {
                let event = step.event(state.keyboard.modifiers)
                note(event, in: state)
                guard let queue, let inbox = state.inboxes[queue] else { continue }
                inbox.put(.event(.init(event, extra: extra)))
                woken[queue] = inbox
            }
            return Array(woken.values)
        }
        for inbox in woken { inbox.wake() }
    }
}

/// What other threads put in for one thread: input that programs send, and wishes.
///
/// Sendable: the items are guarded by the lock; `isFilled` says without it whether there are any.
final class InputInbox: @unchecked Sendable {
    enum Item {
        case event(InputQueue.Entry)
        /// The window is to be the foreground one.
        case activate(Handle)
        /// The window's owner has ended.
        case endWithOwner(Handle)
    }

    let queueHandle: Handle
    private let queue: QueueReference
    private let lock = Lock()
    private var items: [Item] = []
    private let filled = Atomic<Bool>(false)

    init(_ threadQueue: ThreadQueue) {
        queueHandle = threadQueue.handle
        queue = threadQueue.queue
    }

    /// Its thread is to be woken afterwards.
    func put(_ item: Item) {
        lock.lock()
        items.append(item)
        filled.store(true, ordering: .releasing)
        lock.unlock()
    }

    func wake() {
        queue.pokeOwner()
    }

    var isFilled: Bool { filled.load(ordering: .acquiring) }

    func takeAll() -> [Item] {
        guard isFilled else { return [] }
        lock.lock()
        defer { lock.unlock() }
        filled.store(false, ordering: .relaxed)
        defer { items = [] }
        return items
    }
}

/// Where the pointer has been: its last 64 moves.
struct PointerTrail {
    struct Place {
        let point: Point
        let time: UInt64
    }

    static let capacity = 64
    private var places: [Place] = []
    private var next = 0

    mutating func append(_ point: Point, time: UInt64) {
        let place = Place(point: point, time: time)
        if places.count < Self.capacity {
            places.append(place)
        } else {
            places[next] = place
        }
        next = (next + 1) % Self.capacity
    }

    /// The latest first.
    func latest(_ count: Int) -> [Place] {
        (0..<min(count, places.count)).map { back in
            places[(next - 1 - back + 2 * Self.capacity) % Self.capacity]
        }
    }
}
