internal import RatCore
internal import RatDisplay
internal import RatMessaging

/// The input of joined threads that is not retrieved yet, and what is held down as of what is.
///
/// A pure value. Nothing here changes by looking: the state moves when an event is taken, so that a look
/// and the retrieval after it give the same message.
struct InputQueue {
    enum Event {
        // Without a surface: not from a display, but from a program.
        case key(SurfaceID?, KeyEvent)
        case pointer(SurfaceID?, PointerEvent)
        /// The pointer is in no surface of a thread's display any more.
        case pointerLeft(SurfaceID)
        // No message tells of these, which keep the picture of what is down and switched on right.
        case locks(Modifiers)
        case missedRelease(PointerButton)

        /// Its kind, as the queue's status tells it.
        var status: UInt32 {
            switch self {
            case .key: QueueStatus.key
            case .pointer(_, let pointer):
                pointer.action == .moved ? QueueStatus.mouseMove : QueueStatus.mouseButton
            case .pointerLeft: QueueStatus.mouseMove
            case .locks: QueueStatus.key
            case .missedRelease: QueueStatus.mouseButton
            }
        }
    }

    struct Entry {
        var event: Event
        /// The queue of the thread that it came in for.
        let origin: Handle
        /// The program's own, of what it sent.
        var extra: Int = 0
        /// The thread wants to have every move.
        var isKept = false
        /// How often a key that is held was pressed, as one event.
        var count: UInt16 = 1
        /// Names it in its queue; later ones are larger.
        fileprivate(set) var serial: UInt64 = 0
        /// A key that was down already.
        fileprivate var isRepeat = false

        init(_ event: Event, from origin: Handle, extra: Int = 0) {
            self.event = event
            self.origin = origin
            self.extra = extra
        }
    }

    private var entries: [Entry] = []
    private var head = 0
    private var lastSerial: UInt64 = 0

    /// Virtual keys that are down after what was appended, and after what was taken.
    private var keysAppended: Set<UInt8> = []
    private var keysDown: Set<UInt8> = []
    /// Alt is down and no other key went down since: its release is the menu's.
    private var isAltAlone = false
    /// What programs see of it: as of the message retrieved last.
    var keyboard = KeyboardState()

    var isEmpty: Bool { head == entries.count }
    /// Whether there are events that nothing will be added to: to the last, another may be.
    var hasSettled: Bool { entries.count - head > 1 }
    /// The kinds of all of them.
    var status: UInt32 { entries[head...].reduce(0) { $0 | $1.event.status } }

    /// Whether the press of a button in a surface is there.
    func hasPress(in surface: SurfaceID) -> Bool {
        entries[head...].contains { entry in
            if case .pointer(surface, let pointer) = entry.event, case .pressed = pointer.action {
                true
            } else {
                false
            }
        }
    }

    /// Adds an event. The pointer's moves in one surface with nothing between them are one move, unless they are
    /// to be kept; the presses of a key that is held are one press with a count.
    mutating func append(_ new: Entry) {
        var new = new
        if case .key(_, let key) = new.event {
            if key.isDown {
                new.isRepeat = !keysAppended.insert(key.virtualKey).inserted
            } else {
                keysAppended.remove(key.virtualKey)
            }
        }
        if !isEmpty, let last = entries.last, last.origin == new.origin {
            if !new.isKept, case .pointer(let surface, let pointer) = new.event,
                pointer.action == .moved,
                case .pointer(surface, let old) = last.event, old.action == .moved
            {
                entries[entries.count - 1].event = new.event
                entries[entries.count - 1].extra = new.extra
                return
            }
            if case .key(let surface, let key) = new.event, new.isRepeat, last.isRepeat,
                last.count < .max, case .key(surface, let old) = last.event,
                key.isSamePress(as: old)
            {
                entries[entries.count - 1].event = new.event
                entries[entries.count - 1].count += 1
                return
            }
        }
        insert(new)
    }

    /// The first event after one that was passed over, which may be gone.
    func next(after serial: UInt64) -> Entry? {
        var (low, high) = (head, entries.count)
        while low < high {
            let middle = (low + high) / 2
            if entries[middle].serial <= serial { low = middle + 1 } else { high = middle }
        }
        return low < entries.count ? entries[low] : nil
    }

    /// Takes an event out and counts it as retrieved, if it is still there.
    mutating func remove(_ serial: UInt64) -> Bool {
        guard let entry = next(after: serial - 1), entry.serial == serial else { return false }
        if entries[head].serial == serial {
            head += 1
        } else {
            entries.removeAll { $0.serial == serial }
        }
        // What was taken goes when it is half of all: then moving the rest costs little for each.
        if head == entries.count {
            entries.removeAll(keepingCapacity: true)
            head = 0
        } else if head > 64, head > entries.count / 2 {
            entries.removeFirst(head)
            head = 0
        }
        switch entry.event {
        case .key(let surface, let key): apply(key, isReal: surface != nil)
        case .pointer(_, let pointer): apply(pointer)
        case .pointerLeft: break
        case .locks, .missedRelease: _ = keyboard.learn(entry.event)
        }
        return true
    }

    /// Keys that go up while another program has the keyboard are not told.
    mutating func forgetKeys() {
        keysAppended.removeAll()
        keysDown.removeAll()
        isAltAlone = false
        keyboard.releaseAll()
    }

    // MARK: - Joining

    /// Takes over what is not retrieved of other threads' input. It comes after what is there.
    mutating func join(_ other: InputQueue) {
        keysAppended.formUnion(other.keysAppended)
        keysDown.formUnion(other.keysDown)
        for entry in other.entries[other.head...] { insert(entry) }
    }

    /// Gives away what is not retrieved of some events, with a picture of the keys as it is now.
    mutating func split(_ isTheirs: (Entry) -> Bool) -> InputQueue {
        var other = self
        other.entries = entries[head...].filter(isTheirs)
        other.head = 0
        entries = entries[head...].filter { !isTheirs($0) }
        head = 0
        return other
    }

    private mutating func insert(_ entry: Entry) {
        lastSerial += 1
        entries.append(entry)
        entries[entries.count - 1].serial = lastSerial
    }

    // MARK: - What an event means, given what was retrieved before it

    /// Whether a key is down once all of it is retrieved.
    func willBeDown(_ key: UInt8) -> Bool { keysAppended.contains(key) }

    func wasDown(_ key: KeyEvent) -> Bool { keysDown.contains(key.virtualKey) }

    /// Whether the key makes a WM_SYSKEY message: with Alt and without Control, Alt itself while it is used
    /// alone, and F10.
    func isSystemKey(_ key: KeyEvent) -> Bool {
        if key.virtualKey == VirtualKey.control {
            // Control is held once it is down, and not any more once it is up.
            return !key.isDown && key.modifiers.contains(.alt)
        }
        if key.modifiers.contains(.control) { return false }
        switch key.virtualKey {
        case VirtualKey.menu: return key.isDown || (isAltAlone && !key.isMissed)
        case VirtualKey.f10: return true
        default: return key.modifiers.contains(.alt)
        }
    }

    /// What a mouse message says is held after the event. The display's modifiers are those before it,
    /// which is the same for buttons and moves.
    func heldBits(after event: PointerEvent) -> UInt16 {
        var held = keyboard.heldBits
        switch event.action {
        case .pressed(let button): held |= button.heldBit
        case .released(let button): held &= ~button.heldBit
        case .moved, .wheel: break
        }
        if event.modifiers.contains(.shift) { held |= MouseBits.shift }
        if event.modifiers.contains(.control) { held |= MouseBits.control }
        return held
    }

    private mutating func apply(_ key: KeyEvent, isReal: Bool) {
        if key.isDown {
            keysDown.insert(key.virtualKey)
            isAltAlone = key.virtualKey == VirtualKey.menu
        } else {
            keysDown.remove(key.virtualKey)
            if key.virtualKey == VirtualKey.menu { isAltAlone = false }
        }
        if isReal { keyboard.learn(key.modifiers, before: key) }
        keyboard.apply(key)
    }

    private mutating func apply(_ event: PointerEvent) {
        switch event.action {
        case .pressed(let button): keyboard.apply(button, isDown: true)
        case .released(let button): keyboard.apply(button, isDown: false)
        case .moved, .wheel: break
        }
    }
}

extension KeyboardState {
    /// Takes over what an event tells without a message. `false` if it is another kind of event.
    mutating func learn(_ event: InputQueue.Event) -> Bool {
        switch event {
        case .locks(let locks): learnLocks(locks)
        case .missedRelease(let button): apply(button, isDown: false)
        case .key, .pointer, .pointerLeft: return false
        }
        return true
    }
}

extension KeyEvent {
    /// Whether both are the same key going down, with the same modifiers.
    fileprivate func isSamePress(as other: KeyEvent) -> Bool {
        var same = other
        same.time = time
        return self == same
    }
}
