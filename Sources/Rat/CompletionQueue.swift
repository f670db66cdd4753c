internal import RatCore
internal import RatIPC
internal import RatRuntime
internal import RatSystem
internal import Synchronization

/// Reads, writes, connections and waits that suspend a task instead of blocking its thread.
///
/// What reads from one object is done in the order in which it was begun, and so is what writes to it. A
/// task that is cancelled ends its operation early, which then throws `cancelled`.
public final class CompletionQueue: Sendable {
    private let handle: Handle
    private let tasks = Tasks()

    /// A queue for so many operations at a time, up to 65,536; more of them throw `noResources`.
    public init(depth: Int = 1024) throws(RatError) {
        let tasks = tasks
        handle = try call { () throws(RatCore.RatError) in
            let handle = try Completions.create(depth: depth)
            try RatIPC.CompletionQueue.bind(handle) { completion in tasks.resume(completion) }
            return handle
        }
    }

    deinit {
        // No task is suspended in a method of an object that nobody has.
        try? RatIPC.CompletionQueue.close(handle)
    }

    /// Reads what there is, at most `count` bytes; none at the end.
    public func read(_ pipe: Pipe, upTo count: Int) async throws(RatError) -> [UInt8] {
        try await read(pipe.handle, count)
    }

    /// Writes all of the bytes.
    public func write(_ bytes: [UInt8], to pipe: Pipe) async throws(RatError) {
        try await write(pipe.handle, bytes)
    }

    /// Receives what there is of a stream, at most `count` bytes and none at the end; or one datagram.
    public func receive(from socket: Socket, upTo count: Int) async throws(RatError) -> [UInt8] {
        try await read(socket.handle, count)
    }

    /// Sends all of a stream's bytes, or one datagram to the peer.
    public func send(_ bytes: [UInt8], through socket: Socket) async throws(RatError) {
        try await write(socket.handle, bytes)
    }

    /// The next connection.
    public func accept(from socket: Socket) async throws(RatError) -> Socket {
        let queue = handle
        let completion = try await run { tag throws(RatCore.RatError) in
            try RatIPC.CompletionQueue.accept(queue, socket.handle, userTag: tag)
        }
        return Socket(Handle(rawValue: completion.misc))
    }

    /// Connects the socket.
    public func connect(
        _ socket: Socket,
        to address: SocketAddress
    ) async throws(RatError) {
        let queue = handle
        _ = try await run { tag throws(RatCore.RatError) in
            try RatIPC.CompletionQueue.connect(
                queue,
                socket.handle,
                to: address.engine(),
                userTag: tag
            )
        }
    }

    /// Waits until the object is signalled, and takes its signal; `false` if the timeout passed first.
    /// A mutex cannot be waited for: its owner is a thread.
    public func wait(
        for object: any Waitable,
        timeout: Duration? = nil
    ) async throws(RatError) -> Bool {
        let (queue, end) = (handle, deadline(timeout))
        do throws(RatError) {
            _ = try await run { tag throws(RatCore.RatError) in
                try Completions.wait(queue, object.handle.engine, until: end, userTag: tag)
            }
            return true
        } catch {
            guard error.code == .timedOut else { throw error }
            return false
        }
    }

    // MARK: - Steps

    private func read(_ object: Handle, _ count: Int) async throws(RatError) -> [UInt8] {
        guard count >= 0 else { throw RatError(.invalidArgument) }
        let (queue, buffer) = (handle, KeptBuffer(size: count))
        defer { withExtendedLifetime(buffer) {} }
        let completion = try await run { tag throws(RatCore.RatError) in
            try RatIPC.CompletionQueue.read(queue, object, into: buffer, userTag: tag)
        }
        return buffer.bytes(completion.bytesTransferred)
    }

    private func write(_ object: Handle, _ bytes: [UInt8]) async throws(RatError) {
        let (queue, buffer) = (handle, KeptBuffer(bytes))
        defer { withExtendedLifetime(buffer) {} }
        _ = try await run { tag throws(RatCore.RatError) in
            try RatIPC.CompletionQueue.write(queue, object, buffer, userTag: tag)
        }
    }

    /// Submits something and suspends the task until it is done.
    private func run(
        _ submit: @escaping @Sendable (UInt64) throws(RatCore.RatError) -> UInt64
    ) async throws(RatError) -> Completion {
        let (queue, tasks) = (handle, tasks)
        let tag = tasks.makeTag()
        let completion = await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                tasks.suspend(tag, continuation)
                do throws(RatCore.RatError) {
                    let submission = try submit(tag)
                    if tasks.didSubmit(tag, submission) {
                        try? RatIPC.CompletionQueue.cancel(queue, submission)
                    }
                } catch {
                    tasks.resume(Completion(tag, error))
                }
            }
        } onCancel: {
            guard let submission = tasks.cancel(tag) else { return }
            // To cancel is to wait for the thread of the completion queues, which may be resuming this very
            // task; and that waits for the end of this handler. So another task does it.
            Task.detached { try? RatIPC.CompletionQueue.cancel(queue, submission) }
        }
        if let error = RatCore.RatError(rawValue: completion.status) { throw RatError(error) }
        return completion
    }
}

/// The tasks that are suspended, by the tags of what they have submitted.
private final class Tasks: Sendable {
    private struct Entry {
        var continuation: CheckedContinuation<Completion, Never>?
        var submission: UInt64?
        var isCancelled = false
    }

    private struct State {
        var lastTag: UInt64 = 0
        var entries: [UInt64: Entry] = [:]
    }

    private let state = Mutex(State())

    func makeTag() -> UInt64 {
        state.withLock { state in
            state.lastTag += 1
            state.entries[state.lastTag] = Entry()
            return state.lastTag
        }
    }

    func suspend(_ tag: UInt64, _ continuation: CheckedContinuation<Completion, Never>) {
        state.withLock { $0.entries[tag]?.continuation = continuation }
    }

    /// Whether the task was cancelled before there was anything to cancel.
    func didSubmit(_ tag: UInt64, _ submission: UInt64) -> Bool {
        state.withLock { state in
            state.entries[tag]?.submission = submission
            return state.entries[tag]?.isCancelled ?? false
        }
    }

    /// What is to be cancelled, if it was submitted already and is not done.
    func cancel(_ tag: UInt64) -> UInt64? {
        state.withLock { state in
            state.entries[tag]?.isCancelled = true
            return state.entries[tag]?.submission
        }
    }

    func resume(_ completion: Completion) {
        let entry = state.withLock { $0.entries.removeValue(forKey: completion.userTag) }
        entry?.continuation?.resume(returning: completion)
    }
}
