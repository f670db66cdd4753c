package import RatCore
package import RatDisplay
internal import RatMessaging

/// A paint in progress, as the procedure sees it. Field for field the C interface's `RatPaint`.
@safe package struct Paint {
    package var pixels: UnsafeMutablePointer<UInt32>?
    package var stride: Int
    package var width: Int32
    package var height: Int32
    package var rect: Rect
    package var erase: UInt32
    package var reserved: (UInt32, UInt32, UInt32, UInt32, UInt32)
}

/// Painting. A window keeps its pixels, so only what `update` covers is ever asked of the procedure.
///
/// A child has pixels of its own, of its client area's size. What it has painted is copied to the pixels of
/// the top-level window that it lies on, as far as it can be seen there, and shown from there. A window's
/// children lie over what it paints, whatever their styles say.
extension Window {
    package func invalidate(_ rect: Rect, erases: Bool) {
        let part = rect.intersection(clientBounds)
        guard isVisible, !part.isEmpty, level == .top || isShown else { return }
        update = update.union(part)
        thread.fresh |= QueueStatus.paint
        needsErase = needsErase || erases
        thread.addDirty(self)
    }

    /// Everything in the window and in what is in it.
    func invalidateAll() {
        invalidate(clientBounds, erases: true)
        for child in descendants where child.isVisible {
            child.invalidate(child.clientBounds, erases: true)
        }
    }

    /// What is hidden needs no painting, nor does what is in it.
    func dropUpdates() {
        validate()
        for child in descendants { child.validate() }
    }

    /// A new size invalidates the strips that are new, and everything where the class says so.
    func invalidateAfterResize(from old: Size) {
        update = update.intersection(clientBounds)
        let new = client.size
        let redraws =
            (new.width != old.width && windowClass.style & ClassStyle.horizontalRedraw != 0)
            || (new.height != old.height && windowClass.style & ClassStyle.verticalRedraw != 0)
        if redraws {
            invalidate(clientBounds, erases: true)
            return
        }
        if new.width > old.width {
            let strip = Rect(left: old.width, top: 0, right: new.width, bottom: new.height)
            invalidate(strip, erases: true)
        }
        if new.height > old.height {
            let strip = Rect(left: 0, top: old.height, right: new.width, bottom: new.height)
            invalidate(strip, erases: true)
        }
    }

    /// A window that its display has left would be asked for ever.
    package var needsPaint: Bool {
        guard isVisible, !update.isEmpty, life == .alive else { return false }
        return level == .top ? hasSurface : isShown && topLevel.hasSurface
    }

    /// Paints now what needs it. Runs the procedure.
    package func updateNow() {
        if needsPaint { send(WindowMessage.paint) }
    }

    /// Ends the need for painting without painting.
    func validate() {
        update = .empty
        needsErase = false
        thread.removeDirty(self)
    }

    /// Gives the pixels and what of them is needed. Runs the procedure to erase.
    package func beginPaint() throws(RatError) -> Paint {
        guard !isPainting else { throw .alreadyExists }
        guard thread.hasDisplay else { throw .notConnected }
        let pixels = try currentPixels()
        isPainting = true
        let rect = update.intersection(clientBounds)
        let erases = needsErase
        validate()
        var paint = unsafe Paint(
            pixels: client.size.isEmpty ? nil : pixels.unsafeBase,
            stride: pixels.stride,
            width: client.size.width,
            height: client.size.height,
            rect: rect,
            erase: erases ? 1 : 0,
            reserved: (0, 0, 0, 0, 0)
        )
        if erases {
            let isErased = unsafe withUnsafeMutablePointer(to: &paint) { pointer in
                eraseAddress = Int(bitPattern: pointer)
                defer { eraseAddress = 0 }
                return send(WindowMessage.eraseBackground, 0, Int(bitPattern: pointer)) != 0
            }
            if isErased { paint.erase = 0 }
            guard exists else { throw .invalidHandle }
        }
        return paint
    }

    /// Shows what was painted in `rect`.
    package func endPaint(_ rect: Rect) throws(RatError) {
        guard isPainting, let pixels else { throw .invalidArgument }
        isPainting = false
        let part = rect.intersection(clientBounds)
        guard isShown, !part.isEmpty else { return }
        guard pixels.size == client.size else {
            // The window has another size by now; the next paint shows what this one drew.
            invalidate(part, erases: false)
            return
        }
        try present(part, of: pixels)
    }

    /// Some pixels are not seen any more: shows them again, but for what is to be painted anyway.
    func represent(_ rect: Rect) {
        let part = rect.intersection(clientBounds)
        guard isShown, !part.isEmpty else { return }
        guard let pixels, pixels.size == client.size, update.intersection(part).isEmpty else {
            invalidate(part, erases: true)
            return
        }
        // A display that is lost meanwhile says so itself.
        try? present(part, of: pixels)
    }

    /// Fills the part of a paint that needs it with the class's background. Says whether there is one.
    func eraseBackground(_ paint: Paint) -> Bool {
        guard windowClass.background != 0, let pixels else { return false }
        pixels.fill(paint.rect, with: windowClass.background)
        return true
    }

    private func present(_ rect: Rect, of pixels: PixelStore) throws(RatError) {
        let top = topLevel
        let origin = originOnSurface
        let seen = visiblePart(of: rect).offset(by: origin)
        guard !seen.isEmpty else { return }
        let surfacePixels = try top.currentPixels()
        if top !== self { surfacePixels.copy(seen, from: pixels, at: origin) }
        drawChildren(over: seen, on: surfacePixels, origin: origin)
        do throws(DisplayError) {
            try top.display.present(surfacePixels, [seen], on: top.surface)
        } catch {
            throw RatError(error)
        }
    }

    /// Copies what the children have painted to where it is seen in `rect`, which is the surface's.
    private func drawChildren(over rect: Rect, on surfacePixels: PixelStore, origin: Point) {
        guard hasChildren else { return }
        for child in children.reversed() where child.isVisible {
            let place = child.client.offset(by: origin)
            let seen = place.intersection(rect)
            guard !seen.isEmpty else { continue }
            if let pixels = child.pixels, pixels.size == child.client.size {
                surfacePixels.copy(seen, from: pixels, at: place.origin)
            }
            child.drawChildren(over: seen, on: surfacePixels, origin: place.origin)
        }
    }

    /// Where the client area begins on the surface that shows it.
    private var originOnSurface: Point {
        var origin = Point(x: 0, y: 0)
        var window = self
        while let parent = window.parent {
            origin.x &+= window.client.left
            origin.y &+= window.client.top
            window = parent
        }
        return origin
    }

    /// What of a part of the client area its ancestors leave to be seen.
    private func visiblePart(of rect: Rect) -> Rect {
        var part = rect.intersection(clientBounds)
        var offset = Point(x: 0, y: 0)
        var window = self
        while let parent = window.parent {
            offset.x &+= window.client.left
            offset.y &+= window.client.top
            let bounds = parent.clientBounds.offset(by: Point(x: 0 &- offset.x, y: 0 &- offset.y))
            part = part.intersection(bounds)
            window = parent
        }
        return part
    }

    /// Pixels of the client area's size, with what the old ones held.
    private func currentPixels() throws(RatError) -> PixelStore {
        let new: PixelStore
        if level == .top {
            do throws(DisplayError) {
                let display = try display
                if let pixels, pixels.size == client.size { return pixels }
                new = try display.makePixels(size: client.size)
            } catch {
                throw RatError(error)
            }
        } else {
            if let pixels, pixels.size == client.size { return pixels }
            // The display shows what is copied to a surface's pixels, so these can be any memory.
            guard let made = PixelStore(size: client.size) else { throw .noResources }
            new = made
        }
        if let pixels { new.copy(from: pixels) }
        pixels = new
        return new
    }
}
