/// One line for traces: the surface's number, which is its window's handle, and what of it counts; no times.
extension DisplayEvent: CustomStringConvertible {
    package var description: String {
        switch self {
        case .key(let id, let key): "key \(id) \(key)"
        case .pointer(let id, let pointer): "pointer \(id) \(pointer)"
        case .pointerLeft(let id): "pointer-left \(id)"
        case .focusGained(let id): "focus-gained \(id)"
        case .focusLost(let id): "focus-lost \(id)"
        case .focusOffered(let id): "focus-offered \(id)"
        case .focusElsewhere(let id): "focus-elsewhere \(id)"
        case .grabLost(let id): "grab-lost \(id)"
        case .modifiersHeld(let id, let held): "modifiers \(id) \(hex(held.rawValue))"
        case .locksChanged(let on): "locks \(hex(on.rawValue))"
        case .buttonMissed(let button): "button-missed \(button)"
        case .languageChanged(let to): "language \(hex(to.language)) \(hex(to.layout))"
        case .configured(let id, let content, let state): "configured \(id) \(content) \(state)"
        case .fullscreen(let id, let isOn): "fullscreen \(id) \(isOn ? "on" : "off")"
        case .exposed(let id, let rect): "exposed \(id) \(rect)"
        case .closeRequested(let id): "close-requested \(id)"
        case .screenChanged(let size): "screen-changed \(size)"
        case .densityChanged(let density): "density-changed \(density)"
        case .doubleClickChanged(let time, let distance):
            "double-click \(time.map { "\($0)" } ?? "-") \(distance.map { "\($0)" } ?? "-")"
        case .workAreaChanged: "work-area-changed"
        case .destroyed(let id): "destroyed \(id)"
        case .lost: "lost"
        }
    }
}

extension SurfaceID: CustomStringConvertible {
    package var description: String { hex(rawValue) }
}

extension KeyEvent: CustomStringConvertible {
    package var description: String {
        "\(isDown ? "down" : isMissed ? "missed" : "up") vk \(hex(virtualKey)) scan \(hex(scanCode))\(isExtended ? "+" : "")"
            + " symbol \(hex(symbol)) types \(hex(character)) with \(hex(modifiers.rawValue))"
    }
}

extension PointerEvent: CustomStringConvertible {
    package var description: String {
        let what =
            switch action {
            case .moved: "moved"
            case .pressed(let button): "pressed \(button)"
            case .released(let button): "released \(button)"
            case .wheel(let vertical, let horizontal): "wheel \(vertical),\(horizontal)"
            }
        return "\(what) at \(position) screen \(screenPosition) with \(hex(modifiers.rawValue))"
    }
}

extension Point: CustomStringConvertible {
    package var description: String { "\(x),\(y)" }
}

extension Size: CustomStringConvertible {
    package var description: String { "\(width)x\(height)" }
}

extension Rect: CustomStringConvertible {
    package var description: String { "\(origin) \(size)" }
}

private func hex(_ number: some BinaryInteger) -> String {
    "0x" + String(number, radix: 16)
}
