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
    let connection: Connection
    let reader: EventReader
    let manager: WindowManager
    let keyboard: Keyboard
    private let composer: Composer
    let settingsManager: SettingsManager
    var settings: DesktopSettings
    private let presenter: Presenter
    let pointerShapes: PointerShapes
    let hasCounters: Bool
    /// `nil` where the core protocol tells of the pointer.
    let devices: InputDevices?
    var translator: EventTranslator
    /// The surface that asked for the keyboard since the last drain.
    var focusRequest: xcb_window_t?
    /// Whether it was asked who has the keyboard.
    var asksFocus = false
    /// Whether the input extension tells of the pointer whoever has grabbed it.
    var watchesPointer = false
    /// Whether the pointer did something since it was asked where it is, as far as anybody can know.
    var pointerStirred = false
    /// The surface that is to have all that the pointer does.
    var grabRequest: xcb_window_t?
    var grab: PointerGrab?
    var echo = ManagerEcho()
    /// What keeps events from being told.
    var holds: [Hold] = []
    /// Whose state was told before the size that belongs to it.
    var halfTold: Set<SurfaceID> = []
    /// The surface that got the keyboard in this run of events, and no press yet.
    var focusCame: xcb_window_t?
    var isLost = false
    /// Whether all that came with a release that is held back has been read by the end of the next run of events.
    var isAwaitingRepeat = false
    /// Gets a line for each event of the server, each answer of it that counts, and what became of them.
    private let trace: ((String) -> Void)?

    /// Connects to the display of this name, or to what DISPLAY names. Blocks SIGPIPE on the calling
    /// thread for good: a write to a dead server must fail, not kill.
    package static func open(
        _ name: String?,
        using capabilities: Capabilities = .ofEnvironment(),
        trace: ((String) -> Void)? = nil
    ) throws(DisplayError) -> X11Display {
        do throws(DisplayError) {
            return try X11Display(name, capabilities, trace)
        } catch {
            trace?("no connection to \(name ?? defaultName): \(error.refusal)")
            throw error
        }
    }

    private init(
        _ name: String?,
        _ capabilities: Capabilities,
        _ trace: ((String) -> Void)?
    ) throws(DisplayError) {
        self.trace = trace
        connection = try Connection(name, capabilities)
        settingsManager = SettingsManager(connection)
        settings = settingsManager.read()
        density = Density.read(connection, settings)
        seat = "x11:\(name ?? Self.defaultName)"
        keyboard = try Keyboard(connection)
        language = keyboard.language(core: connection.deviceState() ?? 0)
        composer = Composer(locale: Composer.environmentLocale())
        let presenter = Presenter(connection)
        devices = InputDevices(connection)
        reader = EventReader(
            connection: connection,
            numbers: XEvent.Numbers(
                keyboard: keyboard.events,
                completion: presenter.completionEvents,
                devices: devices?.number
            )
        )
        manager = WindowManager(connection: connection)
        self.presenter = presenter
        pointerShapes = PointerShapes(connection)
        hasCounters = connection.hasCounters()
        translator = EventTranslator(
            atoms: connection.atoms,
            root: connection.root,
            screen: connection.screen,
            takesSentInput: capabilities.contains(.sentInput)
        )
        translator.settingsWindow = settingsManager.window
        translator.settingsSelection = settingsManager.selection
        if trace != nil { translator.queue.watch() }
        if settings != DesktopSettings() { tellSettings() }
        readAxes()
        guard !connection.isBroken else { throw .notConnected }
        SeatTimes.shared.open(self)
    }

    /// Whether pixels go to the server through memory that it has mapped.
    package var sharesPixels: Bool { presenter.isShared }

    package let seat: String
    package var screen: Size { translator.screen }
    package internal(set) var density: UInt32
    package private(set) var language: KeyboardLanguage

    deinit {
        SeatTimes.shared.close(self)
        // Its watch uses the connection.
        grab?.end()
        for surface in translator.surfaces.all {
            SurfaceNames.shared.forget(surface.id, of: surface.window, on: seat)
        }
    }

    // MARK: Events

    package var descriptor: CInt? {
        isLost || connection.isBroken ? nil : connection.descriptor
    }

    /// Waits for the server's replies to what the events make it ask, which is a round trip or a few.
    package func pump() {
        guard !isLost else { return }
        grab?.noteLife(isAsleep: false)
        announceInput()
        reader.pump({ translate($0) }, settle: { settle() })
        endLateHolds()
        noteLoss()
    }

    package func nextEvent() -> DisplayEvent? {
        guard holds.isEmpty else { return nil }
        if !halfTold.isEmpty {
            for id in halfTold { translator.queue.forgetPlaces(of: id, keepsLast: true) }
            halfTold = []
        }
        return translator.queue.removeFirst()
    }

    package func prepareToSleep() -> Bool {
        guard !isLost else { return translator.queue.isEmpty }
        guard nextLook ?? .max > Self.now() else { return false }
        // What is asked for and done at the end of a drain only needs one more.
        guard focusRequest == nil, grabRequest == nil, !asksFocus else { return false }
        // Who sleeps has painted what there was to paint: a window that needed none owes nothing more.
        for window in translator.surfaces.owing { answerSync(window) }
        if keyboard.isStale, translator.surfaces.focused != nil { refreshKeyboard() }
        announceInput()
        // Before the last look into xcb's queue, which the watch of the grab must not fill afterwards.
        if translator.queue.isEmpty { grab?.noteLife(isAsleep: true) }
        // Whoever shares the connection may have left requests in it too.
        connection.flush()
        if let event = reader.queued() {
            translate(event)
            return false
        }
        noteLoss()
        return (translator.queue.isEmpty || !holds.isEmpty) && translator.keys.heldBack == nil
    }

    /// Waits until the server has done all that was asked for, and what it caused can be pumped. Needed
    /// before another connection may use something made here.
    package func synchronize() throws(DisplayError) {
        try checkConnected()
        connection.synchronize()
        try checkConnected()
    }

    func translate(_ event: XEvent) {
        if case .key = event { refreshKeyboard() }
        if case .shown(let segment, let sequence) = event {
            presenter.noteCompletion(of: segment, sequence)
        }
        switch event {
        case .devicesChanged: readAxes()
        case .pointerStirred: pointerStirred = true
        // What was turned over the windows of others is not ours.
        case .entered(_, isMove: true) where !translator.scrolling.isEmpty: readAxes()
        default: break
        }
        let hadFocus = hasFocus(in: event)
        // Without the extension nothing else hints at what the pointer does.
        if devices == nil { pointerStirred = true }
        translator.translate(event, keyboard, now: Self.now())
        watch(event, hadFocus: hadFocus)
        if case .error(let error) = event {
            let isRace = error.isRace { translator.surfaces[$0] != nil }
            if !isRace { tell("error \(error.text(connection.extensionNames()))") }
            return
        }
        tell(event.text(connection.atoms))
        if case .keyboardState = event { tellLanguage() }
    }

    /// Takes over another layout of the keyboard, if there is one.
    private func refreshKeyboard() {
        guard keyboard.isStale else { return }
        if keyboard.refresh() { tellLanguage() } else { tell("keymap cannot be had") }
    }

    private func readAxes() {
        guard let (axes, request) = devices?.axes() else { return }
        translator.scrolling.begin(axes, asked: request)
    }

    private func tellLanguage() {
        let new = keyboard.language(core: 0)
        guard new != language else { return }
        language = new
        translator.queue.append(.languageChanged(new))
        tell("language")
    }

    /// Writes a line of the trace, and what has become of it since the line before.
    func tell(_ line: @autoclosure () -> String) {
        guard let trace else { return }
        trace(line())
        for event in translator.queue.takeLog() { trace("-> \(event)") }
    }

    private func noteLoss() {
        guard !isLost, connection.isBroken else { return }
        isLost = true
        SeatTimes.shared.close(self)
        holds = []
        translator.queue.append(.lost)
        tell("connection lost")
    }

    /// What DISPLAY names.
    private static var defaultName: String {
        guard let name = unsafe getenv("DISPLAY") else { return "" }
        return unsafe String(cString: name)
    }

    static func now() -> UInt64 {
        var time = timespec()
        unsafe clock_gettime(CLOCK_MONOTONIC, &time)
        return UInt64(time.tv_sec) * 1_000_000_000 + UInt64(time.tv_nsec)
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
        clearBeyond(pixels.size, on: window)
        presenter.present(pixels, rects, on: window)
        // Of an older size it is not what the manager waits for.
        if translator.surfaces[window]?.content.size == pixels.size { answerSync(window) }
        try checkConnected()
    }

    /// Takes away what a larger frame has left of itself around one of this size. The server may have made the window
    /// larger again by now, and would show two frames side by side.
    private func clearBeyond(_ size: Size, on window: xcb_window_t) {
        guard let shown = translator.surfaces[window]?.shownSize else {
            translator.surfaces[window]?.shownSize = size
            return
        }
        guard shown != size else { return }
        translator.surfaces[window]?.shownSize = size
        if size.width < shown.width { connection.clear(window, from: Point(x: size.width, y: 0)) }
        guard size.height < shown.height else { return }
        connection.clear(window, from: Point(x: 0, y: size.height))
    }

    /// Tells the manager that the window shows what it has to show at its new size.
    private func answerSync(_ window: xcb_window_t) {
        guard let value = translator.surfaces[window]?.sync.noteShown(),
            let counter = translator.surfaces[window]?.counter
        else { return }
        connection.set(counter, to: value)
        tell("counter \(hex(window)) \(value)")
    }

    // MARK: Compose

    package func compose(_ symbol: UInt32) -> Composition {
        composer.feed(symbol)
    }

    package func resetCompose() {
        composer.reset()
    }
}

extension DisplayError {
    /// Why a server was not to be had.
    fileprivate var refusal: String {
        switch self {
        case .notConnected: "no server is there"
        case .accessDenied: "the server does not let this user in"
        case .noResources: "the server takes no more clients, or memory or descriptors ran out"
        case .notSupported: "the server's screen has no 32-bit pixels of 8 bits a colour"
        case .noSuchSurface: "there is no such window"
        }
    }
}

#endif
