internal import RatCore
internal import RatDisplay
internal import RatMessaging

/// What the mouse has hit.
struct MouseHit {
    let window: Window
    /// What of it, as WM_NCHITTEST tells.
    var part: Int
    /// On the screen.
    let place: Point
    /// The window has the mouse to itself, or this turn of the wheel: it is asked nothing.
    var isCaptured = false
    /// Which window lies there first, whoever is hit.
    var front = Handle.invalid

    var isNobodys: Bool {
        part == HitTest.error || part == HitTest.nowhere || part == HitTest.transparent
    }
}

/// The mouse, as it is retrieved. In this order, each step calling procedures:
///
///     NCHITTEST   what lies there, asked from the front to the back until one is not transparent
///     PARENTNOTIFY, MOUSEACTIVATE   of a press: those it is in are told, the window says whether it wakes up
///     SETCURSOR   which pointer is to be shown
///
/// Then the message is the program's. Who has the mouse to itself is asked nothing.
extension WindowThread {
    func mouseMessage(
        _ event: PointerEvent,
        _ surface: SurfaceID?,
        isRemoving: Bool
    ) -> Found? {
        guard let hit = mouseHit(event, surface), hit.window.exists else { return nil }
        if hit.isNobodys {
            if isRemoving { hit.window.askForCursor(hit, event.action.message) }
            return nil
        }
        let keys = withInput { $0.queue.heldBits(after: event) }
        var message = event.action.message
        if case .pressed(let button) = event.action,
            isDoubleClick(button, hit, event.time)
        {
            message += 2
        }
        let isScreenwide = event.action.isWheel || hit.part != HitTest.client
        var wparam = Words.pack(low: keys, high: event.action.highHalf)
        if hit.part != HitTest.client, !event.action.isWheel {
            message -= WindowMessage.mouseMove - WindowMessage.nonClientMouseMove
            wparam = Words.pack(
                low: UInt16(truncatingIfNeeded: hit.part),
                high: event.action.highHalf
            )
        }
        let place = isScreenwide ? hit.place : hit.window.toClient(hit.place)
        return Found(
            message: make(
                message,
                wparam,
                Words.pack(place.x, place.y),
                for: hit.window.handle,
                time: event.time,
                at: hit.place
            ),
            hit: hit
        )
    }

    /// The last questions before the program gets the message. `false` if it gets none.
    func giveMouse(_ event: PointerEvent, _ hit: MouseHit) -> Bool {
        if case .pressed(let button) = event.action { didPress(button, hit, event.time) }
        restingPointer.found = RestingPointer.Found(hit)
        pointerDidMove(to: hit)
        guard hit.window.exists else { return false }
        guard !hit.isCaptured else { return true }
        let message = event.action.message
        var isEaten = false
        if case .pressed(let button) = event.action {
            hit.window.tellParents(message, button, hit.place)
            guard hit.window.exists else { return false }
            isPressAsked = true
            isEaten = !hit.window.askForActivation(hit, message)
        }
        guard hit.window.exists else { return false }
        hit.window.askForCursor(hit, message)
        return !isEaten && hit.window.exists
    }

    // MARK: - What is hit

    private func mouseHit(_ event: PointerEvent, _ surface: SurfaceID?) -> MouseHit? {
        // A display tells where in the surface it is; what is on the screen is said with the same origin.
        let place =
            surface.flatMap { surfaceOrigin($0) }.map { origin in
                Point(x: event.position.x &+ origin.x, y: event.position.y &+ origin.y)
            } ?? event.screenPosition
        if let capture = try? Window.find(captureHandle) {
            return MouseHit(
                window: capture,
                part: HitTest.client,
                place: place,
                isCaptured: true,
                front: capture.handle
            )
        }
        let top = surface.flatMap { window(of: $0) }
        if let hit = window(at: place, first: top) { return hit }
        guard event.action.isWheel, let focus = try? Window.find(focusHandle) else { return nil }
        // The wheel that is turned over nobody is the focus', which is asked nothing.
        return MouseHit(
            window: focus,
            part: HitTest.client,
            place: place,
            isCaptured: true
        )
    }

    /// What of the thread's windows lies at a point of the screen: `first` and what is in it is asked before
    /// the others, because it was seen there.
    func window(at place: Point, first: Window?) -> MouseHit? {
        let candidates = candidates(at: place, first: first)
        let front = candidates.first ?? .invalid
        for handle in candidates {
            guard let window = try? Window.find(handle) else { continue }
            // A disabled window has the place, and is not asked.
            guard window.isEnabled else {
                return MouseHit(window: window, part: HitTest.error, place: place, front: front)
            }
            let part = window.send(WindowMessage.hitTest, 0, Words.pack(place.x, place.y))
            guard part != HitTest.transparent, window.exists else { continue }
            return MouseHit(window: window, part: part, place: place, front: front)
        }
        return nil
    }

    /// Those of the thread's windows that lie at a point of the screen, in the order in which they are asked.
    func candidates(at place: Point, first: Window?) -> [Handle] {
        let all = WindowTree.candidates(at: place).filter { $0.thread == thread }.map(\.handle)
        guard let first else { return all }
        let seen = all.filter { handle in
            (try? Window.find(handle))?.isInside(orIs: first) ?? false
        }
        return seen + all.filter { !Set(seen).contains($0) }
    }

    // MARK: - Double clicks

    /// A press that the next one may make a double click.
    struct Click {
        let window: Handle
        let button: PointerButton
        let place: Point
        let time: UInt64
    }

    private func isDoubleClick(_ button: PointerButton, _ hit: MouseHit, _ time: UInt64) -> Bool {
        guard let lastClick, lastClick.window == hit.window.handle, lastClick.button == button,
            hit.part != HitTest.client
                || hit.window.windowClass.style & ClassStyle.doubleClicks != 0
        else { return false }
        let settings = InputSettings.doubleClick
        let dx = UInt32((hit.place.x &- lastClick.place.x).magnitude)
        let dy = UInt32((hit.place.y &- lastClick.place.y).magnitude)
        return time &- lastClick.time <= settings.time && dx < settings.width / 2
            && dy < settings.height / 2
    }

    private func didPress(_ button: PointerButton, _ hit: MouseHit, _ time: UInt64) {
        // A third press begins a new pair.
        lastClick =
            isDoubleClick(button, hit, time)
            ? nil
            : Click(window: hit.window.handle, button: button, place: hit.place, time: time)
    }
}

extension Window {
    /// A point of the screen in the client area's coordinates.
    func toClient(_ place: Point) -> Point {
        let origin = parentOrigin
        return Point(
            x: place.x &- origin.x &- client.left,
            y: place.y &- origin.y &- client.top
        )
    }

    /// Tells those that the window is in that it was pressed, unless a style forbids.
    fileprivate func tellParents(_ message: UInt32, _ button: PointerButton, _ place: Point) {
        var current = self
        while current.exists,
            current.style & (WindowStyle.child | WindowStyle.popup) == WindowStyle.child,
            current.exStyle & ExtendedStyle.noParentNotify == 0, let parent = current.parent
        {
            let point = parent.toClient(place)
            parent.send(
                WindowMessage.parentNotify,
                Words.pack(low: UInt16(message), high: button.extraNumber),
                Words.pack(point.x, point.y)
            )
            current = parent
        }
    }

    /// Asks whether a press activates, and does so. `false` if the press is not to be told.
    fileprivate func askForActivation(_ hit: MouseHit, _ message: UInt32) -> Bool {
        // Active among the windows of a thread that keys do not go to is not enough.
        guard thread.activeHandle != handle || !thread.hasForeground else { return true }
        let top = topLevel
        let answer = send(
            WindowMessage.mouseActivate,
            UInt(top.handle.rawValue),
            Words.pack(Int32(truncatingIfNeeded: hit.part), Int32(message))
        )
        switch answer {
        case MouseActivation.noActivate: return true
        case MouseActivation.noActivateAndEat: return false
        default:
            thread.activateByClick(top)
            return answer != MouseActivation.activateAndEat
        }
    }

    fileprivate func askForCursor(_ hit: MouseHit, _ message: UInt32) {
        send(
            WindowMessage.setCursor,
            UInt(handle.rawValue),
            Words.pack(Int32(truncatingIfNeeded: hit.part), Int32(message))
        )
        // The pointer may have come from another window, with what the thread had set for that.
        thread.showCursor()
    }
}

extension WindowThread {
    /// A press makes a top-level window the active one.
    func activateByClick(_ top: Window) {
        guard top.exists, top.level == .top, activeHandle != top.handle || !hasForeground else {
            return
        }
        // A manager that gave it the keyboard for the press has put it where it wants it.
        takeForeground(top.handle, by: .click, asksDisplay: heldKeyboard != top.surface)
    }
}

/// Answers to WM_MOUSEACTIVATE; Win32's.
enum MouseActivation {
    static let activate = 1
    static let activateAndEat = 2
    static let noActivate = 3
    static let noActivateAndEat = 4
}

extension PointerEvent.Action {
    /// Its message in a client area, a press's always that of a single one.
    fileprivate var message: UInt32 {
        switch self {
        case .moved: WindowMessage.mouseMove
        case .pressed(let button): button.pressMessage
        case .released(let button): button.pressMessage + 1
        case .wheel(let vertical, _):
            vertical != 0 ? WindowMessage.mouseWheel : WindowMessage.mouseHorizontalWheel
        }
    }

    /// The number of an extra button, or the wheel's turn.
    fileprivate var highHalf: UInt16 {
        switch self {
        case .moved: 0
        case .pressed(let button), .released(let button): button.extraNumber
        case .wheel(let vertical, let horizontal):
            UInt16(bitPattern: Int16(clamping: vertical != 0 ? vertical : horizontal))
        }
    }

    var isWheel: Bool {
        if case .wheel = self { true } else { false }
    }
}
