#if X11

internal import CRatXCB
internal import Synchronization

/// The latest times that a server has told to any of the process's connections.
///
/// A server passes over a request for the keyboard that is older than the keyboard's last move, which another thread
/// of ours may have made; and what a thread shows may answer what was clicked in another thread's window.
final class SeatTimes: Sendable {
    static let shared = SeatTimes()

    struct Times {
        /// Of any event; 0 for none.
        var event: xcb_timestamp_t = 0
        /// When a person did something in one of our windows; 0 for never.
        var input: xcb_timestamp_t = 0
    }

    private struct Seat {
        var times = Times()
        /// With the last of them the times are over: the next server's clock may be another.
        var displays: Set<ObjectIdentifier> = []
    }

    private let seats = Mutex<[String: Seat]>([:])

    /// A connection is new: the server may be another one than before, which not all have noticed. Those that are
    /// there tell their events again.
    func open(_ display: X11Display) {
        seats.withLock { seats in
            seats[display.seat, default: Seat()].displays.insert(ObjectIdentifier(display))
            seats[display.seat]?.times.event = 0
        }
    }

    func close(_ display: X11Display) {
        seats.withLock { seats in
            seats[display.seat]?.displays.remove(ObjectIdentifier(display))
            if seats[display.seat]?.displays.isEmpty == true { seats[display.seat] = nil }
        }
    }

    /// Adds what one connection was told, and gives what all were.
    func merge(_ own: Times, of seat: String) -> Times {
        seats.withLock { seats in
            guard var times = seats[seat]?.times else { return own }
            times.event = Self.later(own.event, times.event)
            times.input = Self.later(own.input, times.input)
            seats[seat]?.times = times
            return times
        }
    }

    /// The server's clock starts anew after 49 days, so that later is what is less than half of that ahead.
    private static func later(_ a: xcb_timestamp_t, _ b: xcb_timestamp_t) -> xcb_timestamp_t {
        guard a != 0, b != 0 else { return a | b }
        return Int32(bitPattern: a &- b) > 0 ? a : b
    }
}

extension X11Display {
    /// Adds what this connection was told of the time, and gives what all of the process's were.
    @discardableResult
    func shareTimes() -> SeatTimes.Times {
        let own = SeatTimes.Times(event: translator.lastTime, input: translator.userTime)
        return SeatTimes.shared.merge(own, of: seat)
    }

    /// Tells the manager of input that it may not have seen. Done when there is nothing else to do, or a request to
    /// send along: nobody waits for it.
    func announceInput() {
        guard let window = translator.takeUserWindow() else { return }
        guard let holder = translator.surfaces[window]?.timeWindow else { return }
        manager.announceInput(in: holder, at: translator.userTime)
    }

    /// Tells the manager of a window that is about to be shown when the person did what it is shown for.
    func announceTime(of window: xcb_window_t, activates: Bool) {
        guard let surface = translator.surfaces[window], surface.isManaged else { return }
        announceInput()
        let holder = surface.timeWindow ?? manager.makeTimeWindow(of: window)
        translator.surfaces[window]?.timeWindow = holder
        manager.announceShowing(of: window, holder, activates: activates, shareTimes().input)
    }
}

#endif
