import Rat

extension Canvas {
    /// Draws a disc, or the ring between two circles, with soft edges. What lies outside is cut off.
    func drawDisc(at center: Place, from inner: Int, to outer: Int, _ color: UInt32) {
        let (x, y) = (Int(center.x), Int(center.y))
        let columns = (x - outer..<x + outer + 1).clamped(to: 0..<width)
        let rows = (y - outer..<y + outer + 1).clamped(to: 0..<height)
        unsafe withUnsafeMutablePixels { pixels, rowStride in
            for y in rows {
                for x in columns {
                    let (dx, dy) = (Double(x) - Double(center.x), Double(y) - Double(center.y))
                    let distance = (dx * dx + dy * dy).squareRoot()
                    let inside = min(Double(outer) + 0.5 - distance, 1)
                    let share = inner == 0 ? inside : min(inside, distance - Double(inner) + 0.5)
                    guard share > 0 else { continue }
                    let place = y * rowStride + x
                    unsafe pixels[place] = mix(pixels[place], color, share)
                }
            }
        }
    }
}

/// A colour that is so much of the second; opaque.
private func mix(_ first: UInt32, _ second: UInt32, _ share: Double) -> UInt32 {
    var mixed: UInt32 = 0xFF
    for shift in [16, 8, 0] as [UInt32] {
        let (from, to) = (Double(first >> shift & 0xFF), Double(second >> shift & 0xFF))
        mixed = mixed << 8 | UInt32(from + (to - from) * share)
    }
    return mixed
}
