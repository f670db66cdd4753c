package import RatCore
package import RatDisplay
internal import RatSystem

/// Where a window goes, as WM_WINDOWPOSCHANGING and WM_WINDOWPOSCHANGED see it. Field for field the C
/// interface's `RatWindowPos`.
package struct WindowPosition {
    package var window: UInt64 = 0
    /// A sibling that comes to lie above it, or one of `WindowOrder`.
    package var insertAfter: UInt64 = 0
    package var x: Int32 = 0
    package var y: Int32 = 0
    package var width: Int32 = 0
    package var height: Int32 = 0
    package var flags: UInt32 = 0

    package init(flags: UInt32) {
        self.flags = flags
    }

    package init(insertAfter: UInt64, _ rect: Rect, flags: UInt32) {
        self.insertAfter = insertAfter
        x = rect.left
        y = rect.top
        width = rect.size.width
        height = rect.size.height
        self.flags = flags
    }

    func has(_ flag: UInt32) -> Bool { flags & flag != 0 }

    mutating func set(_ flag: UInt32, _ isSet: Bool) {
        flags = isSet ? flags | flag : flags & ~flag
    }
}

/// Bits of a position's flags; Win32's.
package enum PositionFlag {
    package static let noSize: UInt32 = 0x0001
    package static let noMove: UInt32 = 0x0002
    package static let noOrder: UInt32 = 0x0004
    package static let noRedraw: UInt32 = 0x0008
    package static let noActivate: UInt32 = 0x0010
    package static let frameChanged: UInt32 = 0x0020
    package static let show: UInt32 = 0x0040
    package static let hide: UInt32 = 0x0080
    package static let noCopyBits: UInt32 = 0x0100
    package static let noOwnerOrder: UInt32 = 0x0200
    package static let noSendChanging: UInt32 = 0x0400
    /// What the change uncovers is erased with its paint, not at once.
    package static let deferErase: UInt32 = 0x2000
    /// What the library says in WM_WINDOWPOSCHANGED of the client area, and of the window's state.
    static let noClientSize: UInt32 = 0x0800
    static let noClientMove: UInt32 = 0x1000
    static let stateChanged: UInt32 = 0x8000
    /// What a caller may ask for; 0x4000 defers waiting, and changes nothing here.
    package static let all: UInt32 = 0x67FF
}

/// Places in the z-order beside "below that window".
package enum WindowOrder {
    package static let top: UInt64 = 0
    package static let bottom: UInt64 = 1
    package static let topmost = UInt64(bitPattern: -1)
    package static let notTopmost = UInt64(bitPattern: -2)
}

/// Three rectangles and a position, for WM_NCCALCSIZE. Field for field the C interface's
/// `RatCalculateSize`.
@safe struct SizeCalculation {
    /// In: the new outer rectangle. Out: the new client area.
    var new: Rect
    var oldOuter: Rect
    var oldClient: Rect
    var position: UnsafeMutablePointer<WindowPosition>
}

extension Window {
    /// The range of coordinates that WM_MOVE and its like can tell.
    private static let coordinates: ClosedRange<Int32> = -32_768...32_767
    static let sizes: ClosedRange<Int32> = 0...32_767

    /// Moves, resizes, restacks, shows or hides the window: all of it in one step, as the flags say. Runs
    /// the procedure, which can change every part of it in WM_WINDOWPOSCHANGING.
    package func setPosition(_ request: WindowPosition) throws(RatError) {
        var position = request
        position.window = handle.rawValue
        if !position.has(PositionFlag.noOrder) {
            guard try isSibling(position.insertAfter) else { return }
        }
        position.x = position.x.limited(to: Self.coordinates)
        position.y = position.y.limited(to: Self.coordinates)
        position.width = position.width.limited(to: Self.sizes)
        position.height = position.height.limited(to: Self.sizes)
        if !position.has(PositionFlag.noSendChanging) {
            send(WindowMessage.windowPosChanging, telling: &position)
            guard exists else { return }
        }
        let asksOrder = !position.has(PositionFlag.noOrder)
        let rect = resolve(&position)
        try place(&position, at: rect)
        guard exists, isVisible, asksOrder, !position.has(PositionFlag.show) else { return }
        showOrder(
            ifUnmanaged: false,
            isLowest: position.insertAfter == WindowOrder.bottom
        )
    }

    /// Takes over where the display says that the window is, and what was made of it.
    func adopt(_ content: Rect, _ newState: SurfaceState) {
        surfaceFrame = content
        guard newState != .minimized || state != .minimized else { return }
        let rect = newState == .minimized ? Self.iconFrame : content
        let flags = PositionFlag.noOrder | PositionFlag.noActivate | PositionFlag.noSendChanging
        var position = WindowPosition(insertAfter: 0, rect, flags: flags)
        position.window = handle.rawValue
        if newState != state {
            if state == .normal { normalFrame = frame }
            if newState == .minimized { restoresToMaximized = state == .maximized }
            let isIcon = newState == .minimized || state == .minimized
            state = newState
            position.flags |= PositionFlag.stateChanged | PositionFlag.frameChanged
            position.set(PositionFlag.noCopyBits, isIcon)
        }
        position.set(PositionFlag.noSize, rect.size == frame.size)
        position.set(PositionFlag.noMove, rect.origin == frame.origin)
        if !position.has(PositionFlag.stateChanged | PositionFlag.noSize), hasLimits {
            // Who sizes the window by hand goes on with the limits as they are now.
            guard askForLimits() != nil else { return }
        }
        finish(&position, at: rect)
    }

    /// Whether the window can be put below that one: `false` if it is no sibling, which Win32 ignores.
    private func isSibling(_ after: UInt64) throws(RatError) -> Bool {
        switch after {
        case WindowOrder.top, WindowOrder.bottom, WindowOrder.topmost, WindowOrder.notTopmost:
            return true
        default:
            guard let node = reference?.record.node else { throw .invalidHandle }
            return try WindowTree.read(Handle(rawValue: after)) { sibling throws(RatError) in
                sibling.record.parent == node.record.parent
            }
        }
    }

    /// What of the position is a change; the flags say so afterwards. Gives the new outer rectangle.
    private func resolve(_ position: inout WindowPosition) -> Rect {
        if isVisible {
            position.flags &= ~PositionFlag.show
        } else {
            if !position.has(PositionFlag.show) { position.flags |= PositionFlag.noRedraw }
            position.flags &= ~PositionFlag.hide
        }
        let size = Size(
            width: position.width.limited(to: Self.sizes),
            height: position.height.limited(to: Self.sizes)
        )
        let rect = Rect(
            origin: position.has(PositionFlag.noMove)
                ? frame.origin : Point(x: position.x, y: position.y),
            size: position.has(PositionFlag.noSize) ? frame.size : size
        )
        position.set(PositionFlag.noMove, rect.origin == frame.origin)
        position.set(PositionFlag.noSize, rect.size == frame.size)
        resolveOrder(&position)
        return rect
    }

    private func resolveOrder(_ position: inout WindowPosition) {
        let isForTopmost =
            position.insertAfter == WindowOrder.topmost
            || position.insertAfter == WindowOrder.notTopmost
        if level == .top, !position.has(PositionFlag.noActivate | PositionFlag.hide),
            thread.activeHandle != handle, position.has(PositionFlag.noOrder) || !isForTopmost
        {
            // What becomes active comes to the top.
            position.flags &= ~PositionFlag.noOrder
            position.insertAfter = WindowOrder.top
        }
        guard !position.has(PositionFlag.noOrder), let node = reference?.record.node else { return }
        let after = position.insertAfter
        let other = try? WindowTree.node(of: Handle(rawValue: after))
        let isInPlace = WindowTree.withLock {
            switch after {
            case WindowOrder.top: return node.isOnTop
            case WindowOrder.bottom: return !node.isTopmost && node.record.next == nil
            case WindowOrder.topmost: return node.isTopmost && node.record.previous == nil
            case WindowOrder.notTopmost: return !node.isTopmost
            default:
                guard let above = node.sibling(other, after) else { return true }
                return above == node || above == node.record.previous
            }
        }
        position.set(PositionFlag.noOrder, isInPlace)
    }

    /// Does it, and tells the display and the procedure.
    private func place(_ position: inout WindowPosition, at wanted: Rect) throws(RatError) {
        var rect = wanted
        let isMoving = position.flags & PositionFlag.noChange != PositionFlag.noChange
        if level == .top {
            let isShowing = position.has(PositionFlag.show | PositionFlag.hide)
            guard hasSurface || !(isMoving || isShowing) else { throw .notConnected }
            if position.has(PositionFlag.show), state != .normal {
                rect = showInState(&position, at: rect)
                guard exists else { return }
            }
            if state != .minimized, rect != surfaceFrame, rect != frame {
                do throws(DisplayError) {
                    try display.setContent(rect, of: surface)
                    surfaceFrame = rect
                } catch {
                    throw RatError(error)
                }
            }
        }
        finish(&position, at: rect)
    }

    /// Shows a window that is minimised or maximised, before its size is told: the display may have another one for it, or
    /// not have it so at all. Gives the outer rectangle.
    private func showInState(_ position: inout WindowPosition, at wanted: Rect) -> Rect {
        switch showSurface(position) {
        case .granted(let content) where state == .maximized:
            thread.forgetPlaces(of: surface)
            guard content != surfaceFrame || owesState else { return wanted }
            surfaceFrame = content
            owesState = false
            // The position is told with its size, which is that of a window shown for the first time too.
            owesSize = false
            position.flags |= PositionFlag.stateChanged | PositionFlag.frameChanged
            position.set(PositionFlag.noSize, content.size == frame.size)
            position.set(PositionFlag.noMove, content.origin == frame.origin)
            return content
        case .refused:
            state = .normal
            owesState = false
            position.flags &= ~PositionFlag.stateChanged
            guard wanted == Self.iconFrame else { return wanted }
            position.set(PositionFlag.noSize, surfaceFrame.size == frame.size)
            position.set(PositionFlag.noMove, surfaceFrame.origin == frame.origin)
            return surfaceFrame
        case .granted, .whenShown, nil:
            return wanted
        }
    }

    /// Applies a position whose flags say what changes, and that the display knows of but for visibility.
    private func finish(_ position: inout WindowPosition, at rect: Rect) {
        let before = appearance(position)
        calculateClient(&position, at: rect)
        guard exists else { return }
        reorder(position)
        if position.has(PositionFlag.show) { style |= WindowStyle.visible }
        if position.has(PositionFlag.hide) { style &= ~WindowStyle.visible }
        adapt(before, position)
        setSurfaceVisible(position)
        showWhetherTopmost()
        activate(position)
        guard exists else { return }
        eraseAfter(position)
        guard exists, position.isTold else { return }
        position.x = rect.left
        position.y = rect.top
        position.width = rect.size.width
        position.height = rect.size.height
        send(WindowMessage.windowPosChanged, telling: &position)
    }
}

extension PositionFlag {
    /// Neither moved nor resized.
    static let noChange = noSize | noMove
}

extension WindowPosition {
    /// Whether anything changed that WM_WINDOWPOSCHANGED is sent for.
    fileprivate var isTold: Bool {
        let unchanged =
            PositionFlag.noChange | PositionFlag.noOrder | PositionFlag.noClientSize
            | PositionFlag.noClientMove
        let changed =
            PositionFlag.frameChanged | PositionFlag.show | PositionFlag.hide
            | PositionFlag.stateChanged
        return flags & unchanged != unchanged || flags & changed != 0
    }
}

extension Int32 {
    fileprivate func limited(to range: ClosedRange<Int32>) -> Int32 {
        Swift.min(Swift.max(self, range.lowerBound), range.upperBound)
    }
}
