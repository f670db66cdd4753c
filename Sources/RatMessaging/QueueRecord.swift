package import RatCore
package import RatSystem
internal import Synchronization

/// How every record that messages can be posted to begins: a queue, or a window.
package struct TargetRecord: ~Copyable {
    package var header: ObjectHeader
    /// Where its messages go: the queue itself, or that of the window's thread. Set before the target can be
    /// found. Atomic, because a reader that comes late may see the pair of another target, or a mixture of two;
    /// the queue's own handle, compared under the queue's lock, tells.
    private let queueAddress: Atomic<UInt>
    private let queueNumber = Atomic<UInt64>(0)
    /// Runs the target's procedure for a message, on the calling thread. Set with the record.
    package unowned(unsafe) let targetKind: TargetKind

    package init(kind: ObjectKind, targetKind: TargetKind, queue: QueueReference) {
        header = ObjectHeader(kind: kind)
        unsafe queueAddress = Atomic(UInt(bitPattern: queue.raw))
        unsafe self.targetKind = targetKind
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

package typealias TargetReference = StableReference<TargetRecord>
package typealias QueueReference = StableReference<QueueRecord>

/// What the targets of one kind have in common. One immortal instance per kind, kept in a global.
package final class TargetKind: Sendable {
    /// Runs the procedure of the target that the message names.
    package let dispatch: @Sendable (borrowing Message) throws(RatError) -> Void

    package init(dispatch: @escaping @Sendable (borrowing Message) throws(RatError) -> Void) {
        self.dispatch = dispatch
    }
}

/// The memory of one queue, in two halves that different threads write.
///
/// Posting appends to `inbox` under `target.header.lock`. Retrieving takes from `lanes`, one for each
/// priority, and refills them from the inbox only when they cannot answer: the two sides meet once for
/// many messages. The retrieving side is guarded by the thread that owns the queue, or by `takeLock` where
/// any thread may retrieve.
///
/// Invariants: what is queued is `posted - taken`. A lane's entries are older than the inbox's of the same
/// priority. `inboxLanes` has a bit for each priority in the inbox, and is 0 if that is empty.
@safe package struct QueueRecord: ~Copyable {
    var target: TargetRecord

    // Posting side; guarded by `target.header.lock`.
    var inbox = MessageRing()
    var posted: UInt64 = 0
    var postedBytes: UInt64 = 0
    /// The last `taken` that a poster has seen: posting looks at the other side only when it seems full.
    var takenSeen: UInt64 = 0
    var capacity: UInt64 = 0
    /// Threads that wait in a retrieval call. Those that wait for the queue as an object are in the header's.
    var getters = WaiterList()

    // Written by one side, read by the other.
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

    /// The thread whose own queue it is, and what belongs to that; set before the queue can be found.
    package var owner: ThreadReference?
    var threadQueue: Unmanaged<ThreadQueue>?

    init(itself: QueueReference) {
        target = TargetRecord(
            kind: MessageQueue.kind,
            targetKind: MessageQueue.targetKind,
            queue: itself
        )
        lanes = InlineArray { _ in MessageRing() }
        unsafe threadQueue = nil
    }
}

extension StableReference where Record == QueueRecord {
    var asObject: ObjectReference {
        unsafe StableReference<ObjectHeader>(unsafe: raw.assumingMemoryBound(to: ObjectHeader.self))
    }
}
