internal import RatCore
internal import RatDisplay
internal import RatWindowing

extension Window {
    /// A place among siblings.
    public enum Order {
        /// Above all others of its kind.
        case top
        /// Below all others.
        case bottom
        /// Above all that are not topmost, from now on.
        case topmost
        /// No longer topmost.
        case notTopmost
        /// Directly below that sibling.
        case below(Window)
    }

    /// A change of place, size, order and visibility, all of it or some. `nil` leaves what is.
    public struct Placement {
        /// The upper left corner: in the parent's client area, on the screen for a top-level window.
        public var position: (x: Int, y: Int)?
        /// With the frame.
        public var size: (width: Int, height: Int)?
        /// Among the siblings.
        public var order: Order?
        /// Shown or hidden.
        public var isVisible: Bool?
        /// Whether the window becomes the active one.
        public var activates: Bool

        /// A change of what is given.
        public init(
            position: (x: Int, y: Int)? = nil,
            size: (width: Int, height: Int)? = nil,
            order: Order? = nil,
            isVisible: Bool? = nil,
            activates: Bool = false
        ) {
            self.position = position
            self.size = size
            self.order = order
            self.isVisible = isVisible
            self.activates = activates
        }
    }

    /// Makes a change in one step. Runs the handler, which can alter it on `.positionChanging`.
    public func place(_ placement: Placement) throws(RatError) {
        try withEngine { window throws(RatCore.RatError) in
            try window.setPosition(placement.engine)
        }
    }

    /// Makes the changes of several windows of one parent, one after the other.
    public static func place(_ placements: [(window: Window, placement: Placement)])
        throws(RatError)
    {
        try call { () throws(RatCore.RatError) in
            var windows: [RatWindowing.Window] = []
            for (window, _) in placements {
                windows.append(try RatWindowing.Window.find(window.handle))
            }
            let thread = try WindowThread.current()
            let batch = thread.beginDeferring()
            for (window, (_, placement)) in zip(windows, placements) {
                try thread.deferPosition(placement.engine, of: window, to: batch)
            }
            try thread.endDeferring(batch)
        }
    }

    /// Moves the upper left corner.
    public func move(x: Int, y: Int) throws(RatError) {
        try place(Placement(position: (x, y)))
    }

    /// Makes it so large, with its frame.
    public func resize(width: Int, height: Int) throws(RatError) {
        try place(Placement(size: (width, height)))
    }

    /// Puts it in another place among its siblings.
    public func order(_ order: Order) throws(RatError) {
        try place(Placement(order: order))
    }

    /// All of it with its frame, on the screen. Nothing once it is gone.
    public var frame: Area { target.frame }

    // MARK: - States

    /// What a window is on the screen.
    public enum State: Sendable {
        /// As large as it is made.
        case normal
        /// An icon, or not to be seen.
        case minimized
        /// As large as the screen lets it be.
        case maximized
    }

    /// What the window is on the screen.
    public var state: State {
        switch engine?.placement.command {
        case .minimized: .minimized
        case .maximized: .maximized
        default: .normal
        }
    }

    /// Shows it minimised, maximised, or as large as it was.
    public func show(_ state: State) throws(RatError) {
        let command: ShowCommand =
            switch state {
            case .normal: .normal
            case .minimized: .minimize
            case .maximized: .maximized
            }
        try withEngine { window throws(RatCore.RatError) in _ = try window.show(command) }
    }

    /// Shows it as it was before it was minimised; as large as it was, if it is maximised.
    public func restore() throws(RatError) {
        try withEngine { window throws(RatCore.RatError) in _ = try window.show(.restore) }
    }

    /// Where the window is, with its frame, while it is neither minimised nor maximised.
    public var normalFrame: Area { Area(engine?.placement.normal ?? .empty) }

    /// Whether the window gets input. Disabling takes focus and mouse from it.
    public var isEnabled: Bool {
        get { target.isEnabled }
        set { _ = engine?.enable(newValue) }
    }

    // MARK: - Points

    /// A point of its client area, in the coordinates of another's; of the screen with `nil`.
    public func convert(x: Int, y: Int, to other: Window?) throws(RatError) -> (x: Int, y: Int) {
        try Self.convert(x, y, from: handle, to: other?.handle ?? .invalid)
    }

    /// A point of the screen, in the coordinates of its client area.
    public func convertFromScreen(x: Int, y: Int) throws(RatError) -> (x: Int, y: Int) {
        try Self.convert(x, y, from: .invalid, to: handle)
    }

    private static func convert(
        _ x: Int,
        _ y: Int,
        from: Handle,
        to: Handle
    ) throws(RatError) -> (x: Int, y: Int) {
        try call { () throws(RatCore.RatError) in
            let (old, new) = (
                try WindowTree.clientOrigin(of: from), try WindowTree.clientOrigin(of: to)
            )
            return (x + Int(old.x) - Int(new.x), y + Int(old.y) - Int(new.y))
        }
    }
}

extension Window.Target {
    /// The window at a point of the screen that would get the mouse there: shown, enabled and not transparent there.
    public static func at(x: Int, y: Int) -> Window.Target? {
        found { () throws(RatCore.RatError) in
            WindowTree.windowAt(Point(x: Int32(clamping: x), y: Int32(clamping: y)))
        }
    }

    /// What to look past.
    public struct Skipping: OptionSet, Sendable {
        /// The C interface's RAT_CWP_*.
        public let rawValue: UInt32

        /// What those bits say.
        public init(rawValue: UInt32) {
            self.rawValue = rawValue
        }

        /// Children that are hidden.
        public static let invisible = Skipping(rawValue: 0x0001)
        /// Children that get no input.
        public static let disabled = Skipping(rawValue: 0x0002)
        /// Children of that extended style.
        public static let transparent = Skipping(rawValue: 0x0004)
    }

    /// What lies directly in the window at a point of its client area: the window itself if there is nothing, `nil`
    /// outside.
    public func child(at point: (x: Int, y: Int), skipping: Skipping = []) -> Window.Target? {
        let point = Point(x: Int32(clamping: point.x), y: Int32(clamping: point.y))
        return Self.found { () throws(RatCore.RatError) in
            try WindowTree.childAt(point, of: handle, skipping: skipping.rawValue & 7)
        }
    }
}

extension Window.Placement {
    var engine: WindowPosition {
        var flags: UInt32 = 0
        if position == nil { flags |= PositionFlag.noMove }
        if size == nil { flags |= PositionFlag.noSize }
        if order == nil { flags |= PositionFlag.noOrder }
        if !activates { flags |= PositionFlag.noActivate }
        if let isVisible { flags |= isVisible ? PositionFlag.show : PositionFlag.hide }
        var engine = WindowPosition(flags: flags)
        (engine.x, engine.y) = (
            Int32(clamping: position?.x ?? 0), Int32(clamping: position?.y ?? 0)
        )
        engine.width = Int32(clamping: size?.width ?? 0)
        engine.height = Int32(clamping: size?.height ?? 0)
        engine.insertAfter =
            switch order {
            case nil, .top: WindowOrder.top
            case .bottom: WindowOrder.bottom
            case .topmost: WindowOrder.topmost
            case .notTopmost: WindowOrder.notTopmost
            case .below(let sibling): sibling.handle.rawValue
            }
        return engine
    }
}
