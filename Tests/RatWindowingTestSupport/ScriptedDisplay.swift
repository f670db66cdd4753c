package import RatDisplay
package import RatHeadless

/// A headless display with compose sequences, that counts what it is asked for.
package final class ScriptedDisplay: DisplayBackend {
    private let display: HeadlessDisplay
    /// What key symbols mean; the others pass through.
    package var compositions: [UInt32: Composition] = [:]
    package private(set) var resetCount = 0
    /// What was presented, in order.
    package private(set) var presented: [Rect] = []

    package init(_ display: HeadlessDisplay) {
        self.display = display
    }

    package func compose(_ symbol: UInt32) -> Composition { compositions[symbol] ?? .passThrough }
    package func resetCompose() { resetCount += 1 }

    package func present(
        _ pixels: PixelStore,
        _ rects: [Rect],
        on id: SurfaceID
    ) throws(DisplayError) {
        presented += rects
        try display.present(pixels, rects, on: id)
    }

    // MARK: - The headless display's

    package var seat: String { display.seat }
    package var screen: Size { display.screen }
    package var density: UInt32 { display.density }
    package var descriptor: CInt? { display.descriptor }
    package func pump() { display.pump() }
    package func nextEvent() -> DisplayEvent? { display.nextEvent() }
    package var nextLook: UInt64? { display.nextLook }
    package func prepareToSleep() -> Bool { display.prepareToSleep() }

    package func createSurface(_ id: SurfaceID, _ options: SurfaceOptions) throws(DisplayError) {
        try display.createSurface(id, options)
    }

    package func destroySurface(_ id: SurfaceID) throws(DisplayError) {
        try display.destroySurface(id)
    }

    @discardableResult
    package func setVisible(
        _ isVisible: Bool,
        activates: Bool,
        of id: SurfaceID
    ) throws(DisplayError) -> StateAnswer? {
        try display.setVisible(isVisible, activates: activates, of: id)
    }

    package func setContent(_ rect: Rect, of id: SurfaceID) throws(DisplayError) {
        try display.setContent(rect, of: id)
    }

    @discardableResult
    package func setState(
        _ state: SurfaceState,
        of id: SurfaceID
    ) throws(DisplayError) -> StateAnswer {
        try display.setState(state, of: id)
    }

    package func setOrder(
        _ order: SurfaceOrder,
        ifUnmanaged: Bool,
        of id: SurfaceID
    ) throws(DisplayError) {
        try display.setOrder(order, ifUnmanaged: ifUnmanaged, of: id)
    }

    package func setFullscreen(_ isOn: Bool, of id: SurfaceID) throws(DisplayError) {
        try display.setFullscreen(isOn, of: id)
    }

    package var language: KeyboardLanguage { display.language }

    package func setTraits(_ traits: SurfaceTraits, of id: SurfaceID) throws(DisplayError) {
        try display.setTraits(traits, of: id)
    }

    package func setAbove(_ isAbove: Bool, of id: SurfaceID) throws(DisplayError) {
        try display.setAbove(isAbove, of: id)
    }

    package func setIcons(_ icons: [IconImage], of id: SurfaceID) throws(DisplayError) {
        try display.setIcons(icons, of: id)
    }

    package func setTitle(_ title: String, of id: SurfaceID) throws(DisplayError) {
        try display.setTitle(title, of: id)
    }

    package func requestFocus(_ id: SurfaceID) throws(DisplayError) {
        try display.requestFocus(id)
    }

    package func findFocus() throws(DisplayError) { try display.findFocus() }

    package func setGrab(_ id: SurfaceID?) throws(DisplayError) {
        try display.setGrab(id)
    }

    package func setPointer(_ shape: PointerShape?, of id: SurfaceID) throws(DisplayError) {
        try display.setPointer(shape, of: id)
    }

    package func nativeSurface(_ id: SurfaceID) throws(DisplayError) -> NativeSurface? {
        try display.nativeSurface(id)
    }

    package func makePixels(size: Size) throws(DisplayError) -> PixelStore {
        try display.makePixels(size: size)
    }
}
