package import RatCore
internal import RatDisplay
internal import RatSystem

/// Activation among the top-level windows of threads with joined input, and between threads. All of it runs
/// procedures, after which any window may be gone and another one active: who finds that out does no more.
extension WindowThread {
    /// What made a window the active one, as WM_ACTIVATE tells it. The numbers are Win32's.
    enum ActivationCause: UInt {
        case program = 1
        case click = 2
    }

    package var activeHandle: Handle { withInput { $0.active.window } }

    /// Whether keys that come in go to the thread, and those that its input is joined with.
    var hasForeground: Bool {
        InputDoor.withLock { $0.foreground(for: port) === port.state }
    }

    /// Whether keys go to another thread of the process.
    var isForegroundElsewhere: Bool {
        let foreground = InputDoor.withLock { $0.foreground(for: port) }
        return foreground != nil && foreground !== port.state
    }

    /// Makes a window of the joined threads their active one: the display does, or the program. The old one is
    /// still active while it is told. `raises` has the display put it above others, where that is nobody else's to
    /// decide. `false` if a hook refused it.
    @discardableResult
    func activate(
        _ window: Handle,
        by cause: ActivationCause = .program,
        focuses: Bool = true,
        raises: Bool = true
    ) -> Bool {
        if activeHandle != window {
            guard !isActivationRefusedByHooks(window, byMouse: cause == .click) else {
                return false
            }
        }
        makeActive(window, by: cause, focuses: focuses, raises: raises)
        return true
    }

    private func makeActive(
        _ window: Handle,
        by cause: ActivationCause,
        focuses: Bool,
        raises: Bool
    ) {
        guard Window.exists(window), let new = try? holder(of: window) else { return }
        let number = beginActivation()
        let previous = withInput { $0.active }
        guard previous != new, tellEnd(of: previous, new, number) else { return }
        guard Window.exists(window) else { return }
        _ = exchange(\.active, new)
        tellThreads(previous, new)
        guard activeHandle == window else { return }
        // As Windows does; its procedure hears nothing of that.
        (try? Window.find(window))?.raise(onDisplay: raises)
        WindowTree.noteActive(window)
        Window.send(
            WindowMessage.nonClientActivate,
            hasForeground ? 1 : 0,
            parameter(previous.window),
            to: window
        )
        guard activeHandle == window else { return }
        let isMinimized = WindowTree.isMinimized(window)
        // The default procedure gives the window the focus.
        Window.send(
            WindowMessage.activate,
            cause.rawValue | (isMinimized ? 1 << 16 : 0),
            parameter(previous.window),
            to: window
        )
        guard focuses, activeHandle == window, !WindowTree.isMinimized(window) else { return }
        if !WindowTree.isInside(focusHandle, orIs: window) { setFocus(window) }
    }

    /// No window of the joined threads is active any more.
    private func deactivate() {
        let number = beginActivation()
        let previous = withInput { $0.active }
        if previous != .nobody {
            guard tellEnd(of: previous, .nobody, number) else { return }
            _ = exchange(\.active, .nobody)
            tellThreads(previous, .nobody)
            guard isLatest(number) else { return }
        }
        setFocus(.invalid)
    }

    /// Tells who is still active that it is not any more; `false` if something else was made active meanwhile.
    private func tellEnd(
        of previous: InputHolder,
        _ next: InputHolder,
        _ number: UInt64
    ) -> Bool {
        guard previous != .nobody else { return true }
        let window = previous.window
        Window.send(WindowMessage.nonClientActivate, 0, parameter(next.window), to: window)
        guard isLatest(number) else { return false }
        let minimized: UInt = WindowTree.isMinimized(window) ? 1 << 16 : 0
        Window.send(WindowMessage.activate, minimized, parameter(next.window), to: window)
        return isLatest(number)
    }

    /// Tells the windows of two threads that the active one is another thread's now.
    private func tellThreads(_ old: InputHolder, _ new: InputHolder) {
        guard old.queue != new.queue else { return }
        for (queue, other, isActive) in [(old.queue, new.queue, 0), (new.queue, old.queue, 1)]
        where queue != .invalid {
            let threadID = InputDoor.withLock { $0.ports[other]?.threadID ?? 0 }
            for window in (try? WindowTree.topLevel(of: queue)) ?? [] {
                Window.send(WindowMessage.activateApp, UInt(isActive), Int(threadID), to: window)
            }
        }
    }

    private func beginActivation() -> UInt64 {
        withInput { state in
            state.activations &+= 1
            return state.activations
        }
    }

    private func isLatest(_ number: UInt64) -> Bool {
        withInput { $0.activations == number }
    }

    /// The program makes a top-level window the active one of the joined threads, or none. Gives which one was. A
    /// child changes nothing.
    @discardableResult
    package func setActive(_ window: Handle) throws(RatError) -> Handle {
        let previous = activeHandle
        guard window != .invalid else {
            if previous != .invalid { loseActivation() }
            return previous
        }
        _ = try holder(of: window)
        guard let top = try WindowTree.topLevelForFocus(of: window) else { throw .invalidArgument }
        guard top == window else { return previous }
        askForKeyboardIfForeground(window)
        guard activate(window) else { throw .cancelled }
        return previous
    }

    // MARK: - The foreground

    /// Makes a window of any thread the active one of its thread, and that the one that keys go to. Another thread
    /// does so when it retrieves next.
    package static func setForeground(_ window: Handle) throws(RatError) {
        let queue = try WindowTree.queue(of: window)
        guard queue != .invalid, try WindowTree.topLevelForFocus(of: window) == window else {
            throw .invalidArgument
        }
        let thread = currentIfAny
        if let thread, (try? thread.holder(of: window)) != nil {
            guard thread.takeForeground(window) else { throw .cancelled }
            return
        }
        if let thread, thread.hasForeground { thread.deactivate() }
        guard InputDoor.wish(.activate(window), of: queue) else { throw .invalidArgument }
    }

    /// Makes a window of the joined threads the foreground one. `false` if a hook refused it.
    @discardableResult
    func takeForeground(
        _ window: Handle,
        by cause: ActivationCause = .program,
        asksDisplay: Bool = true
    ) -> Bool {
        if asksDisplay { askForKeyboard(window) }
        becomeForeground()
        // What is only now shown has its place by that.
        return activate(window, by: cause, raises: asksDisplay)
    }

    /// Has keys go to the joined threads. The one that they went to hears of it when it retrieves next.
    func becomeForeground() {
        let loser = InputDoor.withLock { door -> InputPort? in
            let old = door.foreground(for: port)
            door.setForeground(port.state, for: port)
            guard let old, old !== port.state else { return nil }
            // Whoever is about to activate one of its windows has none yet.
            let loser = old.member(old.active.queue) ?? old.members.first
            loser?.wish(.deactivate)
            return loser
        }
        loser?.wake()
    }

    /// Another thread has taken the foreground, if that is still so.
    func leaveForeground() {
        guard !hasForeground else { return }
        withInput { $0.queue.forgetKeys() }
        deactivate()
    }

    /// Asks the display where the keyboard is not another thread's.
    func askForKeyboardIfForeground(_ top: Handle) {
        guard !isForegroundElsewhere else { return }
        askForKeyboard(top)
        becomeForeground()
    }

    /// The display has taken the keyboard from a surface, to another program or another thread.
    func loseKeyboard(_ surface: SurfaceID) {
        let active = activeHandle
        // A window without a frame is active without having the keyboard from the display.
        let isFrameless = (try? Window.find(active))?.isFramed == false
        guard isFrameless || active == .invalid || active.rawValue == surface.rawValue else {
            return
        }
        InputDoor.withLock { door in
            if door.foreground(for: port) === port.state { door.setForeground(nil, for: port) }
        }
        cancelModes(of: active)
        loseActivation()
    }

    /// The display has given the keyboard to another thread's surface, which may take an older word for the last.
    func hand(to surface: SurfaceID) {
        let window = Handle(rawValue: surface.rawValue)
        guard let queue = try? WindowTree.queue(of: window) else { return }
        let knows = InputDoor.withLock { $0.foreground(for: port)?.has(queue) ?? false }
        if !knows { _ = InputDoor.wish(.findKeyboard, of: queue) }
    }

    /// The active window is not to be active any more, and nobody of the thread is to be in its place. What is
    /// held down and half typed is another's from now on.
    private func loseActivation() {
        forgetKeys()
        deactivate()
    }

    func forgetKeys() {
        withInput { $0.queue.forgetKeys() }
        // What is down now may be another thread's already.
        if !isForegroundElsewhere { InputDoor.forgetKeys() }
        pendingDead = 0
        try? display.resetCompose()
    }

    // MARK: - Windows that go

    /// A window that is hidden or destroyed keeps neither focus nor activation. The activation goes to its owner,
    /// else to the next window below it.
    func letGo(_ window: Window) {
        if activeHandle == window.handle { passActivationOn(from: window.handle) }
        guard window.exists else { return }
        letGoOfFocus(window)
    }

    /// Who becomes active when a window cannot be any more, among those of its seat.
    func heir(of window: Handle) -> Handle? {
        let heirs = WindowTree.heirs(of: window)
        return InputDoor.withLock { door in
            heirs.first { door.ports[$0.queue]?.seat == port.seat }?.window
        }
    }

    private func passActivationOn(from window: Handle) {
        guard let heir = heir(of: window) else { return loseActivation() }
        if hasForeground {
            try? Self.setForeground(heir)
        } else if (try? holder(of: heir)) != nil {
            activate(heir)
        } else {
            loseActivation()
        }
    }

    func parameter(_ window: Handle) -> Int {
        Int(truncatingIfNeeded: window.rawValue)
    }
}

extension WindowTree {
    /// Who could become active when a window cannot be any more: what owns it, then the next ones in z-order, round
    /// to the topmost; minimised ones last.
    fileprivate static func heirs(of handle: Handle) -> [InputHolder] {
        let heirs = try? read(handle) { node throws(RatError) -> [InputHolder] in
            if let owner = node.record.owner?.topLevel, owner.canBeActive { return [owner.holder] }
            var open: [InputHolder] = []
            var minimized: [InputHolder] = []
            var current = node.record.next ?? node.record.parent?.record.firstChild
            while let candidate = current, candidate != node {
                if candidate.canBeActive {
                    if candidate.isMinimized {
                        minimized.append(candidate.holder)
                    } else {
                        open.append(candidate.holder)
                    }
                }
                current = candidate.record.next ?? candidate.record.parent?.record.firstChild
            }
            return open + minimized
        }
        return heirs ?? []
    }

    static func isMinimized(_ handle: Handle) -> Bool {
        (try? style(of: handle)).map { $0 & WindowStyle.minimized != 0 } ?? false
    }

    /// Whether a window is another or in it.
    static func isInside(_ handle: Handle, orIs other: Handle) -> Bool {
        guard handle != other else { return true }
        guard let outer = try? node(of: other) else { return false }
        return
            (try? read(handle) { node throws(RatError) in
                outer.record.handle == other && node.isInside(outer)
            }) ?? false
    }
}

extension StableReference where Record == WindowNode {
    /// Whether the activation may go to the window by itself. Under the tree's lock.
    fileprivate var canBeActive: Bool {
        guard let parent = record.parent, parent.isRoot else { return false }
        return record.style & (WindowStyle.visible | WindowStyle.disabled) == WindowStyle.visible
            && record.exStyle & ExtendedStyle.noActivate == 0
    }

    fileprivate var isMinimized: Bool { record.style & WindowStyle.minimized != 0 }
    fileprivate var holder: InputHolder {
        InputHolder(window: record.handle, queue: record.queue)
    }
}
