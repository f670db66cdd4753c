internal import RatCore
internal import RatMessaging
internal import RatSystem
internal import Synchronization

/// One consumer of a queue's messages: takes what is there, and suspends its task while there is nothing.
final class MessagesStorage: WaitObserver {
    private let queue: MessageQueue
    private let machine = Mutex(SuspensionStateMachine<SuspendedTask>())
    private let place = ObserverPlace()

    init(_ queue: MessageQueue) {
        self.queue = queue
    }

    /// The next message, if there is one. Throws if the queue is closed.
    func take() throws(RatCore.RatError) -> Message? {
        guard
            let taken = try RatMessaging.MessageQueue.takeForTask(from: queue.handle.engine)
        else { return nil }
        return Message(taken)
    }

    /// Suspends the task until it is to look again; `false` if it is to end, because it was cancelled.
    @concurrent func wait() async -> Bool {
        machine.withLock { $0.begin() }
        let hasExecutor = unsafe withUnsafeCurrentTask { task in
            unsafe task?.unownedTaskExecutor != nil
        }
        var alarm: Task<Void, Never>?
        await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                alarm = suspend(SuspendedTask(continuation, hasExecutor: hasExecutor))
            }
        } onCancel: {
            look()
        }
        alarm?.cancel()
        // One answer for both: who is told of a message and ends all the same, passes it on.
        let isCancelled = Task.isCancelled
        place.end(passesOn: isCancelled)
        return !isCancelled
    }

    /// Joins those who wait. What is to be cancelled after the wait.
    private func suspend(_ task: SuspendedTask) -> Task<Void, Never>? {
        if let task = machine.withLock({ $0.suspend(task) }) {
            task.resume()
            return nil
        }
        do throws(RatCore.RatError) {
            let beginning = try place.begin(queue.handle.engine, unsafeObserver: self)
            if case .waiting(let due) = beginning {
                return due == .distantFuture ? nil : makeAlarm(due)
            }
        } catch {
            // The queue is closed, as the next look tells.
        }
        look()
        return nil
    }

    /// Has the task look when a delayed message is due: nobody is told of that.
    private func makeAlarm(_ due: Instant) -> Task<Void, Never> {
        let now = Instant.now().nanoseconds
        let delay = due.nanoseconds > now ? due.nanoseconds - now : 0
        return Task.detached {
            // Cancelled when the wait has ended otherwise; then there is nothing to look for.
            try? await Task.sleep(for: .nanoseconds(Int64(clamping: delay)))
            self.look()
        }
    }

    private func look() {
        machine.withLock { $0.end() }?.resume()
    }

    /// Called under the queue's lock.
    func waitDidEnd(_: WaitState) {
        look()
    }
}

/// A task to resume where locks are held: nothing may run there but the language's own executor.
struct SuspendedTask: Sendable {
    private let continuation: CheckedContinuation<Void, Never>
    /// Whether the task prefers an executor of the application's, whose code would run.
    private let hasExecutor: Bool

    init(_ continuation: CheckedContinuation<Void, Never>, hasExecutor: Bool) {
        self.continuation = continuation
        self.hasExecutor = hasExecutor
    }

    func resume() {
        guard hasExecutor else { return continuation.resume() }
        Task.detached { [continuation] in continuation.resume() }
    }
}
