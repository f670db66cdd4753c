package import RatCore
package import RatDisplay
package import RatHeadless
package import RatMessaging
package import RatSystem
package import RatWindowing
internal import Synchronization

/// Windows of one test: a thread, a display on it, and a record of every call of their procedures.
///
/// Sendable, so that the procedures find it as a task-local value; used on its own thread only.
package final class Stage: @unchecked Sendable {
    @TaskLocal private static var current: Stage?
    private static let classNumber = Atomic<Int>(0)
    private static let number = Atomic<Int>(0)
    /// Windows whose procedure was called outside of a stage's run: as their thread ended.
    private static let strays = Mutex<Set<Handle>>([])

    /// Of a seat of its own: tests that run beside it have a foreground of theirs.
    package let display = HeadlessDisplay(
        seat: "stage \(Stage.number.add(1, ordering: .relaxed).newValue)"
    )
    /// What the windows are shown on, if not on `display` itself.
    package var backend: (any DisplayBackend)?
    /// Answers a message in the place of the default procedure, which `nil` leaves it to.
    package var respond: (_ call: Step) throws -> Int? = { _ in nil }
    /// What `respond` threw, which cannot pass through a procedure.
    private var failure: (any Error)?
    /// Calls since the last look at them.
    private var calls: [Step] = []
    /// Classes that the stage has registered and not removed.
    private var classNames: [String] = []

    private init() {}

    /// Runs `body` with a stage, on a thread of its own.
    package static func run(_ body: @Sendable (Stage) throws -> Void) async throws {
        let names = try await onFreshThread {
            let stage = Stage()
            // What answers messages mostly names the stage, which would keep itself alive.
            defer { stage.respond = { _ in nil } }
            try $current.withValue(stage) { try body(stage) }
            if let failure = stage.failure { throw failure }
            return stage.classNames
        }
        // The thread has ended, and its windows with it.
        for name in names { try WindowClassTable.unregister(name: name) }
    }

    /// Whether a window's procedure was called after its stage had ended.
    package static func wasCalledLate(_ window: Handle) -> Bool {
        strays.withLock { $0.contains(window) }
    }

    // MARK: - Windows

    /// Registers a class of the procedure that records, under a name of its own.
    package func register(
        style: UInt32 = 0,
        background: UInt32 = 0,
        cursor: Cursor = .none
    ) throws -> String {
        let number = Stage.classNumber.add(1, ordering: .relaxed).newValue
        let name = "Stage\(number)"
        _ = try WindowClassTable.register(
            name: name,
            WindowClassTraits(
                style: style,
                procedure: Stage.procedure,
                background: background,
                cursor: cursor
            )
        )
        classNames.append(name)
        return name
    }

    /// Removes a class that the stage has registered.
    package func unregister(_ name: String) throws {
        try WindowClassTable.unregister(name: name)
        classNames.removeAll { $0 == name }
    }

    /// Creates a window of 300 by 200 at (100, 50), of a class of its own unless one is named.
    package func create(
        className: String? = nil,
        title: String = "stage",
        style: UInt32 = 0x00CF_0000,
        at position: Point? = Point(x: 100, y: 50),
        size: Size? = Size(width: 300, height: 200),
        exStyle: UInt32 = 0,
        parent: Handle = .invalid,
        identifier: UInt = 0
    ) throws -> Handle {
        var creation = unsafe WindowCreation(
            className: try className ?? register(),
            title: title,
            style: style,
            exStyle: exStyle,
            position: position,
            size: size
        )
        creation.parent = parent
        creation.identifier = identifier
        return try Window.create(creation) { () throws(RatError) in self.backend ?? self.display }
    }

    /// Creates a visible window, and lets it have what follows: the focus and a first paint.
    package func show(
        className: String? = nil,
        at position: Point = Point(x: 100, y: 50),
        size: Size = Size(width: 300, height: 200)
    ) throws -> Handle {
        let window = try create(
            className: className,
            style: 0x10CF_0000,
            at: position,
            size: size
        )
        try settle()
        return window
    }

    /// Creates a child, visible unless the style says otherwise, of 50 by 40 at (10, 20).
    package func createChild(
        of parent: Handle,
        className: String? = nil,
        style: UInt32 = 0x5000_0000,
        at position: Point? = Point(x: 10, y: 20),
        size: Size? = Size(width: 50, height: 40),
        exStyle: UInt32 = 0,
        identifier: UInt = 0
    ) throws -> Handle {
        try create(
            className: className,
            title: "child",
            style: style,
            at: position,
            size: size,
            exStyle: exStyle,
            parent: parent,
            identifier: identifier
        )
    }

    /// Puts a window into another.
    package func setParent(_ window: Handle, _ parent: Handle) throws -> Handle {
        try Window.find(window).setParent(parent) { () throws(RatError) in
            self.backend ?? self.display
        }
    }

    package func surface(_ window: Handle) -> SurfaceID { SurfaceID(rawValue: window.rawValue) }

    private static let procedure: WindowProcedure = { handle, message, wparam, lparam in
        let window = Handle(rawValue: handle)
        guard let stage = Stage.current else {
            strays.withLock { _ = $0.insert(window) }
            return 0
        }
        let call = Step(message, wparam, lparam).of(window)
        stage.calls.append(call)
        do {
            if let answer = try stage.respond(call) { return answer }
        } catch {
            stage.failure = error
        }
        return Window.defaultProcedure(window, message, wparam, lparam)
    }

    // MARK: - The loop

    package var queue: ThreadQueue {
        get throws { try ThreadQueue.current() }
    }

    /// The next message, translated and not dispatched; `nil` if there is none now, or a quit.
    package func next() throws -> Message? {
        do throws(RatError) {
            return try retrieve(until: .distantPast)
        } catch {
            if error == .timedOut { return nil }
            throw error
        }
    }

    /// Waits for the next message, up to a time that only a failure takes.
    package func wait() throws -> Message? {
        try retrieve(until: Instant.now().advanced(byMilliseconds: 10_000))
    }

    private func retrieve(until deadline: Instant) throws(RatError) -> Message? {
        guard case .message(let message) = try ThreadQueue.current().take(until: deadline) else {
            return nil
        }
        _ = WindowThread.currentIfAny?.translate(message)
        return message
    }

    /// Retrieves and dispatches until nothing is left.
    package func run() throws {
        while let message = try next() { try dispatch(message) }
    }

    /// Dispatches. It is no failure if nobody is there for the message.
    package func dispatch(_ message: borrowing Message) throws {
        do throws(RatError) {
            try Dispatch.run(message)
        } catch {
            guard error == .notFound else { throw error }
        }
    }

    /// Runs the loop dry, and forgets the calls.
    package func settle() throws {
        try run()
        calls = []
    }

    package func post(_ message: UInt32, _ wparam: UInt = 0, _ lparam: Int = 0, to window: Handle)
        throws
    {
        let header = MessageHeader(message: message, wparam: wparam, lparam: lparam)
        try MessageQueue.post(Message(header), to: window)
    }

    /// Sends to a window and gives what it answers; 0 if it is gone.
    @discardableResult
    package func send(
        _ message: UInt32,
        _ wparam: UInt = 0,
        _ lparam: Int = 0,
        to window: Handle
    ) -> Int {
        let header = MessageHeader(message: message, wparam: wparam, lparam: lparam)
        var reply = Message(MessageHeader(message: 0))
        try? unsafe withUnsafePointer(to: Message(header)) { message in
            try unsafe Sending.send(message, to: window, until: .distantFuture, reply: &reply)
        }
        return reply.header.lparam
    }

    /// Does something to a window, if it still exists.
    package func perform(on window: Handle, _ body: (Window) throws -> Void) throws {
        guard Window.exists(window) else { return }
        try body(Window.find(window))
    }

    /// Starts a timer of the shortest period; set at `.distantPast`, it is due at once.
    package func setTimer(
        _ window: Handle,
        _ id: UInt,
        milliseconds: UInt32 = 10,
        procedure: UInt = 0,
        at moment: Instant = Instant.now()
    ) throws -> UInt {
        try queue.timers.set(
            Timers.Key(window: window, id: id),
            milliseconds: milliseconds,
            procedure: procedure,
            now: moment
        )
    }

    // MARK: - What was called

    /// The calls since the last look, which this is.
    package func taken() -> [Step] {
        defer { calls = [] }
        return calls
    }

    /// Runs the loop dry and gives the calls.
    package func ran() throws -> [Step] {
        try run()
        return taken()
    }
}

/// Why calls are not what a test expects of them; `nil` if they are.
package func mismatch(_ calls: [Step], _ expected: [Step]) -> String? {
    var sequence = MessageSequence(expected.map(\.expected))
    for window in calls.compactMap(\.window) where !sequence.targets.contains(window) {
        sequence.targets.append(window)
    }
    return sequence.mismatch(calls.map(\.event))
}
