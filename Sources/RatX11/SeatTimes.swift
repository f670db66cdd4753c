#if X11

internal import CRatXCB
internal import Synchronization

/// The latest times that a server has told to any of the process's connections. A server passes over a request for the
/// keyboard that is older than the keyboard's last move, which another thread of ours may have made.
final class SeatTimes: Sendable {
    static let shared = SeatTimes()

    struct Times {
        /// Of any event; 0 before the first.
        var event: xcb_timestamp_t
        /// Of a key or button; 0 before the first.
        var user: xcb_timestamp_t
    }

    private let seats = Mutex<[String: Times]>([:])

    /// Adds what one connection knows, and gives what all know.
    func merge(_ times: Times, of seat: String) -> Times {
        seats.withLock { seats in
            var all = seats[seat] ?? times
            all.event = Self.later(all.event, times.event)
            all.user = Self.later(all.user, times.user)
            seats[seat] = all
            return all
        }
    }

    /// Times go round after 49 days.
    private static func later(_ a: xcb_timestamp_t, _ b: xcb_timestamp_t) -> xcb_timestamp_t {
        guard a != 0, b != 0 else { return a | b }
        return Int32(bitPattern: a &- b) > 0 ? a : b
    }
}

#endif
