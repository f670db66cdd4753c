#if X11

internal import CRatXCB
internal import RatDisplay
internal import Synchronization

/// The server's names of all surfaces of the process, by which windows of different threads, and so of
/// different connections, name each other.
final class SurfaceNames: Sendable {
    static let shared = SurfaceNames()

    private struct Name: Equatable {
        let window: xcb_window_t
        /// Which server's, for two may use the same numbers.
        let seat: String
    }

    private let names = Mutex<[SurfaceID: Name]>([:])

    func window(_ id: SurfaceID) -> xcb_window_t? {
        names.withLock { $0[id]?.window }
    }

    /// `nil` too for one of another server.
    func window(_ id: SurfaceID, on seat: String) -> xcb_window_t? {
        names.withLock { $0[id] }.flatMap { $0.seat == seat ? $0.window : nil }
    }

    func surface(of window: xcb_window_t, on seat: String) -> SurfaceID? {
        let name = Name(window: window, seat: seat)
        return names.withLock { names in names.first { $0.value == name }?.key }
    }

    func note(_ window: xcb_window_t, of id: SurfaceID, on seat: String) {
        names.withLock { $0[id] = Name(window: window, seat: seat) }
    }

    /// Nothing happens if the surface is another window by now.
    func forget(_ id: SurfaceID, of window: xcb_window_t, on seat: String) {
        let name = Name(window: window, seat: seat)
        names.withLock { if $0[id] == name { $0[id] = nil } }
    }
}

#endif
