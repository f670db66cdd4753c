#if X11

internal import CRatXCB
internal import RatDisplay
internal import Synchronization

/// The server's names of all surfaces of the process, by which windows of different threads, and so of
/// different connections, name each other.
final class SurfaceNames: Sendable {
    static let shared = SurfaceNames()

    private let windows = Mutex<[SurfaceID: xcb_window_t]>([:])

    func window(_ id: SurfaceID) -> xcb_window_t? {
        windows.withLock { $0[id] }
    }

    func note(_ window: xcb_window_t, of id: SurfaceID) {
        windows.withLock { $0[id] = window }
    }

    func forget(_ id: SurfaceID) {
        windows.withLock { $0[id] = nil }
    }
}

#endif
