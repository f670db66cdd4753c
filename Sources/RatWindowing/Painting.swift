package import RatCore
internal import RatDisplay
internal import RatSystem

/// Painting. A top-level window keeps the pixels of its surface, so only what `update` covers is ever asked of
/// a procedure. What is in it draws on its part of them.
extension Window {
    /// Lends the pixels and says what of them is needed; the need ends with it. Runs the procedure, to paint
    /// what is not client area and to erase.
    package func beginPaint() throws(RatError) -> Paint {
        guard painting == nil else { throw .alreadyExists }
        guard thread.hasDisplay else { throw .notConnected }
        sendFramePaint()
        guard exists else { throw .invalidHandle }
        guard painting == nil else { throw .alreadyExists }
        let session = try makeSession(.client, updateOnSurface(), Clipping(style: style))
        painting = session
        let erase = marks.erase
        validateUnder(session.clip.offset(by: clientOriginOnSurface.negated))
        dropMarks()
        var erases = erase == .refused
        if erase == .due, !session.clip.isEmpty {
            erases = !sendErase(session)
            guard exists, painting === session else { throw .invalidHandle }
        }
        return session.paint(erases: erases)
    }

    /// Shows what was painted.
    package func endPaint() throws(RatError) {
        guard let session = painting else { throw .invalidArgument }
        painting = nil
        defer { thread.recycle(session) }
        try finish(session)
    }

    /// Lends `body` the pixels of a paint. They stay as they are if the window ends meanwhile.
    package func paint(_ body: (Paint) -> Void) throws(RatError) {
        let paint = try beginPaint()
        let session = painting
        body(paint)
        // What ended with the window is not used again.
        guard session === painting, painting != nil else { return }
        try endPaint()
    }

    /// The window ends, with what was lent of it.
    func abandonPaint() {
        painting = nil
        thread.lent.removeAll { $0.window === self }
    }

    /// The update region of the client area, on the surface.
    func updateOnSurface() -> Region {
        guard !update.isEmpty else { return .empty }
        return update.intersection(clientBounds).offset(by: clientOriginOnSurface)
    }

    /// What is painted here needs no painting by windows below that would draw over it.
    private func validateUnder(_ region: Region) {
        guard !region.isEmpty, level == .child else { return }
        var part = region
        var window = self
        while let parent = window.parent {
            part = part.offset(by: window.client.origin)
            if parent.style & WindowStyle.clipChildren == 0, !parent.update.isEmpty {
                parent.redraw(part, [.validate, .noChildren])
            }
            window = parent
        }
    }

    /// Sends WM_ERASEBKGND with the pixels of a session. Says whether it was answered.
    func sendErase(_ session: PaintSession) -> Bool {
        var paint = session.paint(erases: true)
        let outer = erasing
        return unsafe withUnsafeMutablePointer(to: &paint) { pointer in
            let address = Int(bitPattern: pointer)
            erasing = (session, address)
            defer { erasing = outer }
            return send(WindowMessage.eraseBackground, 0, address) != 0
        }
    }

    /// Fills what is being erased with the class's background. Says whether there is one.
    func eraseBackground(_ address: Int) -> Bool {
        guard let erasing, erasing.address == address, windowClass.background != 0 else {
            return false
        }
        erasing.session.fill(with: windowClass.background)
        return true
    }

    /// A window that does not paint is erased and counts as painted, or its message would come for ever.
    func paintNothing() {
        do throws(RatError) {
            _ = try beginPaint()
            try endPaint()
        } catch {
            if exists { dropMarks() }
        }
    }

    /// The display has lost what it showed of a part of the surface: shows it again, but for what is to be
    /// painted anyway.
    func represent(_ rect: Rect) {
        let surface = Rect(origin: Point(x: 0, y: 0), size: frame.size)
        let part = Region(rect.intersection(surface))
        guard isSeen, !part.isEmpty else { return }
        let origin = clientOriginOnSurface
        guard let pixels, pixels.size == frame.size else {
            redraw(part.offset(by: origin.negated), [.invalidate, .erase, .frame, .allChildren])
            return
        }
        // A display that is lost meanwhile says so itself.
        try? present(part.subtracting(update.offset(by: origin)))
    }

    // MARK: - Outside of paints

    /// What is lent outside of a paint. The bits are those of Win32's GetDCEx.
    package struct Lending: OptionSet, Sendable {
        package let rawValue: UInt32

        package init(rawValue: UInt32) { self.rawValue = rawValue }

        /// The whole window, not the client area.
        package static let window = Lending(rawValue: 0x0001)
        package static let clipChildren = Lending(rawValue: 0x0008)
        package static let clipSiblings = Lending(rawValue: 0x0010)
        /// The region is left out, and not what remains.
        package static let excludesRegion = Lending(rawValue: 0x0040)
        package static let intersectsRegion = Lending(rawValue: 0x0080)
        /// What needs painting is left out.
        package static let excludesUpdate = Lending(rawValue: 0x0100)
        package static let intersectsUpdate = Lending(rawValue: 0x0200)
        /// Clips as the window's style says.
        package static let usesStyle = Lending(rawValue: 0x10000)

        package static let all: Lending = [
            .window, .clipChildren, .clipSiblings, .excludesRegion, .intersectsRegion,
            .excludesUpdate, .intersectsUpdate, .usesStyle,
        ]
    }

    /// Lends the pixels of what can be seen. `region` is in the area's coordinates.
    package func lendPixels(_ region: Region?, _ how: Lending) throws(RatError) -> Paint {
        guard thread.hasDisplay else { throw .notConnected }
        let area: WindowArea = how.contains(.window) ? .whole : .client
        var clipping: Clipping = how.contains(.usesStyle) ? Clipping(style: style) : []
        if how.contains(.clipChildren) { clipping.insert(.children) }
        if how.contains(.clipSiblings) { clipping.insert(.siblings) }
        let bounds = area == .client ? clientBounds : windowBounds
        var part = Region(bounds)
        if let region {
            let region = region.offset(by: bounds.origin)
            part =
                how.contains(.excludesRegion)
                ? part.subtracting(region) : part.intersection(region)
        }
        if how.contains(.excludesUpdate) { part = part.subtracting(update) }
        if how.contains(.intersectsUpdate) { part = part.intersection(update) }
        let session = try makeSession(area, part.offset(by: clientOriginOnSurface), clipping)
        thread.lent.append((self, session))
        return session.paint(erases: false)
    }

    /// Lends `body` the pixels of what can be seen of the client area. They stay as they are if the window ends
    /// meanwhile.
    package func draw(_ body: (Paint) -> Void) throws(RatError) {
        let paint = try lendPixels(nil, .usesStyle)
        let session = thread.lent.last?.session
        body(paint)
        guard exists, session != nil else { return }
        try releasePixels(paint.token)
    }

    /// Shows what was drawn on lent pixels.
    package func releasePixels(_ token: UInt64) throws(RatError) {
        guard
            let place = thread.lent.firstIndex(where: {
                $0.window === self && $0.session.token == token
            })
        else { throw .invalidArgument }
        let session = thread.lent.remove(at: place).session
        defer { thread.recycle(session) }
        try finish(session)
    }
}
