#if X11

internal import CRatXCB
internal import RatDisplay

/// The modifiers and the group in effect, as the server's masks.
struct KeyboardState: Equatable {
    var modifiers: UInt32
    var group: UInt32
    /// The modifiers that are locked; `nil` where only the effect of all is known.
    var locked: UInt32?

    /// What the state of a core event says; with XKB in use it tells the effective state.
    init(core: UInt16) {
        modifiers = UInt32(core & 0xFF)
        group = UInt32(core >> 13 & 3)
    }

    init(_ event: xcb_xkb_state_notify_event_t) {
        modifiers = UInt32(event.mods)
        group = UInt32(event.group)
        locked = UInt32(event.lockedMods)
    }
}

/// A context of libxkbcommon that prints nothing: what fails has a fallback here.
func makeKeyboardContext() -> OpaquePointer? {
    guard let context = unsafe xkb_context_new(XKB_CONTEXT_NO_FLAGS) else { return nil }
    unsafe xkb_context_set_log_level(context, XKB_LOG_LEVEL_CRITICAL)
    return unsafe context
}

/// What a key means at a moment.
struct KeyMeaning: Equatable {
    var virtualKey: UInt8
    var scan: ScanCode
    var symbol: UInt32
    var character: UInt32
    /// Selects the third level, as the right Alt of most layouts does.
    var isAltGr = false
}

/// The server's keyboard layout and its state.
///
/// Layout changes arrive in storms (one synthetic character can cause a dozen), so a change only marks
/// the layout as stale, and `refresh` fetches it when the next key needs it or there is nothing else to do. A
/// layout that cannot be fetched leaves the one before in force until one can; at the start, that is the standard
/// layout. It may be that one is fetched while it changes, so it is tried again, but not for ever.
@safe final class Keyboard {
    /// The number of the extension's event; `nil` if the server lacks the extension.
    let events: UInt8?

    private let connection: Connection?
    private let context: OpaquePointer
    private let source: (() -> Layout?)?
    private var layout: Layout
    private(set) var isStale = false
    /// How often the present layout could not be fetched.
    private var failures = 0
    private static let mostFailures = 3
    /// `nil` until the server tells it for this layout; core events tell the same.
    private var state: KeyboardState?

    /// With no connection, the standard layout as libxkbcommon's defaults name it. `source` gives layouts in the
    /// place of the server; `fakesReleases` says how a server without the extension would tell repeats.
    init(
        _ connection: Connection?,
        source: (() -> Layout?)? = nil,
        fakesReleases: Bool = false
    ) throws(DisplayError) {
        guard let context = unsafe makeKeyboardContext() else {
            throw .noResources
        }
        unsafe self.context = context
        self.connection = connection
        self.source = source
        let events = connection.flatMap { KeyboardServer.setUp($0) }
        self.events = events
        self.fakesReleases = connection == nil ? fakesReleases : events == nil
        let fetched = unsafe Self.fetch(connection, isExtended: events != nil, context)
        guard let layout = unsafe fetched ?? Self.standard(context) else {
            unsafe xkb_context_unref(context)
            throw .notSupported
        }
        self.layout = layout
    }

    private static func fetch(
        _ connection: Connection?,
        isExtended: Bool,
        _ context: OpaquePointer
    ) -> Layout? {
        guard let connection else { return nil }
        let keymap =
            unsafe isExtended
            ? KeyboardServer.keymap(connection, context)
            : KeyboardServer.namedKeymap(connection, context)
        return unsafe keymap.flatMap { unsafe Layout($0) }
    }

    private static func standard(_ context: OpaquePointer) -> Layout? {
        unsafe KeyboardServer.standardKeymap(context).flatMap { unsafe Layout($0) }
    }

    deinit {
        unsafe xkb_context_unref(context)
    }

    /// Records a state that the server told. It holds for the keys after it.
    func update(_ state: KeyboardState) {
        self.state = state
    }

    /// Records that the layout has changed.
    func markStale() {
        isStale = true
        failures = 0
    }

    /// Fetches the layout if it has changed. Waits for replies. `false` if there is one that cannot be had.
    @discardableResult
    func refresh() -> Bool {
        guard isStale else { return true }
        connection?.noteRequest()
        let isExtended = events != nil
        let fetched =
            unsafe source.map { $0() } ?? Self.fetch(connection, isExtended: isExtended, context)
        guard let layout = fetched else {
            failures += 1
            if failures == Self.mostFailures { isStale = false }
            return false
        }
        self.layout = layout
        isStale = false
        // The masks known are of the old layout. Those of the next event are not, and unlike what the
        // server could be asked for they are as old as that event.
        state = nil
        return true
    }

    /// Whether a key that repeats is told as going up each time.
    let fakesReleases: Bool

    /// Of the group in effect; `core` is the state of a core event, for when nothing else has told it.
    func language(core: UInt16) -> KeyboardLanguage {
        layout.language(ofGroup: (state ?? KeyboardState(core: core)).group)
    }

    /// What a key means. A synthetic event has its own state, which may differ from the keyboard's.
    func meaning(ofKey code: UInt8, core: UInt16, isSynthetic: Bool) -> KeyMeaning {
        let state = isSynthetic ? nil : state
        return layout.meaning(ofKey: code, state ?? KeyboardState(core: core))
    }

    /// What of these modifiers is switched on instead of held.
    func locks(_ mask: UInt32) -> Modifiers {
        layout.modifiers(mask).intersection(.locks)
    }

    func modifiers(core: UInt16) -> Modifiers {
        layout.modifiers(UInt32(core & 0xFF))
    }
}

#endif
