package import RatCore
package import RatDisplay
internal import RatSystem

// What a top-level window asks of its display beside its place, its state and its pixels.

extension Window {
    /// What a top-level window's surface is called outside of this library.
    package func nativeSurface() throws(RatError) -> NativeSurface {
        try withDisplay { display throws(DisplayError) in
            guard let native = try display.nativeSurface(surface) else { throw .notSupported }
            return native
        }
    }

    /// Lets the window cover the screen, or ends that. The display says when it is so.
    package func setFullscreen(_ isOn: Bool) throws(RatError) {
        try withDisplay { display throws(DisplayError) in
            try display.setFullscreen(isOn, of: surface)
        }
    }

    package func setIcons(_ icons: [IconImage]) throws(RatError) {
        try withDisplay { display throws(DisplayError) in
            try display.setIcons(icons, of: surface)
        }
    }

    /// How many dots an inch has for what the window draws.
    package var density: UInt32 { thread.density }

    private func withDisplay<Result>(
        _ body: (any DisplayBackend) throws(DisplayError) -> Result
    ) throws(RatError) -> Result {
        guard level == .top else { throw .invalidArgument }
        do throws(DisplayError) {
            return try body(display)
        } catch {
            throw RatError(error)
        }
    }

    var isTopmost: Bool { extendedStyleBits & ExtendedStyle.topmost != 0 }

    /// Tells the display, if it keeps the window above others and should not, or the other way round.
    func showWhetherTopmost() {
        guard hasSurface, isShownAbove != isTopmost else { return }
        isShownAbove = isTopmost
        // A display that is lost meanwhile says so itself.
        try? display.setAbove(isShownAbove, of: surface)
    }
}

extension WindowTree {
    /// The window that owns another one.
    static func owner(of window: Window) -> Handle? {
        guard let node = window.reference?.record.node else { return nil }
        return withLock { node.record.owner?.record.handle }
    }
}
