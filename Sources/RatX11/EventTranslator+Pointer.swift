#if X11

internal import CRatXCB
internal import RatDisplay

/// The pointer.
extension EventTranslator {
    mutating func translatePointer(
        _ event: XEvent,
        _ keyboard: Keyboard,
        _ now: UInt64
    ) {
        switch event {
        case .turned(let input, let turn):
            translateTurn(input, turn, keyboard, now)
        case .motion(let input), .entered(let input, _):
            if !input.isSynthetic {
                note(input.time)
                pointer.isInside()
                correctButtons(input.state, input.buttons)
            }
            append(.moved, input, keyboard, now)
        case .left(let input, let mode, let detail):
            note(input.time)
            guard let surface = surfaces[input.window] else { return }
            correctButtons(input.state, input.buttons)
            guard pointer.leaves(input.window, mode: mode, detail: detail) else { return }
            queue.append(.pointerLeft(surface.id))
        case .button(let input, let number, let isDown):
            noteUser(input)
            if !input.isSynthetic { correctButtons(input.state, input.buttons) }
            switch Pointer.meaning(ofButton: number) {
            case .button(let button) where isDown:
                if !input.isSynthetic, surfaces[input.window] != nil {
                    pointer.press(button, in: input.window)
                }
                append(.pressed(button), input, keyboard, now)
            case .button(let button):
                if !input.isSynthetic { pointer.release(button) }
                append(.released(button), input, keyboard, now)
            case .wheel(let vertical, let horizontal) where isDown:
                // Of a device whose axes tell it too this is an echo.
                let isVertical = vertical != 0
                if input.isEmulated, scrolling.has(input.device, isVertical: isVertical) { break }
                append(.wheel(vertical: vertical, horizontal: horizontal), input, keyboard, now)
            case .wheel, nil:
                break
            }
        default:
            break
        }
    }

    private mutating func translateTurn(
        _ input: XEvent.Input,
        _ turn: XEvent.Turn,
        _ keyboard: Keyboard,
        _ now: UInt64
    ) {
        let turned = scrolling.turn(input.device, turn.values, sequence: turn.sequence)
        // Of a device without wheels the axes are something else, as the pressure of a pen.
        if turn.isMove || !scrolling.has(input.device) {
            translatePointer(.motion(input), keyboard, now)
        } else {
            note(input.time)
        }
        if turned.vertical != 0 {
            append(.wheel(vertical: turned.vertical, horizontal: 0), input, keyboard, now)
        }
        if turned.horizontal != 0 {
            append(.wheel(vertical: 0, horizontal: turned.horizontal), input, keyboard, now)
        }
    }

    private mutating func append(
        _ action: PointerEvent.Action,
        _ input: XEvent.Input,
        _ keyboard: Keyboard,
        _ now: UInt64
    ) {
        guard let surface = surfaces[input.window] else { return }
        let isNew = pointer.isNew(input.position, input.screenPosition, in: input.window)
        guard isNew || action != .moved else { return }
        let event = PointerEvent(
            action: action,
            position: input.position,
            screenPosition: input.screenPosition,
            modifiers: keyboard.modifiers(core: input.state),
            time: time(of: input, now)
        )
        queue.append(.pointer(surface.id, event))
    }

    /// Tells of releases that went elsewhere.
    private mutating func correctButtons(_ state: UInt16, _ buttons: UInt32?) {
        for button in pointer.correct(state, buttons) { queue.append(.buttonMissed(button)) }
    }

    /// Whether somebody else is told what the pointer does, so that the server is to be asked.
    var isPointerDoubtful: Bool { pointer.isDoubtful }

    /// Takes over what the server has answered about the pointer.
    mutating func findPointer(_ place: PointerPlace) {
        correctButtons(place.state, place.buttons)
        if let left = pointer.isFound(in: place.window), let surface = surfaces[left] {
            queue.append(.pointerLeft(surface.id))
        }
    }
}

/// Where the pointer is whoever is told of it, and what is held.
struct PointerPlace {
    /// The surface's window that lies there; `nil` for others'.
    var window: xcb_window_t?
    /// As core events have it.
    var state: UInt16
    /// A bit for each button; `nil` without the input extension.
    var buttons: UInt32?
}

#endif
