#if X11

internal import CRatXCB
internal import RatDisplay

/// What the pointer does, from X's button numbers and crossings.
///
/// A grab of another client is the one thing that hides the pointer: a crossing of mode Grab tells that it begins, and
/// only if the pointer is still there at its end does a crossing of mode Ungrab tell that. Likewise the release of a
/// button is told to nobody here, if the window that it was pressed in left the screen meanwhile. Until it is known
/// again the pointer `isDoubtful`, and the server is to be asked when it stirs.
struct Pointer {
    enum ButtonMeaning: Equatable {
        case button(PointerButton)
        case wheel(vertical: Int32, horizontal: Int32)
    }

    private var held: Set<PointerButton> = []
    /// Where the button went down that was the first of those held.
    private(set) var pressedIn: xcb_window_t = 0
    /// What was pressed does not get to hear any more what the buttons do.
    private var isUnheard = false
    /// Where somebody else's grab took the pointer away, until it is known to be back.
    private var takenFrom: xcb_window_t?
    /// The latest move told, while the pointer is in the surface.
    private var told: (window: xcb_window_t, place: Point, screenPlace: Point)?

    static func meaning(ofButton number: UInt8) -> ButtonMeaning? {
        switch number {
        case 1: .button(.left)
        case 2: .button(.middle)
        case 3: .button(.right)
        case 4: .wheel(vertical: 120, horizontal: 0)
        case 5: .wheel(vertical: -120, horizontal: 0)
        case 6: .wheel(vertical: 0, horizontal: -120)
        case 7: .wheel(vertical: 0, horizontal: 120)
        case 8: .button(.x1)
        case 9: .button(.x2)
        default: nil
        }
    }

    var isHeld: Bool { !held.isEmpty }

    mutating func press(_ button: PointerButton, in window: xcb_window_t) {
        if held.isEmpty { pressedIn = window }
        held.insert(button)
    }

    mutating func release(_ button: PointerButton) {
        held.remove(button)
        if held.isEmpty { isUnheard = false }
    }

    /// The pointer is known to be in a surface.
    mutating func isInside() {
        takenFrom = nil
    }

    /// Whether a LeaveNotify means that the pointer left. To be corrected before.
    ///
    /// While a button is held the server still reports a crossing, but the surface keeps the pointer; it
    /// reports another one, of mode Ungrab, when the last button is released outside. A crossing of mode
    /// Grab is not a movement at all: a click under a window manager that grabs buttons starts with one.
    mutating func leaves(_ window: xcb_window_t, mode: UInt8, detail: UInt8) -> Bool {
        guard detail != UInt8(XCB_NOTIFY_DETAIL_INFERIOR.rawValue) else { return false }
        if mode == UInt8(XCB_NOTIFY_MODE_GRAB.rawValue) {
            takenFrom = window
            return false
        }
        guard held.isEmpty else { return false }
        takenFrom = nil
        told = nil
        return true
    }

    /// Whether a move says something new. The server tells twice of a move into a surface, and anew at the end of a
    /// grab where the pointer is.
    mutating func isNew(_ place: Point, _ screenPlace: Point, in window: xcb_window_t) -> Bool {
        if let told, told == (window, place, screenPlace) { return false }
        told = (window, place, screenPlace)
        return true
    }

    // MARK: What others hide

    var isDoubtful: Bool { takenFrom != nil || (isUnheard && !held.isEmpty) }

    /// A grab of ours has ended, and with it what a held button had grabbed.
    mutating func isLetGo() {
        isUnheard = !held.isEmpty
    }

    /// A window has left the screen.
    mutating func loses(_ window: xcb_window_t) {
        if !held.isEmpty, pressedIn == window { isUnheard = true }
        if takenFrom == window { takenFrom = nil }
        if told?.window == window { told = nil }
    }

    /// Takes over where the pointer is. Gives the window that it turns out to have left.
    mutating func isFound(in window: xcb_window_t?) -> xcb_window_t? {
        guard let taken = takenFrom, taken != window else { return nil }
        takenFrom = nil
        told = nil
        return taken
    }

    /// Takes over which buttons are held, and gives those whose release went elsewhere. `state` is as core
    /// events have it, where X tells nothing of the buttons past 5; `buttons` has a bit for each, if it is known.
    mutating func correct(_ state: UInt16, _ buttons: UInt32?) -> [PointerButton] {
        guard !held.isEmpty else { return [] }
        let missed = Self.numbers.filter { button, number in
            guard held.contains(button) else { return false }
            if let buttons { return buttons >> number & 1 == 0 }
            return number <= 5 && state >> (7 + number) & 1 == 0
        }
        for (button, _) in missed { release(button) }
        return missed.map(\.button)
    }

    private static let numbers: [(button: PointerButton, number: UInt16)] = [
        (.left, 1), (.middle, 2), (.right, 3), (.x1, 8), (.x2, 9),
    ]
}

#endif
