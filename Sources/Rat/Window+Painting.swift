internal import RatCore
internal import RatDisplay
internal import RatWindowing

extension Window {
    /// How contents are scrolled.
    public struct ScrollOptions: OptionSet, Sendable {
        /// The C interface's RAT_SW_*.
        public let rawValue: UInt32

        /// The options of those bits.
        public init(rawValue: UInt32) {
            self.rawValue = rawValue
        }

        /// Children go with what they lie on.
        public static let children = ScrollOptions(rawValue: 0x0001)
        /// What is uncovered is erased before it is painted.
        public static let erase = ScrollOptions(rawValue: 0x0004)
    }

    /// Has `.paint` come for the whole client area, erased first, and for what is in the window.
    public func invalidate() {
        engine?.redraw(nil, [.invalidate, .erase])
    }

    /// Has `.paint` come for a part of the client area.
    public func invalidate(_ area: Area, erases: Bool = true) {
        engine?.invalidate(area.rect, erases: erases)
    }

    /// Says that nothing needs painting, or nothing in an area.
    public func validate(_ area: Area? = nil) {
        engine?.redraw(area.map { RatWindowing.Region($0.rect) }, .validate)
    }

    /// What of the client area needs painting: areas that do not overlap, from top to bottom, from left to
    /// right.
    public var invalidAreas: [Area] {
        invalidRegion.areas
    }

    /// Has `.paint` come now, if anything needs it, to the window and what is in it.
    public func update() {
        engine?.updateNow()
    }

    /// Paints what needs it, and shows it. Call it on `.paint`.
    public func paint(_ body: (borrowing Canvas) -> Void) throws(RatError) {
        try withEngine { window throws(RatCore.RatError) in
            try window.paint { body(Canvas($0)) }
        }
    }

    /// Draws on what can be seen of the client area, outside of a paint, and shows it.
    public func draw(_ body: (borrowing Canvas) -> Void) throws(RatError) {
        try withEngine { window throws(RatCore.RatError) in
            try window.draw { body(Canvas($0)) }
        }
    }

    /// Moves what an area shows, or all of the client area, and has `.paint` come for what that uncovers.
    public func scroll(
        x: Int,
        y: Int,
        _ area: Area? = nil,
        options: ScrollOptions = .erase
    ) {
        let delta = Point(x: Int32(clamping: x), y: Int32(clamping: y))
        _ = engine?.scroll(
            by: delta,
            area?.rect,
            nil,
            [.invalidate, ScrollFlags(rawValue: options.rawValue)]
        )
    }
}
