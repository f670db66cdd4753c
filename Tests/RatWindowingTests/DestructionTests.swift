internal import RatCore
internal import RatDisplay
internal import RatHeadless
internal import RatMessaging
internal import RatSystem
internal import RatWindowing
internal import RatWindowingTestSupport
internal import Testing

@Suite struct DestructionTests {
    @Test func theFocusGoesBeforeDestroyAndTheHandleAfterTheLastMessage() async throws {
        try await Stage.run { stage in
            let window = try stage.show()
            var livedThroughout = true
            stage.respond = { _ in
                livedThroughout = livedThroughout && Window.exists(window)
                return nil
            }
            try Window.find(window).destroy()
            let calls = stage.taken().filter {
                $0.message != Step.changing.message && $0.message != Step.changed.message
                    && $0.message != Step.nonClientActivate.message
                    && $0.message != Step.activate.message
                    && $0.message != Step.activateApp.message
            }
            expectSequence(calls, .killFocus(0), .destroy(0, 0), .nonClientDestroy(0, 0))
            #expect(livedThroughout)
            #expect(!Window.exists(window))
            #expect(throws: RatError.invalidHandle) { try Window.find(window) }
            #expect(stage.display.title(of: stage.surface(window)) == nil)
            #expect(try stage.ran().isEmpty)
        }
    }

    /// A life of a window in which everything happens to it.
    private static func live(_ stage: Stage, className: String) throws {
        let window = try stage.create(className: className, style: 0x10CF_0000)
        try stage.run()
        let surface = stage.surface(window)
        let display = stage.display
        let point = Point(x: 5, y: 5)
        for action in [.moved, .pressed(.left), .released(.left)] as [PointerEvent.Action] {
            let event = PointerEvent(action: action, position: point, screenPosition: point)
            display.inject(.pointer(surface, event))
        }
        for isDown in [true, false] {
            let event = KeyEvent(isDown: isDown, virtualKey: 0x41, symbol: 0x61, character: 0x61)
            display.inject(.key(surface, event))
        }
        try stage.run()
        let content = Rect(left: 1, top: 2, right: 401, bottom: 302)
        display.inject(.configured(surface, content: content, state: .maximized))
        try stage.run()
        try stage.perform(on: window) { try $0.show(false) }
        try stage.run()
        try stage.perform(on: window) { try $0.show(true) }
        try stage.perform(on: window) { try WindowThread.current().takeFocus($0.handle) }
        try stage.run()
        try stage.perform(on: window) { $0.updateNow() }
        display.inject(.focusLost(surface))
        try stage.run()
        display.inject(.closeRequested(surface))
        try stage.run()
    }

    @Test func aWindowMayBeDestroyedInAnyMessage() async throws {
        let counted = Counter()
        try await Stage.run { stage in
            try Self.live(stage, className: stage.register(background: 0xFF00_00FF))
            counted.value = stage.taken().count
        }
        try #require(counted.value > 30)
        for index in 0..<counted.value {
            try await Stage.run { stage in
                let name = try stage.register(background: 0xFF00_00FF)
                var count = 0
                var seen = Handle.invalid
                stage.respond = { call in
                    defer { count += 1 }
                    guard let window = call.window, count == index else { return nil }
                    seen = window
                    try Window.find(window).destroy()
                    return nil
                }
                try Self.liveOrBeRefused(stage, name)
                let calls = stage.taken().map(\.message)
                let destroy = calls.firstIndex(of: Step.destroy.message)
                let end = calls.firstIndex(of: Step.nonClientDestroy.message)
                #expect(end == calls.count - 1, "the last message, when destroyed in \(index)")
                #expect(destroy ?? -1 < end ?? -1, "destroyed in \(index)")
                #expect(calls.filter { $0 == Step.destroy.message }.count == 1)
                #expect(!Window.exists(seen))
                #expect(stage.display.content(of: stage.surface(seen)) == nil)
                #expect(try WindowThread.current().focusHandle == .invalid)
                try stage.unregister(name)
            }
        }
    }

    private static func liveOrBeRefused(_ stage: Stage, _ name: String) throws {
        do {
            try live(stage, className: name)
        } catch RatError.cancelled {
            // What becomes of a creation whose window was destroyed meanwhile.
        }
    }

    @Test func destroyingWhatIsBeingDestroyedChangesNothing() async throws {
        try await Stage.run { stage in
            let window = try stage.create()
            _ = stage.taken()
            stage.respond = { call in
                _ = try call.window.map { try Window.find($0).destroy() }
                return nil
            }
            try Window.find(window).destroy()
            expectSequence(stage.taken(), .destroy, .nonClientDestroy)
        }
    }

    @Test func whatIsQueuedForADeadWindowIsDropped() async throws {
        try await Stage.run { stage in
            let (dead, alive) = (try stage.create(), try stage.create())
            for window in [dead, alive, dead, alive] { try stage.post(0x8000, to: window) }
            _ = stage.taken()
            try Window.find(dead).destroy()
            _ = stage.taken()
            expectSequence(try stage.ran(), .app.of(alive), .app.of(alive))
            #expect(throws: RatError.invalidHandle) { try stage.post(0x8000, to: dead) }
        }
    }

    @Test func inputForADeadWindowIsDropped() async throws {
        try await Stage.run { stage in
            let window = try stage.show()
            stage.display.inject(
                .key(stage.surface(window), KeyEvent(isDown: true, virtualKey: 65))
            )
            try Window.find(window).destroy()
            _ = stage.taken()
            #expect(try stage.next() == nil)
        }
    }

    @Test func dispatchingToADeadWindowFindsNobody() async throws {
        try await Stage.run { stage in
            let window = try stage.create()
            try stage.post(0x8000, to: window)
            let message = try #require(try stage.next())
            try Window.find(window).destroy()
            #expect(throws: RatError.notFound) { try Dispatch.run(message) }
        }
    }

    @Test func theTimersOfAWindowEndWithIt() async throws {
        try await Stage.run { stage in
            let window = try stage.create()
            stage.respond = { call in
                guard
                    [Step.create, .destroy, .nonClientDestroy].contains(where: {
                        $0.matches(call)
                    })
                else { return nil }
                // Also one that is set in the very last message.
                _ = try stage.setTimer(window, 1)
                return nil
            }
            _ = try stage.setTimer(window, 2)
            try Window.find(window).destroy()
            #expect(try stage.queue.timers.nextDue == .distantFuture)
        }
    }

    @Test func anotherThreadMayPostToAWindowAndDoNothingElse() async throws {
        let created = Counter()
        try await Stage.run { stage in
            let window = try stage.create()
            created.handle = window
            let thread = try OtherThread {
                #expect(Window.exists(window))
                #expect(throws: RatError.wrongThread) { try Window.find(window) }
                #expect(Window.defaultProcedure(window, Step.nonClientActivate.message, 1, 0) == 0)
                let header = MessageHeader(message: 0x8000, target: window)
                #expect(throws: RatError.wrongThread) { try Dispatch.run(Message(header)) }
                do {
                    try MessageQueue.post(Message(header), to: window)
                } catch {
                    Issue.record(error)
                }
            }
            thread.join()
            _ = stage.taken()
            expectSequence(try stage.ran(), .app(0, 0).of(window))
        }
        // The thread has ended, with the window alive until then.
        #expect(!Window.exists(created.handle))
        let header = MessageHeader(message: 0x8000)
        #expect(throws: RatError.invalidHandle) {
            try MessageQueue.post(Message(header), to: created.handle)
        }
    }

    @Test func aThreadThatEndsTakesItsWindowsWithoutAWord() async throws {
        let ended = Counter()
        try await Stage.run { stage in
            let first = try stage.show()
            _ = try stage.show()
            _ = try stage.createChild(of: stage.createChild(of: first))
            _ = try stage.create(style: 0x8000_0000, parent: first)
            _ = try stage.create(style: 0, parent: WindowTree.messageOnlyParent)
            ended.handle = first
        }
        #expect(HandleTable.lookup(ended.handle) == nil)
        #expect(WindowTree.inconsistency() == nil)
        #expect(!Stage.wasCalledLate(ended.handle))
    }
}
