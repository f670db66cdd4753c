package import RatCore
internal import RatDisplay
internal import RatSystem

/// The focus among the windows of threads with joined input: where keys go. It runs procedures, after which any
/// window may be gone and the focus elsewhere.
extension WindowThread {
    package var focusHandle: Handle { withInput { $0.focus.window } }

    /// The program gives a window the focus, and its top-level window the activation; or takes the focus away
    /// from all. Gives who had it: where the activation gave it to the top-level window, that one.
    @discardableResult
    package func takeFocus(_ window: Handle) throws(RatError) -> Handle {
        guard window != .invalid else {
            guard !isFocusRefusedByHooks(.invalid) else { throw .cancelled }
            return setFocus(.invalid)
        }
        _ = try holder(of: window)
        guard let top = try WindowTree.topLevelForFocus(of: window) else { throw .invalidArgument }
        guard window != focusHandle else { return window }
        guard try WindowTree.canHaveFocus(window) else { throw .invalidArgument }
        guard !isFocusRefusedByHooks(window), Window.exists(window) else { throw .cancelled }
        askForKeyboardIfForeground(top)
        if activeHandle != top { activate(top, focuses: false) }
        guard Window.exists(window), activeHandle == top else { throw .cancelled }
        return setFocus(window)
    }

    /// Moves the focus: the one place where it changes. Gives who had it. Inside WM_KILLFOCUS it has moved
    /// already.
    @discardableResult
    func setFocus(_ window: Handle) -> Handle {
        guard let new = try? holder(of: window) else { return focusHandle }
        let previous = exchange(\.focus, new)
        guard previous != window else { return previous }
        if previous != .invalid {
            Window.send(WindowMessage.killFocus, UInt(window.rawValue), to: previous)
        }
        guard window != .invalid, focusHandle == window else { return previous }
        Window.send(WindowMessage.setFocus, UInt(previous.rawValue), to: window)
        return previous
    }

    /// A window that is hidden, minimised or destroyed does not keep the focus. A child hands it to its parent.
    /// What is in it keeps it, as in Win32, where nobody sees that.
    func letGoOfFocus(_ window: Window) {
        guard focusHandle == window.handle else { return }
        let heir = window.parent
        setFocus(
            heir?.life == .creating || heir?.life == .alive ? heir?.handle ?? .invalid : .invalid
        )
    }

    /// Asks the display. It may refuse, and says with its next fact how things are.
    func askForKeyboard(_ top: Handle) {
        guard let window = try? Window.find(top) else {
            guard let holder = try? holder(of: top), holder.queue != port.queueHandle else {
                return
            }
            _ = InputDoor.wish(.askForKeyboard(top), of: holder.queue)
            return
        }
        guard window.hasSurface, window.isVisible else { return }
        askedFor.insert(window.surface)
        try? display.requestFocus(window.surface)
    }
}

extension WindowTree {
    /// The top-level window of one that is to have the focus; `nil` for message-only windows.
    static func topLevelForFocus(of handle: Handle) throws(RatError) -> Handle? {
        let roots = try roots()
        return try read(handle) { node throws(RatError) in
            guard !node.isRoot else { throw .wrongThread }
            let top = node.topLevel
            return top.record.parent == roots.messages ? nil : top.record.handle
        }
    }

    /// Whether neither the window nor what it is in is disabled or minimised.
    fileprivate static func canHaveFocus(_ handle: Handle) throws(RatError) -> Bool {
        try read(handle) { node throws(RatError) in
            var current: NodeReference? = node
            while let holder = current, !holder.isRoot {
                let unfit = WindowStyle.disabled | WindowStyle.minimized
                guard holder.record.style & unfit == 0 else { return false }
                current = holder.record.parent
            }
            return true
        }
    }
}
