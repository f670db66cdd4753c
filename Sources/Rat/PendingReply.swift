internal import RatCore
internal import RatMessaging
internal import Synchronization

/// A task that waits for the reply to what it has sent.
final class PendingReply: Sendable {
    typealias Outcome = Result<Message, RatError>
    typealias Continuation = CheckedContinuation<Outcome, Never>

    private let machine = Mutex(PendingReplyStateMachine<Continuation>())

    /// Sends the message and suspends the task until the reply is there, or the task is cancelled.
    static func send(_ message: Message, to target: Handle) async throws(RatError) -> Message {
        let reply = PendingReply()
        let outcome = await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                reply.send(message, to: target, continuation)
            }
        } onCancel: {
            reply.cancel()
        }
        return try outcome.get()
    }

    /// Sends the message; the continuation is resumed once, with what comes of it.
    private func send(_ message: Message, to target: Handle, _ continuation: Continuation) {
        guard machine.withLock({ $0.begin(continuation) }) else {
            return continuation.resume(returning: .failure(RatError(.cancelled)))
        }
        // The engine's, until it calls or the message is withdrawn.
        let context = unsafe Unmanaged.passRetained(self)
        do throws(RatError) {
            let token = try unsafe message.withEngine { message throws(RatCore.RatError) in
                try unsafe Sending.sendForTask(
                    message,
                    to: target,
                    context: context.toOpaque(),
                    callback: didEnd
                )
            }
            if machine.withLock({ $0.didSend(token) }) { withdraw(token) }
        } catch {
            unsafe context.release()
            finish(.failure(error))
        }
    }

    /// Ends the wait of a task that was cancelled.
    private func cancel() {
        if let token = machine.withLock({ $0.cancel() }) { withdraw(token) }
    }

    fileprivate func finish(_ outcome: Outcome) {
        machine.withLock { $0.finish() }?.resume(returning: outcome)
    }

    private func withdraw(_ token: UInt64) {
        guard Sending.giveUp(token) else { return }
        unsafe Unmanaged.passUnretained(self).release()
        finish(.failure(RatError(.cancelled)))
    }
}

/// Resumes a task with the reply, or the reason why there is none. On the thread that replies, without a lock.
private let didEnd: SendCallback = { _, _, context, status, reply in
    guard let context = unsafe context else { return }
    let pending = unsafe Unmanaged<PendingReply>.fromOpaque(context).takeRetainedValue()
    if let reply = unsafe reply?.assumingMemoryBound(to: RatMessaging.Message.self) {
        pending.finish(.success(Message(unsafe reply.pointee)))
    } else {
        let error = RatCore.RatError(rawValue: status) ?? .unknown
        pending.finish(.failure(RatError(error)))
    }
}
