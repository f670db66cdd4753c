internal import RatCore
internal import RatDisplay
internal import RatHeadless
internal import RatWindowing
internal import RatWindowingTestSupport

/// Windows with names, and what their procedures are asked to paint, as lines:
///
///     P ncpaint all              WM_NCPAINT; or the region on the screen
///     P erase 0,0-9,9            WM_ERASEBKGND with the bounds of what may be drawn on
///     P paint {0,0-9,9}          WM_PAINT with the rectangles that RatBeginPaint() lends
///     P changed                  WM_WINDOWPOSCHANGED
///
/// The numbers are those of the recordings: a popup P of 200 by 150 at 100,100.
final class PaintScene {
    let stage: Stage
    private(set) var windows: [(name: String, window: Window)] = []
    private var log: [String] = []
    private let className: String
    private let fillsBackground: Bool
    /// What WM_ERASEBKGND answers.
    var erases = true
    /// What WM_NCCALCSIZE answers, if not what it does by default.
    var calculated: Int?
    /// Called with each paint before it ends.
    var draw: (Window, Paint) -> Void = { _, _ in }

    init(_ stage: Stage, classStyle: UInt32 = 0, background: UInt32 = 0) throws {
        self.stage = stage
        fillsBackground = background != 0
        className = try stage.register(style: classStyle, background: background)
        stage.respond = { [unowned self] call in try respond(call) }
    }

    func popup(clipsChildren: Bool = false, isVisible: Bool = true) throws -> Window {
        try add(
            "P",
            0x8000_0000 | (clipsChildren ? 0x0200_0000 : 0) | (isVisible ? 0x1000_0000 : 0),
            in: nil,
            Rect(left: 100, top: 100, right: 300, bottom: 250)
        )
    }

    /// A visible child.
    func child(
        _ name: String,
        in parent: Window,
        _ x: Int32,
        _ y: Int32,
        _ width: Int32,
        _ height: Int32,
        clipsSiblings: Bool = false,
        exStyle: UInt32 = 0
    ) throws -> Window {
        try add(
            name,
            0x5000_0000 | (clipsSiblings ? 0x0400_0000 : 0),
            in: parent,
            Rect(origin: Point(x: x, y: y), size: Size(width: width, height: height)),
            exStyle: exStyle
        )
    }

    private func add(
        _ name: String,
        _ style: UInt32,
        in parent: Window?,
        _ rect: Rect,
        exStyle: UInt32 = 0
    ) throws -> Window {
        let handle = try stage.create(
            className: className,
            style: style,
            at: rect.origin,
            size: rect.size,
            exStyle: exStyle,
            parent: parent?.handle ?? .invalid
        )
        let window = try Window.find(handle)
        windows.append((name, window))
        return window
    }

    /// Paints all, and forgets the lines.
    func settle() throws {
        try stage.run()
        log = []
    }

    /// The lines since the last look.
    func taken() -> [String] {
        defer { log = [] }
        return log
    }

    /// Runs the loop dry and gives the lines.
    func ran() throws -> [String] {
        try stage.run()
        return taken()
    }

    /// The update regions that are not empty.
    var updates: [String] {
        windows.compactMap { name, window in
            let region = window.updateRegion(erases: false)
            return region.isEmpty ? nil : "\(name) \(text(region.rectangles))"
        }
    }

    private func respond(_ call: Step) throws -> Int? {
        guard let handle = call.window,
            let (name, window) = windows.first(where: { $0.window.handle == handle })
        else { return nil }
        switch call.message {
        case Step.nonClientPaint.message:
            if call.wparam == 1 {
                log.append("\(name) ncpaint all")
            } else {
                let region = Handle(rawValue: UInt64(call.wparam ?? 0))
                log.append("\(name) ncpaint \(text(try RegionObject.region(region).rectangles))")
            }
        case Step.eraseBackground.message:
            if let paint = unsafe UnsafePointer<Paint>(bitPattern: call.lparam ?? 0) {
                log.append("\(name) erase \(text(unsafe paint.pointee.rect))")
            }
            return erases ? (fillsBackground ? nil : 1) : 0
        case Step.paint.message:
            let paint = try window.beginPaint()
            let clip = unsafe UnsafeBufferPointer(start: paint.clip, count: Int(paint.clipCount))
            let toErase = paint.erase != 0 ? " to erase" : ""
            log.append("\(name) paint \(text(unsafe Array(clip)))\(toErase)")
            draw(window, paint)
            try window.endPaint()
            return 0
        case Step.changed.message:
            log.append("\(name) changed")
        case Step.nonClientCalculateSize.message:
            return calculated
        default: break
        }
        return nil
    }

    private func text(_ rects: some Sequence<Rect>) -> String {
        "{" + rects.map { text($0) }.joined(separator: " ") + "}"
    }

    private func text(_ rect: Rect) -> String {
        "\(rect.left),\(rect.top)-\(rect.right),\(rect.bottom)"
    }
}

extension Window {
    func mark(_ flags: RedrawFlags = [.invalidate, .erase]) { redraw(nil, flags) }

    func place(_ x: Int32, _ y: Int32, _ width: Int32, _ height: Int32, _ flags: UInt32 = 0) throws
    {
        let rect = Rect(origin: Point(x: x, y: y), size: Size(width: width, height: height))
        try setPosition(WindowPosition(insertAfter: 0, rect, flags: 0x0014 | flags))
    }

    /// Below all its siblings, or above them.
    func restack(_ after: UInt64) throws {
        try setPosition(WindowPosition(insertAfter: after, .empty, flags: 0x0013))
    }
}
