package import RatCore

/// Having the mouse to oneself.
extension WindowThread {
    package var captureHandle: Handle { capture?.handle ?? .invalid }

    /// Gives a window all that the mouse does, or takes that from whoever has it. Gives who had it. Runs the
    /// procedure of that one, in which it has moved already.
    @discardableResult
    package func setCapture(_ window: Window?) -> Handle {
        let previous = capture
        changeCapture(to: window)
        return previous?.handle ?? .invalid
    }

    /// The one place where the capture changes hands while its holder lives.
    private func changeCapture(to window: Window?) {
        let previous = capture
        let old = captureHandle
        capture = window
        InputDoor.setCapture(captureHandle, insteadOf: old)
        guard let previous, previous.exists else { return }
        previous.send(WindowMessage.captureChanged, 0, parameter(window))
    }

    /// A window that ends loses it without a word, and so does what is in it.
    func dropCapture(in window: Window) {
        guard let capture, capture.isInside(orIs: window) else { return }
        let old = captureHandle
        self.capture = nil
        InputDoor.setCapture(.invalid, insteadOf: old)
    }
}
