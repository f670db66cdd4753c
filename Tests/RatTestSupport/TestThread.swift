internal import Glibc
package import RatCore
package import RatSystem

/// A thread of a test's own. It ends as threads do, so what the library keeps for it ends too.
@safe package final class TestThread<Value: Sendable>: @unchecked Sendable {
    // Sendable: the fields are constants, and what they name is made for several threads.
    private struct Identity: Sendable {
        let directory: String
        let record: ThreadReference
    }

    private let identity: Identity
    private let value: Guarded<Value?>
    private let finished: Semaphore
    private let thread: pthread_t

    /// Returns when the thread is there and about to run `body`.
    package init(_ body: @escaping @Sendable () -> Value) {
        let identity = Guarded<Identity?>(nil)
        let value = Guarded<Value?>(nil)
        let started = Semaphore()
        let finished = Semaphore()
        thread = Launch.start {
            identity.withLock {
                $0 = Identity(directory: ownDirectory(), record: ThreadRecord.current)
            }
            started.signal()
            let result = body()
            value.withLock { $0 = result }
            finished.signal()
        }
        guard started.wait(), let known = identity.current else {
            fatalError("a thread did not start")
        }
        self.identity = known
        self.value = value
        self.finished = finished
    }

    /// The library's record of the thread. Another thread's after this one has ended.
    package var record: ThreadReference { identity.record }

    /// What the thread left behind, once it has ended; at `end` it is to do so soon.
    package func join(after end: Instant = .distantPast) throws -> Value {
        let now = Instant.now().nanoseconds
        let left = end.nanoseconds > now ? Int((end.nanoseconds - now) / 1_000_000_000) : 0
        guard finished.wait(seconds: left + Patience.seconds), let value = value.current else {
            throw Failure.stillRunning
        }
        _ = pthread_join(thread, nil)
        return value
    }

    /// Gives way until the thread is parked in a wait of the library's.
    package func waitUntilParked() throws {
        let isParked = Patience.until {
            record.waitState == .parkedOnFutex || record.waitState == .parkedInPoll
        }
        guard isParked else { throw Failure.neverParked }
    }

    /// Gives way until the kernel says that the thread sleeps.
    package func waitUntilAsleep() throws {
        guard Patience.until({ kernelState == "S" }) else { throw Failure.neverParked }
    }

    private var kernelState: Character? {
        guard let file = unsafe fopen("/proc/\(identity.directory)/stat", "r") else {
            return nil
        }
        defer { unsafe fclose(file) }
        var bytes = [UInt8](repeating: 0, count: 512)
        let count = unsafe fread(&bytes, 1, bytes.count, file)
        let text = String(decoding: bytes.prefix(count), as: UTF8.self)
        // The name before the state is in parentheses, and may hold any character.
        guard let end = text.lastIndex(of: ")") else { return nil }
        return text[end...].dropFirst(2).first
    }

    package enum Failure: Error {
        case stillRunning
        case neverParked
    }
}

/// Runs `body` on a thread that ends with it.
package func onThreadOfItsOwn<Value: Sendable>(
    _ body: @escaping @Sendable () throws -> Value
) throws -> Value {
    try TestThread { Result { try body() } }.join().get()
}

/// Threads are started with a closure in a box.
private final class Launch {
    let body: @Sendable () -> Void

    init(_ body: @escaping @Sendable () -> Void) {
        self.body = body
    }

    static func start(_ body: @escaping @Sendable () -> Void) -> pthread_t {
        var thread = pthread_t()
        let box = unsafe Unmanaged.passRetained(Launch(body)).toOpaque()
        let error = unsafe pthread_create(
            &thread,
            nil,
            { box in
                guard let box = unsafe box else { return nil }
                unsafe Unmanaged<Launch>.fromOpaque(box).takeRetainedValue().body()
                return nil
            },
            box
        )
        guard error == 0 else { fatalError("no thread: errno \(error)") }
        return thread
    }
}

/// Where the kernel tells about the calling thread, below /proc.
private func ownDirectory() -> String {
    var bytes = [UInt8](repeating: 0, count: 64)
    let count = unsafe bytes.withUnsafeMutableBytes { bytes in
        guard let start = bytes.baseAddress else { return 0 }
        return unsafe readlink("/proc/thread-self", start, bytes.count)
    }
    return String(decoding: bytes.prefix(max(0, count)), as: UTF8.self)
}
