package import RatCore
internal import RatDisplay

/// Activation and focus of one thread's windows. All of it runs procedures, after which any window may be
/// gone and the focus elsewhere.
extension WindowThread {
    /// The display has made one of the thread's windows the active one, or the program has.
    /// `false` if a hook has refused.
    @discardableResult
    func activate(_ window: Window) -> Bool {
        if active !== window {
            guard !isActivationRefusedByHooks(window, byMouse: false) else { return false }
        }
        makeActive(window)
        return true
    }

    private func makeActive(_ window: Window) {
        guard window.exists else { return }
        if !isApplicationActive {
            isApplicationActive = true
            for other in windows where other.exists { other.send(WindowMessage.activateApp, 1) }
        }
        guard window.exists, active !== window else { return }
        let previous = active
        active = window
        if let previous, previous.exists {
            previous.send(WindowMessage.nonClientActivate, 0)
            previous.send(WindowMessage.activate, 0, parameter(window))
        }
        guard active === window, window.exists else { return }
        window.send(WindowMessage.nonClientActivate, 1)
        guard active === window, window.exists else { return }
        // The default procedure gives the window the focus.
        let minimized: UInt = window.state == .minimized ? 1 << 16 : 0
        window.send(WindowMessage.activate, 1 | minimized, parameter(previous))
    }

    /// The display has taken the activation from a window, which may be gone by now, to another program.
    func deactivate(_ window: Window?) {
        if let window, active === window {
            window.send(WindowMessage.nonClientActivate, 0)
            if window.exists { window.send(WindowMessage.activate, 0) }
            if active === window { active = nil }
        } else if active != nil {
            return
        }
        if isApplicationActive {
            isApplicationActive = false
            for other in windows where other.exists { other.send(WindowMessage.activateApp, 0) }
        }
        forgetKeys()
        setFocus(nil)
    }

    /// What is held down and half typed is another program's from now on.
    func forgetKeys() {
        input.forgetKeys()
        pendingDead = 0
        try? display.resetCompose()
    }

    /// Moves the focus among the thread's windows. Inside WM_KILLFOCUS it has moved already.
    func setFocus(_ window: Window?) {
        let previous = focus
        guard previous !== window else { return }
        focus = window
        if let previous, previous.exists {
            previous.send(WindowMessage.killFocus, UInt(window?.handle.rawValue ?? 0))
        }
        guard focus === window, let window, window.exists else { return }
        window.send(WindowMessage.setFocus, UInt(previous?.handle.rawValue ?? 0))
    }

    /// The program gives a window the focus, or takes it away from all.
    package func takeFocus(_ window: Window?) throws(RatError) {
        guard let window else {
            guard !isFocusRefusedByHooks(nil) else { throw .cancelled }
            setFocus(nil)
            return
        }
        guard window.level != .messageOnly, window.isVisible, window.isEnabled else {
            throw .invalidArgument
        }
        guard !isFocusRefusedByHooks(window) else { throw .cancelled }
        guard window.exists else { return }
        let top = window.topLevel
        // The display may refuse, and says with its next fact how things are.
        if top.hasSurface { try? display.requestFocus(top.surface) }
        if top.level == .top, !activate(top) { throw .cancelled }
        if window.exists { setFocus(window) }
    }

    package var focusHandle: Handle { focus?.handle ?? .invalid }

    /// A window that is hidden or destroyed keeps neither focus nor activation, nor does what is in it. A
    /// child hands the focus to its parent.
    func letGo(_ window: Window) {
        if active === window {
            active = nil
            window.send(WindowMessage.nonClientActivate, 0)
            if window.exists { window.send(WindowMessage.activate, 0) }
        }
        guard window.exists else { return }
        letGoOfFocus(window)
    }

    /// The same for the focus alone.
    func letGoOfFocus(_ window: Window) {
        guard let focus, focus.isInside(orIs: window) else { return }
        let heir = window.parent
        setFocus(heir?.life == .creating || heir?.life == .alive ? heir : nil)
    }

    private func parameter(_ window: Window?) -> Int {
        Int(truncatingIfNeeded: window?.handle.rawValue ?? 0)
    }
}
