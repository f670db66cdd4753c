internal import RatCore
internal import RatDisplay
internal import RatMessaging
internal import RatWindowing
internal import RatWindowingTestSupport
internal import Testing

/// Hooks of windows and of input: what they are asked, in which order, and what they refuse.
@Suite struct WindowHookTests {
    /// A stage whose windows' hook writes down what it is asked between the calls of procedures, and refuses one
    /// code.
    final class Watcher {
        var lines: [String] = []
        var refused: Int32?
        private var names: [Handle: String] = [:]

        init(_ stage: Stage) throws {
            _ = try HookTests.set(.windows) { [unowned self] code, wparam, lparam in
                write(code, wparam, lparam)
                return code == refused ? 1 : Hooks.callNext(code, wparam, lparam)
            }
            stage.respond = { [unowned self] call in
                if let window = call.window, names[window] != nil || call.message < 0x24 {
                    lines.append("\(name(window)) \(Step(call.message))")
                }
                return nil
            }
        }

        func call(_ window: Handle, _ name: String) { names[window] = name }

        private func name(_ window: Handle) -> String {
            window == .invalid ? "none" : names[window] ?? "new"
        }

        private func write(_ code: Int32, _ wparam: UInt, _ lparam: Int) {
            let window = name(Handle(rawValue: UInt64(wparam)))
            let other = name(Handle(rawValue: UInt64(UInt(bitPattern: lparam))))
            switch code {
            case HookCode.createWindow: lines.append("create")
            case HookCode.destroyWindow: lines.append("destroy \(window)")
            case HookCode.activate: lines.append("activate \(window)")
            case HookCode.setFocus: lines.append("focus \(window) from \(other)")
            case HookCode.minimizeOrMaximize: lines.append("state \(window) \(lparam)")
            case HookCode.systemCommand: lines.append("command \(wparam)")
            case HookCode.keySkipped: lines.append("key skipped \(wparam)")
            case HookCode.clickSkipped: lines.append("click skipped \(wparam)")
            default: lines.append("code \(code)")
            }
        }

        /// What the hook was asked, without the calls.
        func asked() -> [String] {
            defer { lines = [] }
            return lines.filter { !$0.contains("WM_") }
        }

        func taken() -> [String] {
            defer { lines = [] }
            return lines
        }
    }

    @Test func creationIsAskedAboutBeforeTheFirstMessage() async throws {
        try await Stage.run { stage in
            let className = try stage.register()
            let watcher = try Watcher(stage)
            _ = try stage.create(className: className)
            // As Wine does.
            #expect(watcher.taken().first == "create")
            withExtendedLifetime(watcher) {}
        }
    }

    @Test func refusedWindowIsGoneWithoutAMessage() async throws {
        try await Stage.run { stage in
            let className = try stage.register()
            let parent = try stage.create(className: className)
            let watcher = try Watcher(stage)
            watcher.refused = HookCode.createWindow
            _ = stage.taken()
            #expect(throws: RatError.cancelled) { try stage.create(className: className) }
            #expect(throws: RatError.cancelled) { try stage.createChild(of: parent) }
            // As Wine does.
            expectSequence(stage.taken())
            #expect(try WindowTree.descendants(of: parent).isEmpty)
            try stage.perform(on: parent) { $0.destroy(isOwnersEnd: true) }
            withExtendedLifetime(watcher) {}
        }
    }

    @Test func windowThatIsRefusedTakesWithItWhatTheHookPutIntoIt() async throws {
        try await Stage.run { stage in
            let className = try stage.register()
            var made: [Handle] = []
            _ = try HookTests.set(.windows) { code, wparam, _ in
                guard code == HookCode.createWindow, made.isEmpty else { return 0 }
                let window = Handle(rawValue: UInt64(wparam))
                made.append(window)
                if let child = try? stage.createChild(of: window) { made.append(child) }
                return 1
            }
            #expect(throws: RatError.cancelled) { try stage.create(className: className) }
            #expect(made.count == 2)
            #expect(made.allSatisfy { !Window.exists($0) })
        }
    }

    @Test func creationHookMayMoveTheWindowAndSizeIt() async throws {
        try await Stage.run { stage in
            let className = try stage.register()
            _ = try HookTests.set(.windows) { code, _, lparam in
                guard code == HookCode.createWindow else { return 0 }
                let told = unsafe UnsafePointer<HookedCreation>(bitPattern: lparam)
                let info = unsafe told?.pointee.creation
                unsafe info?.pointee.x = 7
                unsafe info?.pointee.width = 123
                return 0
            }
            let parent = try stage.create(className: className)
            let child = try stage.createChild(of: parent, at: Point(x: 1, y: 2))
            let frame = try Window.find(child).outerRect
            #expect(frame.size.width == 123)
            #expect(frame.left == (try Window.find(parent)).outerRect.left + 7)
        }
    }

    @Test func destructionIsAskedAboutOnceForEachWindowThatIsNoChild() async throws {
        try await Stage.run { stage in
            let window = try stage.create()
            let child = try stage.createChild(of: window)
            let popup = try stage.create(style: 0x8000_0000, parent: window)
            let watcher = try Watcher(stage)
            for (handle, name) in [(window, "window"), (child, "child"), (popup, "popup")] {
                watcher.call(handle, name)
            }
            watcher.refused = HookCode.destroyWindow
            try stage.perform(on: window) { #expect(!$0.destroy()) }
            #expect(watcher.taken() == ["destroy window"])
            #expect(Window.exists(window))
            watcher.refused = nil
            try stage.perform(on: window) { #expect($0.destroy()) }
            // As Wine does.
            #expect(watcher.asked() == ["destroy window", "destroy popup"])
            #expect(!Window.exists(window) && !Window.exists(child) && !Window.exists(popup))
        }
    }

    @Test func whatGoesWithItsOwnerCannotBeKept() async throws {
        try await Stage.run { stage in
            let window = try stage.create()
            let popup = try stage.create(style: 0x8000_0000, parent: window)
            _ = try HookTests.set(.windows) { code, wparam, _ in
                code == HookCode.destroyWindow && UInt64(wparam) == popup.rawValue ? 1 : 0
            }
            try stage.perform(on: window) { $0.destroy() }
            #expect(!Window.exists(popup))
        }
    }

    @Test func focusAndActivationAreAskedAboutAndRefused() async throws {
        try await Stage.run { stage in
            let window = try stage.show()
            let child = try stage.createChild(of: window)
            let other = try stage.show()
            let thread = try WindowThread.current()
            try thread.takeFocus(window)
            let watcher = try Watcher(stage)
            for (handle, name) in [(window, "window"), (child, "child"), (other, "other")] {
                watcher.call(handle, name)
            }
            try thread.takeFocus(child)
            try thread.takeFocus(child)
            try thread.takeFocus(.invalid)
            // As Wine does.
            #expect(watcher.asked() == ["focus child from window", "focus none from child"])
            watcher.refused = HookCode.setFocus
            #expect(throws: RatError.cancelled) { try thread.takeFocus(child) }
            #expect(thread.focusHandle == .invalid)
            #expect(watcher.taken() == ["focus child from none"])
            watcher.refused = HookCode.activate
            #expect(throws: RatError.cancelled) { try thread.takeFocus(other) }
            // As Wine does.
            #expect(watcher.taken() == ["focus other from none", "activate other"])
            #expect(thread.focusHandle == .invalid)
            let active = thread.activeHandle
            let another = active == other ? window : other
            #expect(throws: RatError.cancelled) { try thread.setActive(another) }
            #expect(throws: RatError.cancelled) { try WindowThread.setForeground(another) }
            #expect(thread.activeHandle == active)
        }
    }

    @Test func statesAreAskedAboutAndRefused() async throws {
        try await Stage.run { stage in
            let window = try stage.show()
            let watcher = try Watcher(stage)
            watcher.call(window, "window")
            let engine = try Window.find(window)
            for command in [ShowCommand.minimize, .restore, .maximized, .restore] {
                try engine.show(command)
            }
            // As Wine does.
            let expected = ["state window 6", "state window 9", "state window 3", "state window 9"]
            #expect(watcher.asked().filter { $0.hasPrefix("state") } == expected)
            watcher.refused = HookCode.minimizeOrMaximize
            #expect(throws: RatError.cancelled) { try engine.show(.minimize) }
            #expect(engine.styleBits & 0x2000_0000 == 0)
            #expect(watcher.taken() == ["state window 6"])
        }
    }

    @Test func systemCommandsAreAskedAboutByTheDefaultProcedure() async throws {
        try await Stage.run { stage in
            let window = try stage.create()
            let watcher = try Watcher(stage)
            watcher.refused = HookCode.systemCommand
            stage.send(0x0112, 0xF060, to: window)
            // As Wine does.
            #expect(watcher.asked() == ["command 61536"])
            #expect(Window.exists(window))
        }
    }

    @Test func hookThatDestroysWhatItIsAskedAboutIsSafe() async throws {
        try await Stage.run { stage in
            let className = try stage.register()
            var codes: Set<Int32> = []
            _ = try HookTests.set(.windows) { code, wparam, _ in
                codes.insert(code)
                guard code != HookCode.systemCommand else { return 0 }
                _ = try? Window.find(Handle(rawValue: UInt64(wparam))).destroy()
                return 0
            }
            #expect(throws: RatError.cancelled) { try stage.create(className: className) }
            #expect(codes == [HookCode.createWindow, HookCode.destroyWindow])
        }
    }

    // MARK: - Input

    @Test func keyboardHookSeesKeysAndRefusesThem() async throws {
        try await Stage.run { stage in
            let window = try stage.show()
            let watcher = try Watcher(stage)
            _ = try HookTests.set(.keyboard) { code, wparam, lparam in
                watcher.lines.append("key \(code) \(wparam)")
                return wparam == 0x42 ? 1 : Hooks.callNext(code, wparam, lparam)
            }
            stage.respond = { _ in nil }
            _ = stage.taken()
            stage.key(0x41, in: window)
            stage.key(0x42, in: window)
            #expect(try stage.queue.peek() != nil)
            // As Wine does.
            #expect(watcher.taken() == ["key 3 65"])
            _ = try stage.ran()
            #expect(watcher.taken() == ["key 0 65", "key 0 66", "key skipped 66"])
            stage.key(0x42, isDown: false, in: window)
            // Refused, a key is gone also if it was only looked at: as Wine does.
            #expect(try stage.queue.peek() == nil)
            #expect(watcher.taken() == ["key 3 66", "key skipped 66"])
            #expect(try stage.next() == nil)
        }
    }

    @Test func mouseHookSeesThePointersMessagesAndRefusesThem() async throws {
        try await Stage.run { stage in
            let window = try stage.show()
            let watcher = try Watcher(stage)
            _ = try HookTests.set(.mouse) { code, wparam, lparam in
                let told = unsafe UnsafePointer<HookedMouse>(bitPattern: lparam)
                guard let mouse = unsafe told?.pointee else { return 0 }
                watcher.lines.append("mouse \(code) \(wparam) \(mouse.hitTest) \(mouse.mouseData)")
                #expect(mouse.window == window.rawValue)
                return wparam == UInt(Step.rightDown.message) ? 1 : 0
            }
            stage.respond = { _ in nil }
            try stage.settle()
            _ = watcher.taken()
            stage.point(.pressed(.left), in: window, at: 50, 50)
            stage.point(.released(.left), in: window, at: 50, 50)
            stage.point(.pressed(.right), in: window, at: 50, 50)
            stage.point(.wheel(vertical: 120, horizontal: 0), in: window, at: 50, 50)
            let calls = try stage.ran()
            #expect(calls.contains { $0.message == Step.leftDown.message })
            #expect(!calls.contains { $0.message == Step.rightDown.message })
            // As Wine does, but for what it says of buttons.
            #expect(
                watcher.asked().filter { !$0.hasPrefix("activate") && !$0.hasPrefix("focus") } == [
                    "mouse 0 513 1 0", "mouse 0 514 1 0", "mouse 0 516 1 0", "click skipped 516",
                    "mouse 0 522 1 7864320",
                ]
            )
        }
    }

    @Test func inputHookThatRetrievesIsSafe() async throws {
        try await Stage.run { stage in
            let window = try stage.show()
            var isInside = false
            _ = try HookTests.set(.keyboard) { _, _, _ in
                guard !isInside else { return 0 }
                isInside = true
                while (try? stage.next()) != nil {}
                isInside = false
                return 1
            }
            for key in UInt8(0x41)...0x45 { stage.key(key, in: window) }
            #expect(try stage.queue.peek() == nil)
            #expect(try stage.next() == nil)
        }
    }
}
