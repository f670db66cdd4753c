package import RatDisplay

/// How a window's contents are scrolled. The bits are Win32's.
package struct ScrollFlags: OptionSet, Sendable {
    package let rawValue: UInt32

    package init(rawValue: UInt32) { self.rawValue = rawValue }

    /// Children go with what they lie on.
    package static let children = ScrollFlags(rawValue: 0x0001)
    package static let invalidate = ScrollFlags(rawValue: 0x0002)
    /// With `invalidate`: it is to be erased first.
    package static let erase = ScrollFlags(rawValue: 0x0004)
    /// Taken, and done at once.
    package static let smooth = ScrollFlags(rawValue: 0x0010)

    package static let all: ScrollFlags = [.children, .invalidate, .erase, .smooth]
}

extension Window {
    /// Moves what the client area shows in `rect` by `delta`, within `rect` and `clip`. Gives what has no right
    /// pixels afterwards, and the bounds of what the scrolling itself has uncovered. What is to be painted
    /// moves too. May run the procedures of children.
    package func scroll(
        by delta: Point,
        _ rect: Rect?,
        _ clip: Rect?,
        _ flags: ScrollFlags
    ) -> (region: Region, uncovered: Rect) {
        guard isSeen, delta != Point(x: 0, y: 0) else { return (.empty, .empty) }
        let area = (rect ?? clientBounds).intersection(clientBounds)
        let target = area.intersection(clip ?? clientBounds)
        let origin = clientOriginOnSurface
        var clipping = Clipping(style: style)
        // Their pixels go with them.
        if flags.contains(.children) { clipping.remove(.children) }
        let seen = visibleRegion(.client, clipping).offset(by: origin.negated)
        let moved = seen.intersection(area).offset(by: delta).intersection(target)
            .intersection(seen)
        let uncovered = seen.intersection(target).subtracting(moved)
        topLevel.movePixels(moved.offset(by: origin.offset(by: delta.negated)), by: delta)

        let pending = update.intersection(clientBounds)
        let pendingMoved = pending.intersection(area).offset(by: delta).intersection(target)
        redraw(pendingMoved, .invalidate)
        if flags.contains(.children) {
            moveChildren(touching: rect, by: delta)
            // Some may lie now on what is still to be painted under them.
            if !update.isEmpty { redraw(update, .invalidate) }
        }
        let region = uncovered.union(pending.intersection(target)).union(pendingMoved)
        guard exists, flags.contains(.invalidate) else { return (region, uncovered.bounds) }
        var how: RedrawFlags = .invalidate
        if flags.contains(.erase) { how.insert(.erase) }
        if flags.contains(.children) { how.insert(.allChildren) }
        redraw(uncovered, how)
        return (region, uncovered.bounds)
    }

    private func moveChildren(touching rect: Rect?, by delta: Point) {
        for child in children where child.exists && child.isInside(orIs: self) {
            guard rect.map({ !child.frame.intersection($0).isEmpty }) ?? true else { continue }
            let flags =
                PositionFlag.noSize | PositionFlag.noOrder | PositionFlag.noActivate
                | PositionFlag.noRedraw | PositionFlag.deferErase
            let place = Rect(
                origin: child.frame.origin.offset(by: delta),
                size: child.frame.size
            )
            try? child.setPosition(WindowPosition(insertAfter: 0, place, flags: flags))
        }
    }
}
