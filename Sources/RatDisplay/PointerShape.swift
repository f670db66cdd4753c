/// A shape of the pointer that every display has. The numbers are Win32's.
package enum PointerShape: UInt64, CaseIterable, Sendable {
    case arrow = 32512
    /// Over text.
    case text = 32513
    /// The program is busy.
    case wait = 32514
    case cross = 32515
    case upArrow = 32516
    /// Sizes along the diagonal from the top left.
    case sizeDown = 32642
    /// Sizes along the diagonal from the bottom left.
    case sizeUp = 32643
    case sizeHorizontally = 32644
    case sizeVertically = 32645
    case move = 32646
    case notAllowed = 32648
    /// Over a link.
    case hand = 32649
    /// The program is busy, and can be worked with.
    case progress = 32650
    case help = 32651
}
