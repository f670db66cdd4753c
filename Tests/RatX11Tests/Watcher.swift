#if X11

import Glibc
import RatDisplay
import RatX11TestSupport
import Synchronization

/// A client on a thread of its own that looks at a window again and again.
///
/// Every frame it may see has one colour, but for two corners: they may have that of the frame after.
final class Watcher: @unchecked Sendable {
    // Guarded by the thread's life: the test reads it when that has ended.
    private var torn = 0
    private let lookCount = Atomic(0)

    private let injector: Injector
    private let window: UInt32
    private let size: Size
    private let isWatching = Atomic(true)
    private var thread = pthread_t()

    init(_ server: XServer, _ window: UInt32, _ size: Size) throws {
        injector = try Injector(server)
        self.window = window
        self.size = size
    }

    /// How often it has looked so far.
    var looks: Int { lookCount.load(ordering: .relaxed) }

    func start() {
        let argument = unsafe Unmanaged.passRetained(self).toOpaque()
        unsafe pthread_create(
            &thread,
            nil,
            { argument in
                guard let argument = unsafe argument else { return nil }
                unsafe Unmanaged<Watcher>.fromOpaque(argument).takeRetainedValue().watch()
                return nil
            },
            argument
        )
    }

    /// Ends it; gives how often it saw something else.
    func stop() -> Int {
        isWatching.store(false, ordering: .relaxed)
        pthread_join(thread, nil)
        return torn
    }

    private func watch() {
        // The first two lie in the corners.
        let corners = [Point(x: 10, y: 10), Point(x: 650, y: 450)]
        let body = stride(from: 0, to: size.height, by: 7).map { Point(x: size.width / 2, y: $0) }
        repeat {
            let seen = injector.pixels(of: window, size: size, at: corners + body)
            if !isWhole(seen) { torn += 1 }
            lookCount.add(1, ordering: .relaxed)
        } while isWatching.load(ordering: .relaxed)
    }

    private func isWhole(_ seen: [UInt32]) -> Bool {
        guard seen.count > 2, seen[0] == seen[1] else { return false }
        let body = Set(seen.dropFirst(2))
        return body.count == 1 && (body.contains(seen[0]) || body.contains(seen[0] &- 1000))
    }
}

#endif
