#if X11

internal import CRatXCB
internal import Glibc

/// Takes events off the connection so that none is stranded.
///
/// A flush and a wait for a reply can read events into xcb's queue, where they do not make the
/// descriptor readable. So the last thing before a sleep is a look into that queue, and as long as
/// translating makes requests, reading goes on. What is queued is read before the first flush: a flush
/// that finds the server dead makes it unreadable.
struct EventReader {
    let connection: Connection
    let numbers: XEvent.Numbers

    /// The most events that one pump reads, about; a flood must not keep the thread from all else.
    private static let most = 512
    /// So many events of the largest kind may be all that fits xcb's buffer.
    private static let fullRead = 16

    /// Reads and sends all there is. `settle` follows every run of events. Both closures may make requests
    /// and wait for replies, and by that find the server dead: so a run is read whole before any of it is
    /// translated.
    func pump(_ translate: (XEvent) -> Void, settle: () -> Void) {
        var left = Self.most
        var events: [XEvent] = []
        take(queued, to: &events, &left)
        events.forEach(translate)
        repeat {
            connection.flush()
            events.removeAll(keepingCapacity: true)
            // What the flush has read.
            take(queued, to: &events, &left)
            readArrived(to: &events, &left)
            events.forEach(translate)
            settle()
            // A server that is gone answers nothing: whoever asks would ask for ever.
        } while connection.hasUnsent && left > 0 && !connection.isBroken
        // At the limit too, nothing asked for may wait for the next pump.
        if connection.hasUnsent { connection.flush() }
    }

    /// Reads from the socket as long as there is something. Each read takes what fits xcb's buffer, which is
    /// more than a hundred events as a rule; after one that took few, asking for more would be in vain.
    private func readArrived(to events: inout [XEvent], _ left: inout Int) {
        var before: Int
        repeat {
            before = events.count
            guard left > 0, let event = arrived() else { return }
            events.append(event)
            left -= 1
            take(queued, to: &events, &left)
        } while events.count - before >= Self.fullRead
    }

    private func take(_ next: () -> XEvent?, to events: inout [XEvent], _ left: inout Int) {
        while left > 0, let event = next() {
            events.append(event)
            left -= 1
        }
    }

    /// An event that something else read off the socket.
    func queued() -> XEvent? {
        unsafe read(xcb_poll_for_queued_event(connection.raw))
    }

    private func arrived() -> XEvent? {
        unsafe read(xcb_poll_for_event(connection.raw))
    }

    private func read(_ event: UnsafeMutablePointer<xcb_generic_event_t>?) -> XEvent? {
        guard let event = unsafe event else { return nil }
        defer { unsafe free(event) }
        return unsafe XEvent(event, numbers)
    }
}

#endif
