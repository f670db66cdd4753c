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
extension Window {
    package func invalidate(_ rect: Rect, erases: Bool) {
        let part = rect.intersection(clientBounds)
        guard isVisible, !part.isEmpty else { return }
        update = update.union(part)
        thread.fresh |= QueueStatus.paint
        needsErase = needsErase || erases
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
        isVisible && !update.isEmpty && life == .alive && !isSurfaceGone
    }

    /// Paints now what needs it. Runs the procedure.
    package func updateNow() {
        if needsPaint { send(WindowMessage.paint) }
    }

    /// Ends the need for painting without painting.
    func validate() {
        update = .empty
        needsErase = false
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
        guard isVisible, !part.isEmpty else { return }
        guard pixels.size == client.size else {
            // The window has another size by now; the next paint shows what this one drew.
            invalidate(part, erases: false)
            return
        }
        try present(part, of: pixels)
    }

    /// The display lost some pixels: shows them again, but for what is to be painted anyway.
    func represent(_ rect: Rect) {
        let part = rect.intersection(clientBounds)
        guard isVisible, !part.isEmpty else { return }
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
        do throws(DisplayError) {
            try display.present(pixels, [rect], on: surface)
        } catch {
            throw RatError(error)
        }
    }

    /// Pixels of the client area's size, with what the old ones held.
    private func currentPixels() throws(RatError) -> PixelStore {
        do throws(DisplayError) {
            let display = try display
            if let pixels, pixels.size == client.size { return pixels }
            let new = try display.makePixels(size: client.size)
            if let pixels { new.copy(from: pixels) }
            pixels = new
            return new
        } catch {
            throw RatError(error)
        }
    }
}
