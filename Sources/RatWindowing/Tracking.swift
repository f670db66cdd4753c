package import RatCore
internal import RatDisplay
internal import RatMessaging
internal import RatSystem

/// What `RatTrackMouseEvent` is asked for; the bits are Win32's.
package enum TrackFlag {
    package static let hover: UInt32 = 1
    package static let leave: UInt32 = 2
    package static let nonClient: UInt32 = 0x10
    package static let cancel: UInt32 = 0x8000_0000
}

/// Which window of a thread is to be told that the pointer leaves it or rests on it.
package struct MouseTracking: Sendable {
    package fileprivate(set) var window = Handle.invalid
    package fileprivate(set) var flags: UInt32 = 0
    package fileprivate(set) var hoverMilliseconds: UInt32 = 0
    /// Where the pointer began to rest.
    fileprivate var rest = Point(x: 0, y: 0)
    /// On which part of the window.
    fileprivate var part = HitTest.nowhere

    package init() {}

    fileprivate func has(_ flag: UInt32) -> Bool { flags & flag != 0 }

    fileprivate var leaveNumber: UInt32 {
        has(TrackFlag.nonClient) ? WindowMessage.nonClientMouseLeave : WindowMessage.mouseLeave
    }

    /// Whether a part of the window is what is tracked.
    fileprivate func isOn(_ hit: MouseHit?) -> Bool {
        guard let hit, hit.window.handle == window, !hit.isNobodys else { return false }
        return (hit.part == HitTest.client) != has(TrackFlag.nonClient)
    }
}

extension WindowThread {
    /// The timer of a pointer that rests. Programs' own have numbers that they choose.
    private static let hoverTimer = UInt.max - 1

    /// Has a window told, once. Asks procedures what the pointer is on.
    package func track(
        _ window: Window,
        _ flags: UInt32,
        hoverMilliseconds: UInt32
    ) {
        if flags & TrackFlag.cancel != 0 {
            guard tracking.window == window.handle,
                (tracking.flags ^ flags) & TrackFlag.nonClient == 0
            else { return }
            tracking.flags &= ~(flags & (TrackFlag.hover | TrackFlag.leave))
            if !tracking.has(TrackFlag.hover) { stopHoverTimer() }
            if !tracking.has(TrackFlag.hover | TrackFlag.leave) { stopTracking() }
            return
        }
        let seen = threadQueue.pointerPosition
        let place = Point(x: seen.x, y: seen.y)
        let handle = window.handle
        let hit = self.window(at: place, first: window.topLevel)
        guard window.exists else { return }
        var wanted = MouseTracking()
        wanted.window = handle
        wanted.flags = flags
        wanted.hoverMilliseconds = hoverMilliseconds
        wanted.rest = place
        wanted.part = hit?.part ?? HitTest.nowhere
        guard wanted.isOn(hit) else {
            if flags & TrackFlag.leave != 0 { tellLeaving(wanted) }
            return
        }
        if tracking.window == handle, (tracking.flags ^ flags) & TrackFlag.nonClient == 0 {
            wanted.flags |= tracking.flags
            if flags & TrackFlag.hover == 0 {
                wanted.hoverMilliseconds = tracking.hoverMilliseconds
            }
        }
        stopTracking()
        tracking = wanted
        if wanted.has(TrackFlag.hover) { startHoverTimer() }
    }

    /// Every message of the mouse says where the pointer is.
    func pointerDidMove(to hit: MouseHit) {
        guard tracking.window != .invalid else { return }
        guard tracking.isOn(hit) else {
            let ended = tracking
            stopTracking()
            if ended.has(TrackFlag.leave) { tellLeaving(ended) }
            return
        }
        guard tracking.has(TrackFlag.hover), !hit.place.isNear(tracking.rest) else { return }
        tracking.rest = hit.place
        tracking.part = hit.part
        startHoverTimer()
    }

    /// What is to be told when the pointer is in no window of the surface any more; `nil` if nobody asked.
    func leaveMessage(_ surface: SurfaceID) -> Message? {
        guard captureHandle == .invalid else {
            // Who has captured the mouse keeps it until it gives it up.
            restingPointer.noteLeftCaptured(surface)
            return nil
        }
        guard tracking.window != .invalid,
            let window = try? Window.find(tracking.window), window.topLevel.surface == surface
        else { return nil }
        guard tracking.has(TrackFlag.leave) else {
            // It rests nowhere.
            stopTracking()
            return nil
        }
        let position = threadQueue.pointerPosition
        return make(
            tracking.leaveNumber,
            0,
            0,
            for: tracking.window,
            time: Instant.nowCoarse().nanoseconds,
            at: Point(x: position.x, y: position.y)
        )
    }

    func stopTracking(of window: Window) {
        if tracking.window == window.handle { stopTracking() }
    }

    func stopTracking() {
        stopHoverTimer()
        tracking = MouseTracking()
    }

    private func tellLeaving(_ tracking: MouseTracking) {
        // With no room for it in the queue it is lost, as any posted message.
        let header = MessageHeader(message: tracking.leaveNumber)
        try? MessageQueue.post(Message(header), to: tracking.window)
    }

    // MARK: - Resting

    private func startHoverTimer() {
        let procedure: HoverProcedure = { handle, _, _, _ in
            WindowThread.currentIfAny?.pointerRested(Handle(rawValue: handle))
        }
        _ = threadQueue.timers.set(
            Timers.Key(window: tracking.window, id: Self.hoverTimer),
            milliseconds: tracking.hoverMilliseconds,
            procedure: unsafe unsafeBitCast(procedure, to: UInt.self),
            now: Instant.now()
        )
    }

    private func stopHoverTimer() {
        guard tracking.window != .invalid else { return }
        _ = threadQueue.timers.kill(Timers.Key(window: tracking.window, id: Self.hoverTimer))
    }

    private func pointerRested(_ handle: Handle) {
        guard tracking.window == handle, tracking.has(TrackFlag.hover),
            let window = try? Window.find(handle)
        else { return }
        let isNonClient = tracking.has(TrackFlag.nonClient)
        let (rest, part) = (tracking.rest, tracking.part)
        stopHoverTimer()
        tracking.flags &= ~TrackFlag.hover
        if !tracking.has(TrackFlag.leave) { tracking = MouseTracking() }
        let place = isNonClient ? rest : window.toClient(rest)
        let wparam =
            isNonClient ? UInt(UInt16(truncatingIfNeeded: part)) : UInt(keyboard.heldBits)
        let header = MessageHeader(
            message: isNonClient
                ? WindowMessage.nonClientMouseHover : WindowMessage.mouseHover,
            wparam: wparam,
            lparam: Words.pack(place.x, place.y)
        )
        try? MessageQueue.post(Message(header), to: handle)
    }

    private typealias HoverProcedure = @convention(c) (UInt64, UInt32, UInt, UInt64) -> Void
}

extension Point {
    fileprivate func isNear(_ other: Point) -> Bool {
        UInt32((x &- other.x).magnitude) <= InputSettings.hoverDistance
            && UInt32((y &- other.y).magnitude) <= InputSettings.hoverDistance
    }
}
