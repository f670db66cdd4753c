internal import RatDisplay
internal import RatMessaging

/// The input of one thread that is not retrieved yet, and what is held down as of what is.
///
/// A pure value. Nothing here changes by looking: the state moves when an event is taken, so that a look
/// and the retrieval after it give the same message.
struct InputQueue {
    enum Event {
        case key(SurfaceID, KeyEvent)
        case pointer(SurfaceID, PointerEvent)

        var surface: SurfaceID {
            switch self {
            case .key(let surface, _), .pointer(let surface, _): surface
            }
        }

        /// Its kind, as the queue's status tells it.
        var status: UInt32 {
            switch self {
            case .key: QueueStatus.key
            case .pointer(_, let pointer):
                pointer.action == .moved ? QueueStatus.mouseMove : QueueStatus.mouseButton
            }
        }
    }

    private var events: [Event] = []
    private var head = 0

    /// Virtual keys that are down.
    private var keysDown: Set<UInt8> = []
    /// Alt is down and no other key went down since: its release is the menu's.
    private var isAltAlone = false
    private var buttonsDown: Set<PointerButton> = []
    private var lastClick: Click?

    private struct Click {
        let surface: SurfaceID
        let button: PointerButton
        let position: Point
        let time: UInt64
    }

    static let doubleClickTime: UInt64 = 500_000_000
    static let doubleClickDistance: Int32 = 4

    var isEmpty: Bool { head == events.count }
    /// The events in their order.
    var all: ArraySlice<Event> { events[head...] }
    /// The kinds of all of them.
    var status: UInt32 { all.reduce(0) { $0 | $1.status } }

    /// Adds an event. The pointer's moves in one surface with nothing between them are one move.
    mutating func append(_ event: Event) {
        if case .pointer(let surface, let pointer) = event, pointer.action == .moved,
            !isEmpty, case .pointer(surface, let last)? = events.last, last.action == .moved
        {
            events[events.count - 1] = event
            return
        }
        events.append(event)
    }

    /// Takes out the event at a place of `all`, and counts it as retrieved.
    mutating func remove(at place: Int) {
        let event = events[place]
        if place == head {
            head += 1
        } else {
            events.remove(at: place)
        }
        if head == events.count {
            events.removeAll(keepingCapacity: true)
            head = 0
        }
        switch event {
        case .key(_, let key): apply(key)
        case .pointer(let surface, let pointer): apply(pointer, surface)
        }
    }

    /// Keys that go up while another program has the keyboard are not told.
    mutating func forgetKeys() {
        keysDown.removeAll()
        isAltAlone = false
    }

    // MARK: - What an event means, given what was retrieved before it

    func wasDown(_ key: KeyEvent) -> Bool { keysDown.contains(key.virtualKey) }

    /// Whether the key makes a WM_SYSKEY message: with Alt and without Control, Alt itself while it is used
    /// alone, and F10.
    func isSystemKey(_ key: KeyEvent) -> Bool {
        if key.modifiers.contains(.control) { return false }
        switch key.virtualKey {
        case VirtualKey.menu: return key.isDown || isAltAlone
        case VirtualKey.f10: return true
        default: return key.modifiers.contains(.alt)
        }
    }

    /// Buttons that are down after the event.
    func buttons(after event: PointerEvent) -> Set<PointerButton> {
        switch event.action {
        case .pressed(let button): buttonsDown.union([button])
        case .released(let button): buttonsDown.subtracting([button])
        case .moved, .wheel: buttonsDown
        }
    }

    /// Whether a press is the second one of a double click.
    func isDoubleClick(_ event: PointerEvent, _ surface: SurfaceID) -> Bool {
        guard case .pressed(let button) = event.action, let lastClick,
            lastClick.surface == surface, lastClick.button == button,
            event.time &- lastClick.time <= Self.doubleClickTime
        else { return false }
        let dx = (event.position.x &- lastClick.position.x).magnitude
        let dy = (event.position.y &- lastClick.position.y).magnitude
        let distance = UInt32(Self.doubleClickDistance)
        return dx <= distance && dy <= distance
    }

    private mutating func apply(_ key: KeyEvent) {
        if key.isDown {
            keysDown.insert(key.virtualKey)
            isAltAlone = key.virtualKey == VirtualKey.menu
        } else {
            keysDown.remove(key.virtualKey)
            if key.virtualKey == VirtualKey.menu { isAltAlone = false }
        }
    }

    private mutating func apply(_ event: PointerEvent, _ surface: SurfaceID) {
        if case .pressed(let button) = event.action {
            // A third press begins a new pair.
            lastClick =
                isDoubleClick(event, surface)
                ? nil
                : Click(
                    surface: surface,
                    button: button,
                    position: event.position,
                    time: event.time
                )
        }
        buttonsDown = buttons(after: event)
    }
}

/// The virtual keys that the windows treat apart.
enum VirtualKey {
    static let back: UInt8 = 0x08
    static let tab: UInt8 = 0x09
    static let enter: UInt8 = 0x0D
    static let menu: UInt8 = 0x12
    static let escape: UInt8 = 0x1B
    static let space: UInt8 = 0x20
    static let f10: UInt8 = 0x79
}
