internal import RatCore
internal import RatDisplay
internal import RatWindowing

/// What the pointer looks like over the calling thread's windows.
///
/// A window is asked for it with `.setCursor` while the mouse moves over it; by default it has that of its
/// class.
public struct Cursor: Equatable, Sendable {
    let engine: RatWindowing.Cursor

    private init(_ shape: PointerShape) {
        engine = RatWindowing.Cursor(shape)
    }

    private init(_ engine: RatWindowing.Cursor) {
        self.engine = engine
    }

    /// No pointer is seen.
    public static let none = Cursor(.none as RatWindowing.Cursor)
    /// What a thread begins with.
    public static let arrow = Cursor(.arrow as PointerShape)
    /// Over text.
    public static let text = Cursor(.text)
    /// The program is busy.
    public static let wait = Cursor(.wait)
    /// The program is busy, and can be worked with.
    public static let progress = Cursor(.progress)
    /// Two crossed lines.
    public static let cross = Cursor(.cross)
    /// An arrow that points up.
    public static let upArrow = Cursor(.upArrow)
    /// Over a link.
    public static let hand = Cursor(.hand)
    /// Over what a click explains.
    public static let help = Cursor(.help)
    /// Nothing can be done here.
    public static let notAllowed = Cursor(.notAllowed)
    /// Moves something.
    public static let move = Cursor(.move)
    /// Sizes to the left and right.
    public static let sizeHorizontally = Cursor(.sizeHorizontally)
    /// Sizes up and down.
    public static let sizeVertically = Cursor(.sizeVertically)
    /// Sizes along the diagonal from the top left.
    public static let sizeDown = Cursor(.sizeDown)
    /// Sizes along the diagonal from the bottom left.
    public static let sizeUp = Cursor(.sizeUp)

    /// The thread's; what is set is seen at once, until the next move of the mouse asks again.
    public static var current: Cursor {
        get { Cursor(WindowThread.currentIfAny?.cursor ?? .arrow) }
        // Without memory for a thread's windows there are none to show it over.
        set { _ = try? WindowThread.current().setCursor(newValue.engine) }
    }

    /// Counts one up: the pointer is seen while it was not hidden more often than shown.
    public static func show() {
        _ = try? WindowThread.current().countCursor(isShown: true)
    }

    /// Counts one down.
    public static func hide() {
        _ = try? WindowThread.current().countCursor(isShown: false)
    }
}
