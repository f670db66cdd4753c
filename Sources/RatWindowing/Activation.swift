package import RatCore
internal import RatDisplay
internal import RatSystem

/// Activation of one thread's top-level windows. All of it runs procedures, after which any window may be
/// gone and another one active: who finds that out does no more.
extension WindowThread {
    /// What made a window the active one, as WM_ACTIVATE tells it. The numbers are Win32's.
    enum ActivationCause: UInt {
        case program = 1
        case click = 2
    }

    package var activeHandle: Handle { active?.handle ?? .invalid }

    /// Makes one of the thread's windows the active one: the display does, or the program. The old one is still
    /// active while it is told.
    func activate(
        _ window: Window,
        by cause: ActivationCause = .program,
        focuses: Bool = true
    ) {
        if active !== window {
            guard !isActivationRefusedByHooks(window, byMouse: cause == .click) else { return }
        }
        guard window.exists else { return }
        activations &+= 1
        let number = activations
        if !isApplicationActive {
            isApplicationActive = true
            for other in windows where other.exists { other.send(WindowMessage.activateApp, 1) }
        }
        guard number == activations, window.exists, active !== window else { return }
        let previous = active
        if let previous, previous.exists {
            previous.send(WindowMessage.nonClientActivate, 0, parameter(window))
            guard number == activations else { return }
            if previous.exists {
                previous.send(WindowMessage.activate, 0, parameter(window))
            }
        }
        guard number == activations, window.exists else { return }
        changeActive(to: window)
        window.send(WindowMessage.nonClientActivate, 1, parameter(previous))
        guard active === window, window.exists else { return }
        let minimized: UInt = window.state == .minimized ? 1 << 16 : 0
        // The default procedure gives the window the focus.
        window.send(WindowMessage.activate, cause.rawValue | minimized, parameter(previous))
        guard focuses, active === window, window.exists, window.state != .minimized else { return }
        if focus?.isInside(orIs: window) != true { setFocus(window) }
    }

    /// The one place where the active window changes.
    private func changeActive(to window: Window?) {
        let old = activeHandle
        active = window
        if let window {
            InputDoor.foreground = window.handle
        } else {
            InputDoor.leaveForeground(old)
        }
    }

    /// Makes a window the active one and asks the display for the keyboard.
    func takeForeground(_ window: Window, by cause: ActivationCause = .program) {
        askForKeyboard(window)
        activate(window, by: cause)
    }

    /// The program makes a top-level window the active one, or none. Gives which one was. A child changes
    /// nothing.
    @discardableResult
    package func setActive(_ window: Window?) throws(RatError) -> Handle {
        let previous = activeHandle
        guard let window else {
            if active != nil { deactivate(active) }
            return previous
        }
        guard window.level != .messageOnly else { throw .invalidArgument }
        guard !window.isChildOfWindow else { return previous }
        if active === window {
            askForKeyboard(window)
        } else {
            takeForeground(window)
        }
        return previous
    }

    /// Makes a window of any thread the active one of its thread, and that the one that keys go to.
    package static func setForeground(_ handle: Handle) throws(RatError) {
        do throws(RatError) {
            let window = try Window.find(handle)
            guard window.level == .top, !window.isChildOfWindow else { throw .invalidArgument }
            try window.thread.setActive(window)
        } catch {
            guard error == .wrongThread else { throw error }
            let style = try WindowTree.style(of: handle)
            guard style & (WindowStyle.child | WindowStyle.popup) != WindowStyle.child,
                let queue = try? WindowTree.queue(of: handle),
                InputDoor.tell(.activate(handle), to: queue)
            else { throw .invalidArgument }
        }
    }

    /// The display has taken the activation from a window, which may be gone by now, to another program; or
    /// the program has.
    func deactivate(_ window: Window?) {
        activations &+= 1
        let number = activations
        if let window, active === window {
            window.send(WindowMessage.nonClientActivate, 0)
            guard number == activations else { return }
            if window.exists { window.send(WindowMessage.activate, 0) }
            guard number == activations else { return }
            if active === window { changeActive(to: nil) }
        } else if active != nil {
            return
        }
        if isApplicationActive {
            isApplicationActive = false
            for other in windows where other.exists { other.send(WindowMessage.activateApp, 0) }
        }
        guard number == activations else { return }
        forgetKeys()
        setFocus(nil)
    }

    /// What is held down and half typed is another program's from now on.
    func forgetKeys() {
        input.forgetKeys()
        InputDoor.forgetKeys()
        pendingDead = 0
        try? display.resetCompose()
    }

    /// A window that is hidden or destroyed keeps neither focus nor activation, nor does what is in it. The
    /// activation goes to its owner, else to the next window below it.
    func letGo(_ window: Window) {
        if active === window {
            if InputDoor.foreground == window.handle, let owner = window.ownerElsewhere {
                deactivate(window)
                try? WindowThread.setForeground(owner)
            } else if let heir = heir(of: window) {
                takeForeground(heir)
            } else {
                deactivate(window)
            }
        }
        guard window.exists else { return }
        letGoOfFocus(window)
    }

    /// Who becomes active when `window` cannot be any more: its owner, else the next one in z-order.
    func heir(of window: Window) -> Window? {
        if let owner = window.ownerWindow?.topLevel, owner.canBeActive { return owner }
        let all = windows
        let place = all.firstIndex { $0 === window } ?? -1
        let candidates = all[(place + 1)...] + all[..<max(place, 0)]
        return candidates.first { $0.canBeActive && $0.state != .minimized }
            ?? candidates.first { $0.canBeActive }
    }

    func parameter(_ window: Window?) -> Int {
        Int(truncatingIfNeeded: window?.handle.rawValue ?? 0)
    }
}

extension Window {
    /// Whether the activation may go to it by itself.
    fileprivate var canBeActive: Bool {
        level == .top && !isChildOfWindow && isVisible && isEnabled
            && exStyle & ExtendedStyle.noActivate == 0 && (life == .creating || life == .alive)
    }

    /// The window of another thread that owns it, if the activation can go there.
    fileprivate var ownerElsewhere: Handle? {
        guard let node = reference?.record.node else { return nil }
        return WindowTree.withLock {
            guard let owner = node.record.owner, owner.record.thread != thread.thread,
                owner.isShown, owner.record.style & WindowStyle.disabled == 0
            else { return nil }
            return owner.record.handle
        }
    }

    /// The window that owns it, if that is the thread's.
    var ownerWindow: Window? {
        guard let node = reference?.record.node else { return nil }
        return WindowTree.withLock { node.record.owner?.window(of: thread.thread) }
    }
}
