#if X11

import Glibc
import RatDisplay
import RatX11TestSupport
import Synchronization

/// A client on a thread of its own that looks at a window again and again.
///
/// Every frame it may see has one colour, but for two corners: they may have that of the frame after.
final class Watcher: @unchecked Sendable {
    // Guarded by the thread's life: the test reads `torn` and `looks` when it has ended.
    private(set) var torn = 0
    private(set) var looks = 0

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
        repeat {
            let pixels = injector.pixels(of: window, size: size)
            looks += 1
            if !isWhole(pixels) { torn += 1 }
        } while isWatching.load(ordering: .relaxed)
    }

    private func isWhole(_ pixels: [UInt32]) -> Bool {
        let width = Int(size.width)
        guard pixels.count == width * Int(size.height) else { return false }
        let body = pixels[width / 2]
        let corner = pixels[0]
        guard corner == body || corner == body + 1000 else { return false }
        return pixels.indices.allSatisfy { index in
            let (x, y) = (index % width, index / width)
            let isCorner = (x < 30 && y < 30) || (x >= 600 && y >= 400)
            return pixels[index] == (isCorner ? corner : body)
        }
    }
}

#endif
