#if X11

internal import CRatXCB
internal import RatDisplay

/// Asking for the keyboard.
extension X11Display {
    func requestFocus(_ window: xcb_window_t) {
        if translator.surfaces[window]?.isManaged != false, manager.isRunning(),
            manager.takesActivation()
        {
            manager.activate(window, userTime: times.user)
        } else {
            takeFocus(window)
        }
    }

    /// With the time of the latest event, so that a focus given meanwhile is not taken back.
    func takeFocus(_ window: xcb_window_t) {
        connection.setInputFocus(window, time: times.event)
        settleRefusal(of: window)
    }

    /// Tells where the keyboard is if it was not given to the surface: the server says nothing of that.
    private func settleRefusal(of window: xcb_window_t) {
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

    /// What connections of the process were told until now.
    private var times: SeatTimes.Times {
        let own = SeatTimes.Times(event: translator.lastTime, user: translator.userTime)
        return SeatTimes.shared.merge(own, of: seat)
    }

    /// Adds what this connection was told to that.
    func shareTimes() {
        _ = times
    }

    /// The keyboard follows the pointer, or is nobody's.
    private static let lastWordForNone = XCB_INPUT_FOCUS_POINTER_ROOT.rawValue
}

#endif
