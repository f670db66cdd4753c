package import RatCore
internal import RatDisplay

/// Having the mouse to oneself.
extension WindowThread {
    package var captureHandle: Handle { withInput { $0.capture.window } }

    /// Gives a window all that the mouse does, or takes that from whoever has it. Gives who had it. Runs the
    /// procedure of that one, in which it has moved already.
    @discardableResult
    package func setCapture(_ window: Handle) throws(RatError) -> Handle {
        let previous = exchange(\.capture, try holder(of: window))
        followCapture()
        lookAfterCapture()
        if previous != .invalid {
            Window.send(WindowMessage.captureChanged, 0, parameter(window), to: previous)
        }
        return previous
    }

    /// A window that ends loses it without a word, and so does what is in it.
    func dropCapture(in window: Window) {
        guard let capture = try? Window.find(captureHandle), capture.isInside(orIs: window) else {
            return
        }
        _ = exchange(\.capture, .nobody)
        followCapture()
        lookAfterCapture()
    }

    /// Asks the display for what the mouse does over other programs' windows, while a window has captured the mouse
    /// and a menu or its like is shown: a press there is what closes it. Without one a capture ends at the edge of the
    /// thread's windows, as in Win32, unless a button is held.
    func followCapture() {
        let isHeld = withInput { $0.capture.queue == port.queueHandle }
        let popup = isHeld ? windows.first { $0.isPopupShown } : nil
        guard popup?.surface != grabbedBy else { return }
        grabbedBy = popup?.surface
        // A display that is lost meanwhile says so itself.
        try? display.setGrab(grabbedBy)
    }

    /// Somebody else has the mouse. Who has captured it is to do without, whatever its procedure does.
    func loseGrab(_ surface: SurfaceID) {
        if grabbedBy == surface { cancelCapture() }
    }

    /// Another program has the keyboard: what the active window has begun with the mouse is over, and so is a
    /// capture, whoever has it.
    func cancelModes(of active: Handle) {
        if active != .invalid, active != captureHandle {
            Window.send(WindowMessage.cancelMode, 0, 0, to: active)
        }
        cancelCapture()
    }

    /// Has the window that has captured the mouse give it up.
    func cancelCapture() {
        let captor = captureHandle
        guard captor != .invalid else { return }
        Window.send(WindowMessage.cancelMode, 0, 0, to: captor)
        if captureHandle == captor { _ = try? setCapture(.invalid) }
    }
}

extension Window {
    fileprivate var isPopupShown: Bool {
        hasSurface && isVisible && shownTraits.kind == .popup
    }
}
