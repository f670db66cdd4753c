internal import RatCore
package import RatDisplay
internal import RatMessaging
internal import RatSystem

/// What `Window.redraw` is told to do. The bits are Win32's.
package struct RedrawFlags: OptionSet, Sendable {
    package let rawValue: UInt32

    package init(rawValue: UInt32) { self.rawValue = rawValue }

    /// The region needs painting.
    package static let invalidate = RedrawFlags(rawValue: 0x0001)
    /// WM_PAINT is to come, also if nothing needs painting.
    package static let internalPaint = RedrawFlags(rawValue: 0x0002)
    /// With `invalidate`: it is to be erased first.
    package static let erase = RedrawFlags(rawValue: 0x0004)
    /// The region needs no painting.
    package static let validate = RedrawFlags(rawValue: 0x0008)
    package static let noInternalPaint = RedrawFlags(rawValue: 0x0010)
    /// With `validate`: nothing is to be erased.
    package static let noErase = RedrawFlags(rawValue: 0x0020)
    package static let noChildren = RedrawFlags(rawValue: 0x0040)
    package static let allChildren = RedrawFlags(rawValue: 0x0080)
    package static let updateNow = RedrawFlags(rawValue: 0x0100)
    package static let eraseNow = RedrawFlags(rawValue: 0x0200)
    /// With `invalidate`: what is not client area counts too.
    package static let frame = RedrawFlags(rawValue: 0x0400)
    /// With `validate`: what is not client area needs no painting.
    package static let noFrame = RedrawFlags(rawValue: 0x0800)

    package static let all = RedrawFlags(rawValue: 0x0FFF)

    /// What changes marks.
    fileprivate static let marking: RedrawFlags = [
        .invalidate, .internalPaint, .validate, .noInternalPaint,
    ]
}

/// What is due with the next paint beside the update region.
struct PaintMarks {
    enum Erase {
        case none
        /// WM_ERASEBKGND is to be sent.
        case due
        /// It was sent, and the procedure did not erase: who paints is told.
        case refused
    }

    var erase = Erase.none
    /// WM_NCPAINT is to be sent.
    var frame = false
    /// WM_PAINT is to be sent whether or not anything needs painting.
    var isInternal = false
}

/// Update regions: what of a window needs painting.
///
/// Marks go from a window to what is in it, but for windows that do not draw over it (WS_CLIPCHILDREN); the
/// flags can say otherwise. What is hidden takes none and has none.
extension Window {
    package func invalidate(_ rect: Rect, erases: Bool) {
        redraw(Region(rect), erases ? [.invalidate, .erase] : .invalidate)
    }

    /// Marks the region, in client coordinates, or all of the window, and paints at once if the flags say so.
    /// Then it runs procedures.
    package func redraw(_ region: Region?, _ flags: RedrawFlags) {
        if !flags.isDisjoint(with: .marking), isSeen, life != .ending {
            mark(region ?? Region(flags.contains(.frame) ? windowBounds : clientBounds), flags)
        }
        if flags.contains(.updateNow) {
            updateNow(withChildren: !flags.contains(.noChildren))
        } else if flags.contains(.eraseNow) {
            eraseNow(flags)
        }
    }

    /// Paints now what needs it, of the window and what is in it. Runs procedures.
    package func updateNow() { updateNow(withChildren: true) }

    private func updateNow(withChildren: Bool) {
        let visit = thread.makeVisit()
        while exists {
            let found = firstDirty(descends: { _ in withChildren }) { window in
                window.lastVisit != visit && window.needsPaint
            }
            guard let window = found else { return }
            window.lastVisit = visit
            window.send(WindowMessage.paint)
        }
    }

    /// A window that its display has left would be asked for ever.
    package var needsPaint: Bool { isDirty && (life == .alive || life == .creating) && isSeen }

    private func mark(_ region: Region, _ flags: RedrawFlags) {
        takeMarks(region, flags)
        guard let node = reference?.record.node, node.record.firstChild != nil,
            marksChildren(flags)
        else { return }
        var inner = flags
        // What is painted anew under a child leaves nothing of the child, nor of what is in that.
        if flags.contains(.invalidate) {
            inner.formUnion([.frame, .erase])
            if style & WindowStyle.clipChildren == 0 { inner.insert(.allChildren) }
        }
        var pending: [(window: Window, node: NodeReference, region: Region)] = [
            (self, node, region)
        ]
        while let (outer, node, region) = pending.popLast() {
            let markChild = { (child: NodeReference) in
                guard let window = child.window(of: outer.thread.thread), window.isVisible else {
                    return
                }
                let bounds = region.intersection(child.record.frame)
                let part = bounds.offset(by: child.record.client.origin.negated)
                window.takeMarks(part, inner)
                if child.record.firstChild != nil, window.marksChildren(inner) {
                    pending.append((window, child, part))
                }
            }
            if flags.isDisjoint(with: [.internalPaint, .noInternalPaint]) {
                node.forEachChild(touching: region.bounds, markChild)
            } else {
                node.forEachChild(markChild)
            }
        }
    }

    private func marksChildren(_ flags: RedrawFlags) -> Bool {
        guard !flags.contains(.noChildren), state != .minimized else { return false }
        return flags.contains(.allChildren) || style & WindowStyle.clipChildren == 0
    }

    private func takeMarks(_ region: Region, _ flags: RedrawFlags) {
        if flags.contains(.invalidate) {
            let bounds = flags.contains(.frame) ? windowBounds : clientBounds
            let part = region.intersection(bounds)
            if !part.isEmpty {
                update = update.union(part)
                if flags.contains(.erase) { marks.erase = .due }
                if flags.contains(.frame) { marks.frame = true }
                thread.notePaint()
            }
        } else if flags.contains(.validate) {
            update = update.subtracting(region)
            if flags.contains(.noErase) { marks.erase = .none }
            if flags.contains(.noFrame) { marks.frame = false }
        }
        if flags.contains(.internalPaint) {
            marks.isInternal = true
        } else if flags.contains(.noInternalPaint) {
            marks.isInternal = false
        }
        settleMarks()
    }

    /// Puts the window among those with something to paint, or takes it out.
    private func settleMarks() {
        if update.isEmpty {
            marks.erase = .none
            marks.frame = false
        }
        if update.isEmpty && !marks.isInternal {
            thread.removeDirty(self)
        } else {
            thread.addDirty(self)
        }
    }

    /// What is hidden needs no painting, nor does what is in it.
    func dropUpdates() {
        guard dirtyInside > 0 else { return }
        dropMarks()
        guard dirtyInside > 0 else { return }
        for window in descendants where window.isDirty { window.dropMarks() }
    }

    /// Ends the need for painting without painting.
    func dropMarks() {
        update = .empty
        marks = PaintMarks()
        thread.removeDirty(self)
    }

    /// What lies outside the window needs no painting any more.
    func cutUpdate() {
        guard !update.isEmpty else { return }
        update = update.intersection(windowBounds)
        settleMarks()
    }

    // MARK: - Asking

    /// What of the client area needs painting. With `erases` it is erased first, which runs the procedure.
    package func updateRegion(erases: Bool) -> Region {
        let region = update.intersection(clientBounds)
        if erases, !region.isEmpty { eraseAtOnce() }
        return region
    }

    // MARK: - Erasing

    /// Sends what is due before a paint, WM_NCPAINT and WM_ERASEBKGND, to the window and what is in it; to
    /// children where the flags or their parent's style say so. It waits for the paint where what the window lies in is
    /// still to be painted, and draws over it. Runs procedures.
    func eraseNow(_ flags: RedrawFlags) {
        guard !liesUnderPaint else { return }
        let visit = thread.makeVisit()
        while exists {
            let found = firstDirty { outer in
                flags.contains(.allChildren)
                    || (!flags.contains(.noChildren)
                        && outer.style & WindowStyle.clipChildren != 0)
            } where: { window in
                window.lastVisit != visit && (window.marks.frame || window.marks.erase == .due)
                    && window.needsPaint
            }
            guard let window = found else { return }
            window.lastVisit = visit
            window.eraseAtOnce()
        }
    }

    private var liesUnderPaint: Bool {
        var window = self
        while let parent = window.parent, parent.style & WindowStyle.clipChildren == 0 {
            guard !parent.needsPaint else { return true }
            window = parent
        }
        return false
    }

    /// Erases what is to be painted, and shows that.
    private func eraseAtOnce() {
        guard isSeen else { return }
        sendFramePaint()
        guard exists, marks.erase == .due else { return }
        marks.erase = .none
        guard let session = try? makeSession(.client, updateOnSurface(), Clipping(style: style))
        else { return }
        var isErased = true
        if !session.clip.isEmpty { isErased = sendErase(session) }
        if !isErased, exists, !update.isEmpty, marks.erase == .none { marks.erase = .refused }
        try? finish(session)
        thread.recycle(session)
    }

    /// Sends WM_NCPAINT, if it is due.
    func sendFramePaint() {
        guard marks.frame else { return }
        marks.frame = false
        let origin = Point(
            x: parentOrigin.x &+ client.left,
            y: parentOrigin.y &+ client.top
        )
        // 1 stands for the whole window.
        var region = Handle(rawValue: 1)
        if update.coverage(of: windowBounds) != .all,
            let part = try? RegionObject.create(update.offset(by: origin))
        {
            region = part
        }
        send(WindowMessage.nonClientPaint, UInt(truncatingIfNeeded: region.rawValue))
        if region.rawValue != 1 { try? Objects.close(region) }
    }
}
