internal import RatCore
internal import RatDisplay
internal import RatMessaging
internal import RatWindowing

// What some messages point to. It is looked at while the message is handled, and its sender waits.
extension Message {
    /// On `.positionChanging` and `.positionChanged`: what changes. Its order is the engine's to say, and `nil`.
    public var placement: Window.Placement? {
        guard number == WindowMessage.windowPosChanging || number == WindowMessage.windowPosChanged,
            let position = unsafe pointee(as: WindowPosition.self)?.pointee
        else { return nil }
        func has(_ flag: UInt32) -> Bool { position.flags & flag != 0 }
        return Window.Placement(
            position: has(PositionFlag.noMove) ? nil : (Int(position.x), Int(position.y)),
            size: has(PositionFlag.noSize) ? nil : (Int(position.width), Int(position.height)),
            isVisible: has(PositionFlag.show) ? true : has(PositionFlag.hide) ? false : nil,
            activates: !has(PositionFlag.noActivate)
        )
    }

    /// On `.positionChanging`: has the window go elsewhere than it was asked to. What is not said stays.
    public func alterPlacement(
        position: (x: Int, y: Int)? = nil,
        size: (width: Int, height: Int)? = nil
    ) {
        guard number == WindowMessage.windowPosChanging,
            let pointer = unsafe pointee(as: WindowPosition.self)
        else { return }
        if let position {
            unsafe pointer.pointee.x = Int32(clamping: position.x)
            unsafe pointer.pointee.y = Int32(clamping: position.y)
            unsafe pointer.pointee.flags &= ~PositionFlag.noMove
        }
        if let size {
            unsafe pointer.pointee.width = Int32(clamping: size.width)
            unsafe pointer.pointee.height = Int32(clamping: size.height)
            unsafe pointer.pointee.flags &= ~PositionFlag.noSize
        }
    }

    /// On `.sizeLimits`: says how small and how large the window may be, with its frame.
    public func limitSize(
        minimum: (width: Int, height: Int)? = nil,
        maximum: (width: Int, height: Int)? = nil
    ) {
        guard number == WindowMessage.getMinMaxInfo,
            let limits = unsafe pointee(as: SizeLimits.self)
        else { return }
        func point(_ size: (width: Int, height: Int)) -> Point {
            Point(x: Int32(clamping: size.width), y: Int32(clamping: size.height))
        }
        if let minimum { unsafe limits.pointee.minimumTrack = point(minimum) }
        if let maximum { unsafe limits.pointee.maximumTrack = point(maximum) }
    }

    private func pointee<Value>(as type: Value.Type) -> UnsafeMutablePointer<Value>? {
        guard CallFrame.isBelieved(number, lparam) else { return nil }
        return unsafe UnsafeMutablePointer(bitPattern: lparam)
    }
}
