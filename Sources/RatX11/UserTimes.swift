#if X11

internal import CRatXCB
internal import Synchronization

/// When a person did something last, in any window of the process: what a thread shows may answer what was clicked in
/// another thread's window.
final class UserTimes: Sendable {
    static let shared = UserTimes()

    private struct Seat {
        var time: xcb_timestamp_t = 0
        /// With the last of them the time is over: the next server's clock may be another.
        var displays: Set<ObjectIdentifier> = []
    }

    private let seats = Mutex<[String: Seat]>([:])

    func open(_ display: X11Display) {
        seats.withLock { seats in
            _ = seats[display.seat, default: Seat()].displays.insert(ObjectIdentifier(display))
        }
    }

    func close(_ display: X11Display) {
        seats.withLock { seats in
            seats[display.seat]?.displays.remove(ObjectIdentifier(display))
            if seats[display.seat]?.displays.isEmpty == true { seats[display.seat] = nil }
        }
    }

    /// 0 before the first input.
    func latest(on seat: String) -> xcb_timestamp_t {
        seats.withLock { $0[seat]?.time ?? 0 }
    }

    /// The server's clock starts anew after 49 days, so that later is what is less than half of that ahead.
    func note(_ time: xcb_timestamp_t, on seat: String) {
        seats.withLock { seats in
            guard let old = seats[seat]?.time else { return }
            if old == 0 || Int32(bitPattern: time &- old) > 0 { seats[seat]?.time = time }
        }
    }
}

extension X11Display {
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
        let time = UserTimes.shared.latest(on: seat)
        manager.announceShowing(of: window, holder, activates: activates, time)
    }
}

#endif
