internal import RatCore
internal import RatDisplay
internal import RatMessaging
internal import RatSystem

/// The door that all input comes in by, from every thread's display and from programs: what is down and
/// where the pointer is at this moment, for the whole process, and whose it becomes.
///
/// One lock guards all of it, what threads share of their input included. No application code runs under
/// it, and nothing else is locked meanwhile.
enum InputDoor {
    /// Sendable: every field is guarded by `lock`.
    final class State: ForkParticipant, @unchecked Sendable {
        fileprivate let lock = Lock()
        fileprivate(set) var keyboard = KeyboardState()
        /// Keys that went down since somebody asked for them.
        fileprivate var pressed: Set<UInt8> = []
        fileprivate(set) var pointer = Point(x: 0, y: 0)
        fileprivate var trail = PointerTrail()
        /// Of the display that was opened last.
        fileprivate var screen = Size(width: 1024, height: 768)
        fileprivate var seat = ""
        var hotKeys = HotKeyTable()
        /// By seats, whose active window the keys go to; nobody's while another program has the keyboard.
        private var foregrounds: [String: InputState] = [:]
        /// By the queues of their threads.
        fileprivate(set) var ports: [Handle: InputPort] = [:]

        init() {
            Fork.register(self)
        }

        func lockForFork() { lock.lock() }
        func unlockAfterFork() { lock.unlock() }

        func startAnewInChild() {
            keyboard = KeyboardState()
            pressed = []
            hotKeys = HotKeyTable()
            foregrounds = [:]
            ports = [:]
            lock.unlock()
        }

        /// Whose active window gets the keys of a thread's seat; of the one that was opened last for a thread
        /// without.
        func foreground(for port: InputPort?) -> InputState? {
            foregrounds[port?.seat ?? seat]
        }

        func setForeground(_ input: InputState?, for port: InputPort) {
            foregrounds[port.seat ?? seat] = input
        }

        /// Threads have another input in common from now on, or none any more.
        func replaceForeground(_ old: InputState, _ new: InputState?) {
            for (seat, input) in foregrounds where input === old { foregrounds[seat] = new }
        }
    }

    private static let state = State()

    static func withLock<Value>(
        _ body: (State) throws(RatError) -> Value
    ) throws(RatError) -> Value {
        state.lock.lock()
        defer { state.lock.unlock() }
        return try body(state)
    }

    static func withLock<Value>(_ body: (State) -> Value) -> Value {
        state.lock.lock()
        defer { state.lock.unlock() }
        return body(state)
    }

    // MARK: - The threads

    static func open(_ port: InputPort) {
        withLock { $0.ports[port.queueHandle] = port }
    }

    /// Its thread ends. What others shared with it stays theirs.
    static func close(_ port: InputPort) {
        let next = withLock { state -> InputPort? in
            state.ports[port.queueHandle] = nil
            state.hotKeys.forget(port.queueHandle)
            port.state.members.removeAll { $0 === port }
            if port.state.members.isEmpty { state.replaceForeground(port.state, nil) }
            return port.state.announceNext()
        }
        next?.wake()
    }

    /// Has a thread told what another one wishes; `false` if there is no such thread, or it has no windows.
    static func wish(_ wish: InputPort.Wish, of queue: Handle) -> Bool {
        let port = withLock { state in
            let port = state.ports[queue]
            port?.wish(wish)
            return port
        }
        port?.wake()
        return port != nil
    }

    // MARK: - What is so now

    static var pointer: Point { withLock { $0.pointer } }
    static var screen: Size { withLock { $0.screen } }

    /// The foreground window of a thread's seat.
    static func foreground(for queue: Handle?) -> Handle {
        withLock { state in
            state.foreground(for: queue.flatMap { state.ports[$0] })?.active.window ?? .invalid
        }
    }

    /// A thread has opened a display.
    static func note(_ seat: String, _ screen: Size, for port: InputPort) {
        withLock { state in
            state.seat = seat
            state.screen = screen
            port.seat = seat
        }
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

    /// Another program has the keyboard: what goes up there is not told.
    static func forgetKeys() {
        withLock { $0.keyboard.releaseAll() }
    }

    /// Modifiers are held or locked without a key of theirs having been told.
    static func learn(_ modifiers: Modifiers, for port: InputPort) {
        withLock { state in
            state.keyboard.learn(modifiers, before: nil)
            port.state.queue.keyboard.learn(modifiers, before: nil)
        }
    }

    // MARK: - Input

    /// What is to be done about input that came in, once the lock is free.
    private struct Aftermath {
        var woken: [Handle: InputPort] = [:]
        var hotKeys: [HotKeyPress] = []

        func happen() {
            // It is announced before, so that who is woken by it knows.
            for press in hotKeys { press.post() }
            for port in woken.values { port.wake() }
        }
    }

    /// Takes in an event that the display of a thread told.
    static func enter(_ event: InputQueue.Event, for port: InputPort) {
        var aftermath = Aftermath()
        withLock { state in
            var entry = InputQueue.Entry(event, from: port.queueHandle)
            entry.isKept = port.keepsMoves
            enter(entry, port.state, in: state, &aftermath)
        }
        aftermath.woken[port.queueHandle] = nil
        aftermath.happen()
    }

    private static func enter(
        _ entry: InputQueue.Entry,
        _ target: InputState?,
        in state: State,
        _ aftermath: inout Aftermath
    ) {
        note(entry.event, in: state)
        guard let target else { return }
        // With nothing before it, nobody has to be woken for what is no message.
        if target.queue.isEmpty, target.queue.keyboard.learn(entry.event) { return }
        if case .key(_, let key) = entry.event, let press = state.hotKeys.take(key, of: target) {
            if press.isTold {
                aftermath.hotKeys.append(press)
                state.ports[press.queue]?.announce(QueueStatus.hotKey)
            }
            return
        }
        guard let taker = target.append(entry) else { return }
        aftermath.woken[taker.queueHandle] = taker
    }

    private static func note(_ event: InputQueue.Event, in state: State) {
        switch event {
        case .key(let surface, let key):
            if surface != nil { state.keyboard.learn(key.modifiers, before: key) }
            state.keyboard.apply(key)
            if key.isDown { state.pressed.insert(key.virtualKey) }
        case .pointer(_, let pointer):
            let isElsewhere = state.pointer != pointer.screenPosition
            state.pointer = pointer.screenPosition
            switch pointer.action {
            case .moved:
                guard isElsewhere else { return }
                state.trail.append(pointer.screenPosition, time: pointer.time)
            case .pressed(let button):
                state.keyboard.apply(button, isDown: true)
                state.pressed.insert(button.virtualKey)
            case .released(let button): state.keyboard.apply(button, isDown: false)
            case .wheel: break
            }
        case .pointerLeft: break
        case .locks, .missedRelease: _ = state.keyboard.learn(event)
        }
    }

    /// Takes events in that a program sends, all of them in one step.
    ///
    /// Keys are the foreground window's threads', without one the calling thread's; what the mouse does is theirs
    /// if they have captured it, else the thread's of the window under the pointer, and the wheel without one theirs
    /// too.
    static func send(_ commands: [InputCommand], from caller: Handle?) {
        var (pointer, screen) = withLock { ($0.pointer, $0.screen) }
        // The tree has a lock of its own, which is not taken under this one.
        let steps = commands.flatMap { command in
            command.steps(from: &pointer, on: screen).map { step in
                (step: step, queue: step.place.flatMap(WindowTree.queue), extra: command.extra)
            }
        }
        var aftermath = Aftermath()
        withLock { state in
            for (step, queue, extra) in steps {
                let event = step.event(state.keyboard.modifiers)
                let callersPort = caller.flatMap { state.ports[$0] }
                let keysPort = state.foreground(for: callersPort)?.members.first ?? callersPort
                var port = keysPort
                if case .pointer(_, let pointer) = event {
                    let captures = keysPort.map { $0.state.capture != .nobody } ?? false
                    let under = queue.flatMap { state.ports[$0] }
                    if !captures, under != nil || !pointer.action.isWheel { port = under }
                }
                var entry = InputQueue.Entry(
                    event,
                    from: port?.queueHandle ?? .invalid,
                    extra: extra
                )
                entry.isKept = port?.keepsMoves ?? false
                enter(entry, port?.state, in: state, &aftermath)
            }
        }
        aftermath.happen()
    }

    // MARK: - Retrieving

    /// The first event after one that was passed over, if it is this thread's. While it is another's of the
    /// threads that share it, nobody gets a later one.
    static func next(after serial: UInt64, for port: InputPort) -> InputQueue.Entry? {
        // Whose turn it is was told when it became that one's. Told again by every look of the others, threads
        // that pass over what is theirs would wake each other for ever.
        withLock { _ in
            guard let entry = port.state.queue.next(after: serial),
                port.state.taker(of: entry) ?? port === port
            else { return nil }
            return entry
        }
    }

    /// Takes an event out and counts it as retrieved, if it is still there.
    static func remove(_ serial: UInt64, for port: InputPort) -> Bool {
        let (wasThere, next) = withLock { _ in
            (port.state.queue.remove(serial), port.state.announceNext())
        }
        if next !== port { next?.wake() }
        return wasThere
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
