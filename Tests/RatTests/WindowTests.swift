internal import Rat
internal import RatWindowingTestSupport
internal import Testing

@Suite struct WindowTests {
    @Test func theHandlerSeesItsWindowFromTheFirstMessageToTheLast() async throws {
        try await onThread {
            let first: [Message.Kind] = [
                .create, .focusGained, .size(width: 300, height: 200), .move(x: 0, y: 0),
            ]
            var kinds: [Message.Kind] = []
            var existed: [Bool] = []
            let windowClass = try makeClass { window, message in
                if (first + [.destroy]).contains(message.kind) { kinds.append(message.kind) }
                existed.append(window.exists)
                return nil
            }
            let window = try Window(windowClass, title: "seen", width: 300, height: 200)
            #expect(kinds == first)
            window.destroy()
            #expect(kinds.last == .destroy)
            #expect(existed.allSatisfy { $0 })
            #expect(!window.exists)
        }
    }

    @Test func aWindowLivesWithoutBeingHeldAndIsFreedAfterItsEnd() async throws {
        try await onThread {
            weak var window: Window?
            weak var windowClass: WindowClass?
            do {
                let made = try makeClass()
                windowClass = made
                let held = try Window(made, title: "unheld")
                window = held
            }
            #expect(window?.exists == true)
            #expect(windowClass != nil)
            window?.destroy()
            #expect(window == nil)
            #expect(windowClass == nil)
        }
    }

    @Test func aHeldWindowOutlivesItsEndAndAnswersHarmlessly() async throws {
        try await onThread {
            let window = try Window(makeClass(), title: "held")
            let target = window.target
            window.destroy()
            window.destroy()
            #expect(window.title.isEmpty)
            #expect(window.clientSize == (0, 0))
            window.title = "nobody's"
            window.invalidate()
            window.killTimer(1)
            expect(.invalidHandle) { try window.show() }
            expect(.invalidHandle) { try window.paint { _ in } }
            expect(.invalidHandle) { try window.setTimer(1, every: .seconds(1)) }
            expect(.invalidHandle) { try target.post(Message(Message.app)) }
        }
    }

    @Test func aThreadThatEndsFreesItsWindows() async throws {
        let kept = Kept()
        try await onThread {
            let window = try Window(makeClass(), title: "left over")
            kept.window = window
            #expect(kept.window != nil)
        }
        #expect(kept.window == nil)
    }

    /// Sendable: written on one thread, read when that has ended.
    private final class Kept: @unchecked Sendable {
        weak var window: Window?
    }

    @Test func aClassIsUnregisteredWithItsLastWindow() async throws {
        try await onThread {
            func make() throws -> WindowClass {
                try WindowClass("RatTests.reused") { _, _ in nil }
            }
            let window = try Window(make(), title: "only")
            #expect(throws: RatError.self) { try make() }
            window.destroy()
            // The object still holds its class.
            #expect(throws: RatError.self) { try make() }
            _ = consume window
            _ = try make()
        }
    }

    @Test func aNameThatIsTakenStaysItsOwners() async throws {
        try await onThread {
            let first = try WindowClass("RatTests.taken") { _, _ in nil }
            for _ in 0..<2 {
                expect(.alreadyExists) { try WindowClass("RatTests.taken") { _, _ in nil } }
            }
            #expect(try Window(first, title: "made").exists)
        }
    }

    @Test func aHandlerThatRefusesCancelsTheCreation() async throws {
        try await onThread {
            weak var refused: Window?
            let windowClass = try makeClass { window, message in
                refused = window
                return message.kind == .create ? -1 : nil
            }
            expect(.cancelled) { try Window(windowClass, title: "no") }
            #expect(refused == nil)
        }
    }

    @Test func aWindowDestroyedWhileItIsCreatedIsCancelled() async throws {
        try await onThread {
            let windowClass = try makeClass { window, message in
                if message.kind == .create { window.destroy() }
                return nil
            }
            expect(.cancelled) { try Window(windowClass, title: "no") }
        }
    }

    @Test func aChildLivesInItsParentAndAnOwnedWindowWithItsOwner() async throws {
        try await onThread {
            let windowClass = try makeClass()
            let parent = try Window(windowClass, title: "parent")
            let child = try Window(
                windowClass,
                title: "child",
                style: [.child, .visible],
                parent: parent,
                position: (10, 20),
                width: 30,
                height: 40
            )
            let owned = try Window(windowClass, title: "owned", style: .popup, parent: child)
            #expect(child.clientSize == (30, 40))
            #expect(throws: RatError.self) {
                try Window(windowClass, title: "lost", style: .child)
            }
            parent.destroy()
            #expect(!child.exists)
            #expect(!owned.exists)
            #expect(throws: RatError.self) {
                try Window(windowClass, title: "late", style: .child, parent: parent)
            }
        }
    }

    @Test func theTitleCanBeReadAndChanged() async throws {
        try await onThread {
            let window = try Window(makeClass(), title: "früher")
            #expect(window.title == "früher")
            window.title = "später"
            #expect(window.title == "später")
        }
    }

    @Test func aNewDisplayIsRefusedWhileWindowsAreShownOnAnother() async throws {
        try await onThread {
            _ = try Window(makeClass(), title: "shown")
            try Display.attach("headless")
            expect(.alreadyExists) { try Display.attach("x11::77") }
            expect(.invalidArgument) { try Display.attach("wayland") }
        }
    }

    // It traps, so in a process of its own.
    @Test func aWindowThatIsUsedOnAnotherThreadTraps() async throws {
        await #expect(processExitsWith: .failure) {
            try await onThread {
                nonisolated(unsafe) let window = try Window(makeClass(), title: "here")
                let thread = try OtherThread { unsafe window.title = "there" }
                thread.join()
            }
        }
    }

    @Test func callsThatThrowSayThatItIsTheWrongThread() async throws {
        try await onThread {
            nonisolated(unsafe) let window = try Window(makeClass(), title: "here")
            let code = Handed<RatError.Code>()
            let thread = try OtherThread {
                do throws(RatError) {
                    try unsafe window.show()
                } catch {
                    code.value = error.code
                }
            }
            thread.join()
            #expect(code.value == .wrongThread)
        }
    }
}
