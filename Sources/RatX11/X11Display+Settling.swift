#if X11

internal import CRatXCB
internal import RatDisplay

/// The end of a drain: what the events that were read call for.
extension X11Display {
    /// Does what the events read so far call for. Asks everything before it waits for anything.
    func settle() {
        let reactions = translator.reactions
        translator.reactions = []
        for reaction in reactions {
            switch reaction {
            case .answerPing(let data):
                manager.answerPing(data)
            case .takeFocus(let window, let time):
                connection.setInputFocus(window, time: time)
            case .shown(let window):
                settleShown(window)
            case .findFocus: findOthersFocus()
            case .readResources:
                readDensity()
            case .readSettings:
                readSettings()
            case .dead(let id, let window):
                SurfaceNames.shared.forget(id, of: window, on: seat)
            }
        }
        shareTimes()
        if asksFocus, let window = connection.inputFocus() {
            asksFocus = false
            translator.tellFocus(window)
            tell("has-focus \(hex(window))")
        }
        if let window = focusRequest {
            focusRequest = nil
            requestFocus(window)
        }
        settleGrab()
        settlePointer()
        settleKeys()
        holdForPress()
        settleGeometry()
        endSizeHolds()
        guard !translator.surfaces.unsettled.isEmpty else { return }
        translator.tellExposed()
        tell("settled")
    }

    /// Two connections are told where the keyboard went in no order: whoever loses it says who has it, so that nobody
    /// takes an older word for the last one.
    private func findOthersFocus() {
        guard let window = connection.inputFocus(), translator.surfaces[window] == nil,
            let id = SurfaceNames.shared.surface(of: window, on: seat)
        else { return }
        translator.queue.append(.focusElsewhere(id))
        tell("others-focus \(hex(window))")
    }

    /// A grab that could not be had, was taken or has been watched too long is lost for good.
    private func settleGrab() {
        if let window = grabRequest {
            grabRequest = nil
            grab = PointerGrab(connection, devices, window)
            if grab == nil { tellGrabLost(window) }
            // Whether the window is on the screen by now is told in the next run of events.
            return
        }
        guard let grab, grab.isOver || translator.surfaces[grab.window]?.isMapped != true else {
            return
        }
        // The server has ended that of a window which is not on the screen any more.
        endGrab()
        tellGrabLost(grab.window)
    }

    private func tellGrabLost(_ window: xcb_window_t) {
        guard let surface = translator.surfaces[window] else { return }
        translator.queue.append(.grabLost(surface.id))
        tell("grab \(hex(window))")
    }

    func endGrab() {
        guard let grab else { return }
        self.grab = nil
        grab.end()
        translator.pointer.isLetGo()
        connection.noteRequest()
    }

    private func settleKeys() {
        if translator.keys.heldBack != nil {
            // The press of a repeat is on its way before the reply, if there is one: the next run finds it, or
            // this is the end.
            if isAwaitingRepeat {
                isAwaitingRepeat = false
                translator.releaseHeldBack(before: nil, keyboard)
                tell("released")
            } else {
                isAwaitingRepeat = true
                connection.synchronize()
            }
        } else {
            isAwaitingRepeat = false
        }
        if translator.keys.awaitsModifiers, let state = connection.deviceState() {
            translator.tellModifiers(state, keyboard)
            tell("modifiers \(hex(state))")
        }
    }

    private func readSettings() {
        let old = settings
        settings = settingsManager.read()
        translator.settingsWindow = settingsManager.window
        guard settings != old else { return }
        tellSettings()
        readDensity()
    }

    func tellSettings() {
        let event = DisplayEvent.doubleClickChanged(
            milliseconds: settings.doubleClickMilliseconds,
            distance: settings.doubleClickDistance
        )
        translator.queue.append(event)
        tell("settings")
    }

    private func readDensity() {
        let new = Density.read(connection, settings)
        guard new != density else { return }
        density = new
        translator.queue.append(.densityChanged(new))
        tell("resources")
    }

    /// Where nobody manages windows, they get the keyboard and cover the screen by themselves.
    private func settleShown(_ window: xcb_window_t) {
        guard let surface = translator.surfaces[window], surface.isManaged, !manager.isRunning()
        else { return }
        if surface.activates, surface.traits.takesFocus { takeFocus(window) }
        if surface.wantsFullscreen { coverScreen(surface) }
    }

    private func settleGeometry() {
        let questions = translator.surfaces.unsettled.map { surface in
            let window = surface.window
            let asksOrigin = surface.knowableGeometry.map { $0.origin == nil } ?? false
            return (
                window: window,
                origin: asksOrigin ? connection.askOrigin(of: window) : nil,
                states: surface.isStateStale
                    ? (
                        connection.askProperty(window, .wmState),
                        connection.askProperty(window, .netWMState)
                    ) : nil
            )
        }
        for question in questions {
            let origin = question.origin.flatMap { connection.origin($0) }
            let states = question.states.map { (connection.items($0), connection.items($1)) }
            let answer = SurfaceAnswer(
                origin: origin.map { Point(x: Int32($0.x), y: Int32($0.y)) },
                state: states.flatMap { manager.state(wmState: $0, netState: $1) },
                isFullscreen: states.map { manager.isFullscreen($0.1) }
            )
            let before = translator.surfaces[question.window]
            translator.settle(question.window, answer)
            if let before { holdForSize(before) }
            tell("answer \(hex(question.window)) \(answer)")
        }
    }

    private func requestFocus(_ window: xcb_window_t) {
        if translator.surfaces[window]?.isManaged == false {
            takeFocus(window)
        } else if manager.isRunning(), manager.takesActivation() {
            manager.activate(window, userTime: shareTimes().input)
        } else {
            takeFocus(window)
        }
    }

    /// With the time of the latest event, so that a focus given meanwhile is not taken back.
    private func takeFocus(_ window: xcb_window_t) {
        connection.setInputFocus(window, time: shareTimes().event)
        settleRefusal(of: window)
    }
}

#endif
