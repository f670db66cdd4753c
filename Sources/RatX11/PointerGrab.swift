#if X11

internal import CRatXCB
internal import Glibc
internal import Synchronization

/// All that the pointer does, told to one client: its own windows as ever, the rest to one of them.
///
/// While it lasts nobody else's windows hear of the pointer, so it must not outlive its purpose. It ends with the
/// connection, and so with the process; and when the thread that has it neither sleeps for events nor reads any
/// for some seconds, a thread that only watches that ends it.
final class PointerGrab {
    let window: xcb_window_t
    private let watch: GrabWatch
    private var thread = pthread_t()
    /// The watch ends when the other end is closed.
    private let lifeline: CInt

    /// Asks, and waits for the reply. `nil` if somebody else has the pointer, or the window cannot be seen.
    init?(_ connection: Connection, _ devices: InputDevices?, _ window: xcb_window_t) {
        // For the thread of the watch there is one way to let go, whatever happens here meanwhile.
        let device: UInt16?
        if let devices {
            guard let pointer = devices.grab(window) else { return nil }
            device = pointer
        } else {
            guard connection.grabPointer(window) else { return nil }
            device = nil
        }
        self.window = window
        watch = unsafe GrabWatch(connection.raw, device)
        var ends: [CInt] = [-1, -1]
        guard unsafe pipe(&ends) == 0 else {
            watch.letGo()
            connection.noteRequest()
            return nil
        }
        for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
        lifeline = ends[1]
        watch.lifeline = ends[0]
        let argument = unsafe Unmanaged.passRetained(watch).toOpaque()
        let result = unsafe rat_xcb_start_thread(
            &thread,
            { argument in
                guard let argument = unsafe argument else { return nil }
                unsafe Unmanaged<GrabWatch>.fromOpaque(argument).takeRetainedValue().run()
                return nil
            },
            argument
        )
        guard result == 0 else {
            unsafe Unmanaged<GrabWatch>.fromOpaque(argument).release()
            close(ends[0])
            close(ends[1])
            watch.letGo()
            connection.noteRequest()
            return nil
        }
    }

    /// Ends it, and the watch with it. To be flushed.
    func end() {
        watch.letGo()
        close(lifeline)
        pthread_join(thread, nil)
    }

    /// The thread that has it reads events, or goes to sleep until there are some.
    func noteLife(isAsleep: Bool) {
        watch.noteLife(isAsleep: isAsleep)
    }

    /// Whether the watch has ended it.
    var isOver: Bool { watch.isOver }
}

/// How long a thread that has the pointer may do without events; in seconds of one clock.
struct GrabPatience {
    private var isAsleep = false
    private var lastLife: Int

    private static let limit = 3

    init(since now: Int) {
        lastLife = now
    }

    /// The thread reads events, or goes to sleep until there are some.
    mutating func noteLife(isAsleep: Bool, at now: Int) {
        self.isAsleep = isAsleep
        lastLife = now
    }

    func isOver(at now: Int) -> Bool { !isAsleep && now - lastLife > Self.limit }
}

/// Sees to it that a thread that is stuck does not keep the pointer.
///
/// Sendable: what changes is guarded by the lock. The connection outlives the watch, whose thread is joined before, and
/// xcb takes requests from any thread. A flush may read events, though, and must not while the owner goes to
/// sleep: so both happen under the lock.
@safe private final class GrabWatch: @unchecked Sendable {
    private struct State {
        var patience = GrabPatience(since: GrabWatch.now())
        var isHeld = true
        var isOver = false
    }

    private let raw: OpaquePointer
    private let device: UInt16?
    private let state = Mutex(State())
    /// Set before the thread starts, which closes it.
    var lifeline: CInt = -1

    init(_ raw: OpaquePointer, _ device: UInt16?) {
        unsafe self.raw = raw
        self.device = device
    }

    var isOver: Bool { state.withLock { $0.isOver } }

    func noteLife(isAsleep: Bool) {
        state.withLock { state in
            state.patience.noteLife(isAsleep: isAsleep, at: Self.now())
        }
    }

    func letGo() {
        state.withLock { state in
            guard state.isHeld else { return }
            state.isHeld = false
            ungrab()
        }
    }

    func run() {
        var entry = pollfd(fd: lifeline, events: Int16(POLLIN), revents: 0)
        while unsafe poll(&entry, 1, Self.period) == 0 {
            state.withLock { state in
                guard state.isHeld, state.patience.isOver(at: Self.now()) else { return }
                state.isHeld = false
                state.isOver = true
                ungrab()
                _ = unsafe xcb_flush(raw)
            }
        }
        close(lifeline)
    }

    private func ungrab() {
        if let device {
            unsafe xcb_input_xi_ungrab_device(raw, 0, device)
        } else {
            unsafe xcb_ungrab_pointer(raw, 0)
        }
    }

    /// Milliseconds between two looks.
    private static let period: CInt = 500
    private static func now() -> Int {
        var time = timespec()
        unsafe clock_gettime(CLOCK_MONOTONIC, &time)
        return time.tv_sec
    }
}

extension Connection {
    /// Waits for the reply.
    fileprivate func grabPointer(_ window: xcb_window_t) -> Bool {
        noteRequest()
        let events =
            XCB_EVENT_MASK_BUTTON_PRESS.rawValue | XCB_EVENT_MASK_BUTTON_RELEASE.rawValue
            | XCB_EVENT_MASK_POINTER_MOTION.rawValue
        let mode = UInt8(XCB_GRAB_MODE_ASYNC.rawValue)
        let cookie = unsafe xcb_grab_pointer(
            raw,
            1,
            window,
            UInt16(events),
            mode,
            mode,
            0,
            0,
            0
        )
        guard let reply = unsafe xcb_grab_pointer_reply(raw, cookie, nil) else { return false }
        defer { unsafe free(reply) }
        return unsafe reply.pointee.status == UInt8(XCB_GRAB_STATUS_SUCCESS.rawValue)
    }
}

extension InputDevices {
    /// Waits for the replies. Gives the device that was grabbed: a button that is held has grabbed it for this
    /// extension already, which the core protocol cannot take over.
    fileprivate func grab(_ window: xcb_window_t) -> UInt16? {
        connection.noteRequest()
        let raw = unsafe connection.raw
        let question = unsafe xcb_input_xi_get_client_pointer(raw, 0)
        guard let pointer = unsafe xcb_input_xi_get_client_pointer_reply(raw, question, nil)
        else { return nil }
        defer { unsafe free(pointer) }
        let device = unsafe pointer.pointee.deviceid
        var events = Self.pointerEvents
        let mode = UInt8(XCB_INPUT_GRAB_MODE_22_ASYNC.rawValue)
        let cookie = unsafe xcb_input_xi_grab_device(
            raw,
            window,
            0,
            0,
            device,
            mode,
            mode,
            1,
            1,
            &events
        )
        guard let reply = unsafe xcb_input_xi_grab_device_reply(raw, cookie, nil) else {
            return nil
        }
        defer { unsafe free(reply) }
        guard unsafe reply.pointee.status == UInt8(XCB_GRAB_STATUS_SUCCESS.rawValue) else {
            return nil
        }
        return device
    }
}

#endif
