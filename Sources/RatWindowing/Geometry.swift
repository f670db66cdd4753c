package import RatCore
package import RatDisplay

extension Window {
    /// Shows or hides the window. Runs the procedure. Says whether it was visible.
    @discardableResult
    package func show(_ shows: Bool) throws(RatError) -> Bool {
        guard shows != isVisible else { return isVisible }
        guard !isSurfaceGone else { throw .notConnected }
        send(WindowMessage.showWindow, shows ? 1 : 0)
        guard exists, life != .dying, shows != isVisible else { return !shows }
        if shows {
            style |= WindowStyle.visible
            invalidate(clientBounds, erases: true)
        } else {
            style &= ~WindowStyle.visible
            update = .empty
        }
        do throws(DisplayError) {
            try display.setVisible(shows, of: surface)
        } catch {
            throw RatError(error)
        }
        if !shows { thread.letGo(self) }
        return !shows
    }

    /// Moves and resizes the window, and asks the display for it. Runs the procedure.
    package func move(to origin: Point, size: Size) throws(RatError) {
        guard Window.isValid(size) else { throw .invalidArgument }
        let rect = Rect(origin: origin, size: size)
        guard rect != frame else { return }
        do throws(DisplayError) {
            try display.setContent(rect, of: surface)
        } catch {
            throw RatError(error)
        }
        adopt(rect, state)
    }

    /// Takes over where the window is now, and tells the procedure what changed.
    func adopt(_ rect: Rect, _ newState: SurfaceState) {
        let oldClient = client
        let oldState = state
        state = newState
        if rect != frame {
            frame = rect
            calculateClient()
            guard exists else { return }
        }
        if client.size != oldClient.size {
            invalidateAfterResize(from: oldClient.size)
        }
        if client.size != oldClient.size || state != oldState {
            sendSize()
            guard exists else { return }
        }
        if client.origin != oldClient.origin { sendMove() }
    }

    func sendSize() {
        let kind: UInt =
            switch state {
            case .normal: 0
            case .minimized: 1
            case .maximized: 2
            }
        let size = state == .minimized ? Size(width: 0, height: 0) : client.size
        send(WindowMessage.size, kind, Words.pack(size.width, size.height))
    }

    func sendMove() {
        send(WindowMessage.move, 0, Words.pack(client.left, client.top))
    }
}
