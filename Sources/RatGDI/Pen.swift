#if GDI

/// What lines are drawn with.
struct Pen: Sendable {
    enum Style: UInt32 {
        case solid, dash, dot, dashDot, dashDotDot, none, insideFrame
    }

    let style: Style
    let width: Int
    let color: UInt32
    /// The colour is the context's.
    var isContexts = false

    /// Lengths of dashes and gaps in turn. Only thin pens are dashed.
    var dashes: [Int] {
        guard width == 1 else { return [] }
        return switch style {
        case .dash: [18, 6]
        case .dot: [3, 3]
        case .dashDot: [9, 6, 3, 6]
        case .dashDotDot: [9, 3, 3, 3, 3, 3]
        case .solid, .none, .insideFrame: []
        }
    }
}

#endif
