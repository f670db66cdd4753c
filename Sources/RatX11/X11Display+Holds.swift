#if X11

internal import CRatXCB
internal import RatDisplay

/// Something that was read, and is told together with what belongs to it and is still to come. What was read after it
/// waits too, so that the order stays. It ends when that comes, when the window manager has done all that it was doing, or
/// at a deadline.
struct Hold {
    enum Cause: Equatable {
        /// The keyboard came while a button is held over the surface: the press that did it is on its way.
        case press
        /// The manager has maximised or restored a surface of this size, and sizes it next.
        case size(Size)
    }

    let window: xcb_window_t
    let cause: Cause
    /// What the manager was asked then.
    let question: Int
    let deadline: UInt64
}

extension X11Display {
    package var nextLook: UInt64? {
        let deadline = holds.map(\.deadline).min()
        return deadline.map { min($0, echo.nextReminder ?? $0) }
    }

    /// Looks at an event before it is translated, and at what became of the surfaces' focus after it.
    func watch(_ event: XEvent, hadFocus: Bool) {
        switch event {
        case .property(let window, let name, _):
            guard echo.note(window, connection.atoms.atom(name)) else { return }
            endHolds { echo.hasAnswered($0.question) }
        case .button(let input, _, isDown: true):
            if focusCame == input.window { focusCame = nil }
            endHolds { $0.window == input.window && $0.cause == .press }
        case .focus(let window, _, _, isIn: true):
            if !hadFocus, translator.surfaces[window]?.hasFocus == true { focusCame = window }
        case .focus(let window, _, _, isIn: false):
            if focusCame == window { focusCame = nil }
        default: break
        }
    }

    func hasFocus(in event: XEvent) -> Bool {
        guard case .focus(let window, _, _, _) = event else { return false }
        return translator.surfaces[window]?.hasFocus ?? false
    }

    /// At the end of a run of events: a manager that gives the keyboard to what is clicked does so before it lets the
    /// press through, and the press is what is to activate the window.
    func holdForPress() {
        guard let window = focusCame else { return }
        focusCame = nil
        guard let surface = translator.surfaces[window], surface.isReparented,
            !translator.isButtonHeld, !echo.isMute,
            let pointer = connection.pointer(in: window),
            pointer.isPressed, surface.content.size.contains(pointer.place), manager.isRunning()
        else { return }
        hold(window, .press)
    }

    /// A surface was told to be in another state, without the size that belongs to it.
    func holdForSize(_ before: Surface) {
        guard let after = translator.surfaces[before.window], after.state != before.state,
            after.state != .minimized, before.state != .minimized,
            after.content.size == before.content.size, after.isManaged, !echo.isMute
        else { return }
        hold(before.window, .size(before.content.size))
    }

    /// Ends those whose size has come.
    func endSizeHolds() {
        endHolds { hold in
            guard case .size(let size) = hold.cause else { return false }
            return translator.surfaces[hold.window]?.content.size != size
        }
    }

    /// Asks again what was not answered, and ends those that have waited too long.
    func endLateHolds() {
        guard let first = nextLook, first <= Self.now() else { return }
        echo.remind(manager, at: Self.now())
        guard let deadline = holds.map(\.deadline).min(), deadline <= Self.now() else { return }
        echo.giveUp(connection)
        endHolds { _ in true }
    }

    private func hold(_ window: xcb_window_t, _ cause: Hold.Cause) {
        let question = echo.ask(manager, at: Self.now())
        holds.append(
            Hold(window: window, cause: cause, question: question, deadline: deadline())
        )
        tell("hold \(hex(window))")
    }

    func endHolds(_ isOver: (Hold) -> Bool) {
        guard !holds.isEmpty else { return }
        for hold in holds where isOver(hold) {
            if case .size = hold.cause, let id = translator.surfaces[hold.window]?.id {
                halfTold.insert(id)
            }
        }
        holds.removeAll(where: isOver)
    }

    /// How long a manager that answers as a rule is waited for, in nanoseconds.
    private var patience: UInt64 {
        connection.capabilities.contains(.deadlines) ? 2_000_000_000 : 1 << 56
    }

    /// When to give it up; one that did not answer the last time is waited for only briefly.
    func deadline(isMute: Bool = false) -> UInt64 {
        Self.now() + (isMute ? 100_000_000 : patience)
    }
}

extension Size {
    fileprivate func contains(_ place: Point) -> Bool {
        place.x >= 0 && place.y >= 0 && place.x < width && place.y < height
    }
}

#endif
