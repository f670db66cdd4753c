package import RatCore
internal import RatDisplay

/// The focus of one thread's windows: where keys go. It runs procedures, after which any window may be gone
/// and the focus elsewhere.
extension WindowThread {
    package var focusHandle: Handle { focus?.handle ?? .invalid }

    /// The program gives a window the focus, and its top-level window the activation; or takes the focus away
    /// from all. Gives who had it.
    @discardableResult
    package func takeFocus(_ window: Window?) throws(RatError) -> Handle {
        let previous = focusHandle
        guard let window else {
            guard !isFocusRefusedByHooks(nil) else { throw .cancelled }
            setFocus(nil)
            return previous
        }
        guard window.level != .messageOnly else { throw .invalidArgument }
        guard focus !== window else { return previous }
        var current: Window? = window
        while let holder = current {
            guard holder.isEnabled, holder.state != .minimized else { throw .invalidArgument }
            current = holder.parent
        }
        guard !isFocusRefusedByHooks(window), window.exists else { throw .cancelled }
        let top = window.topLevel
        askForKeyboard(top)
        if active !== top { activate(top, focuses: false) }
        guard window.exists, active === top else { throw .cancelled }
        setFocus(window)
        return previous
    }

    /// Asks the display. It may refuse, and says with its next fact how things are.
    func askForKeyboard(_ top: Window) {
        if top.hasSurface, top.isVisible { try? display.requestFocus(top.surface) }
    }

    /// Moves the focus among the thread's windows: the one place where it changes. Inside WM_KILLFOCUS it has
    /// moved already.
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

    /// A window that is hidden, minimised or destroyed does not keep the focus, nor does what is in it. A child
    /// hands it to its parent.
    func letGoOfFocus(_ window: Window) {
        guard let focus, focus.isInside(orIs: window) else { return }
        let heir = window.parent
        setFocus(heir?.life == .creating || heir?.life == .alive ? heir : nil)
    }
}
