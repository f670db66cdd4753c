#if X11

internal import CRatXCB
internal import RatDisplay

/// What the owner of the connection must do because of an event.
enum Reaction {
    case answerPing(ClientData)
    /// The window manager offers the keyboard.
    case takeFocus(xcb_window_t, time: xcb_timestamp_t)
    /// A surface lost the keyboard, perhaps to one of another display.
    case findFocus
    /// The server's resources are others.
    case readResources
    /// The desktop's settings are others, or somebody else's.
    case readSettings
    /// Somebody else has destroyed the surface.
    case dead(SurfaceID, xcb_window_t)
    /// The surface came onto the screen.
    case shown(xcb_window_t)
}

/// Turns X events into display events. Does no I/O: what needs some is left as a reaction, or in the
/// surface for the end of the drain.
///
/// Events are translated in the order of the connection, each with the keyboard's state so far: X tells
/// a key with the state before it, and the change of state after it.
struct EventTranslator {
    var surfaces = SurfaceTable()
    var queue = EventQueue()
    var reactions: [Reaction] = []
    /// The server's time of the latest event that tells one; 0 before the first.
    private(set) var lastTime: xcb_timestamp_t = 0
    /// The server's time of the latest key or button; 0 before the first.
    private(set) var userTime: xcb_timestamp_t = 0
    /// Where that was, until somebody has taken it.
    private var userWindow: xcb_window_t?

    private let atoms: AtomTable
    private let root: xcb_window_t
    /// Of the root.
    private(set) var screen: Size
    var pointer = Pointer()
    var scrolling = ScrollTracker()
    private var clock = ServerClock()
    var keys = KeyTracker()

    /// Whose properties are the desktop's settings, and the selection of whoever it is; 0 for none.
    var settingsWindow: xcb_window_t = 0
    var settingsSelection: xcb_atom_t = 0

    /// Whether input that another client made up counts like a person's.
    private let takesSentInput: Bool

    init(
        atoms: AtomTable,
        root: xcb_window_t,
        screen: Size = Size(width: 0, height: 0),
        takesSentInput: Bool = true
    ) {
        self.atoms = atoms
        self.root = root
        self.screen = screen
        self.takesSentInput = takesSentInput
    }

    /// `now` is CLOCK_MONOTONIC in nanoseconds.
    mutating func translate(_ event: XEvent, _ keyboard: Keyboard, now: UInt64) {
        if event.isSentInput, !takesSentInput { return }
        releaseHeldBack(before: event, keyboard)
        if case .property(root, let name, _) = event, keyboard.fakesReleases,
            atoms.atom(name) == .xkbRulesNames
        {
            // Without the extension the layout is what these names say.
            keyboard.markStale()
        }
        switch event {
        case .key(let input, let code, let isDown):
            translateKey(input, code, isDown, keyboard, now)
        case .button, .motion, .entered, .left, .turned:
            translatePointer(event, keyboard, now)
        case .focus(let window, let mode, let detail, let isIn):
            translateFocus(window, mode: mode, detail: detail, isIn: isIn)
        case .keysHeld(let held):
            releaseMissed(held, keyboard, now)
        case .keyboardState(let state):
            keyboard.update(state)
            tellLocks(state, keyboard)
        case .keyboardMapping:
            keyboard.markStale()
        case .message(let window, let type, let data):
            translateMessage(window, type, data)
        case .exposed, .configured, .mapped, .unmapped, .reparented, .destroyed, .property:
            translateStructure(event)
        case .shown, .devicesChanged, .pointerStirred, .error, .other:
            break
        }
    }

    /// Forgets a surface that is destroyed on purpose; events under way to it are dropped.
    mutating func forget(_ window: xcb_window_t) {
        _ = surfaces.remove(window)
        pointer.loses(window)
    }

    /// Whether the press of a button that is held was told.
    var isButtonHeld: Bool { pointer.isHeld }

    // MARK: The end of a drain

    /// Takes over what was gathered about a surface and what the server has answered.
    mutating func settle(_ window: xcb_window_t, _ answer: SurfaceAnswer) {
        let event = surfaces[window]?.settle(origin: answer.origin, state: answer.state)
        if let isFullscreen = answer.isFullscreen { tellFullscreen(isFullscreen, of: window) }
        if let event = event ?? nil { queue.append(event) }
    }

    /// A surface has the keyboard, whatever was told before.
    mutating func tellFocus(_ window: xcb_window_t) {
        guard let surface = surfaces[window] else { return }
        surfaces[window]?.hasFocus = true
        queue.append(.focusGained(surface.id))
    }

    /// A surface was to have the keyboard, and the server did not give it.
    mutating func tellRefusal(of window: xcb_window_t) {
        guard let surface = surfaces[window] else { return }
        surfaces[window]?.hasFocus = false
        queue.append(.focusLost(surface.id))
    }

    mutating func tellFullscreen(_ isOn: Bool, of window: xcb_window_t) {
        guard let surface = surfaces[window], surface.isFullscreen != isOn else { return }
        surfaces[window]?.isFullscreen = isOn
        surfaces[window]?.wantsFullscreen = isOn
        queue.append(.fullscreen(surface.id, isOn))
    }

    mutating func tellExposed() {
        for surface in surfaces.unsettled where !surface.exposed.isEmpty {
            queue.append(.exposed(surface.id, surface.exposed))
            surfaces[surface.window]?.exposed = .empty
        }
    }

    // MARK: Focus

    private mutating func translateFocus(
        _ window: xcb_window_t,
        mode: UInt8,
        detail: UInt8,
        isIn: Bool
    ) {
        // A grab of the keyboard borrows the focus and gives it back. The detail Pointer only says that
        // keys reach whatever the pointer is in.
        if isIn, detail != UInt8(XCB_NOTIFY_DETAIL_POINTER.rawValue) { keys.awaitsModifiers = true }
        guard mode != UInt8(XCB_NOTIFY_MODE_GRAB.rawValue),
            mode != UInt8(XCB_NOTIFY_MODE_UNGRAB.rawValue),
            detail != UInt8(XCB_NOTIFY_DETAIL_POINTER.rawValue),
            detail != UInt8(XCB_NOTIFY_DETAIL_INFERIOR.rawValue),
            let surface = surfaces[window], surface.hasFocus != isIn
        else { return }
        surfaces[window]?.hasFocus = isIn
        if isIn {
            queue.append(.focusGained(surface.id))
        } else {
            keys.forget()
            queue.append(.focusLost(surface.id))
            reactions.append(.findFocus)
        }
    }

    // MARK: Everything else

    private mutating func translateMessage(
        _ window: xcb_window_t,
        _ type: xcb_atom_t,
        _ data: ClientData
    ) {
        if window == root, type == atoms[.manager], data.1 == settingsSelection {
            reactions.append(.readSettings)
        }
        guard type == atoms[.wmProtocols], let surface = surfaces[window] else { return }
        switch atoms.atom(data.0) {
        case .wmDeleteWindow:
            queue.append(.closeRequested(surface.id))
        case .wmTakeFocus:
            // A manager that has given the focus itself says this as well; then there is nothing to take.
            if !surface.hasFocus, surface.traits.takesFocus {
                guard surface.traits.isEnabled else {
                    queue.append(.focusOffered(surface.id))
                    return
                }
                reactions.append(.takeFocus(window, time: data.1))
            }
        case .netWMSyncRequest:
            surfaces[window]?.sync.request(data.2, data.3)
        case .netWMPing where data.2 == window:
            reactions.append(.answerPing(data))
        default:
            break
        }
    }

    private mutating func translateStructure(_ event: XEvent) {
        switch event {
        case .property(settingsWindow, let name, _) where atoms.atom(name) == .xsettings:
            reactions.append(.readSettings)
        case .destroyed(settingsWindow) where settingsWindow != 0:
            reactions.append(.readSettings)
        case .exposed(let window, let rect):
            guard let exposed = surfaces[window]?.exposed else { return }
            surfaces[window]?.exposed = exposed.union(rect)
        case .configured(root, let rect, isSynthetic: false, _):
            guard rect.size != screen else { return }
            screen = rect.size
            queue.append(.screenChanged(screen))
        case .configured(let window, let rect, let isSynthetic, let sequence):
            surfaces[window]?.configure(rect, isSynthetic: isSynthetic, sequence: sequence)
        case .mapped(let window):
            guard let surface = surfaces[window] else { return }
            if !surface.isPlaced, surface.geometry == nil {
                surfaces[window]?.geometry = .init(origin: nil, size: surface.content.size)
            }
            surfaces[window]?.isMapped = true
            if surface.isVisible { reactions.append(.shown(window)) }
        case .unmapped(let window):
            surfaces[window]?.isMapped = false
            pointer.loses(window)
        case .reparented(let window, let parent):
            surfaces[window]?.isReparented = parent != root
            // Out of a frame it may have come somewhere else, and no ConfigureNotify says so. Into a frame
            // it is on its way; the manager tells where to when it is there (ICCCM 4.1.5).
            if parent == root, let size = surfaces[window]?.content.size {
                surfaces[window]?.geometry = .init(origin: nil, size: size)
            }
        case .destroyed(let window):
            guard let surface = surfaces.remove(window) else { return }
            pointer.loses(window)
            reactions.append(.dead(surface.id, window))
            queue.append(.destroyed(surface.id))
        case .property(let window, let name, let time):
            note(time)
            let atom = atoms.atom(name)
            if window == root {
                if atom == .resourceManager { reactions.append(.readResources) }
                if atom == .netWorkArea { queue.append(.workAreaChanged) }
                return
            }
            // A withdrawn window loses these properties; that says nothing about how it was.
            guard atom == .wmState || atom == .netWMState, surfaces[window]?.isVisible == true
            else { return }
            surfaces[window]?.isStateStale = true
        default:
            break
        }
    }

    mutating func note(_ time: xcb_timestamp_t) {
        if time != 0 { lastTime = time }
    }

    /// The time of what is made up is not the server's: one from the future would keep us from the focus.
    mutating func noteUser(_ input: XEvent.Input) {
        guard !input.isSynthetic else { return }
        note(input.time)
        guard input.time != 0 else { return }
        userTime = input.time
        userWindow = input.window
    }

    /// The window of the latest key or button, once.
    mutating func takeUserWindow() -> xcb_window_t? {
        defer { userWindow = nil }
        return userWindow
    }

    mutating func time(of input: XEvent.Input, _ now: UInt64) -> UInt64 {
        input.isSynthetic ? now : clock.nanoseconds(of: input.time, now: now)
    }
}

#endif
