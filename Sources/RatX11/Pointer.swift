#if X11

internal import CRatXCB
internal import RatDisplay

/// What the pointer does, from X's button numbers and crossings.
struct Pointer {
    enum ButtonMeaning: Equatable {
        case button(PointerButton)
        case wheel(vertical: Int32, horizontal: Int32)
    }

    private var held: Set<PointerButton> = []
    /// Where somebody else's grab took the pointer away, until it is known to be back.
    private var takenFrom: xcb_window_t?

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

    mutating func press(_ button: PointerButton) {
        held.insert(button)
    }

    mutating func release(_ button: PointerButton) {
        held.remove(button)
    }

    /// The pointer is known to be in a surface. `state` is of a core event and corrects what a release
    /// that went elsewhere left behind; X tells nothing there of the buttons past 5.
    mutating func isInside(state: UInt16) {
        takenFrom = nil
        correct(state)
    }

    /// Whether a LeaveNotify means that the pointer left.
    ///
    /// While a button is held the server still reports a crossing, but the surface keeps the pointer; it
    /// reports another one, of mode Ungrab, when the last button is released outside. A crossing of mode
    /// Grab is not a movement at all: a click under a window manager that grabs buttons starts with one.
    mutating func leaves(
        _ window: xcb_window_t,
        mode: UInt8,
        detail: UInt8,
        state: UInt16
    ) -> Bool {
        guard detail != UInt8(XCB_NOTIFY_DETAIL_INFERIOR.rawValue) else { return false }
        if mode == UInt8(XCB_NOTIFY_MODE_GRAB.rawValue) {
            takenFrom = window
            return false
        }
        correct(state)
        guard held.isEmpty else { return false }
        takenFrom = nil
        return true
    }

    /// The window lost the keyboard. Whether a pointer taken away by a grab counts as gone by that: the
    /// grab has turned out to be more than a click, and nothing would tell where the pointer went.
    mutating func leavesWithFocus(_ window: xcb_window_t) -> Bool {
        guard takenFrom == window else { return false }
        takenFrom = nil
        return true
    }

    private mutating func correct(_ state: UInt16) {
        let masks: [(PointerButton, xcb_button_mask_t)] = [
            (.left, XCB_BUTTON_MASK_1), (.middle, XCB_BUTTON_MASK_2), (.right, XCB_BUTTON_MASK_3),
        ]
        for (button, mask) in masks where UInt32(state) & mask.rawValue == 0 {
            held.remove(button)
        }
    }
}

#endif
