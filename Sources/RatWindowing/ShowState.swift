package import RatCore
package import RatDisplay

/// What `show(_:)` is told to do; the numbers are Win32's.
package enum ShowCommand: Int32, Sendable {
    case hide = 0
    case normal = 1
    case minimized = 2
    case maximized = 3
    case noActivate = 4
    case show = 5
    case minimize = 6
    case minimizedNoActivate = 7
    case showNoActivate = 8
    case restore = 9
    case byDefault = 10
    case forceMinimize = 11

    /// What of the window's state it changes; `nil` leaves it.
    fileprivate var target: SurfaceState? {
        switch self {
        case .normal, .noActivate, .restore, .byDefault: .normal
        case .minimized, .minimize, .minimizedNoActivate, .forceMinimize: .minimized
        case .maximized: .maximized
        case .hide, .show, .showNoActivate: nil
        }
    }

    /// What its position has beside what changes.
    fileprivate var flags: UInt32 {
        switch self {
        case .noActivate, .minimize, .minimizedNoActivate, .forceMinimize:
            PositionFlag.noActivate | PositionFlag.noOrder
        case .showNoActivate: PositionFlag.noActivate
        case .hide, .normal, .minimized, .maximized, .show, .restore, .byDefault: 0
        }
    }
}

/// Limits of a window's size, as the procedure sees them. Field for field the C interface's
/// `RatMinMaxInfo`.
package struct SizeLimits {
    var reserved = Point(x: 0, y: 0)
    /// Of the maximised window.
    package var maximumSize: Point
    package var maximumPosition: Point
    /// Of the window at any time.
    package var minimumTrack = Point(x: 0, y: 0)
    package var maximumTrack: Point
}

/// Where a window is in its other states.
package struct WindowPlacement: Equatable {
    package var command: ShowCommand
    /// A minimised window becomes maximised when it is restored.
    package var restoresToMaximized: Bool
    package var minimizedPosition: Point
    package var maximizedPosition: Point
    /// Outer rectangle when it is neither; as `frame`.
    package var normal: Rect

    package init(
        command: ShowCommand,
        restoresToMaximized: Bool,
        minimizedPosition: Point,
        maximizedPosition: Point,
        normal: Rect
    ) {
        self.command = command
        self.restoresToMaximized = restoresToMaximized
        self.minimizedPosition = minimizedPosition
        self.maximizedPosition = maximizedPosition
        self.normal = normal
    }

    static let nowhere = Point(x: -1, y: -1)
}

extension Window {
    private static let iconSize = Size(width: 160, height: 24)
    /// Of a minimised top-level window: where Win32 has it, off every screen.
    static let iconFrame = Rect(origin: Point(x: -32_000, y: -32_000), size: iconSize)
    /// The size of the screen is not known.
    private static let unlimited = Point(x: sizes.upperBound, y: sizes.upperBound)

    /// Shows, hides, minimises, maximises or restores the window. Runs the procedure. Says whether it was
    /// visible.
    @discardableResult
    package func show(_ command: ShowCommand) throws(RatError) -> Bool {
        let wasVisible = try change(by: command)
        tellOwedSize()
        return wasVisible
    }

    /// Tells a window that is shown for the first time its size and place.
    func tellOwedSize() {
        guard exists, owesSize, isVisible else { return }
        owesSize = false
        sendSize()
        if exists { sendMove() }
    }

    private func change(by command: ShowCommand) throws(RatError) -> Bool {
        let wasVisible = isVisible
        guard let target = command.target, target != state || (target == .normal && !isVisible)
        else {
            if command == .showNoActivate {
                try tellVisibility(true, command.flags)
            } else if command.target == nil || !wasVisible {
                try show(command != .hide)
            }
            return wasVisible
        }
        if target == .normal, state == .normal {
            try tellVisibility(true, command.flags)
        } else {
            guard !isKeptInStateByHooks(command) else { throw .cancelled }
            guard exists, target != state else { return wasVisible }
            if command == .noActivate { restoresToMaximized = false }
            try enter(target, command.flags, shows: true)
            if command == .minimize { passActivationOn() }
        }
        return wasVisible
    }

    /// Minimising a window by that command activates the next one, if there is any.
    private func passActivationOn() {
        guard exists, state == .minimized, thread.activeHandle == handle,
            let heir = thread.heir(of: handle), !WindowTree.isMinimized(heir)
        else { return }
        try? WindowThread.setForeground(heir)
    }

    /// Takes the state that a new window's style asks for, before it is shown.
    func enterFirstState(_ style: UInt32) {
        if style & WindowStyle.maximized != 0 {
            try? enter(.maximized, PositionFlag.noActivate, shows: false)
        } else if style & WindowStyle.minimized != 0 {
            let flags = PositionFlag.noActivate | PositionFlag.noOrder
            try? enter(.minimized, flags, shows: false)
        }
    }

    private func enter(
        _ wanted: SurfaceState,
        _ more: UInt32,
        shows: Bool
    ) throws(RatError) {
        guard level != .top || hasSurface else { throw .notConnected }
        let old = state
        var target = wanted
        if old == .minimized {
            // The procedure may keep an icon closed.
            guard target == .minimized || send(WindowMessage.queryOpen) != 0, exists else { return }
            if target == .normal, restoresToMaximized { target = .maximized }
        }
        let answer = try askDisplay(for: target)
        var granted: Rect?
        switch answer {
        case .refused:
            // It comes to the front all the same, where it would have.
            guard exists, shows, more & PositionFlag.noActivate == 0 else { return }
            let flags = more | PositionFlag.noChange | (isVisible ? 0 : PositionFlag.show)
            return try setPosition(
                WindowPosition(insertAfter: WindowOrder.top, frame, flags: flags)
            )
        case .granted(let content):
            granted = content
            surfaceFrame = content
            thread.forgetPlaces(of: surface)
        case .whenShown, nil: break
        }
        owesState = false
        if old == .normal { normalFrame = frame }
        if target == .minimized { restoresToMaximized = old == .maximized }
        guard let rect = frame(in: target, granted) else { return }
        if answer == .whenShown, target == .maximized {
            owesState = true
            guard shows else {
                // Its size is told when it has one.
                state = target
                return
            }
        }
        if target == .minimized { thread.letGoOfFocus(self) }
        guard exists else { return }
        state = target
        var flags = more | PositionFlag.stateChanged | PositionFlag.frameChanged
        if shows, target == .minimized || !isVisible { flags |= PositionFlag.show }
        if target == .minimized || old == .minimized { flags |= PositionFlag.noCopyBits }
        try setPosition(WindowPosition(insertAfter: WindowOrder.top, rect, flags: flags))
        guard exists, old == .minimized, thread.activeHandle == topLevel.handle else { return }
        if level == .child {
            thread.setFocus(handle)
        } else if target != .minimized {
            // Perhaps it has been the active one all the time.
            thread.setFocus(handle)
            let isTold = exists && thread.activeHandle == handle
            if isTold, more & PositionFlag.noActivate == 0 { send(WindowMessage.activate, 1) }
        }
    }

    /// What the display says to that.
    private func askDisplay(for target: SurfaceState) throws(RatError) -> StateAnswer? {
        guard level == .top else { return nil }
        do throws(DisplayError) {
            return try display.setState(target, of: surface)
        } catch {
            throw RatError(error)
        }
    }

    /// The outer rectangle of a state; `nil` if the window is gone. A maximised top-level window has what its display
    /// gives, or less, if the procedure says so; a hidden one stays where it is until it is shown.
    private func frame(in target: SurfaceState, _ granted: Rect?) -> Rect? {
        switch target {
        case .normal: return normalFrame
        case .minimized:
            guard let parent else {
                minimizedPosition = Self.iconFrame.origin
                return Self.iconFrame
            }
            let place =
                minimizedPosition == WindowPlacement.nowhere
                ? Point(x: 0, y: parent.client.size.height &- Self.iconSize.height)
                : minimizedPosition
            minimizedPosition = place
            return Rect(origin: place, size: Self.iconSize)
        case .maximized:
            guard let limits = askForLimits() else { return nil }
            let most = Size(width: limits.maximumSize.x, height: limits.maximumSize.y)
            guard level == .top else { return Rect(origin: limits.maximumPosition, size: most) }
            guard let granted else { return surfaceFrame }
            let isLess =
                limits.maximumPosition != Point(x: 0, y: 0) || most != (try? display.screen)
            return isLess ? Rect(origin: limits.maximumPosition, size: most) : granted
        }
    }

    /// Asks the procedure for the window's limits; `nil` if the window is gone.
    func askForLimits() -> SizeLimits? {
        var maximum = Self.unlimited
        if let size = parent?.client.size ?? (try? display.screen) {
            maximum = Point(x: size.width, y: size.height)
        }
        var limits = SizeLimits(
            maximumSize: maximum,
            maximumPosition: Point(x: 0, y: 0),
            maximumTrack: Self.unlimited
        )
        send(WindowMessage.getMinMaxInfo, telling: &limits)
        guard exists else { return nil }
        lastLimits = limits
        showTraits()
        return limits
    }

    /// Whether a new size is cut to what the procedure allows: that of a window that can be sized by a user.
    var hasLimits: Bool {
        style & WindowStyle.thickFrame != 0
            || style & (WindowStyle.popup | WindowStyle.child) == 0
    }

    /// What the limits leave of a size.
    func limited(_ size: Size) -> Size {
        guard let limits = askForLimits() else { return size }
        var size = Size(
            width: min(size.width, limits.maximumTrack.x),
            height: min(size.height, limits.maximumTrack.y)
        )
        if state != .minimized {
            size.width = max(size.width, limits.minimumTrack.x)
            size.height = max(size.height, limits.minimumTrack.y)
        }
        return Size(width: max(0, size.width), height: max(0, size.height))
    }

    // MARK: - Placement

    package var placement: WindowPlacement {
        WindowPlacement(
            command: state == .minimized ? .minimized : state == .maximized ? .maximized : .normal,
            restoresToMaximized: state == .minimized && restoresToMaximized,
            minimizedPosition: minimizedPosition,
            maximizedPosition: WindowPlacement.nowhere,
            normal: state == .normal ? frame : normalFrame
        )
    }

    /// Runs the procedure.
    package func setPlacement(_ placement: WindowPlacement) throws(RatError) {
        guard Window.isValid(placement.normal.size) else { throw .invalidArgument }
        minimizedPosition = placement.minimizedPosition
        if state == .normal {
            try move(to: placement.normal.origin, size: placement.normal.size)
        } else {
            normalFrame = placement.normal
        }
        guard exists else { return }
        try show(placement.command)
        if exists, state == .minimized, placement.restoresToMaximized { restoresToMaximized = true }
    }

    // MARK: - Enabling

    /// Lets the window have input or not. Runs the procedure. Says whether it was disabled.
    package func enable(_ isEnabled: Bool) -> Bool {
        let wasDisabled = !self.isEnabled
        if isEnabled {
            guard wasDisabled else { return false }
            style &= ~WindowStyle.disabled
            showTraits()
            showTraitsOfOwned()
        } else {
            send(WindowMessage.cancelMode)
            guard exists, self.isEnabled else { return wasDisabled }
            style |= WindowStyle.disabled
            showTraits()
            showTraitsOfOwned()
            if thread.focusHandle == handle { thread.setFocus(.invalid) }
            guard exists else { return wasDisabled }
        }
        send(WindowMessage.enable, isEnabled ? 1 : 0)
        return wasDisabled
    }
}
