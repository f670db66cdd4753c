package import RatDisplay

/// A display with no screen, for tests and for machines without one.
///
/// It answers requests at once, the way a well-behaved display and window manager would: a surface that is
/// shown gets the keyboard, one that is hidden hands it to the one shown before it. User input comes from
/// `inject(_:)` instead of from hardware, and what is presented can be read back.
package final class HeadlessDisplay: DisplayBackend {
    /// What its window manager makes of a request for a state.
    package enum Manner: Sendable {
        case grants
        /// Does what was asked for, and says so by an event.
        case answersLate
        case refuses
        /// Sees to hidden surfaces only when they are shown.
        case looksWhenShown
    }

    package var manner = Manner.grants
    private static let mostOrders = 64
    /// The latest orders that were asked for.
    package private(set) var orders: [(id: SurfaceID, order: SurfaceOrder, ifUnmanaged: Bool)] = []

    private struct Surface {
        var content: Rect
        var title: String
        var isVisible = false
        var shown: PixelStore?
        var pointer: PointerShape? = .arrow
        var icons: [IconImage] = []
        var isAbove = false
        var traits: SurfaceTraits
        /// What it is to be when it is shown.
        var planned = SurfaceState.normal
        /// Where it was before it covered the screen.
        var place: Rect?
    }

    private var surfaces: [SurfaceID: Surface] = [:]
    /// Visible surfaces, the one shown last at the end.
    private var stack: [SurfaceID] = []
    private var focused: SurfaceID?
    private var events: [DisplayEvent] = []
    private var head = 0
    private var isLost = false
    /// Who has all that the pointer does, for tests to see.
    package private(set) var grabber: SurfaceID?
    /// Where surfaces go that have no place of their own: each a little further down.
    private var cascade: Int32 = 0

    /// A display of a seat of that name, one of which the process has.
    package init(seat: String = "headless") {
        self.seat = seat
    }

    package let seat: String
    package private(set) var screen = Size(width: 1024, height: 768)
    package private(set) var density: UInt32 = 96
    package private(set) var language = KeyboardLanguage.usual
    package var descriptor: CInt? { nil }

    package func pump() {}

    package func nextEvent() -> DisplayEvent? {
        guard head < events.count else { return nil }
        defer {
            head += 1
            if head == events.count {
                events.removeAll(keepingCapacity: true)
                head = 0
            }
        }
        return events[head]
    }

    package var nextLook: UInt64? { nil }

    package func prepareToSleep() -> Bool { head == events.count }

    package func createSurface(_ id: SurfaceID, _ options: SurfaceOptions) throws(DisplayError) {
        guard !isLost else { throw .notConnected }
        let place = options.position ?? Point(x: cascade, y: cascade)
        surfaces[id] = Surface(
            content: Rect(origin: place, size: options.size),
            title: options.title,
            traits: options.traits
        )
        surfaces[id]?.isAbove = options.isAbove
        guard options.position == nil else { return }
        if cascade != 0 { tellContent(of: id) }
        cascade = (cascade + 26) % 260
    }

    package func destroySurface(_ id: SurfaceID) throws(DisplayError) {
        _ = try surface(id)
        withdraw(id)
        surfaces[id] = nil
        if grabber == id { grabber = nil }
    }

    @discardableResult
    package func setVisible(
        _ isVisible: Bool,
        activates: Bool,
        of id: SurfaceID
    ) throws(DisplayError) -> StateAnswer? {
        var surface = try surface(id)
        guard surface.isVisible != isVisible else { return nil }
        guard isVisible else {
            withdraw(id)
            return nil
        }
        let planned = surface.planned
        surface.isVisible = true
        surface.planned = .normal
        surfaces[id] = surface
        stack.append(id)
        if activates { focus(id) }
        return planned == .normal ? nil : try setState(planned, of: id)
    }

    package func setContent(_ rect: Rect, of id: SurfaceID) throws(DisplayError) {
        var surface = try surface(id)
        surface.content = rect
        surfaces[id] = surface
    }

    @discardableResult
    package func setState(
        _ state: SurfaceState,
        of id: SurfaceID
    ) throws(DisplayError) -> StateAnswer {
        let surface = try surface(id)
        let screen = Rect(origin: Point(x: 0, y: 0), size: screen)
        let content = state == .maximized ? screen : surface.content
        if !surface.isVisible, manner == .looksWhenShown {
            surfaces[id]?.planned = state
            return .whenShown
        }
        guard manner != .refuses else { return .refused }
        surfaces[id]?.content = content
        guard manner == .answersLate else { return .granted(content) }
        events.append(.configured(id, content: content, state: state))
        return .refused
    }

    package func setOrder(
        _ order: SurfaceOrder,
        ifUnmanaged: Bool,
        of id: SurfaceID
    ) throws(DisplayError) {
        _ = try surface(id)
        if orders.count == Self.mostOrders { orders.removeFirst() }
        orders.append((id, order, ifUnmanaged))
    }

    package func setFullscreen(_ isOn: Bool, of id: SurfaceID) throws(DisplayError) {
        let surface = try surface(id)
        guard (surface.place != nil) != isOn else { return }
        let screen = Rect(origin: Point(x: 0, y: 0), size: screen)
        let content = surface.place ?? screen
        surfaces[id]?.place = isOn ? surface.content : nil
        surfaces[id]?.content = content
        events.append(.fullscreen(id, isOn))
        events.append(.configured(id, content: content, state: .normal))
    }

    package func setTraits(_ traits: SurfaceTraits, of id: SurfaceID) throws(DisplayError) {
        _ = try surface(id)
        surfaces[id]?.traits = traits
    }

    package func setAbove(_ isAbove: Bool, of id: SurfaceID) throws(DisplayError) {
        _ = try surface(id)
        surfaces[id]?.isAbove = isAbove
    }

    package func setIcons(_ icons: [IconImage], of id: SurfaceID) throws(DisplayError) {
        _ = try surface(id)
        surfaces[id]?.icons = icons
    }

    package func setTitle(_ title: String, of id: SurfaceID) throws(DisplayError) {
        var surface = try surface(id)
        surface.title = title
        surfaces[id] = surface
    }

    package func requestFocus(_ id: SurfaceID) throws(DisplayError) {
        guard try surface(id).isVisible else { return }
        stack.removeAll { $0 == id }
        stack.append(id)
        focus(id)
    }

    package func findFocus() throws(DisplayError) {
        guard !isLost else { throw .notConnected }
        if let focused { events.append(.focusGained(focused)) }
    }

    package func setGrab(_ id: SurfaceID?) throws(DisplayError) {
        if let id { _ = try surface(id) }
        grabber = id
    }

    package func setPointer(_ shape: PointerShape?, of id: SurfaceID) throws(DisplayError) {
        _ = try surface(id)
        surfaces[id]?.pointer = shape
    }

    package func nativeSurface(_ id: SurfaceID) throws(DisplayError) -> NativeSurface? {
        _ = try surface(id)
        return nil
    }

    package func makePixels(size: Size) throws(DisplayError) -> PixelStore {
        guard !isLost else { throw .notConnected }
        guard let pixels = PixelStore(size: size) else { throw .noResources }
        return pixels
    }

    package func present(
        _ pixels: PixelStore,
        _ rects: [Rect],
        on id: SurfaceID
    ) throws(DisplayError) {
        var surface = try surface(id)
        let screen: PixelStore
        if let shown = surface.shown, shown.size == pixels.size {
            screen = shown
        } else {
            screen = try makePixels(size: pixels.size)
            if let old = surface.shown { screen.copy(from: old) }
        }
        for rect in rects { screen.copy(rect, from: pixels) }
        surface.shown = screen
        surfaces[id] = surface
    }

    // No keyboard, so no sequences: a key types its own character.
    package func compose(_ symbol: UInt32) -> Composition { .passThrough }
    package func resetCompose() {}

    // MARK: - The hands and eyes of a test

    /// Queues an event as if the user, or the window manager, had caused it.
    package func inject(_ event: DisplayEvent) {
        if case .configured(let id, let content, _) = event { surfaces[id]?.content = content }
        if case .lost = event { isLost = true }
        if case .screenChanged(let size) = event { screen = size }
        if case .languageChanged(let language) = event { self.language = language }
        if case .densityChanged(let density) = event { self.density = density }
        events.append(event)
    }

    /// What a surface shows at a place; `nil` where nothing was presented.
    package func shownPixel(at point: Point, of id: SurfaceID) -> UInt32? {
        guard let shown = surfaces[id]?.shown else { return nil }
        return shown.pixel(at: point)
    }

    package func title(of id: SurfaceID) -> String? { surfaces[id]?.title }
    package func icons(of id: SurfaceID) -> [IconImage] { surfaces[id]?.icons ?? [] }
    package func traits(of id: SurfaceID) -> SurfaceTraits? { surfaces[id]?.traits }
    package func isAbove(_ id: SurfaceID) -> Bool { surfaces[id]?.isAbove ?? false }
    /// `nil` where the pointer is hidden, or where there is no such surface.
    package func pointer(of id: SurfaceID) -> PointerShape? { surfaces[id]?.pointer }
    package func content(of id: SurfaceID) -> Rect? { surfaces[id]?.content }

    // MARK: - Window management

    private func surface(_ id: SurfaceID) throws(DisplayError) -> Surface {
        guard !isLost else { throw .notConnected }
        guard let surface = surfaces[id] else { throw .noSuchSurface }
        return surface
    }

    private func tellContent(of id: SurfaceID) {
        guard let content = surfaces[id]?.content else { return }
        events.append(.configured(id, content: content, state: .normal))
    }

    private func focus(_ id: SurfaceID?) {
        guard focused != id else { return }
        if let focused, surfaces[focused] != nil { events.append(.focusLost(focused)) }
        focused = id
        if let id { events.append(.focusGained(id)) }
    }

    private func withdraw(_ id: SurfaceID) {
        surfaces[id]?.isVisible = false
        stack.removeAll { $0 == id }
        if focused == id { focus(stack.last) }
    }
}
