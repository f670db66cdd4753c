internal import Glibc

/// A value that several threads of a test use, one at a time.
///
/// A POSIX mutex, because the sanitizers know it and it is none of the code under test.
@safe package final class Guarded<Value>: @unchecked Sendable {
    // Sendable: `value` is guarded by `mutex`.
    private let mutex: UnsafeMutablePointer<pthread_mutex_t>
    private var value: Value

    package init(_ value: Value) {
        self.value = value
        unsafe mutex = .allocate(capacity: 1)
        _ = unsafe pthread_mutex_init(mutex, nil)
    }

    deinit {
        _ = unsafe pthread_mutex_destroy(mutex)
        unsafe mutex.deallocate()
    }

    package func withLock<Result>(_ body: (inout Value) throws -> Result) rethrows -> Result {
        _ = unsafe pthread_mutex_lock(mutex)
        defer { _ = unsafe pthread_mutex_unlock(mutex) }
        return try body(&value)
    }
}

extension Guarded where Value: Sendable {
    package var current: Value { withLock { $0 } }
}

/// A POSIX semaphore, for the same reasons.
@safe package final class Semaphore: @unchecked Sendable {
    // Sendable: made for several threads, and the pointer never changes.
    private let semaphore: UnsafeMutablePointer<sem_t>

    package init(_ count: UInt32 = 0) {
        unsafe semaphore = .allocate(capacity: 1)
        _ = unsafe sem_init(semaphore, 0, count)
    }

    deinit {
        _ = unsafe sem_destroy(semaphore)
        unsafe semaphore.deallocate()
    }

    package func signal(_ times: Int = 1) {
        for _ in 0..<times { _ = unsafe sem_post(semaphore) }
    }

    /// `false` if nobody signalled it in time.
    package func wait(seconds: Int = Patience.seconds) -> Bool {
        var deadline = timespec()
        _ = unsafe clock_gettime(CLOCK_REALTIME, &deadline)
        deadline.tv_sec += seconds
        while true {
            if unsafe sem_timedwait(semaphore, &deadline) == 0 { return true }
            if errno != EINTR { return false }
        }
    }
}
