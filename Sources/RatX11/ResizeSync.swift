#if X11

internal import CRatXCB
internal import Glibc

/// How far a window is with what its manager waits for while it resizes it (_NET_WM_SYNC_REQUEST of EWMH).
///
///     idle --(request)--> requested --(ConfigureNotify)--> resized --(shown, or nothing to show)--> idle
///
/// The manager sends the request before it resizes, and goes on when the window's counter has the request's value.
/// A request that no resize follows is not answered: the next one replaces it.
struct ResizeSync: Equatable {
    private var requested: UInt64?
    private var resized: UInt64?

    /// The words of the message are the halves of the value, the lower one first.
    mutating func request(_ low: UInt32, _ high: UInt32) {
        requested = UInt64(high) << 32 | UInt64(low)
    }

    mutating func noteResize() {
        guard let value = requested else { return }
        requested = nil
        resized = value
    }

    /// The window shows what it has to show at the new size. Gives the value that the counter is to get.
    mutating func noteShown() -> UInt64? {
        defer { resized = nil }
        return resized
    }

    var isOwed: Bool { resized != nil }
}

extension Connection {
    /// Whether the server has counters. Waits.
    func hasCounters() -> Bool {
        guard capabilities.contains(.sync), let data = unsafe rat_xcb_sync_data(raw),
            unsafe data.pointee.present != 0
        else { return false }
        noteRequest()
        let (major, minor) = (UInt8(XCB_SYNC_MAJOR_VERSION), UInt8(XCB_SYNC_MINOR_VERSION))
        let cookie = unsafe xcb_sync_initialize(raw, major, minor)
        guard let reply = unsafe xcb_sync_initialize_reply(raw, cookie, nil) else { return false }
        unsafe free(reply)
        return true
    }

    func makeCounter() -> UInt32 {
        let counter = unsafe xcb_generate_id(raw)
        unsafe xcb_sync_create_counter(raw, counter, xcb_sync_int64_t(hi: 0, lo: 0))
        noteRequest()
        return counter
    }

    func set(_ counter: UInt32, to value: UInt64) {
        let high = Int32(truncatingIfNeeded: value >> 32)
        let low = UInt32(truncatingIfNeeded: value)
        unsafe xcb_sync_set_counter(raw, counter, xcb_sync_int64_t(hi: high, lo: low))
        noteRequest()
    }

    func destroyCounter(_ counter: UInt32) {
        unsafe xcb_sync_destroy_counter(raw, counter)
        noteRequest()
    }
}

#endif
