internal import Glibc
internal import Synchronization

/// Runs `body` on a thread of its own, which has ended when this returns: what the library keeps for
/// a thread starts with nothing, and is gone again.
///
/// The body is still part of the calling task, so that a failed expectation finds its test.
package func onFreshThread<Value: Sendable>(
    _ body: @Sendable () throws -> Value
) async throws -> Value {
    let executor = try ThreadExecutor()
    defer { executor.finish() }
    return try await withTaskExecutorPreference(executor) { try body() }
}

/// A thread that runs the jobs of one task.
///
/// Sendable: `state` and the semaphore guard themselves, `thread` is set before anybody else looks.
@safe private final class ThreadExecutor: TaskExecutor, @unchecked Sendable {
    private struct State {
        var jobs: [UnownedJob] = []
        var isFinished = false
    }

    struct NoThread: Error {}

    private let state = Mutex(State())
    private let wake: UnsafeMutablePointer<sem_t>
    private var thread = pthread_t()

    init() throws {
        unsafe wake = UnsafeMutablePointer<sem_t>.allocate(capacity: 1)
        unsafe sem_init(wake, 0, 0)
        let argument = unsafe Unmanaged.passRetained(self).toOpaque()
        let error = unsafe pthread_create(
            &thread,
            nil,
            { argument in
                guard let argument = unsafe argument else { return nil }
                let executor = unsafe Unmanaged<ThreadExecutor>.fromOpaque(argument)
                unsafe executor.takeRetainedValue().runJobs()
                return nil
            },
            argument
        )
        guard error == 0 else {
            unsafe Unmanaged<ThreadExecutor>.fromOpaque(argument).release()
            throw NoThread()
        }
    }

    deinit {
        unsafe sem_destroy(wake)
        unsafe wake.deallocate()
    }

    func enqueue(_ job: consuming ExecutorJob) {
        let job = UnownedJob(job)
        state.withLock { $0.jobs.append(job) }
        unsafe sem_post(wake)
    }

    /// Ends the thread and waits for its end.
    func finish() {
        state.withLock { $0.isFinished = true }
        unsafe sem_post(wake)
        pthread_join(thread, nil)
    }

    private func runJobs() {
        while true {
            while unsafe sem_wait(wake) != 0 {}
            let (jobs, isFinished) = state.withLock { state in
                defer { state.jobs = [] }
                return (state.jobs, state.isFinished)
            }
            for job in jobs { unsafe job.runSynchronously(on: asUnownedTaskExecutor()) }
            if isFinished { return }
        }
    }
}
