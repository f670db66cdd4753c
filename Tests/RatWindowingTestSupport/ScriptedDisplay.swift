package import RatDisplay
package import RatHeadless

/// A headless display with compose sequences, that counts what it is asked for.
package final class ScriptedDisplay: DisplayBackend {
    package let screen: HeadlessDisplay
    /// What key symbols mean; the others pass through.
    package var compositions: [UInt32: Composition] = [:]
    package private(set) var resetCount = 0
    /// What was presented, in order.
    package private(set) var presented: [Rect] = []

    package init(_ screen: HeadlessDisplay) {
        self.screen = screen
    }

    package func compose(_ symbol: UInt32) -> Composition { compositions[symbol] ?? .passThrough }
    package func resetCompose() { resetCount += 1 }

    package func present(
        _ pixels: PixelStore,
        _ rects: [Rect],
        on id: SurfaceID
    ) throws(DisplayError) {
        presented += rects
        try screen.present(pixels, rects, on: id)
    }

    // MARK: - The headless display's

    package var descriptor: CInt? { screen.descriptor }
    package func pump() { screen.pump() }
    package func nextEvent() -> DisplayEvent? { screen.nextEvent() }
    package func prepareToSleep() -> Bool { screen.prepareToSleep() }

    package func createSurface(_ id: SurfaceID, _ options: SurfaceOptions) throws(DisplayError) {
        try screen.createSurface(id, options)
    }

    package func destroySurface(_ id: SurfaceID) throws(DisplayError) {
        try screen.destroySurface(id)
    }

    package func setVisible(_ isVisible: Bool, of id: SurfaceID) throws(DisplayError) {
        try screen.setVisible(isVisible, of: id)
    }

    package func setContent(_ rect: Rect, of id: SurfaceID) throws(DisplayError) {
        try screen.setContent(rect, of: id)
    }

    package func setState(_ state: SurfaceState, of id: SurfaceID) throws(DisplayError) {
        try screen.setState(state, of: id)
    }

    package func setTitle(_ title: String, of id: SurfaceID) throws(DisplayError) {
        try screen.setTitle(title, of: id)
    }

    package func requestFocus(_ id: SurfaceID) throws(DisplayError) {
        try screen.requestFocus(id)
    }

    package func makePixels(size: Size) throws(DisplayError) -> PixelStore {
        try screen.makePixels(size: size)
    }
}
