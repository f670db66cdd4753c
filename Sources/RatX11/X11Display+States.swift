#if X11

internal import CRatXCB
internal import Glibc
package import RatDisplay

/// States of surfaces, and whether they are shown.
///
/// Three states are kept apart: the one that is wanted; the one that the manager has told, which is what programs hear
/// of; and, while the surface is hidden, only the wanted one. Where nobody manages a surface, what is wanted is done here.
extension X11Display {
    @discardableResult
    package func setVisible(
        _ isVisible: Bool,
        activates: Bool,
        of id: SurfaceID
    ) throws(DisplayError) -> StateAnswer? {
        let window = try window(id)
        guard translator.surfaces[window]?.isVisible != isVisible else { return nil }
        translator.surfaces[window]?.isVisible = isVisible
        translator.surfaces[window]?.activates = activates
        tell("visible \(hex(window)) \(isVisible ? "on" : "off")")
        guard isVisible else {
            connection.unmap(window)
            connection.sendWithdrawal(of: window)
            return nil
        }
        followKind(of: window)
        guard let surface = translator.surfaces[window] else { throw .noSuchSurface }
        guard surface.wantedState != .normal else {
            show(surface)
            return nil
        }
        guard isManaged(surface) else {
            manager.announceState(of: surface)
            let content = bring(surface, to: surface.wantedState)
            if surface.wantedState != .minimized { show(surface) }
            return .granted(content)
        }
        // Nobody has told anything yet.
        note(.normal, of: window)
        guard surface.wantedState == .minimized || manager.maximizes() else {
            translator.surfaces[window]?.wantedState = .normal
            if let surface = translator.surfaces[window] { show(surface) }
            return .refused
        }
        show(surface)
        return answer(surface, surface.wantedState)
    }

    private func show(_ surface: Surface) {
        manager.announceState(of: surface)
        announceTime(of: surface.window, activates: surface.activates)
        connection.map(surface.window)
    }

    @discardableResult
    package func setState(
        _ state: SurfaceState,
        of id: SurfaceID
    ) throws(DisplayError) -> StateAnswer {
        let window = try window(id)
        guard let surface = translator.surfaces[window] else { throw .noSuchSurface }
        guard surface.isVisible else {
            translator.surfaces[window]?.wantedState = state
            return .whenShown
        }
        guard isManaged(surface) else { return .granted(bring(surface, to: state)) }
        manager.setState(state, of: surface)
        translator.surfaces[window]?.wantedState = state
        return answer(surface, state)
    }

    private func isManaged(_ surface: Surface) -> Bool {
        surface.isManaged && manager.isRunning()
    }

    /// What counts as told from now on.
    private func note(_ state: SurfaceState, of window: xcb_window_t) {
        translator.surfaces[window]?.state = state
        tell("state \(hex(window)) \(state)")
    }

    // MARK: By a manager

    /// Waits until the manager has done what it was asked, and reads what came of it.
    private func answer(_ asked: Surface, _ state: SurfaceState) -> StateAnswer {
        let window = asked.window
        awaitManager(window) { surface in
            surface.state == state
                && (state == .minimized || surface.content.size != asked.content.size)
        }
        endHolds { $0.window == window }
        guard !isLost, translator.surfaces[window] != nil else { return .refused }
        // The last word is the server's, whatever the manager said or did not say.
        translator.surfaces[window]?.isStateStale = true
        settle()
        guard let surface = translator.surfaces[window] else { return .refused }
        translator.surfaces[window]?.wantedState = surface.state
        guard surface.state == state else { return .refused }
        translator.queue.forgetPlaces(of: surface.id)
        return .granted(surface.content)
    }

    /// Reads events until the manager has done all that it was asked before, and no size is missing; from one that
    /// does not say when, until what was asked for `isThere`. Not for ever, and without calling anybody.
    private func awaitManager(_ window: xcb_window_t, isThere: (Surface) -> Bool) {
        let wasMute = echo.isMute
        let question = echo.ask(manager, at: Self.now())
        let deadline = deadline(isMute: wasMute)
        while !isLost, let surface = translator.surfaces[window] {
            pump()
            let isWhole = !holds.contains { $0.window == window }
            if echo.hasAnswered(question), isWhole { return }
            if wasMute, isThere(surface) { return }
            let now = Self.now()
            guard now < deadline else { return echo.giveUp(connection) }
            echo.remind(manager, at: now)
            sleep(until: min(deadline, echo.nextReminder ?? deadline), from: now)
        }
    }

    private func sleep(until deadline: UInt64, from now: UInt64) {
        connection.flush()
        // What the flush has read does not make the descriptor readable.
        if let event = reader.queued() { return translate(event) }
        guard let descriptor else { return }
        var entry = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
        unsafe poll(&entry, 1, CInt(clamping: (deadline - now) / 1_000_000 + 1))
    }

    // MARK: Without a manager

    /// A maximised surface covers the screen, one that is minimised is not on it. Gives where the content is then.
    private func bring(_ surface: Surface, to state: SurfaceState) -> Rect {
        let window = surface.window
        let screen = Surface.expressible(Rect(origin: Point(x: 0, y: 0), size: screen))
        var place = surface.content
        var normalPlace = surface.normalPlace
        // Below a surface that covers the screen, it is the place to go back to that changes.
        var lower = surface.placeBefore ?? surface.content
        switch state {
        case .minimized: connection.unmap(window)
        case .maximized where normalPlace == nil:
            normalPlace = lower
            lower = screen
        case .normal:
            lower = normalPlace ?? lower
            normalPlace = nil
        case .maximized: break
        }
        translator.surfaces[window]?.normalPlace = normalPlace
        if surface.placeBefore == nil {
            place = lower
        } else {
            translator.surfaces[window]?.placeBefore = lower
        }
        if place != surface.content {
            let request = configure(window, place)
            translator.surfaces[window]?.ask(place, request)
            tell("content \(hex(window)) \(place) \(request)")
        }
        if surface.isVisible, surface.state == .minimized, state != .minimized {
            connection.map(window)
        }
        translator.surfaces[window]?.wantedState = state
        note(state, of: window)
        return place
    }
}

#endif
