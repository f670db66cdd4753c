#if X11

internal import CRatXCB
internal import Glibc
internal import RatDisplay

/// The conversation with the window manager: properties and messages of ICCCM and EWMH.
struct WindowManager {
    let connection: Connection

    // MARK: What a window says of itself

    func announce(_ surface: Surface, _ options: SurfaceOptions) {
        let window = surface.window
        announceProtocols(of: surface)
        if let counter = surface.counter {
            connection.setProperty(window, .netWMSyncRequestCounter, .cardinal, items: [counter])
        }
        let name = Self.withoutEnd(options.className.utf8) + [0]
        // The instance and the class (ICCCM 4.1.2.5).
        connection.setProperty(window, .wmClass, .string, bytes: name + name)
        connection.setProperty(window, .netWMPid, .cardinal, items: [UInt32(getpid())])
        connection.setProperty(window, .wmClientMachine, .string, bytes: Self.hostName())
        announceTraits(of: surface)
        setTitle(options.title, of: window)
        announceState(of: surface)
    }

    /// Says what may change while the window exists, but for its state.
    func announceTraits(of surface: Surface) {
        let window = surface.window
        let types = Self.types(surface.traits.kind).map { connection.atoms[$0] }
        connection.setProperty(window, .netWMWindowType, .atom, items: types)
        if let owner = surface.traits.owner.flatMap({ SurfaceNames.shared.window($0) }) {
            connection.setProperty(window, .wmTransientFor, .window, items: [owner])
        } else {
            connection.deleteProperty(window, .wmTransientFor)
        }
        let isPlain = surface.traits.isFramed && surface.traits.isClosable
        if isPlain {
            connection.deleteProperty(window, .motifHints)
        } else {
            // Flags say which of the next two items count: what a person may do, and what the frame has.
            let flags: UInt32 =
                (surface.traits.isClosable ? 0 : 1) | (surface.traits.isFramed ? 0 : 2)
            connection.setProperty(
                window,
                .motifHints,
                .motifHints,
                items: [flags, surface.traits.isClosable ? 0 : Self.allButClosing, 0, 0, 0]
            )
        }
        setSizeHints(of: surface)
    }

    func announceProtocols(of surface: Surface) {
        // ICCCM 4.1.7: without the input hint, this alone would let a manager offer the keyboard.
        let focus: [Atom] = surface.traits.takesFocus ? [.wmTakeFocus] : []
        let sync: [Atom] = surface.counter == nil ? [] : [.netWMSyncRequest]
        let protocols: [Atom] = [.wmDeleteWindow] + focus + [.netWMPing] + sync
        let items = protocols.map { connection.atoms[$0] }
        connection.setProperty(surface.window, .wmProtocols, .atom, items: items)
    }

    /// Says whether the window wants the keyboard, and how it is to begin (ICCCM 4.1.2.4). One that is disabled is
    /// offered the keyboard, and says then who gets it.
    func announceInput(of surface: Surface) {
        let takesInput = surface.traits.takesFocus && surface.traits.isEnabled
        let first = surface.wantedState == .minimized ? Self.iconicState : Self.normalState
        let hints: PropertyItems = [Self.inputHint | Self.stateHint, takesInput ? 1 : 0, first]
        let unused = PropertyItems(repeating: 0, count: 6)
        connection.setProperty(surface.window, .wmHints, .wmHints, items: hints + unused)
    }

    /// Tells the manager of a window that is shown what is new of its state.
    func changeListing(of surface: Surface) {
        let atoms = connection.atoms
        change(
            atoms[.netWMStateSkipTaskbar],
            atoms[.netWMStateSkipPager],
            to: !surface.traits.isListed,
            of: surface.window
        )
    }

    /// The best first; a manager takes the first that it knows.
    private static func types(_ kind: SurfaceKind) -> [Atom] {
        switch kind {
        case .normal: [.netWMWindowTypeNormal]
        case .dialog: [.netWMWindowTypeDialog, .netWMWindowTypeNormal]
        case .tool: [.netWMWindowTypeUtility, .netWMWindowTypeNormal]
        case .popup: [.netWMWindowTypePopupMenu]
        }
    }

    /// Pictures, each with its size before it (EWMH).
    func setIcons(_ icons: [IconImage], of window: xcb_window_t) throws(DisplayError) {
        let items = icons.flatMap { icon in
            [UInt32(icon.size.width), UInt32(icon.size.height)] + icon.pixels
        }
        guard items.count * 4 + 64 <= connection.largestRequest else { throw .notSupported }
        connection.setProperty(window, .netWMIcon, .cardinal, items: items)
    }

    /// Says before a window is shown how it is to be.
    func announceState(of surface: Surface) {
        announceInput(of: surface)
        // EWMH: a client says it while the window is withdrawn, and asks for it afterwards.
        var states = surface.wantedState == .maximized ? maximizedStates : []
        if surface.isAbove { states.append(connection.atoms[.netWMStateAbove]) }
        if surface.traits.isModal { states.append(connection.atoms[.netWMStateModal]) }
        if surface.wantsFullscreen { states.append(connection.atoms[.netWMStateFullscreen]) }
        if !surface.traits.isListed {
            states += [Atom.netWMStateSkipTaskbar, .netWMStateSkipPager].map {
                connection.atoms[$0]
            }
        }
        connection.setProperty(surface.window, .netWMState, .atom, items: states)
    }

    private var maximizedStates: PropertyItems {
        [.netWMStateMaximizedVertically, .netWMStateMaximizedHorizontally].map {
            connection.atoms[$0]
        }
    }

    func setTitle(_ title: String, of window: xcb_window_t) {
        let text = Self.withoutEnd(title.utf8)
        connection.setProperty(window, .netWMName, .utf8String, bytes: text)
        // STRING is Latin-1; whoever reads only this sees a mark for the rest.
        let latin = title.unicodeScalars.map { $0.value < 0x100 ? UInt8($0.value) : 0x3F }
        connection.setProperty(window, .wmName, .string, bytes: Self.withoutEnd(latin))
    }

    /// EWMH: a window that no user asked for, by a time of 0, does not get the focus by being mapped; nor does one
    /// whose user has done something elsewhere since. Without any input there is no time to tell. Not all managers know
    /// of windows that have others' times: so this is told on both.
    func announceShowing(
        of window: xcb_window_t,
        _ holder: xcb_window_t,
        activates: Bool,
        _ time: xcb_timestamp_t
    ) {
        for window in [window, holder] {
            if activates, time == 0 {
                connection.deleteProperty(window, .netWMUserTime)
            } else {
                announceInput(in: window, at: activates ? time : 0)
            }
        }
    }

    /// Tells when a person did something in a window, by the one that has its time.
    func announceInput(in window: xcb_window_t, at time: xcb_timestamp_t) {
        connection.setProperty(window, .netWMUserTime, .cardinal, items: [time])
    }

    /// Makes a window that has another one's time.
    func makeTimeWindow(of window: xcb_window_t) -> xcb_window_t {
        let holder = connection.createHolder(in: window)
        connection.setProperty(window, .netWMUserTimeWindow, .window, items: [holder])
        return holder
    }

    /// ICCCM 4.1.2.3. Gravity Static makes every position that of the content, whatever the frame.
    func setSizeHints(of surface: Surface) {
        let size = surface.content.size
        var flags: UInt32 = 1 << 3 | 1 << 9  // PSize, PWinGravity
        if surface.isPlaced { flags |= 1 << 0 | 1 << 2 }  // USPosition, PPosition
        var items = PropertyItems(repeating: 0, count: 18)
        items[1] = UInt32(bitPattern: surface.content.left)
        items[2] = UInt32(bitPattern: surface.content.top)
        items[3] = UInt32(bitPattern: size.width)
        items[4] = UInt32(bitPattern: size.height)
        let (least, most) = surface.limits
        if let least {
            flags |= 1 << 4  // PMinSize
            items[5] = UInt32(bitPattern: least.width)
            items[6] = UInt32(bitPattern: least.height)
        }
        if let most {
            flags |= 1 << 5  // PMaxSize
            items[7] = UInt32(bitPattern: most.width)
            items[8] = UInt32(bitPattern: most.height)
        }
        items[0] = flags
        items[17] = XCB_GRAVITY_STATIC.rawValue
        connection.setProperty(surface.window, .wmNormalHints, .wmSizeHints, items: items)
    }

    /// To size, to move, to minimise and to maximise.
    private static let allButClosing: UInt32 = 2 | 4 | 8 | 16
    private static let inputHint: UInt32 = 1
    private static let stateHint: UInt32 = 2
    private static let withdrawnState: UInt32 = 0
    private static let normalState: UInt32 = 1
    private static let iconicState: UInt32 = 3

    /// Properties of text end where a zero stands.
    private static func withoutEnd(_ text: some Sequence<UInt8>) -> [UInt8] {
        Array(text.prefix { $0 != 0 })
    }

    private static func hostName() -> [UInt8] {
        var bytes = [CChar](repeating: 0, count: 256)
        guard unsafe gethostname(&bytes, bytes.count - 1) == 0 else { return [] }
        return withoutEnd(bytes.map { UInt8(bitPattern: $0) })
    }

    // MARK: What the manager says

    /// EWMH: a manager owns a window that names itself; a stale name on the root leads nowhere. Waits.
    func isRunning() -> Bool {
        let check = connection.askProperty(connection.root, .netSupportingWMCheck)
        guard let window = connection.items(check).first else { return false }
        return connection.items(connection.askProperty(window, .netSupportingWMCheck)) == [window]
    }

    /// Whether a running manager can be asked for the focus. Waits.
    func takesActivation() -> Bool {
        let supported = connection.items(connection.askProperty(connection.root, .netSupported))
        return supported.contains(connection.atoms[.netActiveWindow])
    }

    /// Whether a running manager maximises windows. One that does not leaves the words of clients where they are.
    /// Waits.
    func maximizes() -> Bool {
        let supported = connection.items(connection.askProperty(connection.root, .netSupported))
        return maximizedStates.allSatisfy { supported.contains($0) }
    }

    /// What WM_STATE and _NET_WM_STATE make of a window. Minimised and maximised are independent there,
    /// and a window that is both counts as minimised. `nil` where no manager has taken it over: then the words are our own.
    func state(wmState: PropertyItems, netState: PropertyItems) -> SurfaceState? {
        guard let first = wmState.first, first != Self.withdrawnState else { return nil }
        let states = Set(netState.compactMap { connection.atoms.atom($0) })
        if first == Self.iconicState || states.contains(.netWMStateHidden) {
            return .minimized
        }
        let maximized: Set<Atom> = [
            .netWMStateMaximizedVertically, .netWMStateMaximizedHorizontally,
        ]
        return states.isSuperset(of: maximized) ? .maximized : .normal
    }

    /// What _NET_WM_STATE says of covering the screen.
    func isFullscreen(_ netState: PropertyItems) -> Bool {
        netState.contains(connection.atoms[.netWMStateFullscreen])
    }

    // MARK: Messages to it

    /// EWMH: the sender must know what it is asked about, so the same words go back to the root.
    func answerPing(_ data: ClientData) {
        connection.sendToManager(about: connection.root, .wmProtocols, data)
    }

    /// Asks for another state of a window that is shown.
    func setState(_ state: SurfaceState, of surface: Surface) {
        let window = surface.window
        guard state != .minimized else { return changeState(of: window, to: Self.iconicState) }
        let states = maximizedStates
        change(states[0], states[1], to: state == .maximized, of: window)
        guard surface.state == .minimized || surface.wantedState == .minimized else { return }
        // ICCCM 4.1.4: an icon is opened by mapping its window. A manager that has not hidden it yet sees
        // nothing of that, but the message comes after the one that made it an icon.
        changeState(of: window, to: Self.normalState)
        connection.map(window)
    }

    /// Asks for one state of a window that is shown, or for its end.
    func set(_ state: Atom, to isOn: Bool, of window: xcb_window_t) {
        change(connection.atoms[state], 0, to: isOn, of: window)
    }

    private func change(
        _ first: xcb_atom_t,
        _ second: xcb_atom_t,
        to isOn: Bool,
        of window: xcb_window_t
    ) {
        let application: UInt32 = 1
        connection.sendToManager(
            about: window,
            .netWMState,
            (isOn ? 1 : 0, first, second, application, 0)
        )
    }

    private func changeState(of window: xcb_window_t, to state: UInt32) {
        connection.sendToManager(about: window, .wmChangeState, (state, 0, 0, 0, 0))
    }

    /// Asks for the focus as an application does on its user's behalf.
    func activate(_ window: xcb_window_t, userTime: xcb_timestamp_t) {
        let application: UInt32 = 1
        connection.sendToManager(about: window, .netActiveWindow, (application, userTime, 0, 0, 0))
    }
}

#endif
