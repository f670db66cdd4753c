#if GDI

/// What a fill comes down to once the context's colours are known.
enum Paint {
    case solid(UInt32)
    /// 8 rows of 8 pixels, the leftmost in the lowest bit; `nil` between them leaves what is there.
    case hatch([UInt8], UInt32, UInt32?)
    case pattern(Fill.Pattern)
}

/// A run of pixels of a row, from `left` to just before `right`.
struct Span {
    var y: Int
    var left: Int
    var right: Int
}

extension Canvas {
    /// `nil` if it paints nothing.
    func paint(of fill: Fill) -> Paint? {
        switch fill {
        case .none: nil
        case .solid(let color): .solid(color | opaque)
        case .contextColor: .solid(state.brushColor | opaque)
        case .hatch(let hatch, let color):
            .hatch(
                Fill.hatches[Int(hatch)],
                color | opaque,
                state.isOpaque ? state.backgroundColor | opaque : nil
            )
        case .pattern(let pattern): .pattern(pattern)
        }
    }

    /// What the pen paints with; `nil` if it paints nothing.
    var penPaint: Paint? {
        state.pen.style == .none
            ? nil : .solid((state.pen.isContexts ? state.penColor : state.pen.color) | opaque)
    }

    /// Fills a box, in pixels, as far as it is within the clip.
    func fill(_ box: Box, _ paint: Paint, _ mix: Mix) {
        for limit in clip.boxes {
            let part = box.intersection(limit)
            guard !part.isEmpty else { continue }
            for y in part.top..<part.bottom { paintRow(y, part.left, part.right, paint, mix) }
        }
    }

    /// Fills runs that do not overlap.
    func fill(_ spans: [Span], _ paint: Paint, _ mix: Mix) {
        for limit in clip.boxes {
            for span in spans where span.y >= limit.top && span.y < limit.bottom {
                let left = max(span.left, limit.left)
                let right = min(span.right, limit.right)
                if left < right { paintRow(span.y, left, right, paint, mix) }
            }
        }
    }

    /// A run that is within the clip.
    @inline(__always)
    private func paintRow(_ y: Int, _ left: Int, _ right: Int, _ paint: Paint, _ mix: Mix) {
        let row = unsafe pixels.row(y)
        switch paint {
        case .solid(let color):
            if mix.isCopy {
                unsafe (row + left).update(repeating: color, count: right - left)
            } else {
                for x in left..<right { unsafe row[x] = mix(color, row[x]) }
            }
        case .hatch(let rows, let color, let between):
            let bits = rows[(y - state.brushOrigin.y) & 7]
            for x in left..<right {
                if bits >> UInt8((x - state.brushOrigin.x) & 7) & 1 != 0 {
                    unsafe row[x] = mix(color, row[x])
                } else if let between {
                    unsafe row[x] = mix(between, row[x])
                }
            }
        case .pattern(let pattern):
            for x in left..<right { unsafe row[x] = mix(color(of: pattern, x, y), row[x]) }
        }
    }

    func color(of pattern: Fill.Pattern, _ x: Int, _ y: Int) -> UInt32 {
        let column = remainder(x - state.brushOrigin.x, pattern.width)
        let row = remainder(y - state.brushOrigin.y, pattern.height)
        return pattern.pixels[row * pattern.width + column]
    }

    /// What a paint is at a pixel; `nil` where it leaves what is there.
    func color(of paint: Paint, _ x: Int, _ y: Int) -> UInt32? {
        switch paint {
        case .solid(let color): color
        case .hatch(let rows, let color, let between):
            rows[(y - state.brushOrigin.y) & 7] >> UInt8((x - state.brushOrigin.x) & 7) & 1 != 0
                ? color : between
        case .pattern(let pattern): color(of: pattern, x, y)
        }
    }

    /// Whether a pixel is within the clip.
    func isVisible(_ spot: Spot) -> Bool {
        bounds.contains(spot) && clip.boxes.contains { $0.contains(spot) }
    }

    /// A pixel that is within the clip.
    @inline(__always)
    func setPixel(_ x: Int, _ y: Int, _ color: UInt32, _ mix: Mix) {
        let row = unsafe pixels.row(y)
        unsafe row[x] = mix(color, row[x])
    }
}

private func remainder(_ value: Int, _ modulus: Int) -> Int {
    let remainder = value % modulus
    return remainder < 0 ? remainder + modulus : remainder
}

#endif
