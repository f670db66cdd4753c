#if GDI

internal import CRatCairo
internal import Synchronization

/// A font as it is asked for, and, from the first text on, as it was found.
final class Font: Sendable {
    struct Request: Sendable {
        var height = 0
        var weight = 400
        var flags: UInt32 = 0
        var face = ""

        static let italic: UInt32 = 1
        static let underline: UInt32 = 2
        static let strikeout: UInt32 = 4
        static let fixed: UInt32 = 8
        static let serif: UInt32 = 16
        static let aliased: UInt32 = 32
    }

    /// All in pixels.
    struct Metrics: Sendable {
        var ascent: Int
        var descent: Int
        var internalLeading: Int
        var externalLeading: Int
        var averageWidth: Int
        var maximumWidth: Int

        var height: Int { ascent + descent }
    }

    let request: Request
    private let found = Mutex<FoundFont?>(nil)

    init(_ request: Request) {
        self.request = request
    }

    static let system = Font(Request(height: 16, weight: 700))
    static let dialog = Font(Request(height: -11))
    static let fixed = Font(Request(height: 15, flags: Request.fixed))

    /// Runs `body` with the font that was found, one thread at a time.
    func withFound<R>(_ body: (FoundFont) throws(DrawingError) -> R) throws(DrawingError) -> R {
        try found.withLock { found throws(DrawingError) in
            if found == nil { found = FoundFont(request) }
            guard let font = found else { throw .noResources }
            return try body(font)
        }
    }
}

/// What fontconfig has found for a request, at its size, and what of its characters was asked for. Guarded by the
/// lock of its `Font`.
@safe final class FoundFont: @unchecked Sendable {
    struct Glyph {
        var index: UInt
        var advance: Int
        var isReplacement: Bool
    }

    let metrics: Font.Metrics
    private let font: OpaquePointer
    /// Has characters that `font` lacks; the same if that is the usual one.
    private let replacement: OpaquePointer
    /// Of the first 128 characters, and of the others.
    private var plain: [Glyph?] = Array(repeating: nil, count: 128)
    private var others: [Unicode.Scalar: Glyph] = [:]

    init?(_ request: Font.Request) {
        let family = Self.family(request)
        guard let measure = unsafe Self.scaledFont(family, request, 100) else { return nil }
        var extents = cairo_font_extents_t()
        unsafe cairo_scaled_font_extents(measure, &extents)
        unsafe cairo_scaled_font_destroy(measure)
        let lines = (extents.ascent + extents.descent) / 100
        let size: Double
        if request.height > 0 {
            size = max(Double(request.height) / lines, 1)
        } else {
            size = request.height < 0 ? Double(-request.height) : 13
        }
        guard let font = unsafe Self.scaledFont(family, request, size) else { return nil }
        guard let replacement = unsafe Self.scaledFont("sans-serif", request, size) else {
            unsafe cairo_scaled_font_destroy(font)
            return nil
        }
        unsafe self.font = font
        unsafe self.replacement = replacement
        unsafe cairo_scaled_font_extents(font, &extents)
        let height =
            request.height > 0 ? request.height : Int((extents.ascent + extents.descent).rounded())
        let ascent = min(Int((extents.ascent).rounded()), height)
        let letters = unsafe Self.letterWidths(font)
        metrics = Font.Metrics(
            ascent: ascent,
            descent: height - ascent,
            internalLeading: max(height - Int(size.rounded()), 0),
            externalLeading: max(
                Int((extents.height - extents.ascent - extents.descent).rounded()),
                0
            ),
            averageWidth: letters.average,
            maximumWidth: max(Int(extents.max_x_advance.rounded()), letters.average)
        )
    }

    deinit {
        unsafe cairo_scaled_font_destroy(font)
        unsafe cairo_scaled_font_destroy(replacement)
    }

    /// Families that Windows has always had, by what here is like them. fontconfig finds the others.
    private static func family(_ request: Font.Request) -> String {
        switch request.face.lowercased() {
        case "":
            if request.flags & Font.Request.fixed != 0 { return "monospace" }
            return request.flags & Font.Request.serif != 0 ? "serif" : "sans-serif"
        case "system", "ms sans serif", "microsoft sans serif", "ms shell dlg", "ms shell dlg 2",
            "tahoma", "segoe ui", "helv":
            return "sans-serif"
        case "fixedsys", "terminal", "consolas", "lucida console", "courier":
            return "monospace"
        case "ms serif", "tms rmn", "roman", "georgia":
            return "serif"
        default:
            return request.face
        }
    }

    private static func scaledFont(
        _ family: String,
        _ request: Font.Request,
        _ size: Double
    ) -> OpaquePointer? {
        let face = unsafe cairo_toy_font_face_create(
            family,
            request.flags & Font.Request.italic != 0
                ? CAIRO_FONT_SLANT_ITALIC : CAIRO_FONT_SLANT_NORMAL,
            request.weight >= 600 ? CAIRO_FONT_WEIGHT_BOLD : CAIRO_FONT_WEIGHT_NORMAL
        )
        let options = unsafe cairo_font_options_create()
        unsafe cairo_font_options_set_hint_metrics(options, CAIRO_HINT_METRICS_ON)
        unsafe cairo_font_options_set_hint_style(options, CAIRO_HINT_STYLE_SLIGHT)
        unsafe cairo_font_options_set_antialias(
            options,
            request.flags & Font.Request.aliased != 0
                ? CAIRO_ANTIALIAS_NONE : CAIRO_ANTIALIAS_GRAY
        )
        var scale = cairo_matrix_t()
        var identity = cairo_matrix_t()
        unsafe cairo_matrix_init_scale(&scale, size, size)
        unsafe cairo_matrix_init_identity(&identity)
        let font = unsafe cairo_scaled_font_create(face, &scale, &identity, options)
        unsafe cairo_font_options_destroy(options)
        unsafe cairo_font_face_destroy(face)
        guard unsafe cairo_scaled_font_status(font) == CAIRO_STATUS_SUCCESS else {
            unsafe cairo_scaled_font_destroy(font)
            return nil
        }
        return unsafe font
    }

    /// How wide a letter is on average: of all Latin ones, as Windows' programs compute it for dialogs.
    private static func letterWidths(_ font: OpaquePointer) -> (average: Int, letters: Int) {
        let letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
        var extents = cairo_text_extents_t()
        unsafe cairo_scaled_font_text_extents(font, letters, &extents)
        return (max(Int((extents.x_advance / 52).rounded()), 1), 52)
    }

    /// Whether all characters are equally wide, as far as two that differ most tell.
    var isFixed: Bool {
        glyph("i").advance == glyph("W").advance
    }

    func glyph(_ scalar: Unicode.Scalar) -> Glyph {
        let number = Int(scalar.value)
        if number < 128 {
            if let glyph = plain[number] { return glyph }
            let glyph = look(scalar)
            plain[number] = glyph
            return glyph
        }
        if let glyph = others[scalar] { return glyph }
        let glyph = look(scalar)
        // A text of all there is must not stay in memory for ever.
        if others.count >= 1 << 14 { others.removeAll() }
        others[scalar] = glyph
        return glyph
    }

    private func look(_ scalar: Unicode.Scalar) -> Glyph {
        if scalar.value < 0x20 { return Glyph(index: UInt.max, advance: 0, isReplacement: false) }
        if let glyph = unsafe Self.look(scalar, font), glyph.index != 0 { return glyph }
        if var glyph = unsafe Self.look(scalar, replacement), glyph.index != 0 {
            glyph.isReplacement = true
            return glyph
        }
        return unsafe Self.look(scalar, font) ?? Glyph(index: 0, advance: 0, isReplacement: false)
    }

    private static func look(_ scalar: Unicode.Scalar, _ font: OpaquePointer) -> Glyph? {
        var glyphs: UnsafeMutablePointer<cairo_glyph_t>?
        var count: Int32 = 0
        let text = String(scalar)
        let status = unsafe cairo_scaled_font_text_to_glyphs(
            font,
            0,
            0,
            text,
            Int32(text.utf8.count),
            &glyphs,
            &count,
            nil,
            nil,
            nil
        )
        guard status == CAIRO_STATUS_SUCCESS, let first = unsafe glyphs, count > 0 else {
            return nil
        }
        defer { unsafe cairo_glyph_free(first) }
        var extents = cairo_text_extents_t()
        unsafe cairo_scaled_font_glyph_extents(font, first, 1, &extents)
        return unsafe Glyph(
            index: UInt(first.pointee.index),
            advance: Int(extents.x_advance.rounded()),
            isReplacement: false
        )
    }

    /// Draws glyphs, from a baseline, onto pixels as far as they are within the clip.
    func show(_ glyphs: [cairo_glyph_t], isReplacement: Bool, _ cairo: OpaquePointer) {
        unsafe cairo_set_scaled_font(cairo, isReplacement ? replacement : font)
        unsafe glyphs.withUnsafeBufferPointer {
            unsafe cairo_show_glyphs(cairo, $0.baseAddress, Int32($0.count))
        }
    }
}

#endif
