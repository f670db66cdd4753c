package import RatCore
package import RatSystem
internal import Synchronization

/// How every record that messages can be posted to begins: a queue, or a window.
@safe package struct TargetRecord: ~Copyable {
    package var header: ObjectHeader
    /// Where its messages go: the queue itself, or that of the window's thread. Set before the target can be
    /// found. Atomic, because a reader that comes late may see the pair of another target, or a mixture of two;
    /// the queue's own handle, compared under the queue's lock, tells.
    private let queueAddress: Atomic<UInt>
    private let queueNumber = Atomic<UInt64>(0)
    /// Runs the target's procedure for a message, on the calling thread. Set with the record. `nil` where
    /// there is none to run.
    package let dispatch: DispatchFunction?

    package init(kind: ObjectKind, dispatch: DispatchFunction?, queue: QueueReference) {
        header = ObjectHeader(kind: kind)
        unsafe queueAddress = Atomic(UInt(bitPattern: queue.raw))
        unsafe self.dispatch = dispatch
    }

    package var queue: QueueReference {
        @inline(__always) get {
            let address = queueAddress.load(ordering: .relaxed)
            // It was made from a reference, so it is none but that.
            return unsafe StableReference(
                unsafe: UnsafeMutablePointer(bitPattern: address).unsafelyUnwrapped
            )
        }
        nonmutating set {
            unsafe queueAddress.store(UInt(bitPattern: newValue.raw), ordering: .relaxed)
        }
    }

    package var queueHandle: Handle {
        @inline(__always) get { Handle(rawValue: queueNumber.load(ordering: .relaxed)) }
        nonmutating set { queueNumber.store(newValue.rawValue, ordering: .relaxed) }
    }
}

/// Runs the procedure of the target that a message names; 0, or the raw value of the error. A plain function
/// pointer, because reading a closure or an object out of a record counts references.
package typealias DispatchFunction = @convention(c) (UnsafeRawPointer) -> UInt32

package typealias TargetReference = StableReference<TargetRecord>
package typealias QueueReference = StableReference<QueueRecord>

/// The memory of one queue, in two halves that different threads write.
///
/// Posting appends to `inbox` under `target.header.lock`. Retrieving takes from `lanes`, one for each
/// priority, and refills them from the inbox only when they cannot answer: the two sides meet once for
/// many messages. The retrieving side is guarded by the thread that owns the queue, or by `takeLock` where
/// any thread may retrieve.
///
/// Invariants: what is queued is `posted + ownPosted - taken`. A lane's entries are older than the inbox's of the same
/// priority. `inboxLanes` has a bit for each priority in the inbox, and is 0 if that is empty.
@safe package struct QueueRecord: ObjectRecord, ~Copyable {
    var target: TargetRecord

    // Posting side; guarded by `target.header.lock`.
    var inbox = MessageRing()
    let posted = Atomic<UInt64>(0)
    var postedBytes: UInt64 = 0
    /// The last `taken` that a poster has seen: posting looks at the other side only when it seems full.
    var takenSeen: UInt64 = 0
    var capacity: UInt64 = 0
    /// Threads that wait in a retrieval call. Those that wait for the queue as an object are in the header's.
    var getters = WaiterList()

    // Written by one side, read by the other. `posted` counts what came through the inbox, `ownPosted` what
    // the owning thread appended to the lanes itself; together less `taken` they are what is queued.
    let ownPosted = Atomic<UInt64>(0)
    let inboxLanes = Atomic<UInt32>(0)
    let taken = Atomic<UInt64>(0)
    let takenBytes = Atomic<UInt64>(0)
    /// Where the pointer was seen last, x in the low half: stamped on messages.
    let pointerPosition = Atomic<UInt64>(0)

    // Retrieving side.
    let takeLock = Lock()
    /// The queue's handle while messages may be taken from it. Guarded as its side.
    var takeHandle = Handle.invalid
    var lanes: InlineArray<8, MessageRing>
    var lanesInUse: UInt32 = 0
    /// How many retrievals of posted messages the owning thread may make before it looks elsewhere.
    var plainRetrievals = 0

    /// The thread whose own queue it is, and what belongs to that; set before the queue can be found.
    package var owner: ThreadReference?
    var threadQueue: Unmanaged<ThreadQueue>?

    init(itself: QueueReference) {
        target = unsafe TargetRecord(
            kind: MessageQueue.kind,
            dispatch: nil,
            queue: itself
        )
        lanes = InlineArray { _ in MessageRing() }
        unsafe threadQueue = nil
    }
}

extension QueueRecord {
    /// Whether messages are queued.
    var isHolding: Bool {
        let posted =
            posted.load(ordering: .acquiring) &+ ownPosted.load(ordering: .acquiring)
        return posted != taken.load(ordering: .acquiring)
    }
}
