#if X11

internal import CRatXCB
internal import Glibc
internal import RatDisplay
internal import Synchronization

/// When the process ends, a clipboard manager, if there is one, is asked to keep what the process has copied
/// (SAVE_TARGETS of the freedesktop.org specification), which would go with it else.
///
/// It costs the end of the process a round trip, and where there is a manager what that takes, for
/// `ClipboardExchangeTimes.step` at most.
enum ClipboardFarewell {
    private struct State {
        /// Whose thread the clipboard's are: a forked child has none of them.
        var process: pid_t = 0
        var mailboxes: [ClipboardMailbox] = []
    }

    private static let state = Mutex(State())

    /// Has the thread behind a mailbox asked when the process ends.
    static func register(_ mailbox: ClipboardMailbox) {
        let isFirst = state.withLock { state in
            defer { state.process = getpid() }
            if state.process != getpid() { state.mailboxes = [] }
            state.mailboxes.removeAll { $0.isClosed }
            state.mailboxes.append(mailbox)
            return state.process == 0
        }
        // Fails without memory only; then nobody is asked.
        if isFirst { _ = atexit { ClipboardFarewell.say() } }
    }

    private static func say() {
        let mailboxes = state.withLock { $0.process == getpid() ? $0.mailboxes : [] }
        for mailbox in mailboxes {
            guard let answer = Answer() else { continue }
            if mailbox.put(.leave { answer.give() }) { answer.wait() }
        }
    }

    /// What the end of the process waits for.
    private final class Answer: Sendable {
        private let bell: CInt

        init?() {
            bell = rat_xcb_make_bell()
            guard bell >= 0 else { return nil }
        }

        deinit {
            close(bell)
        }

        func give() {
            var one: UInt64 = 1
            _ = unsafe write(bell, &one, MemoryLayout<UInt64>.size)
        }

        func wait() {
            var polled = pollfd(fd: bell, events: Int16(POLLIN), revents: 0)
            _ = unsafe poll(&polled, 1, CInt(ClipboardExchangeTimes.step))
        }
    }
}

#endif
