package import RatCore

/// Having the mouse to oneself.
extension WindowThread {
    package var captureHandle: Handle { withInput { $0.capture.window } }

    /// Gives a window all that the mouse does, or takes that from whoever has it. Gives who had it. Runs the
    /// procedure of that one, in which it has moved already.
    @discardableResult
    package func setCapture(_ window: Handle) throws(RatError) -> Handle {
        let previous = exchange(\.capture, try holder(of: window))
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
    }
}
