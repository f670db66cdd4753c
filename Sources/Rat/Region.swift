internal import RatDisplay
internal import RatWindowing

/// Pixels of a window: an area of any shape, as rectangles. Its operations take time in proportion to those.
public struct Region: Equatable, Sendable {
    let engine: RatWindowing.Region

    init(_ engine: RatWindowing.Region) {
        self.engine = engine
    }

    /// No pixels.
    public init() {
        engine = .empty
    }

    /// All pixels of an area.
    public init(_ area: Area) {
        engine = RatWindowing.Region(area.rect)
    }

    /// All pixels of several areas, which may overlap.
    public init(_ areas: [Area]) {
        engine = RatWindowing.Region(areas.map(\.rect))
    }

    /// The pixels as areas that do not overlap, from top to bottom, from left to right.
    public var areas: [Area] { engine.rectangles.map { Area($0) } }

    /// The smallest area around it.
    public var bounds: Area { Area(engine.bounds) }

    /// Whether it has no pixels.
    public var isEmpty: Bool { engine.isEmpty }

    /// Whether a pixel is in it.
    public func contains(x: Int, y: Int) -> Bool {
        guard let x = Int32(exactly: x), let y = Int32(exactly: y) else { return false }
        return engine.contains(Point(x: x, y: y))
    }

    /// What is in either.
    public func union(_ other: Region) -> Region { Region(engine.union(other.engine)) }

    /// What is in both.
    public func intersection(_ other: Region) -> Region {
        Region(engine.intersection(other.engine))
    }

    /// What is in this and not in the other.
    public func subtracting(_ other: Region) -> Region { Region(engine.subtracting(other.engine)) }

    /// What is in one of them alone.
    public func symmetricDifference(_ other: Region) -> Region {
        Region(engine.symmetricDifference(other.engine))
    }

    /// The same elsewhere.
    public func offset(x: Int, y: Int) -> Region {
        Region(engine.offset(by: Point(x: Int32(clamping: x), y: Int32(clamping: y))))
    }
}

extension Window {
    /// Has `.paint` come for a part of the client area, of any shape.
    public func invalidate(_ region: Region, erases: Bool = true) {
        engine?.redraw(region.engine, erases ? [.invalidate, .erase] : .invalidate)
    }

    /// Says that a part, of any shape, needs no painting.
    public func validate(_ region: Region) {
        engine?.redraw(region.engine, .validate)
    }

    /// What of the client area needs painting.
    public var invalidRegion: Region {
        Region(engine?.updateRegion(erases: false) ?? .empty)
    }
}
