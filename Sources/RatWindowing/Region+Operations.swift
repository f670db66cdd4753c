package import RatDisplay

/// What two regions make.
///
/// Every operation is one sweep from top to bottom over both. Between two rows where a band of
/// either begins or ends, neither changes, so one sweep from left to right over the runs of both
/// gives these rows' pixels. The work is that of going through the runs of both once for each such
/// piece: linear in the number of bands where these have few runs.
///
/// How much of one region's bounds the other covers often tells the result without a sweep, and
/// without memory.
extension Region {
    package func union(_ other: Region) -> Region {
        if other.coverage(of: bounds) == .all { return other }
        if coverage(of: other.bounds) == .all { return self }
        return Region.combine(rectangles, other.rectangles, .union)
    }

    package func intersection(_ other: Region) -> Region {
        let common = bounds.intersection(other.bounds)
        if isPlain && other.isPlain { return Region(common) }
        if coverage(of: other.bounds) == .all { return other }
        if other.coverage(of: bounds) == .all { return self }
        return Region.combine(bands(across: common), other.bands(across: common), .intersection)
    }

    /// What `other` does not have of this region.
    package func subtracting(_ other: Region) -> Region {
        switch other.coverage(of: bounds) {
        case .all: .empty
        case .none: self
        case .part: Region.combine(rectangles, other.bands(across: bounds), .difference)
        }
    }

    /// What is in just one of the two.
    package func symmetricDifference(_ other: Region) -> Region {
        Region.combine(rectangles, other.rectangles, .symmetricDifference)
    }

    package func union(_ rect: Rect) -> Region { union(Region(rect)) }
    package func intersection(_ rect: Rect) -> Region { intersection(Region(rect)) }
    package func subtracting(_ rect: Rect) -> Region { subtracting(Region(rect)) }
}
