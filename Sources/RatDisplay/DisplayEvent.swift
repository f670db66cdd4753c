/// Something that happened on a display, as a value, in the order the display told it.
///
/// A backend states facts here; what message a fact becomes is the window layer's business.
package enum DisplayEvent: Equatable, Sendable {
    case key(SurfaceID, KeyEvent)
    case pointer(SurfaceID, PointerEvent)
    /// The pointer left the surface, and no button held it there.
    case pointerLeft(SurfaceID)
    case focusGained(SurfaceID)
    case focusLost(SurfaceID)
    /// The keyboard is offered to a surface that is disabled, and may be asked for instead for another.
    case focusOffered(SurfaceID)
    /// The keyboard went to that surface of another display of the seat, which may not have told it yet.
    case focusElsewhere(SurfaceID)
    /// What the pointer does elsewhere is not told to the surface, or not any more, though it was to be.
    case grabLost(SurfaceID)
    /// The surface got the keyboard, and no key said since what is held and locked by then.
    case modifiersHeld(SurfaceID, Modifiers)
    /// Other keys are switched on, perhaps by somebody else. Of what is held this says nothing.
    case locksChanged(Modifiers)
    /// A button that was told as pressed went up where only others heard of it.
    case buttonMissed(PointerButton)
    /// The keyboard types another language from now on.
    case languageChanged(KeyboardLanguage)
    /// The content rectangle on the screen, and what the window manager made of the surface: never what it was only
    /// asked for. Sent when the one differs from what was last known or asked for, or the other from what was last
    /// told. A state that comes with another size is told with it.
    case configured(SurfaceID, content: Rect, state: SurfaceState)
    /// The surface covers the screen, or does not any more.
    case fullscreen(SurfaceID, Bool)
    /// The display lost these pixels of the content, in surface coordinates.
    case exposed(SurfaceID, Rect)
    case closeRequested(SurfaceID)
    /// The screen has another size.
    case screenChanged(Size)
    /// What a program draws is to have another number of dots an inch.
    case densityChanged(UInt32)
    /// What counts as a double click, where the desktop says so: milliseconds, and pixels on either side.
    case doubleClickChanged(milliseconds: UInt32?, distance: UInt32?)
    /// Another part of the screen is free for windows.
    case workAreaChanged
    /// The surface was destroyed by somebody else; its id is dead.
    case destroyed(SurfaceID)
    /// The display is gone for good. The last event; every later request fails.
    case lost
}

/// What the window manager made of a surface.
package enum SurfaceState: Sendable {
    case normal
    case minimized
    case maximized
}

/// One key going down or up.
package struct KeyEvent: Equatable, Sendable {
    package var isDown: Bool
    /// Win32 virtual key, without left and right: VK_SHIFT, not VK_LSHIFT.
    package var virtualKey: UInt8
    /// Set 1 scan code without its E0 prefix.
    package var scanCode: UInt8
    /// Whether the scan code has the E0 prefix.
    package var isExtended: Bool
    /// The X keysym at the level the modifiers select, Control left aside. Feeds `compose(_:)`.
    package var symbol: UInt32
    /// The Unicode scalar that the symbol types by itself; 0 if none.
    package var character: UInt32
    /// Before the event, as X tells it.
    package var modifiers: Modifiers
    /// Nanoseconds of CLOCK_MONOTONIC.
    package var time: UInt64
    /// Went up while somebody else had the keyboard, and is only missed now.
    package var isMissed = false

    package init(
        isDown: Bool,
        virtualKey: UInt8,
        scanCode: UInt8 = 0,
        isExtended: Bool = false,
        symbol: UInt32 = 0,
        character: UInt32 = 0,
        modifiers: Modifiers = [],
        time: UInt64 = 0
    ) {
        self.isDown = isDown
        self.virtualKey = virtualKey
        self.scanCode = scanCode
        self.isExtended = isExtended
        self.symbol = symbol
        self.character = character
        self.modifiers = modifiers
        self.time = time
    }
}

/// The pointer moving, a button, or the wheel.
package struct PointerEvent: Equatable, Sendable {
    package enum Action: Equatable, Sendable {
        case moved
        case pressed(PointerButton)
        case released(PointerButton)
        /// 120 a notch; away from the person and to the right are positive.
        case wheel(vertical: Int32, horizontal: Int32)
    }

    package var action: Action
    /// In the surface.
    package var position: Point
    package var screenPosition: Point
    /// Before the event, as X tells it.
    package var modifiers: Modifiers
    /// Nanoseconds of CLOCK_MONOTONIC.
    package var time: UInt64

    package init(
        action: Action,
        position: Point,
        screenPosition: Point,
        modifiers: Modifiers = [],
        time: UInt64 = 0
    ) {
        self.action = action
        self.position = position
        self.screenPosition = screenPosition
        self.modifiers = modifiers
        self.time = time
    }
}

package enum PointerButton: Int, CaseIterable, Sendable {
    case left
    case right
    case middle
    case x1
    case x2
}

/// Modifier keys held or locked.
package struct Modifiers: OptionSet, Sendable {
    package let rawValue: UInt8

    package init(rawValue: UInt8) {
        self.rawValue = rawValue
    }

    package static let shift = Modifiers(rawValue: 1)
    package static let control = Modifiers(rawValue: 2)
    package static let alt = Modifiers(rawValue: 4)
    package static let capsLock = Modifiers(rawValue: 8)
    package static let numLock = Modifiers(rawValue: 16)
    /// AltGr, where the layout has it.
    package static let level3 = Modifiers(rawValue: 32)
    package static let scrollLock = Modifiers(rawValue: 64)
    /// The layout has a modifier for Scroll Lock: `scrollLock` says how it is.
    package static let tellsScrollLock = Modifiers(rawValue: 128)

    /// What is switched on instead of held.
    package static let locks: Modifiers = [.capsLock, .numLock, .scrollLock, .tellsScrollLock]
}
