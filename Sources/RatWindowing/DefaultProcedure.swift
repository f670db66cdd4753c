package import RatCore
internal import RatDisplay
internal import RatMessaging
internal import RatSystem

extension Window {
    /// What every window does with a message by default. On another thread than the window's it does
    /// nothing.
    package static func defaultProcedure(
        _ handle: Handle,
        _ message: UInt32,
        _ wparam: UInt,
        _ lparam: Int
    ) -> Int {
        guard let window = try? find(handle) else { return 0 }
        return window.handleByDefault(message, wparam, lparam)
    }

    private func handleByDefault(_ message: UInt32, _ wparam: UInt, _ lparam: Int) -> Int {
        switch message {
        case WindowMessage.nonClientCreate:
            // One that was posted is no creation, and lparam is anything.
            guard lparam == creationAddress,
                let info = unsafe UnsafePointer<CreateStruct>(bitPattern: lparam)
            else { return 0 }
            if let text = unsafe info.pointee.title { storeTitle(unsafe String(cString: text)) }
            return 1
        case WindowMessage.close:
            destroy()
            return 0
        case WindowMessage.displayLost:
            send(WindowMessage.close)
            return 0
        case WindowMessage.paint:
            paintNothing()
            return 0
        case WindowMessage.eraseBackground:
            return eraseBackground(lparam) ? 1 : 0
        case WindowMessage.syncPaint:
            redraw(nil, [.eraseNow, .allChildren])
            return 0
        case WindowMessage.remoteRedraw:
            redrawAsSent(wparam, lparam)
            return 0
        case WindowMessage.setRedraw:
            setRedraw(wparam != 0)
            return 0
        case WindowMessage.activate:
            // Low half 0: it is losing the activation. High half not 0: it is minimised.
            guard wparam & 0xFFFF != 0, wparam >> 16 == 0 else { return 0 }
            if !thread.isFocusRefusedByHooks(handle), exists { thread.setFocus(handle) }
            return 0
        case WindowMessage.inputLanguageChange:
            for child in children where child.exists { child.send(message, wparam, lparam) }
            return 0
        case WindowMessage.nonClientActivate:
            return 1
        case WindowMessage.windowPosChanging:
            guard isCalled(with: message),
                let position = unsafe UnsafeMutablePointer<WindowPosition>(bitPattern: lparam),
                unsafe !position.pointee.has(PositionFlag.noSize), hasLimits
            else { return 0 }
            let size = unsafe Size(
                width: position.pointee.width,
                height: position.pointee.height
            )
            let allowed = limited(size)
            unsafe position.pointee.width = allowed.width
            unsafe position.pointee.height = allowed.height
            return 0
        case WindowMessage.queryOpen:
            return 1
        case WindowMessage.hitTest:
            return hitTest(Words.unpack(lparam))
        case WindowMessage.setText:
            return isCalled(with: message) ? takeText(lparam) : 0
        case WindowMessage.getText:
            return isCalled(with: message) ? giveText(wparam, lparam) : 0
        case WindowMessage.getTextLength:
            return title.utf8.count
        case WindowMessage.windowPosChanged:
            guard isCalled(with: message),
                let position = unsafe UnsafePointer<WindowPosition>(bitPattern: lparam)
            else { return 0 }
            tellChanges(unsafe position.pointee)
            return 0
        default:
            return handleInputByDefault(message, wparam, lparam)
        }
    }

    /// Whether the sender of the message waits, so that its pointers can be believed: anybody can post its
    /// number.
    private func isCalled(with message: UInt32) -> Bool {
        guard let slot = unsafe thread.thread.record.frameSlot else { return true }
        let frame = unsafe slot.assumingMemoryBound(to: CallFrame.self).pointee
        return frame.message != message || frame.isAwaited
    }

    /// WM_MOVE and WM_SIZE, for what of the client area has changed.
    private func tellChanges(_ position: WindowPosition) {
        if !position.has(PositionFlag.noClientMove) { sendMove() }
        guard exists else { return }
        if !position.has(PositionFlag.noClientSize) || position.has(PositionFlag.stateChanged) {
            sendSize()
        }
    }
}
