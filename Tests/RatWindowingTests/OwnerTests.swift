internal import RatCore
internal import RatDisplay
internal import RatHeadless
internal import RatMessaging
internal import RatSystem
internal import RatTestSupport
internal import RatWindowing
internal import RatWindowingTestSupport
internal import Testing

/// Windows that are owned by another thread's, which Win32 allows.
@Suite struct OwnerTests {
    /// A thread with a window that the test's windows are owned by.
    ///
    /// Sendable: the thread is ended once, and the rest is made for several threads.
    private final class Owner: @unchecked Sendable {
        private let thread: OtherThread
        private let found = Guarded(Handle.invalid)
        private let ready = Semaphore()
        private let orders = Guarded<[@Sendable (Window) -> Void]>([])
        private let given = Semaphore()
        private let done = Semaphore()

        init(seat: String) throws {
            let (found, ready, orders, given, done) = (found, ready, orders, given, done)
            thread = try OtherThread {
                let display = HeadlessDisplay(seat: seat)
                let creation = unsafe WindowCreation(
                    className: Owner.className,
                    title: "owner",
                    style: 0x9000_0000,
                    position: Point(x: 10, y: 10),
                    size: Size(width: 90, height: 90)
                )
                let handle = try? Window.create(creation) { () throws(RatError) in display }
                found.withLock { $0 = handle ?? .invalid }
                ready.signal()
                while given.wait(), let order = orders.withLock({ $0.popLast() }) {
                    if let window = try? Window.find(found.current) { order(window) }
                    while case .message(let message)? = try? ThreadQueue.current().take(
                        until: .distantPast
                    ) {
                        try? Dispatch.run(message)
                    }
                    done.signal()
                }
            }
            try #require(ready.wait())
        }

        static let className: String = {
            _ = try? WindowClassTable.register(
                name: "Owner",
                WindowClassTraits(style: 0, procedure: Owner.procedure)
            )
            return "Owner"
        }()

        private static let procedure: WindowProcedure = { window, message, wparam, lparam in
            Window.defaultProcedure(Handle(rawValue: window), message, wparam, lparam)
        }

        var handle: Handle { found.current }

        /// Has the thread do something, and what is for it besides, and waits until it has.
        func perform(_ body: @escaping @Sendable (Window) -> Void) {
            orders.withLock { $0.append(body) }
            given.signal()
            #expect(done.wait())
        }

        /// Ends the thread, with its window if that still lives.
        func end() {
            given.signal()
            thread.join()
        }
    }

    @Test func aWindowMayBeOwnedByAnotherThreads() async throws {
        try await Stage.run { stage in
            let owner = try Owner(seat: stage.display.seat)
            defer { owner.end() }
            let owned = try stage.create(style: 0x8000_0000, parent: owner.handle)
            let later = try stage.create(style: 0x8000_0000)
            #expect(try WindowTree.related(to: owned, .owner) == owner.handle)
            #expect(try WindowTree.parent(of: owned) == owner.handle)
            #expect(try WindowTree.ancestor(of: owned, .rootOwner) == owner.handle)
            let index = WindowLong.parent
            let number = Int(truncatingIfNeeded: owner.handle.rawValue)
            #expect(try Window.find(later).setLong(index, number) == 0)
            #expect(try Window.find(later).long(index) == number)
            #expect(try WindowTree.related(to: later, .owner) == owner.handle)
            #expect(throws: RatError.wrongThread) { try stage.createChild(of: owner.handle) }
            #expect(WindowTree.inconsistency() == nil)
        }
    }

    @Test func whatAnotherThreadsWindowOwnsEndsWithIt() async throws {
        try await Stage.run { stage in
            let owner = try Owner(seat: stage.display.seat)
            defer { owner.end() }
            let owned = try stage.create(style: 0x8000_0000, parent: owner.handle)
            let child = try stage.createChild(of: owned)
            let ownedByOwned = try stage.create(style: 0x8000_0000, parent: owned)
            _ = stage.taken()
            owner.perform { $0.destroy() }
            #expect(try WindowTree.related(to: owned, .owner) == .invalid)
            #expect(Window.exists(owned))
            // In the next retrieval, as what is sent.
            expectSequence(
                try stage.ran(),
                .destroy.of(ownedByOwned),
                .nonClientDestroy.of(ownedByOwned),
                .destroy.of(owned),
                .destroy.of(child),
                .nonClientDestroy.of(child),
                .nonClientDestroy.of(owned)
            )
            #expect(WindowTree.inconsistency() == nil)
        }
    }

    @Test func itEndsARetrievalThatWaits() async throws {
        try await Stage.run { stage in
            let owner = try Owner(seat: stage.display.seat)
            let owned = try stage.create(style: 0x8000_0000, parent: owner.handle)
            stage.respond = { call in
                if call == .nonClientDestroy(0, 0).of(owned) { try stage.queue.postQuit(0) }
                return nil
            }
            let ending = try OtherThread { owner.end() }
            // Its thread ends, with its window alive until then.
            #expect(try stage.wait() == nil)
            #expect(!Window.exists(owned))
            ending.join()
        }
    }

    @Test func noWindowIsOwnedByOneThatHasEnded() async throws {
        try await Stage.run { stage in
            let owner = try Owner(seat: stage.display.seat)
            defer { owner.end() }
            owner.perform { $0.destroy() }
            #expect(throws: RatError.invalidHandle) {
                try stage.create(style: 0x8000_0000, parent: owner.handle)
            }
        }
    }

    @Test func ownersOfSeveralThreadsMakeNoCircle() async throws {
        try await Stage.run { stage in
            let owner = try Owner(seat: stage.display.seat)
            defer { owner.end() }
            let owned = try stage.create(style: 0x8000_0000, parent: owner.handle)
            let number = Int(truncatingIfNeeded: owned.rawValue)
            owner.perform { window in
                #expect(throws: RatError.invalidArgument) {
                    try window.setLong(WindowLong.parent, number)
                }
            }
        }
    }

    @Test func whatATopmostWindowOwnsIsTopmostOnAnyThread() async throws {
        try await Stage.run { stage in
            let owner = try Owner(seat: stage.display.seat)
            defer { owner.end() }
            let owned = try stage.create(style: 0x8000_0000, parent: owner.handle)
            func isTopmost(_ window: Handle) throws -> Bool {
                try WindowTree.exStyle(of: window) & ExtendedStyle.topmost != 0
            }
            func order(_ after: UInt64) {
                owner.perform { window in
                    var position = WindowPosition(flags: 0x13)
                    position.insertAfter = after
                    try? window.setPosition(position)
                }
            }
            order(.max)
            #expect(try isTopmost(owner.handle) && isTopmost(owned))
            // A change of its own does not undo what the other thread has done.
            _ = try Window.find(owned).setLong(WindowLong.exStyle, 0x20)
            #expect(try Window.find(owned).long(WindowLong.exStyle) == 0x28)
            #expect(WindowTree.inconsistency() == nil)
            order(.max - 1)
            #expect(try !isTopmost(owner.handle) && !isTopmost(owned))
            #expect(try Window.find(owned).long(WindowLong.exStyle) == 0x20)
            #expect(WindowTree.inconsistency() == nil)
        }
    }

    @Test func noWindowIsCreatedForAnOwnerThatEndsMeanwhile() async throws {
        try await Stage.run { stage in
            let owner = try Owner(seat: stage.display.seat)
            defer { owner.end() }
            let name = try stage.register()
            var creation = unsafe WindowCreation(className: name, title: "", style: 0x8000_0000)
            creation.parent = owner.handle
            let display = stage.display
            #expect(throws: RatError.invalidHandle) {
                // The thread's display is opened when the window's place is known.
                try Window.create(creation) { () throws(RatError) in
                    owner.perform { $0.destroy() }
                    return display
                }
            }
            #expect(stage.taken().isEmpty)
            #expect(WindowTree.inconsistency() == nil)
            try stage.unregister(name)
        }
    }

    /// Made for the thread sanitizer.
    @Test func anOwnerTakesAnothersWindowsAlongWhileTheyAreMarked() async throws {
        try await Stage.run { stage in
            let owner = try Owner(seat: stage.display.seat)
            defer { owner.end() }
            let owned = try stage.create(style: 0x9000_0000, parent: owner.handle)
            try stage.settle()
            let isOver = Guarded(false)
            let restacker = TestThread {
                owner.perform { window in
                    for round in 0..<1000 {
                        var position = WindowPosition(flags: 0x0013)
                        position.insertAfter = UInt64(round % 2)
                        try? window.setPosition(position)
                    }
                }
                isOver.withLock { $0 = true }
            }
            while !isOver.current {
                try Window.redraw(owned, nil, .invalidate)
                try Window.redraw(owned, nil, .validate)
            }
            try restacker.join()
            #expect(WindowTree.inconsistency() == nil)
        }
    }
}
