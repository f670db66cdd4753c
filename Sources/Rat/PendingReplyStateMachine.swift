/// How far a sent message has come, as its task sees it. A pure value.
///
///     idle --begin--> sending --didSend--> sent --finish--> over
///       |                |                   \---cancel---> (withdraw; if that works, finish)
///       |                +--cancel--> sending, to be withdrawn at didSend
///       +--cancel--> over
///
/// It may finish while it is still being sent: whoever replies is faster than the sender.
package struct PendingReplyStateMachine<Continuation> {
    private enum State {
        case idle
        case sending(Continuation, isCancelled: Bool)
        case sent(Continuation, token: UInt64)
        case over
    }

    private var state = State.idle

    package init() {}

    /// Whether the message is to be sent, and the continuation kept.
    package mutating func begin(_ continuation: Continuation) -> Bool {
        guard case .idle = state else { return false }
        state = .sending(continuation, isCancelled: false)
        return true
    }

    /// Whether the message is to be withdrawn.
    package mutating func didSend(_ token: UInt64) -> Bool {
        guard case .sending(let continuation, let isCancelled) = state else { return false }
        state = .sent(continuation, token: token)
        return isCancelled
    }

    /// What is to be withdrawn, if there is anything yet.
    package mutating func cancel() -> UInt64? {
        switch state {
        case .idle: state = .over
        case .sending(let continuation, _): state = .sending(continuation, isCancelled: true)
        case .sent(_, let token): return token
        case .over: break
        }
        return nil
    }

    /// What is to be resumed; once.
    package mutating func finish() -> Continuation? {
        defer { state = .over }
        switch state {
        case .sending(let continuation, _), .sent(let continuation, _): return continuation
        case .idle, .over: return nil
        }
    }
}
