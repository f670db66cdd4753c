internal import RatCore
internal import RatSystem
internal import Synchronization

/// How far a sent message that wants a reply has come. A pure value.
///
///     queued --begin--> started --reply--> answered
///       |                  |  \---fail---> failed
///       |---fail--> failed |
///       |                  +--give up--> orphaned --reply, fail--> ended
///       +--give up--> withdrawn
///
/// `answered` and `failed` are the sender's to collect. `withdrawn` and `ended` are over.
enum RequestState: UInt32, CaseIterable {
    case queued
    case started
    case answered
    case failed
    case withdrawn
    case orphaned
    case ended

    /// Whether its sender has nothing to wait for any more.
    var isDecided: Bool { self != .queued && self != .started }

    /// Whether somebody may still reply.
    var isOpen: Bool { self == .started || self == .orphaned }

    /// A receiver takes it.
    mutating func begin() -> Bool {
        guard self == .queued else { return false }
        self = .started
        return true
    }

    /// A receiver answers it. Whether its sender gets the answer.
    mutating func reply() -> Bool {
        switch self {
        case .started:
            self = .answered
            return true
        case .orphaned:
            self = .ended
            return false
        case .queued, .answered, .failed, .withdrawn, .ended: return false
        }
    }

    /// Nobody will answer it. Whether its sender is told.
    mutating func fail() -> Bool {
        switch self {
        case .queued, .started:
            self = .failed
            return true
        case .orphaned:
            self = .ended
            return false
        case .answered, .failed, .withdrawn, .ended: return false
        }
    }

    /// The sender waits no longer. Whether it came too late, and has an end to collect.
    mutating func giveUp() -> Bool {
        switch self {
        case .queued: self = .withdrawn
        case .started: self = .orphaned
        case .answered, .failed: return true
        case .withdrawn, .orphaned, .ended: break
        }
        return false
    }
}

/// A sent message that wants a reply: where its sender and its receiver meet.
///
/// Type-stable, named by tokens that are never used twice. `lock` guards what is not said to be guarded
/// otherwise; it is taken inside the lock of the queue that the message was sent to. Who decides a request
/// unlinks it from the queue first. It is recycled by its sender when that has collected the end, and by
/// who ends it when the sender has given up.
@safe struct RequestRecord: ~Copyable {
    let lock = Lock()
    /// 0 while the record is free.
    let token = Atomic<UInt64>(0)
    /// The token of its last use.
    var lastToken: UInt64 = 0
    /// A `RequestState`. Changed under the lock; a sender that spins reads it without.
    let state = Atomic<UInt32>(RequestState.ended.rawValue)
    /// The queue that it was sent to; set before the token is known to anybody else.
    let queueAddress = Atomic<UInt>(0)

    // Set before the token is known to anybody else.
    var target = Handle.invalid
    var message: UInt32 = 0
    var sender: ThreadReference?
    var senderID: UInt32 = 0
    var completion = Completion()

    /// Whether the sender sleeps, or is about to, until the request is decided.
    var isSenderWaiting = false
    var reply: NodeReference?
    /// A `RatError`, where it failed.
    var failure: UInt32 = 0

    /// Who retrieved it, and what that thread was waiting for then.
    var receiver: UInt64 = 0
    var receiverEdge = SendEdge(rawValue: 0)

    // Changed under both locks.
    /// Whether it is handled inside a retrieval of the owning thread, and not retrieved.
    var isCall = false

    // Guarded by the queue's lock.
    /// The queued message, while it is queued.
    var node: NodeReference?
    var isLinked = false
    var next: RequestReference?
    var previous: RequestReference?

    /// What is called with the reply, in the place of a sender that waits.
    @safe struct Completion {
        var callback: SendCallback?
        var context: UnsafeMutableRawPointer?
        /// The sender's own queue, where the call waits; `nil` for a task.
        var queue: QueueReference?
        var queueHandle = Handle.invalid

        init() {
            unsafe context = nil
        }
    }
}

/// Called with what became of a sent message: target, message, context, a status, the reply or `nil`.
package typealias SendCallback =
    @convention(c) (
        UInt64, UInt32, UnsafeMutableRawPointer?, UInt32, UnsafeRawPointer?
    ) -> Void

typealias RequestReference = StableReference<RequestRecord>

extension StableReference where Record == RequestRecord {
    var state: RequestState {
        RequestState(rawValue: record.state.load(ordering: .acquiring)) ?? .ended
    }

    /// Changes the state. Under the lock.
    func change(_ step: (inout RequestState) -> Bool) -> Bool {
        var state = state
        let result = step(&state)
        record.state.store(state.rawValue, ordering: .releasing)
        return result
    }

    var queue: QueueReference? {
        // It was made from a reference, so it is none but that.
        unsafe UnsafeMutablePointer<QueueRecord>(
            bitPattern: record.queueAddress.load(ordering: .relaxed)
        ).map { unsafe QueueReference(unsafe: $0) }
    }
}
