internal import Synchronization

/// What the process' windows take for a double click and for hovering.
package enum InputSettings {
    package struct DoubleClick: Equatable, Sendable {
        /// Nanoseconds from the first press to the second.
        package var time: UInt64
        /// Of the rectangle around the first press that the second one lies in; pixels.
        package var width: UInt32
        package var height: UInt32

        package init(time: UInt64, width: UInt32, height: UInt32) {
            self.time = time
            self.width = width
            self.height = height
        }
    }

    /// Win32's.
    package static let usualDoubleClick = DoubleClick(time: 500_000_000, width: 4, height: 4)
    package static let usualHoverMilliseconds: UInt32 = 400
    /// How far the pointer may move and still hovers.
    static let hoverDistance: UInt32 = 2

    private static let current = Mutex(usualDoubleClick)

    package static var doubleClick: DoubleClick {
        get { current.withLock { $0 } }
        set { current.withLock { $0 = newValue } }
    }
}
