#if GDI

internal import CRatCairo

extension Canvas {
    /// Draws a line at a point, which the alignment says more of. `box`, in pixels, is for what is filled or limits.
    mutating func textOut(
        _ line: TextLine,
        _ font: FoundFont,
        at given: Spot,
        fills: Bool,
        limit: Box?,
        box: Box?
    ) {
        let align = state.textAlign
        var spot = align & 1 != 0 ? device(state.position) : device(given)
        switch align & 6 {
        case 2: spot.x -= line.width
        case 6: spot.x -= line.width / 2
        default: break
        }
        switch align & 24 {
        case 8: spot.y -= font.metrics.height
        case 24: spot.y -= font.metrics.ascent
        default: break
        }
        if fills, let box { fill(box, .solid(state.backgroundColor | opaque), .copy) }
        draw(line, font, at: spot, limit: limit)
        guard align & 1 != 0 else { return }
        switch align & 6 {
        case 2: state.position.x = bounded(state.position.x - line.width)
        case 6: break
        default: state.position.x = bounded(state.position.x + line.width)
        }
    }

    /// Draws a line whose top left corner, in pixels, is `spot`.
    func draw(_ line: TextLine, _ font: FoundFont, at spot: Spot, limit: Box? = nil) {
        let metrics = font.metrics
        var clip = clip
        if let limit { clip = clip.intersection(Clip(limit)) }
        let cell = Box(
            left: spot.x,
            top: spot.y,
            right: spot.x + line.width,
            bottom: spot.y + metrics.height
        )
        if state.isOpaque {
            for part in clip.boxes {
                fill(cell.intersection(part), .solid(state.backgroundColor | opaque), .copy)
            }
        }
        drawGlyphs(line, font, Spot(x: spot.x, y: spot.y + metrics.ascent), clip)
        let thickness = max(metrics.height / 16, 1)
        let flags = self.state.font.request.flags
        for (flag, y) in [
            (Font.Request.underline, spot.y + metrics.ascent + max(metrics.descent / 3, 1)),
            (Font.Request.strikeout, spot.y + metrics.ascent - metrics.ascent / 3),
        ] where flags & flag != 0 {
            let rule = Box(left: cell.left, top: y, right: cell.right, bottom: y + thickness)
            for part in clip.boxes {
                fill(rule.intersection(part), .solid(state.textColor | opaque), .copy)
            }
        }
    }

    private func drawGlyphs(_ line: TextLine, _ font: FoundFont, _ baseline: Spot, _ clip: Clip) {
        let bounds = clip.bounds
        let metrics = font.metrics
        // What a glyph may reach beyond its cell.
        let reach = 2 * metrics.height
        guard !bounds.isEmpty, baseline.y + reach >= bounds.top, baseline.y - reach <= bounds.bottom
        else { return }
        var usual: [cairo_glyph_t] = []
        var others: [cairo_glyph_t] = []
        var x = baseline.x
        for character in line.characters {
            defer { x += character.advance }
            guard x + reach >= bounds.left, x - reach <= bounds.right else { continue }
            let glyph = font.glyph(character.scalar)
            guard glyph.index != UInt.max, character.scalar != " " else { continue }
            let shown = cairo_glyph_t(index: glyph.index, x: Double(x), y: Double(baseline.y))
            if glyph.isReplacement { others.append(shown) } else { usual.append(shown) }
        }
        guard !usual.isEmpty || !others.isEmpty else { return }
        unsafe withCairo(clip) { cairo in
            let color = state.textColor
            unsafe cairo_set_source_rgb(
                cairo,
                Double(color >> 16 & 255) / 255,
                Double(color >> 8 & 255) / 255,
                Double(color & 255) / 255
            )
            if !usual.isEmpty { unsafe font.show(usual, isReplacement: false, cairo) }
            if !others.isEmpty { unsafe font.show(others, isReplacement: true, cairo) }
        }
    }

    /// Lends the pixels to cairo. It has no use for rows that go upwards: for those there is a copy of the part that
    /// may change, which is taken over.
    private func withCairo(_ clip: Clip, _ body: (OpaquePointer) -> Void) {
        guard pixels.isUpward else { return unsafe Self.withCairo(pixels, .zero, clip, body) }
        let part = clip.bounds
        guard let copy = Bitmap(width: part.width, height: part.height, isUpward: false) else {
            return
        }
        let corner = Spot(x: part.left, y: part.top)
        withExtendedLifetime(copy) {
            for y in 0..<part.height {
                let row = unsafe pixels.row(part.top + y) + part.left
                unsafe copy.pixels.row(y).update(from: row, count: part.width)
            }
            unsafe Self.withCairo(copy.pixels, corner, clip, body)
            for y in 0..<part.height {
                let row = unsafe pixels.row(part.top + y) + part.left
                unsafe row.update(from: copy.pixels.row(y), count: part.width)
            }
        }
    }

    /// `corner` is where the first pixel is.
    private static func withCairo(
        _ pixels: Pixels,
        _ corner: Spot,
        _ clip: Clip,
        _ body: (OpaquePointer) -> Void
    ) {
        let surface = unsafe cairo_image_surface_create_for_data(
            UnsafeMutableRawPointer(pixels.row(0)).assumingMemoryBound(to: UInt8.self),
            CAIRO_FORMAT_ARGB32,
            Int32(pixels.width),
            Int32(pixels.height),
            Int32(pixels.stride)
        )
        defer { unsafe cairo_surface_destroy(surface) }
        unsafe cairo_surface_set_device_offset(surface, Double(-corner.x), Double(-corner.y))
        guard let cairo = unsafe cairo_create(surface) else { return }
        defer { unsafe cairo_destroy(cairo) }
        for box in clip.boxes {
            unsafe cairo_rectangle(
                cairo,
                Double(box.left),
                Double(box.top),
                Double(box.width),
                Double(box.height)
            )
        }
        unsafe cairo_clip(cairo)
        unsafe body(cairo)
        unsafe cairo_surface_flush(surface)
    }
}

#endif
