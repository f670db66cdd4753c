#if X11

internal import CRatXCB
internal import Synchronization

/// The latest time that a server has told to any of the process's connections. A server passes over a request for the
/// keyboard that is older than the keyboard's last move, which another thread of ours may have made.
final class SeatTimes: Sendable {
    static let shared = SeatTimes()

    private let latest = Mutex<[String: xcb_timestamp_t]>([:])

    /// Adds what one connection was told last, or 0 if it was told nothing yet. Gives the latest that any was.
    func merge(_ time: xcb_timestamp_t, of seat: String) -> xcb_timestamp_t {
        latest.withLock { latest in
            let known = latest[seat] ?? 0
            // Times go round after 49 days.
            let isLater = known == 0 || Int32(bitPattern: time &- known) > 0
            guard time != 0, isLater else { return known }
            latest[seat] = time
            return time
        }
    }

    /// A connection is new: the server may be another one than before, with a clock of its own. Connections that
    /// are there tell theirs again.
    func forget(_ seat: String) {
        latest.withLock { $0[seat] = nil }
    }
}

#endif
