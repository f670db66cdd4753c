internal import RatCore
internal import RatDisplay
internal import RatHeadless
internal import RatWindowing
internal import Synchronization

/// The hands of a user, on the calling thread's window that has the focus.
enum Hands {
    private static let seat = Atomic<Int>(0)

    /// Gives the calling thread a display of a seat of its own: tests that run beside it have a foreground of
    /// theirs.
    static func takeOwnSeat() throws {
        let number = seat.add(1, ordering: .relaxed).newValue
        try WindowThread.current().attach(HeadlessDisplay(seat: "test \(number)"))
    }

    private static func inject(_ event: (SurfaceID) -> DisplayEvent) {
        guard let thread = WindowThread.currentIfAny,
            let display = (try? thread.display) as? HeadlessDisplay
        else { return }
        display.inject(event(SurfaceID(rawValue: thread.focusHandle.rawValue)))
    }

    /// Presses a key that types a character.
    static func press(_ key: UInt8, character: UInt32) {
        inject { surface in
            let event = KeyEvent(
                isDown: true,
                virtualKey: key,
                symbol: character,
                character: character
            )
            return .key(surface, event)
        }
    }

    static func close() {
        inject { .closeRequested($0) }
    }

    static func loseDisplay() {
        inject { _ in .lost }
    }

    /// What the window shows at a place.
    static func shownPixel(x: Int32, y: Int32) -> UInt32? {
        guard let thread = WindowThread.currentIfAny,
            let display = (try? thread.display) as? HeadlessDisplay
        else { return nil }
        let surface = SurfaceID(rawValue: thread.focusHandle.rawValue)
        return display.shownPixel(at: Point(x: x, y: y), of: surface)
    }
}
