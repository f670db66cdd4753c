internal import RatCore
internal import RatDisplay
internal import RatMessaging
internal import RatSystem

/// Where a thread's pointer is, as its display told last, and what its windows were told of that.
///
/// A window that comes, goes or moves while the pointer rests changes whose the pointer is, and no device says so:
/// as in Windows a move to where the pointer is already makes it known.
struct RestingPointer {
    /// What a message of the mouse was made of.
    struct Found: Equatable {
        let front: Handle
        /// In that window.
        let place: Point

        /// `nil` for a turn of the wheel that nobody was under.
        init?(_ hit: MouseHit) {
            guard let front = try? Window.find(hit.front) else { return nil }
            self.init(front, hit.place)
        }

        init(_ front: Window, _ place: Point) {
            self.front = front.handle
            self.place = front.toClient(place)
        }
    }

    /// Which of the thread's surfaces the pointer is over.
    private(set) var surface: SurfaceID?
    fileprivate private(set) var latest: PointerEvent?
    /// Where the surface was then.
    fileprivate private(set) var origin: Point?
    /// `nil` before the first message.
    var found: Found?
    /// The thread's `layout` at the last look; `nil` if there is something else to look for.
    fileprivate var layout: UInt64?
    /// The surface that the pointer left while a window had captured the mouse.
    fileprivate var leftCaptured: SurfaceID?

    /// The display tells of the pointer.
    mutating func note(_ event: PointerEvent, in surface: SurfaceID, _ origin: Point?) {
        self.surface = surface
        self.origin = origin
        latest = event
        if leftCaptured == surface { leftCaptured = nil }
    }

    mutating func noteLeft(_ surface: SurfaceID) {
        guard self.surface == surface else { return }
        self.surface = nil
        found = nil
    }

    /// The pointer left a surface, unless it is back by now.
    mutating func noteLeftCaptured(_ surface: SurfaceID) {
        if self.surface != surface { leftCaptured = surface }
    }
}

extension WindowThread {
    /// Where a surface lies by what is known of its window.
    func surfaceOrigin(_ surface: SurfaceID) -> Point? {
        try? WindowTree.outerRect(of: Handle(rawValue: surface.rawValue)).origin
    }

    /// Whether windows have changed since somebody looked at what is under the pointer. Moves and presses that are not
    /// retrieved yet do that by themselves.
    var hasToLookUnderPointer: Bool {
        guard restingPointer.layout != layout, restingPointer.surface != nil,
            restingPointer.found != nil
        else { return false }
        return withInput { state in
            state.queue.status & (QueueStatus.mouseMove | QueueStatus.mouseButton) == 0
        }
    }

    /// Tells who has the pointer now, if that is another window, or another place in it.
    func lookUnderPointer() {
        guard hasToLookUnderPointer else { return }
        restingPointer.layout = layout
        guard let surface = restingPointer.surface, let top = window(of: surface),
            let event = restingPointer.latest, let origin = surfaceOrigin(surface)
        else { return }
        var move = event
        move.action = .moved
        move.time = Instant.nowCoarse().nanoseconds
        // The surface may have gone from under it.
        if origin != restingPointer.origin {
            move.position = event.screenPosition.offset(by: origin.negated)
        }
        let place = move.position.offset(by: origin)
        let found: RestingPointer.Found
        if let captor = try? Window.find(captureHandle) {
            found = RestingPointer.Found(captor, place)
        } else {
            // What is not in the surface is the display's to tell.
            guard let handle = candidates(at: place, first: top).first,
                let front = try? Window.find(handle), front.isInside(orIs: top)
            else { return }
            found = RestingPointer.Found(front, place)
        }
        guard found != restingPointer.found else { return }
        InputDoor.enter(.pointer(surface, move), for: port)
    }

    /// A capture has begun or ended, which makes the pointer another window's as well.
    func lookAfterCapture() {
        restingPointer.layout = nil
        guard captureHandle == .invalid, let surface = restingPointer.leftCaptured else { return }
        restingPointer.leftCaptured = nil
        InputDoor.enter(.pointerLeft(surface), for: port)
    }
}
