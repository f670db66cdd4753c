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

    /// As the desktop said last.
    private static let desktops = Mutex(usualDoubleClick)

    /// Takes over what the desktop says, or what is usual where it says nothing any more. What a program has set since
    /// stays.
    static func follow(_ milliseconds: UInt32?, _ distance: UInt32?) {
        var new = usualDoubleClick
        if let milliseconds { new.time = UInt64(milliseconds) * 1_000_000 }
        if let distance { (new.width, new.height) = (distance * 2, distance * 2) }
        let old = desktops.withLock { desktops in
            defer { desktops = new }
            return desktops
        }
        current.withLock { if $0 == old { $0 = new } }
    }

    package static var doubleClick: DoubleClick {
        get { current.withLock { $0 } }
        set { current.withLock { $0 = newValue } }
    }
}
