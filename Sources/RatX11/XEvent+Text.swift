#if X11

internal import CRatXCB
internal import RatDisplay

/// One line for traces, which say enough to be played to the translator again.
extension XEvent {
    func text(_ atoms: AtomTable) -> String {
        switch self {
        case .key(let input, let code, let isDown):
            "key \(isDown ? "down" : "up") \(code) \(input.text)"
        case .button(let input, let number, let isDown):
            "button \(isDown ? "down" : "up") \(number) \(input.text)"
        case .motion(let input): "motion \(input.text)"
        case .entered(let input, let isMove): "enter \(input.text)\(isMove ? "" : " grabbed")"
        case .turned(let input, let turn): "turn \(turn.text) \(input.text)"
        case .devicesChanged: "devices"
        case .pointerStirred: "stirred"
        case .left(let input, let mode, let detail): "leave \(mode) \(detail) \(input.text)"
        case .focus(let window, let mode, let detail, let isIn):
            "focus \(isIn ? "in" : "out") \(mode) \(detail) \(hex(window))"
        case .exposed(let window, let rect): "expose \(hex(window)) \(rect)"
        case .configured(let window, let rect, let isSynthetic, let sequence):
            "configure \(hex(window)) \(rect) \(sequence)\(isSynthetic ? " sent" : "")"
        case .mapped(let window): "map \(hex(window))"
        case .unmapped(let window): "unmap \(hex(window))"
        case .reparented(let window, let parent): "reparent \(hex(window)) \(hex(parent))"
        case .destroyed(let window): "destroy \(hex(window))"
        case .property(let window, let name, let time):
            "property \(hex(window)) \(atoms.text(name)) \(time)"
        case .message(let window, let type, let data):
            "message \(hex(window)) \(atoms.text(type)) \(atoms.text(data.0))"
                + " \(hex(data.1)) \(hex(data.2)) \(hex(data.3)) \(hex(data.4))"
        case .keyboardState(let state):
            "keyboard \(hex(state.modifiers)) \(state.group) \(state.locked.map { hex($0) } ?? "-")"
        case .keysHeld(let keys): "held \(keys)"
        case .keyboardMapping: "keymap"
        case .shown(let segment, let sequence): "shown \(hex(segment)) \(sequence)"
        case .error(let error): "error \(error.text([:]))"
        case .other: "other"
        }
    }
}

extension XEvent.Turn {
    fileprivate var text: String {
        let values = values.map { "\($0.number)=\($0.value)" }.joined(separator: ",")
        return "\(isMove ? "moved" : "still") \(values) \(sequence)"
    }
}

extension XEvent.Input {
    fileprivate var text: String {
        "\(hex(window)) \(time) \(hex(state)) \(position) \(screenPosition)"
            + (buttons.map { " buttons \(hex($0))" } ?? "") + (isSynthetic ? " sent" : "")
    }
}

extension PointerPlace: CustomStringConvertible {
    var description: String {
        "\(window.map { hex($0) } ?? "-") \(hex(state)) \(buttons.map { hex($0) } ?? "-")"
    }
}

extension AtomTable {
    /// Its name, if it is one of ours.
    fileprivate func text(_ number: xcb_atom_t) -> String {
        atom(number)?.rawValue ?? hex(number)
    }
}

func hex(_ number: some BinaryInteger) -> String {
    "0x" + String(number, radix: 16)
}

#endif
