internal import RatDisplay
internal import RatSystem

/// How a window is seen before its position changes.
struct Appearance {
    /// On the surface; empty if it is not seen, or nothing is to follow from the change.
    var visible = Region.empty
    var isSeen = false
    /// On the surface.
    var clientOrigin = Point(x: 0, y: 0)
    var clientSize = Size(width: 0, height: 0)
}

/// What a new position does to the pixels: those that are still right move with the window, the rest of it,
/// and what it has uncovered, needs painting.
extension Window {
    func appearance(_ position: WindowPosition) -> Appearance {
        var appearance = Appearance()
        appearance.clientSize = client.size
        appearance.isSeen = isSeen
        guard appearance.isSeen else { return appearance }
        appearance.clientOrigin = clientOriginOnSurface
        appearance.visible = visibleRegion(.whole, Clipping(style: style).subtracting(.children))
        return appearance
    }

    /// How the window was seen before its style alone hid it.
    var hiddenAppearance: Appearance {
        var appearance = Appearance()
        guard let node = reference?.record.node, parent?.isSeen == true else { return appearance }
        appearance.isSeen = true
        appearance.visible = node.visibleRegion(
            .whole,
            Clipping(style: style).subtracting(.children),
            within: .everywhere
        )
        return appearance
    }

    /// Keeps, moves and marks what the change asks for.
    func adapt(_ before: Appearance, _ position: WindowPosition) {
        let isIcon = level == .top && state == .minimized
        if isIcon || position.has(PositionFlag.hide) { dropUpdates() }
        if level == .top, !isIcon { resizePixels() }
        cutUpdate()
        guard !position.has(PositionFlag.noRedraw) else { return }
        let after = visibleRegion(.whole, Clipping(style: style).subtracting(.children))
        if isSeen {
            let kept =
                before.isSeen && !position.has(PositionFlag.show)
                ? keepPixels(before, after, position) : .empty
            markAll(after.subtracting(kept))
            if !kept.isEmpty { markUnderPaint(kept) }
        }
        guard before.isSeen, level == .child, let parent else { return }
        let uncovered = before.visible.subtracting(after)
        guard !uncovered.isEmpty else { return }
        let origin = parent.clientOriginOnSurface.negated
        parent.redraw(uncovered.offset(by: origin), [.invalidate, .erase, .allChildren])
    }

    /// Moves the pixels that stay right to where the window is now. Gives where that is, on the surface.
    private func keepPixels(
        _ before: Appearance,
        _ after: Region,
        _ position: WindowPosition
    ) -> Region {
        let old = before.clientSize
        let style = windowClass.style
        let redraws =
            position.has(PositionFlag.noCopyBits)
            || (client.size.width != old.width && style & ClassStyle.horizontalRedraw != 0)
            || (client.size.height != old.height && style & ClassStyle.verticalRedraw != 0)
        guard !redraws else { return .empty }
        let origin = clientOriginOnSurface
        let delta = origin.offset(by: before.clientOrigin.negated)
        var kept = before.visible.offset(by: delta).intersection(after)
        if !position.has(PositionFlag.noSize) || client.size != old {
            let common = Size(
                width: min(old.width, client.size.width),
                height: min(old.height, client.size.height)
            )
            kept = kept.intersection(Rect(origin: origin, size: common))
        }
        guard delta != Point(x: 0, y: 0), !kept.isEmpty else { return kept }
        topLevel.movePixels(kept.offset(by: delta.negated), by: delta)
        return kept
    }

    /// All that is in a part of the surface is to be painted anew.
    private func markAll(_ part: Region) {
        guard !part.isEmpty else { return }
        redraw(
            part.offset(by: clientOriginOnSurface.negated),
            [.invalidate, .erase, .frame, .allChildren]
        )
    }

    /// What a window below is still to paint, and draws over this one, is to be painted here after it.
    private func markUnderPaint(_ kept: Region) {
        var window = self
        while let parent = window.parent {
            if parent.style & WindowStyle.clipChildren == 0, !parent.update.isEmpty {
                markAll(parent.update.offset(by: parent.clientOriginOnSurface).intersection(kept))
            }
            window = parent
        }
    }

    /// Erases at once what has got free or new, unless the window was only moved or made an icon.
    func eraseAfter(_ position: WindowPosition) {
        let isTold = position.has(PositionFlag.show | PositionFlag.hide)
        let isOnlyMoved =
            position.has(PositionFlag.noSize) && !position.has(PositionFlag.noMove) && !isTold
        let isIcon = position.has(PositionFlag.stateChanged) && state == .minimized
        guard !isOnlyMoved, !isIcon, !position.has(PositionFlag.deferErase | PositionFlag.noRedraw)
        else {
            return
        }
        let target = position.has(PositionFlag.show) ? self : parent ?? self
        target.eraseNow([])
    }

    /// Gives the surface's pixels the window's size.
    private func resizePixels() {
        guard let pixels, pixels.size != frame.size else { return }
        // The next paint tries again, and says what is wrong.
        _ = try? surfacePixels()
    }

    /// Moves a part of a surface's pixels, and shows them at their new place.
    func movePixels(_ part: Region, by delta: Point) {
        guard let pixels else { return }
        let rects = part.rectangles.sorted { first, second in
            // What is still to be moved must not be written over.
            if first.top != second.top {
                return delta.y > 0 ? first.top > second.top : first.top < second.top
            }
            return delta.x > 0 ? first.left > second.left : first.left < second.left
        }
        for rect in rects { pixels.move(rect, by: delta) }
        try? present(part.offset(by: delta))
    }

    /// WM_SETREDRAW. As in Win32 it is the style that says so: for all others the window is hidden, but the
    /// display goes on showing what it shows.
    func setRedraw(_ redraws: Bool) {
        guard redraws != isVisible else { return }
        if redraws {
            style |= WindowStyle.visible
        } else {
            dropUpdates()
            style &= ~WindowStyle.visible
        }
    }
}
