#if X11

internal import CRatXCB
internal import Glibc
internal import RatDisplay
internal import Synchronization

/// What the clipboard's thread does: commands of ours and events of the server, until that is lost.
///
/// Who has the clipboard, XFixes tells. An event from before we took it last is old news, which the number of the
/// request that took it shows.
final class ClipboardLoop {
    private let connection: Connection
    private let mailbox: ClipboardMailbox
    private let user: any ClipboardExchangeUser
    private let window: xcb_window_t
    private let selectionEvent: UInt8
    private let names: ClipboardFetch.Names
    private let clipboard: xcb_atom_t
    private let targets: xcb_atom_t
    private let serving: ClipboardServing
    private var atoms: AtomNames
    private let trace: ((String) -> Void)?
    private var fetches: [xcb_window_t: ClipboardFetch] = [:]
    /// The request that made us the owner last.
    private var taking: UInt32?
    /// How often that was asked for.
    private var offers: UInt64 = 0

    /// What another program offers, and the target for each format of it.
    private var others: (id: UInt64, targets: [ExchangeFormat: String])?

    /// Of all exchanges of the process; odd, so that none is a number of the program's own contents.
    private static let lastOffer = Atomic<UInt64>(1)

    private static let mostFetches = 64

    init(
        _ name: String?,
        _ capabilities: Capabilities,
        _ mailbox: ClipboardMailbox,
        _ user: any ClipboardExchangeUser,
        _ trace: ((String) -> Void)?
    ) throws(DisplayError) {
        self.trace = trace
        self.mailbox = mailbox
        self.user = user
        connection = try Connection(name, capabilities, isForWindows: false)
        var atoms = AtomNames(connection)
        clipboard = atoms.atom("CLIPBOARD")
        targets = atoms.atom("TARGETS")
        names = ClipboardFetch.Names(
            selection: clipboard,
            incremental: atoms.atom("INCR"),
            property: atoms.atom("RAT_CLIPBOARD")
        )
        let served = ClipboardServing.Names(
            atom: connection.atoms[.atom],
            incremental: names.incremental,
            integer: atoms.atom("INTEGER"),
            multiple: atoms.atom("MULTIPLE"),
            targets: targets,
            timestamp: atoms.atom("TIMESTAMP")
        )
        self.atoms = atoms
        window = connection.createHiddenWindow()
        serving = ClipboardServing(connection, served, user)
        guard let event = connection.watchSelection(clipboard, for: window) else {
            throw .notSupported
        }
        selectionEvent = event
        guard !connection.isBroken else { throw .notConnected }
    }

    func run() {
        if connection.owner(of: clipboard) == 0 {
            user.formats([], of: 0, isNobodys: true)
        } else {
            askForTargets()
        }
        while !connection.isBroken {
            if work() { continue }
            connection.flush()
            // A flush may have read events, which a poll would not see.
            if let event = unsafe xcb_poll_for_queued_event(connection.raw) {
                unsafe receive(event)
                continue
            }
            sleep()
        }
    }

    /// Ends what somebody waits for, when the user knows that the server is lost.
    func end() {
        others = nil
        for fetch in fetches.values { fetch.finish(.failure(.notConnected)) }
        fetches = [:]
    }

    /// Does what there is to do; `false` if that was nothing.
    private func work() -> Bool {
        var hasWorked = false
        for command in mailbox.takeAll() {
            obey(command)
            hasWorked = true
        }
        while let event = unsafe xcb_poll_for_event(connection.raw) {
            unsafe receive(event)
            hasWorked = true
        }
        let now = Self.now()
        serving.expire(now: now)
        for fetch in fetches.values { fetch.expire(now: now) }
        fetches = fetches.filter { !$0.value.isOver }
        return hasWorked
    }

    private func sleep() {
        let deadlines = fetches.values.map(\.deadline) + [serving.nextDeadline].compactMap { $0 }
        let now = Self.now()
        let limit = deadlines.min().map { $0 > now ? CInt(clamping: $0 - now) : 0 } ?? -1
        var descriptors = [
            pollfd(fd: connection.descriptor, events: Int16(POLLIN), revents: 0),
            pollfd(fd: mailbox.bell, events: Int16(POLLIN), revents: 0),
        ]
        _ = unsafe poll(&descriptors, 2, limit)
    }

    private static func now() -> UInt64 {
        var time = timespec()
        unsafe clock_gettime(CLOCK_MONOTONIC, &time)
        return UInt64(time.tv_sec) * 1_000 + UInt64(time.tv_nsec) / 1_000_000
    }

    // MARK: Commands

    private func obey(_ command: ClipboardMailbox.Command) {
        switch command {
        case .offer(let formats, let id, let completion):
            others = nil
            offers += 1
            serving.offer = ClipboardServing.Offer(id: id, formats: formats)
            // ICCCM 2.1 wants the time of an event. This thread has none; XFixes tells which time it became.
            let time = xcb_timestamp_t(XCB_CURRENT_TIME)
            let cookie = unsafe xcb_set_selection_owner(connection.raw, window, clipboard, time)
            taking = cookie.sequence
            // If somebody was quicker, XFixes says so. Other programs' requests come after this one now.
            _ = connection.owner(of: clipboard)
            tell("ours, \(formats.count) formats")
            completion()
        case .fetch(let format, let id, let completion):
            fetch(format, of: id, completion)
        case .supply(let data, let ticket):
            serving.supply(data, for: ticket, now: Self.now())
        case .leave(let completion):
            leave(completion)
        }
    }

    /// Asks a clipboard manager to keep what we offer, if there is both.
    private func leave(_ completion: @escaping () -> Void) {
        let manager = atoms.atom("CLIPBOARD_MANAGER")
        guard serving.offer != nil, connection.owner(of: manager) != 0 else { return completion() }
        begin(atoms.atom("SAVE_TARGETS"), of: manager) { _ in completion() }
    }

    private func fetch(
        _ format: ExchangeFormat,
        of id: UInt64,
        _ completion: @escaping @Sendable (Result<[UInt8], ExchangeError>) -> Void
    ) {
        guard let others, others.id == id, let target = others.targets[format],
            fetches.count < Self.mostFetches
        else { return completion(.failure(.refused)) }
        begin(atoms.atom(target)) { [unowned self] outcome in
            switch outcome {
            case .failure(let error):
                tell("no \(target): \(error)")
                completion(.failure(error))
            case .success(let whole):
                let type = name(of: whole.type)
                tell("\(target): \(whole.data.count) bytes of \(type)")
                let data = ClipboardTargets.decoded(
                    whole.data,
                    type: type,
                    target: target,
                    as: format
                )
                completion(data.map { .success($0) } ?? .failure(.refused))
            }
        }
    }

    private func begin(
        _ target: xcb_atom_t,
        of selection: xcb_atom_t? = nil,
        _ completion: @escaping (ClipboardFetch.Outcome) -> Void
    ) {
        let now = Self.now()
        var names = names
        names.selection = selection ?? clipboard
        let fetch = ClipboardFetch(target, connection, names, now: now, completion)
        fetches[fetch.window] = fetch
    }

    // MARK: Events

    private func receive(_ event: UnsafeMutablePointer<xcb_generic_event_t>) {
        defer { unsafe free(event) }
        let raw = UnsafeRawPointer(event)
        let now = Self.now()
        switch unsafe CInt(event.pointee.response_type & 0x7F) {
        case CInt(selectionEvent):
            let notify = unsafe raw.load(as: xcb_xfixes_selection_notify_event_t.self)
            ownerChanged(notify, number: unsafe event.pointee.full_sequence)
        case XCB_SELECTION_REQUEST:
            let asked = unsafe raw.load(as: xcb_selection_request_event_t.self)
            let request = SelectionRequest(asked)
            guard asked.owner == window, asked.selection == clipboard else {
                return connection.answer(request, property: 0)
            }
            tell("\(hex(request.requestor)) asks for \(name(of: request.target))")
            serving.receive(request, now: now)
        case XCB_SELECTION_NOTIFY:
            let notify = unsafe raw.load(as: xcb_selection_notify_event_t.self)
            fetches[notify.requestor]?.answered(property: notify.property, now: now)
        case XCB_PROPERTY_NOTIFY:
            let notify = unsafe raw.load(as: xcb_property_notify_event_t.self)
            if UInt32(notify.state) == XCB_PROPERTY_DELETE.rawValue {
                serving.propertyTaken(notify.atom, from: notify.window, now: now)
            } else {
                fetches[notify.window]?.propertyWritten(notify.atom, now: now)
            }
        case XCB_DESTROY_NOTIFY:
            let notify = unsafe raw.load(as: xcb_destroy_notify_event_t.self)
            serving.windowGone(notify.window)
        default:
            // Errors too: windows of others come and go.
            break
        }
    }

    private func ownerChanged(
        _ notify: xcb_xfixes_selection_notify_event_t,
        number: UInt32
    ) {
        guard notify.selection == clipboard else { return }
        if let taking, Int32(bitPattern: number &- taking) < 0 { return }
        if notify.owner == window {
            serving.offer?.time = notify.selection_timestamp
            return
        }
        serving.offer = nil
        tell("taken by \(hex(notify.owner))")
        if notify.owner == 0 {
            let id = nextOffer()
            others = (id, [:])
            user.othersOffer(id, after: offers)
            user.formats([], of: id, isNobodys: false)
        } else {
            askForTargets()
        }
    }

    private func name(of atom: xcb_atom_t) -> String {
        atoms.names(of: [atom])[0]
    }

    /// Writes a line of the trace.
    private func tell(_ line: @autoclosure () -> String) {
        guard let trace else { return }
        trace("clipboard: \(line())")
    }

    private func nextOffer() -> UInt64 {
        Self.lastOffer.add(2, ordering: .relaxed).newValue
    }

    /// Asks what another program offers, and says so when it has said it, or has not.
    private func askForTargets() {
        let id = nextOffer()
        others = (id, [:])
        user.othersOffer(id, after: offers)
        begin(targets) { [unowned self] outcome in
            // Somebody else may have the clipboard since.
            guard others?.id == id else { return }
            guard case .success(let whole) = outcome else {
                tell("its formats are not told")
                return user.formats([], of: id, isNobodys: false)
            }
            let offered = whole.items.prefix(ClipboardLimits.mostFormats).map { $0 }
            let known = ClipboardTargets.understood(atoms.names(of: offered))
            tell("it has \(known.map(\.target).joined(separator: " "))")
            for (format, target) in known { others?.targets[format] = target }
            user.formats(known.map(\.format), of: id, isNobodys: false)
        }
    }
}

#endif
