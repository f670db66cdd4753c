#if GDI

internal import Glibc

extension Canvas {
    /// Combines a box with the brush.
    func fill(_ box: Box, by operation: RasterOperation) {
        let box = box.ordered
        guard operation.needsBrush else {
            // The four that are left are mixes without a paint.
            return fill(box, .solid(0), Mix(operation.table & 3))
        }
        guard let brush = paint(of: state.brush) else { return }
        // The entries without a source: of neither, what is there, the brush, both.
        let table = operation.table
        fill(box, brush, Mix(table & 3 | table >> 2 & 12))
    }

    /// Copies or combines pixels. `target` and `origin` are boxes of pixels; inverted ones mirror, and different
    /// sizes stretch.
    func copy(_ source: Pixels, _ origin: Box, to target: Box, by operation: RasterOperation) {
        guard target.width != 0, target.height != 0, origin.width != 0, origin.height != 0 else {
            return
        }
        guard operation.needsSource else { return fill(target, by: operation) }
        let brush = operation.needsBrush ? paint(of: state.brush) : .solid(0)
        guard let brush else { return }
        let isPlain =
            operation == .sourceCopy && target.width == origin.width
            && target.height == origin.height && target.width > 0 && target.height > 0
        let isShared = overlaps(source)
        if isShared, !isPlain {
            // What is read must not have been written.
            guard let copy = Bitmap(width: source.width, height: source.height, isUpward: false)
            else { return }
            for y in 0..<source.height {
                unsafe copy.pixels.row(y).update(from: source.row(y), count: source.width)
            }
            withExtendedLifetime(copy) {
                combine(copy.pixels, origin, target, operation, brush)
            }
        } else if isPlain {
            move(source, origin, target, isShared)
        } else {
            combine(source, origin, target, operation, brush)
        }
    }

    /// Whether two have memory in common.
    private func overlaps(_ other: Pixels) -> Bool {
        let mine = pixels.addresses
        let others = other.addresses
        return mine.lowerBound < others.upperBound && others.lowerBound < mine.upperBound
    }

    private func move(_ source: Pixels, _ origin: Box, _ target: Box, _ isShared: Bool) {
        let shift = Spot(x: target.left - origin.left, y: target.top - origin.top)
        let wanted = origin.intersection(source.box).offset(by: shift).intersection(target)
        var boxes = clip.boxes
        // Pixels that are read by one box must not have been written by another.
        if isShared, boxes.count > 1 {
            boxes.sort { a, b in
                shift.y != 0
                    ? (shift.y > 0 ? a.top > b.top : a.top < b.top)
                    : (shift.x > 0 ? a.left > b.left : a.left < b.left)
            }
        }
        for limit in boxes {
            let part = wanted.intersection(limit)
            guard !part.isEmpty else { continue }
            for step in 0..<part.height {
                let y = isShared && shift.y > 0 ? part.bottom - 1 - step : part.top + step
                let to = unsafe pixels.row(y) + part.left
                let from = unsafe source.row(y - shift.y) + (part.left - shift.x)
                unsafe memmove(to, from, part.width * 4)
                for x in 0..<part.width { unsafe to[x] |= opaque }
            }
        }
    }

    private func combine(
        _ source: Pixels,
        _ origin: Box,
        _ target: Box,
        _ operation: RasterOperation,
        _ brush: Paint
    ) {
        let area = target.ordered
        for limit in clip.boxes {
            let part = area.intersection(limit)
            guard !part.isEmpty else { continue }
            for y in part.top..<part.bottom {
                let from = scaled(y, target.top, target.bottom, origin.top, origin.bottom, tie: 1)
                guard from >= 0, from < source.height else { continue }
                let row = unsafe pixels.row(y)
                let sourceRow = unsafe source.row(from)
                for x in part.left..<part.right {
                    let column = scaled(
                        x,
                        target.left,
                        target.right,
                        origin.left,
                        origin.right,
                        tie: 0
                    )
                    guard column >= 0, column < source.width else { continue }
                    unsafe row[x] = operation(
                        brush: color(of: brush, x, y) ?? row[x],
                        source: sourceRow[column],
                        there: row[x]
                    )
                }
            }
        }
    }

    /// The place in a stretch of pixels where the middle of a place in another one lies; between two it is the second
    /// one or, with a tie of 1, the first. A stretch that ends before it begins goes backwards.
    @inline(__always)
    private func scaled(_ at: Int, _ start: Int, _ end: Int, _ from: Int, _ to: Int, tie: Int)
        -> Int
    {
        let size = abs(end - start)
        let sourceSize = abs(to - from)
        let isMirrored = (end < start) != (to < from)
        var step = at - min(start, end)
        if isMirrored { step = size - 1 - step }
        return min(from, to) + ((2 * step + 1) * sourceSize - tie) / (2 * size)
    }
}

#endif
