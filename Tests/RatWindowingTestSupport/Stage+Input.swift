package import RatCore
package import RatDisplay
internal import RatHeadless

/// The hands of a user.
extension Stage {
    /// Moves, presses, releases or turns the wheel at a place of a window; times are milliseconds.
    package func point(
        _ action: PointerEvent.Action,
        in window: Handle,
        at x: Int32 = 5,
        _ y: Int32 = 5,
        modifiers: Modifiers = [],
        time: UInt64 = 0
    ) {
        let content = display.content(of: surface(window)) ?? .empty
        let event = PointerEvent(
            action: action,
            position: Point(x: x, y: y),
            screenPosition: Point(x: content.left + x, y: content.top + y),
            modifiers: modifiers,
            time: time * 1_000_000
        )
        display.inject(.pointer(surface(window), event))
    }

    /// Presses a button and releases it.
    package func click(
        _ button: PointerButton = .left,
        in window: Handle,
        at x: Int32 = 5,
        _ y: Int32 = 5,
        time: UInt64
    ) {
        point(.pressed(button), in: window, at: x, y, time: time)
        point(.released(button), in: window, at: x, y, time: time)
    }

    /// Moves a key.
    package func key(
        _ virtualKey: UInt8,
        isDown: Bool = true,
        scanCode: UInt8 = 0,
        isExtended: Bool = false,
        symbol: UInt32 = 0,
        character: UInt32 = 0,
        modifiers: Modifiers = [],
        time: UInt64 = 0,
        in window: Handle
    ) {
        let event = KeyEvent(
            isDown: isDown,
            virtualKey: virtualKey,
            scanCode: scanCode,
            isExtended: isExtended,
            symbol: symbol,
            character: character,
            modifiers: modifiers,
            time: time
        )
        display.inject(.key(surface(window), event))
    }

    /// Moves a key that types a character by itself.
    package func type(_ character: Unicode.Scalar, key virtualKey: UInt8, in window: Handle) {
        for isDown in [true, false] {
            key(
                virtualKey,
                isDown: isDown,
                symbol: character.value,
                character: character.value,
                in: window
            )
        }
    }
}
