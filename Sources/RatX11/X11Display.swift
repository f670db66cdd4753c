#if X11

internal import CRatXCB
internal import Glibc
package import RatDisplay

/// Windows on an X server.
///
/// The connection is this object's alone, and so is the thread that opened it. State machine:
///
///     connected --(xcb reports an error)--> lost
///
/// On the way `.lost` goes into the queue, behind everything that was read before; from then on the
/// descriptor is `nil` and every request throws `.notConnected`.
package final class X11Display: DisplayBackend {
    private let connection: Connection
    private let reader: EventReader
    private let manager: WindowManager
    private let keyboard: Keyboard
    private let composer: Composer
    private var translator: EventTranslator
    /// The surface that asked for the keyboard since the last drain.
    private var focusRequest: xcb_window_t?
    private var isLost = false

    /// Connects to the display of this name, or to what DISPLAY names. Blocks SIGPIPE on the calling
    /// thread for good: a write to a dead server must fail, not kill.
    package static func open(_ name: String?) throws(DisplayError) -> X11Display {
        try X11Display(name)
    }

    private init(_ name: String?) throws(DisplayError) {
        connection = try Connection(name)
        seat = "x11:\(name ?? Self.defaultName)"
        keyboard = try Keyboard(connection)
        composer = Composer(locale: Composer.environmentLocale())
        reader = EventReader(connection: connection, keyboardEvents: keyboard.events)
        manager = WindowManager(connection: connection)
        translator = EventTranslator(atoms: connection.atoms, root: connection.root)
        guard !connection.isBroken else { throw .notConnected }
    }

    package let seat: String
    package var screen: Size { connection.screen }

    // MARK: Events

    package var descriptor: CInt? {
        isLost || connection.isBroken ? nil : connection.descriptor
    }

    /// Waits for the server's replies to what the events make it ask, which is a round trip or a few.
    package func pump() {
        guard !isLost else { return }
        translator.queue.beginDrain()
        reader.pump({ translate($0) }, settle: { settle() })
        noteLoss()
    }

    package func nextEvent() -> DisplayEvent? {
        translator.queue.removeFirst()
    }

    package func prepareToSleep() -> Bool {
        guard !isLost else { return translator.queue.isEmpty }
        if connection.hasUnsent { connection.flush() }
        if let event = reader.queued() {
            translate(event)
            return false
        }
        noteLoss()
        return translator.queue.isEmpty
    }

    /// Waits until the server has done all that was asked for, and what it caused can be pumped. Needed
    /// before another connection may use something made here.
    package func synchronize() throws(DisplayError) {
        try checkConnected()
        connection.synchronize()
        try checkConnected()
    }

    private func translate(_ event: XEvent) {
        if case .key = event { keyboard.refresh() }
        translator.translate(event, keyboard, now: Self.now())
    }

    private func noteLoss() {
        guard !isLost, connection.isBroken else { return }
        isLost = true
        translator.queue.append(.lost)
    }

    /// What DISPLAY names.
    private static var defaultName: String {
        guard let name = unsafe getenv("DISPLAY") else { return "" }
        return unsafe String(cString: name)
    }

    private static func now() -> UInt64 {
        var time = timespec()
        unsafe clock_gettime(CLOCK_MONOTONIC, &time)
        return UInt64(time.tv_sec) * 1_000_000_000 + UInt64(time.tv_nsec)
    }

    // MARK: The end of a drain

    /// Does what the events read so far call for. Asks everything before it waits for anything.
    private func settle() {
        let reactions = translator.reactions
        translator.reactions = []
        for reaction in reactions {
            switch reaction {
            case .answerPing(let data):
                manager.answerPing(data)
            case .takeFocus(let window, let time):
                connection.setInputFocus(window, time: time)
            case .shown(let window):
                // Without a manager nobody else gives a new window the keyboard.
                if !manager.isRunning() { takeFocus(window) }
            }
        }
        if let window = focusRequest {
            focusRequest = nil
            requestFocus(window)
        }
        settleGeometry()
        for surface in translator.surfaces.unsettled where !surface.exposed.isEmpty {
            translator.queue.append(.exposed(surface.id, surface.exposed))
            translator.surfaces[surface.window]?.exposed = .empty
        }
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
            let state = question.states.map {
                manager.state(wmState: connection.items($0), netState: connection.items($1))
            }
            let event = translator.surfaces[question.window]?.settle(
                origin: origin.map { Point(x: Int32($0.x), y: Int32($0.y)) },
                state: state
            )
            if let event = event ?? nil { translator.queue.append(event) }
        }
    }

    private func requestFocus(_ window: xcb_window_t) {
        if manager.isRunning(), manager.takesActivation() {
            manager.activate(window, userTime: translator.userTime)
        } else {
            takeFocus(window)
        }
    }

    /// With the time of the latest event, so that a focus given meanwhile is not taken back.
    private func takeFocus(_ window: xcb_window_t) {
        connection.setInputFocus(window, time: translator.lastTime)
    }

    // MARK: Surfaces

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
            height: UInt16(rect.size.height)
        )
        try checkConnected()
        let surface = Surface(id: id, window: window, options)
        translator.surfaces.insert(surface)
        manager.announce(surface, options)
    }

    package func destroySurface(_ id: SurfaceID) throws(DisplayError) {
        let window = try window(id)
        translator.forget(window)
        if focusRequest == window { focusRequest = nil }
        connection.destroy(window)
    }

    package func setVisible(
        _ isVisible: Bool,
        activates: Bool,
        of id: SurfaceID
    ) throws(DisplayError) {
        let window = try window(id)
        translator.surfaces[window]?.isVisible = isVisible
        if isVisible {
            if let surface = translator.surfaces[window] { manager.announceState(of: surface) }
            manager.announceShowing(of: window, activates: activates)
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
        surface.configureRequest = connection.configure(
            window,
            x: Int16(rect.left),
            y: Int16(rect.top),
            width: UInt16(rect.size.width),
            height: UInt16(rect.size.height)
        )
        // What was read and not yet settled is older than this.
        surface.geometry = nil
        translator.surfaces[window] = surface
    }

    @discardableResult
    package func setState(
        _ state: SurfaceState,
        of id: SurfaceID
    ) throws(DisplayError) -> Rect? {
        let window = try window(id)
        guard let surface = translator.surfaces[window] else { throw .noSuchSurface }
        if surface.isVisible {
            guard manager.isRunning() else { throw .notSupported }
            manager.setState(state, of: surface)
        }
        translator.surfaces[window]?.wantedState = state
        return nil
    }

    package func setTitle(_ title: String, of id: SurfaceID) throws(DisplayError) {
        manager.setTitle(title, of: try window(id))
    }

    package func requestFocus(_ id: SurfaceID) throws(DisplayError) {
        focusRequest = try window(id)
        connection.noteRequest()
    }

    private func checkConnected() throws(DisplayError) {
        guard !isLost, !connection.isBroken else { throw .notConnected }
    }

    private func window(_ id: SurfaceID) throws(DisplayError) -> xcb_window_t {
        try checkConnected()
        guard let window = translator.surfaces.window(id) else { throw .noSuchSurface }
        return window
    }

    // MARK: Pixels

    package func makePixels(size: Size) throws(DisplayError) -> PixelStore {
        try checkConnected()
        guard let pixels = PixelStore(size: size) else { throw .noResources }
        return pixels
    }

    package func present(
        _ pixels: PixelStore,
        _ rects: [Rect],
        on id: SurfaceID
    ) throws(DisplayError) {
        let window = try window(id)
        for rect in rects { connection.present(pixels, rect, on: window) }
        try checkConnected()
    }

    // MARK: Compose

    package func compose(_ symbol: UInt32) -> Composition {
        composer.feed(symbol)
    }

    package func resetCompose() {
        composer.reset()
    }
}

#endif
