#if X11

internal import CRatXCB
internal import RatDisplay

/// What is known of one surface, and what a drain has gathered about it.
struct Surface {
    let id: SurfaceID
    let window: xcb_window_t
    var traits: SurfaceTraits
    /// Whether it is a window manager's to place and frame: fixed while the window is shown.
    var isManaged: Bool
    /// What the manager reads how far the window is from; `nil` without the extension.
    var counter: UInt32?
    var sync = ResizeSync()
    /// Has the property with the time of the latest input, which would tell us of each change on a window of our own.
    var timeWindow: xcb_window_t?

    /// As last reported or asked for, within what X can express.
    var content: Rect
    /// Whether the origin of `content` was ever asked for or learnt.
    var isPlaced: Bool
    /// As its manager told last; where it has none, as it was brought to be.
    var state = SurfaceState.normal
    /// What it is to be when it is shown, or was asked to be while it is.
    var wantedState = SurfaceState.normal
    var isAbove: Bool
    var isFullscreen = false
    var wantsFullscreen = false
    /// Whether it is to have the keyboard when it comes onto the screen.
    var activates = true
    /// The size of the pixels that were presented last.
    var shownSize: Size?
    /// Where it was before it covered a screen that nobody manages.
    var placeBefore: Rect?
    /// Where it is when it is not maximised, while it is and nobody manages it.
    var normalPlace: Rect?
    /// As asked for.
    var isVisible = false
    /// As the server has it; not while the manager is still framing a new window.
    var isMapped = false
    var hasFocus = false
    /// Whether a window manager put it into a frame: real ConfigureNotify events are in the frame's
    /// coordinates then.
    var isReparented = false
    /// Where the manager said last that it has put the window.
    private var told: Rect?
    /// The sequence number of the last request that moved or resized it.
    var configureRequest: UInt32?

    // Gathered in a drain, reported and cleared at its end. Only where an unmapped window is waits until
    // it is mapped: on the way into a frame and out of it, it is in places that mean nothing.

    var exposed = Rect.empty
    var geometry: Geometry?
    var isStateStale = false

    /// Where a ConfigureNotify says the window is. The last one of a drain wins.
    struct Geometry {
        /// `nil` if it must be asked for.
        var origin: Point?
        var size: Size
    }

    /// What can be told now of where it is.
    var knowableGeometry: Geometry? { isMapped ? geometry : nil }

    var isUnsettled: Bool { knowableGeometry != nil || isStateStale || !exposed.isEmpty }

    init(id: SurfaceID, window: xcb_window_t, _ options: SurfaceOptions) {
        self.id = id
        self.window = window
        traits = options.traits
        isManaged = options.traits.kind != .popup
        isAbove = options.isAbove
        let origin = options.position ?? Point(x: 0, y: 0)
        content = Self.expressible(Rect(origin: origin, size: options.size))
        isPlaced = options.position != nil
    }

    /// The sizes between which a manager may choose; `nil` where there is no limit.
    var limits: (least: Size?, most: Size?) {
        guard traits.isResizable else { return (content.size, content.size) }
        let least = Self.expressible(Rect(origin: content.origin, size: traits.minimumSize)).size
        let most = traits.maximumSize.map { size in
            // A manager may refuse limits that leave nothing.
            let size = Size(
                width: max(size.width, least.width),
                height: max(size.height, least.height)
            )
            return Self.expressible(Rect(origin: content.origin, size: size)).size
        }
        return (traits.minimumSize.width > 1 || traits.minimumSize.height > 1 ? least : nil, most)
    }

    /// The nearest rectangle that X can express: no window is empty, and coordinates have 16 bits.
    static func expressible(_ rect: Rect) -> Rect {
        let range = Int32(Int16.min)...Int32(Int16.max)
        func clamped(_ value: Int32) -> Int32 {
            min(max(value, range.lowerBound), range.upperBound)
        }
        return Rect(
            origin: Point(x: clamped(rect.left), y: clamped(rect.top)),
            size: Size(
                width: max(1, clamped(rect.size.width)),
                height: max(1, clamped(rect.size.height))
            )
        )
    }

    /// Notes a request to be somewhere, with its number.
    mutating func ask(_ rect: Rect, _ request: UInt32) {
        content = rect
        isPlaced = true
        configureRequest = request
        // What was read and not yet settled is older than this.
        geometry = nil
    }

    /// Takes a ConfigureNotify. One that is older than our last request says what is already overruled;
    /// the answer to the request is still to come (ICCCM 4.1.5 has the manager always give one).
    mutating func configure(_ rect: Rect, isSynthetic: Bool, sequence: UInt32) {
        sync.noteResize()
        if let configureRequest, Int32(bitPattern: sequence &- configureRequest) < 0 { return }
        // Another client may have sent it, with a size that no window has.
        let rect = Self.expressible(rect)
        // A manager may tell the place first and then go there, the content in the frame before the frame on the
        // screen; whoever asked in between would hear of a place that the window is only passing.
        if isSynthetic { told = rect }
        if rect.size != told?.size || !isReparented { told = nil }
        let origin = isSynthetic || !isReparented ? rect.origin : told?.origin
        geometry = Geometry(origin: origin, size: rect.size)
    }

    /// Takes over what the drain found, and tells the event that it makes, if any.
    mutating func settle(origin: Point?, state newState: SurfaceState?) -> DisplayEvent? {
        let geometry = knowableGeometry
        defer {
            if isMapped { self.geometry = nil }
            isStateStale = false
        }
        var rect = content
        var isNew = false
        if let geometry {
            rect = Rect(origin: geometry.origin ?? origin ?? content.origin, size: geometry.size)
            isNew = !isPlaced
        }
        isNew = isNew || rect != content || newState.map { $0 != state } ?? false
        guard isNew else { return nil }
        isPlaced = isPlaced || geometry != nil
        content = rect
        state = newState ?? state
        wantedState = newState ?? wantedState
        return .configured(id, content: content, state: state)
    }
}

/// What the server has answered about one surface at the end of a drain; `nil` for what was not asked.
struct SurfaceAnswer: CustomStringConvertible {
    var origin: Point?
    var state: SurfaceState?
    var isFullscreen: Bool?

    var description: String {
        let origin = origin.map { "\($0)" } ?? "-"
        let state = state.map { "\($0)" } ?? "-"
        let covers = isFullscreen.map { $0 ? "on" : "off" } ?? "-"
        return "\(origin) \(state) \(covers)"
    }
}

/// The surfaces, by their own names and by the server's.
struct SurfaceTable {
    private var surfaces: [xcb_window_t: Surface] = [:]
    private var windows: [SurfaceID: xcb_window_t] = [:]

    /// Those whose manager waits for what they show.
    var owing: [xcb_window_t] {
        surfaces.values.filter { $0.sync.isOwed }.map(\.window)
    }

    /// Those that a drain has gathered something about, oldest first.
    var unsettled: [Surface] {
        surfaces.values.filter { $0.isUnsettled }.sorted { $0.window < $1.window }
    }

    var all: [Surface] { Array(surfaces.values) }

    /// The one that has the keyboard.
    var focused: Surface? {
        surfaces.values.first(where: \.hasFocus)
    }

    subscript(window: xcb_window_t) -> Surface? {
        get { surfaces[window] }
        // Mutates in place; a new surface comes in by `insert`.
        _modify { yield &surfaces[window] }
    }

    func window(_ id: SurfaceID) -> xcb_window_t? {
        windows[id]
    }

    mutating func insert(_ surface: Surface) {
        precondition(windows[surface.id] == nil, "A surface of this id exists already.")
        surfaces[surface.window] = surface
        windows[surface.id] = surface.window
    }

    mutating func remove(_ window: xcb_window_t) -> Surface? {
        guard let surface = surfaces.removeValue(forKey: window) else { return nil }
        windows[surface.id] = nil
        return surface
    }
}

#endif
