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
    /// Runs the target's procedure for a message, on the calling thread. Set with the record.
    package let dispatch: DispatchFunction
    /// Tells which targets are in this one; `nil` where none ever is. Set with the record.
    package let containment: ContainmentFunction?
    /// Whether any are, which `containment` need not be asked about then. Written by who puts them there, and
    /// read by the thread that retrieves its messages.
    private let isContainer = Atomic<Bool>(false)

    package init(
        kind: ObjectKind,
        dispatch: DispatchFunction,
        containment: ContainmentFunction? = nil,
        queue: QueueReference
    ) {
        header = ObjectHeader(kind: kind)
        unsafe queueAddress = Atomic(UInt(bitPattern: queue.raw))
        unsafe self.dispatch = unsafe dispatch
        self.containment = containment
    }

    package var holdsTargets: Bool {
        @inline(__always) get { isContainer.load(ordering: .relaxed) }
        nonmutating set { isContainer.store(newValue, ordering: .relaxed) }
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

/// Runs the procedure of a target, whose record was just found under its handle, for a message, of which it is
/// said whether its head is complete, on the calling thread, whose record is the second, and gives its result;
/// 0, or the raw value of the error. A plain function pointer, because reading a closure or an object out of a
/// record counts references.
package typealias DispatchFunction =
    @convention(c) (
        UnsafeMutableRawPointer, UnsafeMutableRawPointer, UInt64, UnsafeRawPointer, Bool,
        UnsafeMutablePointer<Int>
    ) -> UInt32

/// Whether the first target is in the second, on any level; asked by the thread of the second, also under the
/// lock of its queue.
package typealias ContainmentFunction = @convention(c) (UInt64, UInt64) -> Bool

package typealias TargetReference = StableReference<TargetRecord>
package typealias QueueReference = StableReference<QueueRecord>

extension StableReference where Record == TargetRecord {
    /// Runs the target's procedure, while the thread has stack for it. Runs application code.
    @inline(__always) func dispatch(
        _ handle: Handle,
        _ message: UnsafePointer<Message>,
        isWhole: Bool,
        _ thread: ThreadReference,
        _ result: UnsafeMutablePointer<Int>
    ) -> RatError? {
        guard thread.hasStack else { return .noResources }
        let error = unsafe record.dispatch(
            raw,
            thread.raw,
            handle.rawValue,
            UnsafeRawPointer(message),
            isWhole,
            result
        )
        return error == 0 ? nil : RatError(rawValue: error) ?? .unknown
    }

    /// The queue or window that a handle names.
    @inline(__always) package static func find(_ handle: Handle) -> TargetReference? {
        guard handle.isOfKind(.messageQueue) || handle.isOfKind(.window),
            let object = HandleTable.lookup(handle)
        else { return nil }
        return unsafe TargetReference(
            unsafe: object.raw.assumingMemoryBound(to: TargetRecord.self)
        )
    }
}

/// What a retrieval has to look at under the lock, as bits of `QueueRecord.attention`. The lowest eight say
/// which priorities are in the inbox. Every other bit is above them, so a retrieval that has something of a
/// higher priority than the whole word need not look.
enum Attention {
    static let lanes: UInt32 = 0xFF
    /// Posted messages that can be found by key or token.
    static let tracked: UInt32 = 1 << 8
    static let delayed: UInt32 = 1 << 9
    /// Sent messages to retrieve.
    static let requests: UInt32 = 1 << 10
    /// Sent messages to handle inside a retrieval.
    static let calls: UInt32 = 1 << 11
    /// The queue overflows, or its owner is to be told of it.
    static let overflow: UInt32 = 1 << 12
    /// Threads wait for room.
    static let room: UInt32 = 1 << 13
    /// Always noted, where there is no short way: where posting may drop what is queued, where every message
    /// is to be found by its key, and where low priorities have their turns, for which what is in the inbox
    /// counts.
    static let always: UInt32 = 1 << 14
}

/// The memory of one queue, in two halves that different threads write.
///
/// Posting appends to `inbox` under `target.header.lock`. Retrieving takes from `lanes`, and refills them from
/// the inbox only when they cannot answer: the two sides meet once for many messages. The retrieving side is
/// guarded by the thread that owns the queue, or by `takeLock` where any thread may retrieve.
///
/// Invariants:
/// - `posted + ownPosted - withheld - taken` messages can be retrieved.
/// - A lane's entries are older than the inbox's of the same priority.
/// - `attention` says what there is beside the lanes; it changes under the lock.
/// - While a tracked message is in the lanes, or posting may change what is queued, `attention` is set; then every
///   retrieval holds the lock, and so who holds the lock may change the lanes.
@safe package struct QueueRecord: ObjectRecord, ~Copyable {
    package var target: TargetRecord

    // Posting side; guarded by `target.header.lock`. What every post writes lies apart from what every
    // retrieval reads.
    var inbox = CellStrip()
    let posted = Atomic<UInt64>(0)
    /// Of these, what went another way than to who retrieves.
    let withheld = Atomic<UInt64>(0)
    var postedBytes: UInt64 = 0
    /// The last `taken` that a poster has seen: posting looks at the other side only when it seems full.
    var takenSeen: UInt64 = 0
    private let gap = CacheGap()

    // Posting side, seldom written.
    let attention = Atomic<UInt32>(0)
    var options = QueueOptions()
    var delayed = DelayedMessages()
    var tracked = TrackedMessages()
    /// Sent messages: to retrieve, to handle inside a retrieval, and begun.
    var requests = NodeList()
    var calls = NodeList()
    var sentCount = 0
    /// How many were sent here, ever; written under the lock.
    let sent = Atomic<UInt64>(0)
    var begun: RequestReference?
    var tally = Tally()
    /// How many beginnings and ends of overflow there were to tell of, in turn, and how many were told.
    let noticesMade = Atomic<UInt64>(0)
    var noticesTold: UInt64 = 0
    var isOverflowing = false
    /// Threads that wait in a retrieval call. Those that wait for the queue as an object are in the header's.
    var getters = WaiterList()
    /// Threads that wait for room.
    var posters = WaiterList()
    /// The owning thread, where it waits for a reply and handles what is sent to it.
    var servers = WaiterList()
    var retrievers = Retrievers()
    /// Whether other processes may reach it.
    var isServed = false
    /// Reads what other processes write.
    var near: (any NearReader)?
    var procedure: MessageProcedure?
    var procedureContext: UnsafeMutableRawPointer?
    /// What ends the owning thread's wait for its queue: `QueueStatus` bits, and whether only what is new.
    var wakeMask = QueueStatus.all
    var wakesForNewOnly = false
    /// Where the pointer was seen last, x in the low half: stamped on messages.
    let pointerPosition = Atomic<UInt64>(0)
    private let otherGap = CacheGap()

    /// Written by the owning thread where it posts to itself, read by every poster: so apart from what it
    /// writes where it retrieves.
    let ownPosted = Atomic<UInt64>(0)
    private let thirdGap = CacheGap()

    // Written by the retrieving side, read by the other.
    let taken = Atomic<UInt64>(0)
    let takenBytes = Atomic<UInt64>(0)

    // Retrieving side.
    let takeLock = Lock()
    /// The queue's handle while messages may be taken from it. Guarded as its side.
    var takeHandle = Handle.invalid
    var lanes = Lanes()
    /// What had come when the owning thread last looked, at any messages and at all: what came later is new.
    var seen = Arrivals()
    var seenAll = Arrivals()
    /// How many retrievals of posted messages the owning thread may make before it looks elsewhere.
    var plainRetrievals = 0
    /// Who retrieved last.
    var lastRetriever: UInt64 = 0

    /// The thread whose own queue it is, and what belongs to that; set before the queue can be found.
    package var owner: ThreadReference?
    /// The system's number of it.
    var ownerID: UInt32 = 0
    var threadQueue: Unmanaged<ThreadQueue>?

    /// How many messages had come: from others, and from the owning thread.
    struct Arrivals: Equatable {
        var posted: UInt64 = 0
        var ownPosted: UInt64 = 0
    }

    /// What became of messages, beside being retrieved.
    struct Tally {
        var refused: UInt64 = 0
        var dropped: UInt64 = 0
        var replaced: UInt64 = 0
        var cancelled: UInt64 = 0
        var discarded: UInt64 = 0
        /// How many of these were delayed, and so never counted as posted.
        var neverPosted: UInt64 = 0
        /// How many posts met a full queue.
        var metFull: UInt64 = 0
    }

    init(itself: QueueReference) {
        target = unsafe TargetRecord(
            kind: MessageQueue.kind,
            dispatch: MessageQueue.dispatch,
            queue: itself
        )
        unsafe procedureContext = nil
        unsafe threadQueue = nil
    }
}

extension QueueRecord {
    /// How many messages have come to be retrieved.
    @inline(__always) var arrivals: UInt64 {
        posted.load(ordering: .acquiring) &+ ownPosted.load(ordering: .acquiring)
    }

    var arrived: Arrivals {
        Arrivals(
            posted: posted.load(ordering: .acquiring),
            ownPosted: ownPosted.load(ordering: .relaxed)
        )
    }

    /// Whether posted messages can be retrieved.
    var isHoldingPosted: Bool {
        arrivals &- withheld.load(ordering: .acquiring) != taken.load(ordering: .acquiring)
    }

    func isNoting(_ bits: UInt32) -> Bool {
        attention.load(ordering: .acquiring) & bits != 0
    }

    /// Under the lock.
    @inline(__always) func note(_ bits: UInt32) {
        let noted = attention.load(ordering: .relaxed)
        // Written once for many messages, so the retrieving side keeps it in its cache.
        if noted & bits != bits { attention.store(noted | bits, ordering: .releasing) }
    }

    /// Under the lock.
    func unnote(_ bits: UInt32) {
        attention.store(attention.load(ordering: .relaxed) & ~bits, ordering: .releasing)
    }
}

/// Keeps what lies before it and what lies behind it out of one line of the cache.
private struct CacheGap {
    private let line: InlineArray<8, UInt64> = InlineArray(repeating: 0)
}
