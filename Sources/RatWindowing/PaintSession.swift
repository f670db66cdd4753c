internal import RatCore
package import RatDisplay
internal import RatSystem

/// A paint in progress, as the procedure sees it. Field for field the C interface's `RatPaint`.
@safe package struct Paint {
    package var pixels: UnsafeMutablePointer<UInt32>?
    package var stride: Int
    package var width: Int32
    package var height: Int32
    package var rect: Rect
    package var erase: UInt32
    package var clipCount: UInt32
    package var clip: UnsafePointer<Rect>?
    package var token: UInt64
}

/// Pixels lent to a program, and where what it draws may go.
///
/// Where nothing limits the area, the program draws on the surface's own pixels. Else it draws on a copy, of
/// which only the clip is taken over: so no program can draw where it may not. The copy holds what the
/// surface does within the clip's bounds, and anything elsewhere.
@safe final class PaintSession {
    fileprivate(set) var token: UInt64 = 0
    fileprivate(set) var area = WindowArea.client
    fileprivate(set) var clipping: Clipping = []
    /// The area on the surface, when it was lent.
    fileprivate(set) var place = Rect.empty
    /// What may be drawn on, on the surface.
    fileprivate(set) var clip = Region.empty
    /// The surface's pixels, and the thread's `layout`, when these were lent.
    fileprivate var store: PixelStore?
    fileprivate var layout: UInt64 = 0
    fileprivate var isCopy = false
    /// At least of the area's size, if it was ever needed.
    fileprivate var copy: PixelStore?
    /// The clip's rectangles in the area's coordinates, for the program.
    private var rects = unsafe UnsafeMutableBufferPointer<Rect>(start: nil, count: 0)

    deinit {
        unsafe rects.deallocate()
    }

    fileprivate func begin(
        on store: PixelStore,
        _ area: WindowArea,
        _ place: Rect,
        _ clip: Region
    ) throws(RatError) {
        self.area = area
        self.place = place
        self.clip = clip
        self.store = store
        isCopy = clip.isEmpty || clip.coverage(of: place) != .all
        guard isCopy, !place.isEmpty else { return }
        if copy.map({ $0.size.width < place.size.width || $0.size.height < place.size.height })
            ?? true
        {
            let size = Size(
                width: max(place.size.width, copy?.size.width ?? 0),
                height: max(place.size.height, copy?.size.height ?? 0)
            )
            guard let made = PixelStore(size: size) else { throw .noResources }
            copy = made
        }
        let bounds = clip.bounds.offset(by: place.origin.negated)
        copy?.copy(bounds, from: store, at: place.origin.negated)
    }

    fileprivate func end() {
        store = nil
        clip = .empty
        token = 0
    }

    /// What the program is told. Valid until the session ends.
    func paint(erases: Bool) -> Paint {
        let pixels: UnsafeMutablePointer<UInt32>?
        let stride: Int
        if isCopy {
            unsafe pixels = copy?.unsafeBase
            stride = copy?.stride ?? 0
        } else {
            unsafe pixels = store?.address(place.left, place.top)
            stride = store?.stride ?? 0
        }
        let origin = place.origin.negated
        let rectangles = clip.rectangles
        if unsafe rects.count < rectangles.count {
            unsafe rects.deallocate()
            unsafe rects = .allocate(capacity: rectangles.count * 2)
        }
        for (index, rect) in rectangles.enumerated() {
            unsafe rects.initializeElement(at: index, to: rect.offset(by: origin))
        }
        let size = place.size
        return unsafe Paint(
            pixels: size.isEmpty ? nil : pixels,
            stride: stride,
            width: size.width,
            height: size.height,
            rect: clip.isEmpty ? .empty : clip.bounds.offset(by: origin),
            erase: erases ? 1 : 0,
            clipCount: UInt32(rectangles.count),
            clip: rectangles.isEmpty ? nil : UnsafePointer(rects.baseAddress),
            token: token
        )
    }

    /// Fills the clip with one colour.
    func fill(with pixel: UInt32) {
        guard let target = isCopy ? copy : store else { return }
        let origin = isCopy ? place.origin.negated : Point(x: 0, y: 0)
        for rect in clip.rectangles { target.fill(rect.offset(by: origin), with: pixel) }
    }
}

extension WindowThread {
    /// A session that is over may be used again.
    func recycle(_ session: PaintSession) {
        session.end()
        if spareSessions.count < 4 { spareSessions.append(session) }
    }
}

extension Window {
    /// Lends the pixels of an area. `part`, on the surface, is what may be drawn on at most.
    func makeSession(
        _ area: WindowArea,
        _ part: Region,
        _ clipping: Clipping
    ) throws(RatError) -> PaintSession {
        guard let node = reference?.record.node else { throw .invalidHandle }
        let session = thread.spareSessions.popLast() ?? PaintSession()
        let container = node.containerOrigin
        let rect = (area == .client ? client : frame).offset(by: container)
        do throws(RatError) {
            let store = try topLevel.surfacePixels()
            let seen = visibleRegion(of: part, area, clipping)
            try session.begin(on: store, area, rect, seen)
        } catch {
            thread.recycle(session)
            throw error
        }
        thread.lastToken += 1
        session.token = thread.lastToken
        session.clipping = clipping
        session.layout = thread.layout
        return session
    }

    /// Takes over what was drawn, and shows it.
    func finish(_ session: PaintSession) throws(RatError) {
        guard !session.clip.isEmpty, isShown, let node = reference?.record.node else { return }
        let top = topLevel
        let store = try top.surfacePixels()
        var clip = session.clip
        var origin = session.place.origin
        if session.layout != thread.layout {
            // What can be seen may be another part by now, and elsewhere.
            let rect = session.area == .client ? client : frame
            let old = origin
            origin = node.containerOrigin.offset(by: rect.origin)
            let delta = origin.offset(by: old.negated)
            if !session.isCopy, session.store === store, origin != old {
                paintAgain(clip, movedBy: delta)
                return
            }
            clip = visibleRegion(of: clip.offset(by: delta), session.area, session.clipping)
            if !session.isCopy { origin = delta }
        }
        if session.isCopy, let copy = session.copy {
            for rect in clip.rectangles { store.copy(rect, from: copy, at: origin) }
        } else if let drawn = session.store, drawn !== store {
            let delta = session.layout == thread.layout ? Point(x: 0, y: 0) : origin
            for rect in clip.rectangles { store.copy(rect, from: drawn, at: delta) }
        }
        try top.present(clip)
    }

    /// The window was moved while it was drawn on the surface itself: nobody knows what of it lies where.
    private func paintAgain(_ clip: Region, movedBy delta: Point) {
        let top = topLevel
        top.redraw(
            clip.offset(by: top.clientOriginOnSurface.negated),
            [.invalidate, .erase, .frame, .allChildren]
        )
        let own = clip.offset(by: delta).offset(by: clientOriginOnSurface.negated)
        redraw(own, [.invalidate, .frame, .allChildren])
    }

    /// Shows a part of a top-level window's pixels.
    func present(_ part: Region) throws(RatError) {
        guard !part.isEmpty, let pixels else { return }
        do throws(DisplayError) {
            try display.present(pixels, Array(part.rectangles), on: surface)
        } catch {
            throw RatError(error)
        }
    }

    /// A top-level window's pixels, made at the first paint.
    func surfacePixels() throws(RatError) -> PixelStore {
        guard level != .messageOnly else {
            guard let none = PixelStore(size: Size(width: 0, height: 0)) else { throw .noResources }
            return none
        }
        do throws(DisplayError) {
            let display = try display
            if let pixels, pixels.size == frame.size { return pixels }
            let new = try display.makePixels(size: frame.size)
            if let pixels { new.copy(from: pixels) }
            pixels = new
            return new
        } catch {
            throw RatError(error)
        }
    }
}
