#if X11

internal import CRatXCB
package import RatDisplay

/// Requests on surfaces.
extension X11Display {
    package func createSurface(
        _ id: SurfaceID,
        _ options: SurfaceOptions
    ) throws(DisplayError) {
        try checkConnected()
        let rect = Surface.expressible(
            Rect(origin: options.position ?? Point(x: 0, y: 0), size: options.size)
        )
        let window = try connection.createWindow(
            x: Int16(rect.left),
            y: Int16(rect.top),
            width: UInt16(rect.size.width),
            height: UInt16(rect.size.height),
            background: options.background,
            isManaged: options.traits.kind != .popup
        )
        try checkConnected()
        devices?.watch(window)
        var surface = Surface(id: id, window: window, options)
        if hasCounters, surface.isManaged { surface.counter = connection.makeCounter() }
        translator.surfaces.insert(surface)
        SurfaceNames.shared.note(window, of: id, on: seat)
        manager.announce(surface, options)
        let isPlaced = surface.isPlaced ? "placed" : "unplaced"
        tell("surface \(hex(window)) \(id) \(surface.content) \(isPlaced)")
        pointerShapes.show(.arrow, over: window)
    }

    package func destroySurface(_ id: SurfaceID) throws(DisplayError) {
        let window = try window(id)
        if let counter = translator.surfaces[window]?.counter { connection.destroyCounter(counter) }
        translator.forget(window)
        tell("gone \(hex(window))")
        SurfaceNames.shared.forget(id, of: window, on: seat)
        if focusRequest == window { focusRequest = nil }
        if grabRequest == window { grabRequest = nil }
        if grab?.window == window { endGrab() }
        connection.destroy(window)
    }

    package func setVisible(
        _ isVisible: Bool,
        activates: Bool,
        of id: SurfaceID
    ) throws(DisplayError) {
        let window = try window(id)
        translator.surfaces[window]?.isVisible = isVisible
        translator.surfaces[window]?.activates = activates
        tell("visible \(hex(window)) \(isVisible ? "on" : "off")")
        if isVisible {
            followKind(of: window)
            if let surface = translator.surfaces[window] { manager.announceState(of: surface) }
            announceTime(of: window, activates: activates)
            connection.map(window)
        } else {
            connection.unmap(window)
            connection.sendWithdrawal(of: window)
        }
    }

    package func setContent(_ rect: Rect, of id: SurfaceID) throws(DisplayError) {
        let window = try window(id)
        guard var surface = translator.surfaces[window] else { throw .noSuchSurface }
        let rect = Surface.expressible(rect)
        surface.content = rect
        surface.isPlaced = true
        // First: a manager checks the request against the hints.
        manager.setSizeHints(of: surface)
        let request = configure(window, rect)
        translator.surfaces[window]?.ask(rect, request)
        tell("content \(hex(window)) \(rect) \(request)")
    }

    @discardableResult
    package func setState(
        _ state: SurfaceState,
        of id: SurfaceID
    ) throws(DisplayError) -> Rect? {
        let window = try window(id)
        guard let surface = translator.surfaces[window] else { throw .noSuchSurface }
        if surface.isVisible {
            guard surface.isManaged, manager.isRunning() else { throw .notSupported }
            manager.setState(state, of: surface)
        }
        translator.surfaces[window]?.wantedState = state
        return nil
    }

    package func setFullscreen(_ isOn: Bool, of id: SurfaceID) throws(DisplayError) {
        let window = try window(id)
        guard let surface = translator.surfaces[window] else { throw .noSuchSurface }
        translator.surfaces[window]?.wantsFullscreen = isOn
        guard surface.isVisible, surface.wantsFullscreen != isOn || surface.isFullscreen != isOn
        else { return }
        if surface.isManaged, manager.isRunning() {
            manager.set(.netWMStateFullscreen, to: isOn, of: window)
        } else if isOn {
            coverScreen(surface)
        } else if let place = surface.placeBefore {
            translator.surfaces[window]?.placeBefore = nil
            configure(window, place)
            translator.tellFullscreen(false, of: window)
        }
    }

    /// What becomes of the content is told as if somebody else had done it.
    func coverScreen(_ surface: Surface) {
        guard surface.placeBefore == nil else { return }
        translator.surfaces[surface.window]?.placeBefore = surface.content
        let screen = Rect(origin: Point(x: 0, y: 0), size: screen)
        configure(surface.window, Surface.expressible(screen))
        translator.tellFullscreen(true, of: surface.window)
    }

    @discardableResult private func configure(_ window: xcb_window_t, _ rect: Rect) -> UInt32 {
        connection.configure(
            window,
            x: Int16(rect.left),
            y: Int16(rect.top),
            width: UInt16(rect.size.width),
            height: UInt16(rect.size.height)
        )
    }

    package func setTraits(_ traits: SurfaceTraits, of id: SurfaceID) throws(DisplayError) {
        let window = try window(id)
        guard var surface = translator.surfaces[window] else { throw .noSuchSurface }
        let old = surface.traits
        surface.traits = traits
        translator.surfaces[window]?.traits = traits
        manager.announceTraits(of: surface)
        manager.announceInput(of: surface)
        if traits.takesFocus != old.takesFocus { manager.announceProtocols(of: surface) }
        guard surface.isVisible, surface.isManaged, traits.isListed != old.isListed else { return }
        manager.changeListing(of: surface)
    }

    /// Makes a window that is hidden the manager's or nobody's, as its kind is now. One that is shown stays what it
    /// is: a manager looks only when a window is mapped.
    private func followKind(of window: xcb_window_t) {
        guard let surface = translator.surfaces[window], !surface.isMapped else { return }
        let isManaged = surface.traits.kind != .popup
        guard isManaged != surface.isManaged else { return }
        translator.surfaces[window]?.isManaged = isManaged
        let redirects = XCB_CW_OVERRIDE_REDIRECT.rawValue
        connection.change(window, mask: redirects, [isManaged ? 0 : 1])
    }

    package func setAbove(_ isAbove: Bool, of id: SurfaceID) throws(DisplayError) {
        let window = try window(id)
        guard let surface = translator.surfaces[window] else { throw .noSuchSurface }
        translator.surfaces[window]?.isAbove = isAbove
        guard surface.isVisible, surface.isManaged else { return }
        // Without a manager nobody keeps windows above others.
        manager.set(.netWMStateAbove, to: isAbove, of: window)
    }

    package func setIcons(_ icons: [IconImage], of id: SurfaceID) throws(DisplayError) {
        try manager.setIcons(icons, of: try window(id))
    }

    package func setTitle(_ title: String, of id: SurfaceID) throws(DisplayError) {
        manager.setTitle(title, of: try window(id))
    }

    package func requestFocus(_ id: SurfaceID) throws(DisplayError) {
        focusRequest = try window(id)
        connection.noteRequest()
    }

    package func findFocus() throws(DisplayError) {
        try checkConnected()
        asksFocus = true
        connection.noteRequest()
    }

    package func setPointer(_ shape: PointerShape?, of id: SurfaceID) throws(DisplayError) {
        pointerShapes.show(shape, over: try window(id))
    }

    /// It is asked for when the thread retrieves next, and ends at once.
    package func setGrab(_ id: SurfaceID?) throws(DisplayError) {
        let window: xcb_window_t? = if let id { try window(id) } else { nil }
        guard window != grab?.window || window != grabRequest else { return }
        endGrab()
        grabRequest = window
        connection.noteRequest()
        if window == nil { connection.flush() }
    }

    /// Flushed, so that the window is there for other connections soon.
    package func nativeSurface(_ id: SurfaceID) throws(DisplayError) -> NativeSurface? {
        let window = try window(id)
        connection.flush()
        connection.noteRequest()
        return unsafe NativeSurface(
            unsafeConnection: UnsafeMutableRawPointer(connection.raw),
            window: window,
            root: connection.root,
            visual: connection.visual,
            depth: UInt32(connection.depth),
            screen: UInt32(connection.screenNumber)
        )
    }

    func checkConnected() throws(DisplayError) {
        guard !isLost, !connection.isBroken else { throw .notConnected }
    }

    func window(_ id: SurfaceID) throws(DisplayError) -> xcb_window_t {
        try checkConnected()
        guard let window = translator.surfaces.window(id) else { throw .noSuchSurface }
        return window
    }
}

#endif
