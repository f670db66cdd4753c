package import RatCore
package import RatDisplay

extension Window {
    /// Shows or hides the window. Runs the procedure. Says whether it was visible.
    @discardableResult
    package func show(_ shows: Bool) throws(RatError) -> Bool {
        guard shows != isVisible else { return isVisible }
        try tellVisibility(shows)
        return !shows
    }

    /// The same with more to say about the position; the procedure hears of it also where nothing changes.
    func tellVisibility(_ shows: Bool, _ flags: UInt32 = 0) throws(RatError) {
        guard level != .top || hasSurface else { throw .notConnected }
        let wasVisible = isVisible
        send(WindowMessage.showWindow, shows ? 1 : 0)
        guard exists, life == .creating || life == .alive, isVisible == wasVisible else { return }
        try changeVisibility(shows, flags)
        tellOwedSize()
    }

    /// What follows WM_SHOWWINDOW. In a window that is not shown itself, only the style changes.
    private func changeVisibility(_ shows: Bool, _ more: UInt32 = 0) throws(RatError) {
        if level == .messageOnly || (level == .child && parent?.isShown != true) {
            style = shows ? style | WindowStyle.visible : style & ~WindowStyle.visible
        } else {
            var flags = PositionFlag.noChange | (shows ? PositionFlag.show : PositionFlag.hide)
            let isChild = style & (WindowStyle.child | WindowStyle.popup) == WindowStyle.child
            if isChild || (!shows && thread.activeHandle != handle) {
                flags |= PositionFlag.noActivate | PositionFlag.noOrder
            }
            try setPosition(WindowPosition(flags: flags | more))
        }
        // One that is being destroyed lets go later, when what it owns is gone.
        if !shows, exists, !isVisible, life != .dying { thread.letGo(self) }
    }

    /// Hides the window because it is being destroyed; only children are told by WM_SHOWWINDOW.
    func hideForGood() {
        guard isVisible else { return }
        if level == .child {
            send(WindowMessage.showWindow, 0)
            guard exists, isVisible else { return }
        }
        let flags =
            PositionFlag.noChange | PositionFlag.hide | PositionFlag.noActivate
            | PositionFlag.noOrder
        if level == .top {
            try? setPosition(WindowPosition(flags: flags))
        } else {
            try? changeVisibility(false)
        }
        // A window that its display has left, or whose procedure would not have it, is hidden all the same.
        guard exists else { return }
        dropUpdates()
        style &= ~WindowStyle.visible
    }

    /// Moves and resizes the window, and asks the display for it. Runs the procedure.
    package func move(to origin: Point, size: Size) throws(RatError) {
        guard Window.isValid(size) else { throw .invalidArgument }
        let flags = PositionFlag.noOrder | PositionFlag.noActivate
        let rect = Rect(origin: origin, size: size)
        try setPosition(WindowPosition(insertAfter: 0, rect, flags: flags))
    }

    func sendSize() {
        let kind: UInt =
            switch state {
            case .normal: 0
            case .minimized: 1
            case .maximized: 2
            }
        let size = state == .minimized ? Size(width: 0, height: 0) : client.size
        send(WindowMessage.size, kind, Words.pack(size.width, size.height))
    }

    func sendMove() {
        send(WindowMessage.move, 0, Words.pack(client.left, client.top))
    }
}
