/// What a surface is for.
package enum SurfaceKind: Sendable {
    case normal
    /// Belongs to another one, above which it stays.
    case dialog
    /// A palette beside the others.
    case tool
    /// A menu, a hint: comes and goes by itself, where it wants to, and nobody manages it.
    case popup
}

/// What of a surface a window manager is to know, and may change while the surface exists.
package struct SurfaceTraits: Equatable, Sendable {
    package var kind = SurfaceKind.normal
    /// The surface that it belongs to, of any display of the process.
    package var owner: SurfaceID?
    /// Whether it has a frame with a title.
    package var isFramed = true
    /// Whether a person may size it; then the limits hold, of the content.
    package var isResizable = true
    package var minimumSize = Size(width: 0, height: 0)
    /// `nil` leaves it to the display.
    package var maximumSize: Size?
    /// Whether it is to get the keyboard when it is clicked or shown.
    package var takesFocus = true
    /// Whether it has input now. One that has not is offered the keyboard all the same, as `focusOffered`.
    package var isEnabled = true
    /// Whether its owner waits for it, and has no input as long.
    package var isModal = false
    /// Whether a person may close it by its frame.
    package var isClosable = true
    /// Whether lists of windows show it.
    package var isListed = true

    package init() {}
}

/// How a surface is to look to a window manager.
package struct SurfaceOptions: Equatable, Sendable {
    /// Where it is to be; `nil` leaves the place to the window manager.
    package var position: Point?
    package var size: Size
    package var title: String
    /// Names the kind of window to the window manager (WM_CLASS).
    package var className: String
    package var traits = SurfaceTraits()
    /// Whether it stays above others.
    package var isAbove = false
    /// 0xRRGGBB, which the display shows where nothing was presented yet.
    package var background: UInt32

    package init(
        position: Point?,
        size: Size,
        title: String,
        className: String,
        isFramed: Bool = true,
        isResizable: Bool = true,
        background: UInt32 = 0
    ) {
        self.position = position
        self.size = size
        self.title = title
        self.className = className
        self.background = background
        traits.isFramed = isFramed
        traits.isResizable = isResizable
    }
}
