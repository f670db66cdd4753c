#if X11

internal import CRatXCB
internal import RatDisplay

/// Asking the server for the keyboard.
extension X11Display {
    /// Tells where the keyboard is if it was not given to the surface: the server says nothing of that.
    func settleRefusal(of window: xcb_window_t) {
        // It cannot have the keyboard before it is on the screen; then it asks again.
        guard translator.surfaces[window]?.isMapped == true, let holder = connection.inputFocus(),
            holder != window, holder > Self.lastWordForNone
        else { return }
        translator.tellRefusal(of: window)
        tell("refused-focus \(hex(window))")
        if translator.surfaces[holder] != nil {
            translator.tellFocus(holder)
            tell("has-focus \(hex(holder))")
        } else if let other = SurfaceNames.shared.surface(of: holder, on: seat) {
            translator.queue.append(.focusElsewhere(other))
            tell("others-focus \(hex(holder))")
        }
    }

    /// The keyboard follows the pointer, or is nobody's.
    private static let lastWordForNone = XCB_INPUT_FOCUS_POINTER_ROOT.rawValue
}

#endif
