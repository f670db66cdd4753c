internal import RatCore
internal import RatSystem
internal import Synchronization

/// One message on its way, with its place in whatever list it is in.
///
/// A node belongs to one holder at a time: to who fills it in, to the queue it is in, to the thread that
/// retrieved it. It is handed on under the lock of what hands it on, so its fields need none.
///
/// Four lines of the cache. A message that is posted, queued and retrieved plainly touches the first two
/// only: on its way to another processor each line is what it costs most.
struct MessageNode {
    /// Which list of its queue it is in. Of a tracked node it changes under the queue's lock only.
    enum Place: UInt8 {
        case nowhere
        case inbox
        case lanes
        case delayed
    }

    var next: NodeReference?
    var previous: NodeReference?
    /// What a sent message awaits its reply with; `nil` for one that was posted, or sent as a notice.
    var request: RequestReference?
    var lane: UInt8 = 0
    var place = Place.nowhere
    /// Whether the queue can find it by its key or its token.
    var isTracked = false
    /// Whether it was posted to be replaced by another of its key.
    var isReplaceable = false
    /// A retrieved payload: that a later retrieval has ended its life, but for what still keeps it.
    var isReplaced = false
    /// A retrieved payload: that it was retained, so that `RetainedPayloads` decides when it goes.
    var isRetained = false
    /// A retrieved payload: how many running dispatches keep it.
    var dispatches: UInt16 = 0

    var message = Message(MessageHeader(message: 0))
    /// What cancels it; 0 for nothing.
    var token: UInt64 = 0

    /// Its neighbours among the messages of one target, where a queue is indexed by targets.
    var nextOfTarget: NodeReference?
    var previousOfTarget: NodeReference?
    /// A tracked node: its neighbours among those of its key.
    var olderOfKey: NodeReference?
    var newerOfKey: NodeReference?
    /// What `RAT_POST_REPLACE` and `RAT_OVERFLOW_COALESCE` compare.
    var key: UInt64 = 0
    /// When a delayed message is due, and its place in the heap.
    var due: UInt64 = 0
    var heapPlace = 0
    /// A retrieved payload: which queue it came from.
    var queue = Handle.invalid

    var inlinePayload: (SIMD16<UInt8>, SIMD16<UInt8>, SIMD16<UInt8>, SIMD16<UInt8>)

    init() {
        inlinePayload = (.zero, .zero, .zero, .zero)
    }
}

/// Names a node. Who holds it may use it, nobody else.
@safe struct NodeReference: Equatable {
    let unsafePointer: UnsafeMutablePointer<MessageNode>

    var node: MessageNode {
        @inline(__always) unsafeAddress { unsafe UnsafePointer(unsafePointer) }
        @inline(__always) nonmutating unsafeMutableAddress { unsafe unsafePointer }
    }

    static func == (left: Self, right: Self) -> Bool {
        unsafe left.unsafePointer == right.unsafePointer
    }

    init(memory: UnsafeMutablePointer<MessageNode>) {
        unsafe unsafePointer = memory
    }

    /// As a thread's record names it.
    @inline(__always) init?(_ raw: UnsafeMutableRawPointer?) {
        guard let raw = unsafe raw else { return nil }
        unsafe unsafePointer = raw.assumingMemoryBound(to: MessageNode.self)
    }

    @inline(__always) var raw: UnsafeMutableRawPointer {
        unsafe UnsafeMutableRawPointer(unsafePointer)
    }

    @inline(__always) var size: Int { Int(node.message.header.size) }

    /// Where the message is.
    @inline(__always) var messageBytes: UnsafeRawPointer {
        let offset = MemoryLayout<MessageNode>.offset(of: \.message)
        return unsafe UnsafeRawPointer(unsafePointer) + offset.unsafelyUnwrapped
    }

    /// Whether it waits for the sender's function to be called. A sent message that awaits its reply has the
    /// request's token, also when the request is over by the time that it is handled.
    var isCompletion: Bool { node.request != nil && node.message.header.token == 0 }

    /// Where the payload is if it travels inside the node.
    @inline(__always) var inlineBytes: UnsafeMutableRawPointer {
        let offset = MemoryLayout<MessageNode>.offset(of: \.inlinePayload)
        // A stored property of a struct without classes has an offset.
        return unsafe UnsafeMutableRawPointer(unsafePointer) + offset.unsafelyUnwrapped
    }

    /// Fills in a node that was just taken from the pool, from a message that was checked.
    @inline(__always) func fill(
        from message: UnsafePointer<Message>,
        _ size: Int,
        target: Handle,
        _ queue: QueueReference?
    ) {
        unsafe node.message.header = message.pointee.header
        node.message.header.stamp(
            target: target,
            time: Instant.nowCoarse().nanoseconds,
            position: queue?.record.pointerPosition.load(ordering: .relaxed) ?? 0
        )
        // What was checked is what travels, whatever the sender's memory says by now.
        node.message.header.size = UInt32(size)
        node.request = nil
        node.token = 0
        unsafe fillPayload(message.pointee.unsafePayload, size)
    }

    /// Copies `size` bytes of payload into the node.
    @inline(__always) func fillPayload(_ source: UnsafeMutableRawPointer?, _ size: Int) {
        guard size > 0, let source = unsafe source else {
            unsafe node.message.unsafePayload = nil
            return
        }
        unsafe fillSomePayload(source, size)
    }

    @inline(never) private func fillSomePayload(_ source: UnsafeMutableRawPointer, _ size: Int) {
        let room = unsafe size <= Payload.inlineSize ? inlineBytes : Payload.makeBuffer(size)
        unsafe room.copyMemory(from: source, byteCount: size)
        unsafe node.message.unsafePayload = room
    }

    /// Frees a payload that does not travel inside the node.
    @inline(__always) func freePayload() {
        if node.message.header.size > Payload.inlineSize {
            unsafe node.message.unsafePayload?.deallocate()
        }
    }
}

/// The supply of nodes. Each thread keeps some, so that posting and retrieving take no lock; whole batches
/// go through a depot, for threads that only post and threads that only retrieve.
enum NodePool {
    static let batchSize = 64
    /// What the depot keeps at most; nodes beyond that are the system's again.
    private static let depotLimit = 1024

    /// Chains of free nodes. Sendable: every field is guarded by `lock`.
    private final class Depot: ForkParticipant, @unchecked Sendable {
        let lock = Lock()
        var batches: [NodeReference] = []

        init() {
            batches.reserveCapacity(NodePool.depotLimit)
            Fork.register(self)
        }

        func lockForFork() { lock.lock() }

        func unlockAfterFork() { lock.unlock() }

        func startAnewInChild() { lock.unlock() }
    }

    private static let depot = Depot()

    /// How many nodes exist.
    static let existing = Atomic<Int>(0)

    /// A free node for the calling thread. Its fields are what its last user left.
    @inline(__always) static func take(_ thread: ThreadReference) -> NodeReference {
        guard let node = unsafe NodeReference(thread.record.freeNodes) else {
            return refill(thread)
        }
        unsafe thread.record.freeNodes = node.node.next?.raw
        thread.record.freeNodeCount &-= 1
        return node
    }

    /// Takes a node back, whose payload is nobody's any more.
    @inline(__always) static func giveBack(_ node: NodeReference, _ thread: ThreadReference) {
        if thread.record.freeNodeCount == batchSize { return giveBackBatch(node, thread) }
        guard let first = unsafe NodeReference(thread.record.freeNodes) else {
            return startBatch(node, thread)
        }
        node.node.next = first
        unsafe thread.record.freeNodes = node.raw
        thread.record.freeNodeCount &+= 1
    }

    /// The same with its payload.
    static func discard(_ node: NodeReference, _ thread: ThreadReference) {
        node.freePayload()
        giveBack(node, thread)
    }

    @inline(never) private static func refill(_ thread: ThreadReference) -> NodeReference {
        mindExit(of: thread)
        if let spare = unsafe thread.record.spareNodeBatch {
            unsafe thread.record.spareNodeBatch = nil
            unsafe thread.record.freeNodes = spare
            thread.record.freeNodeCount = batchSize
            return take(thread)
        }
        depot.lock.lock()
        let batch = depot.batches.popLast()
        depot.lock.unlock()
        if let batch {
            unsafe thread.record.freeNodes = batch.raw
            thread.record.freeNodeCount = batchSize
            return take(thread)
        }
        let memory = unsafe UnsafeMutableRawPointer.allocate(
            byteCount: MemoryLayout<MessageNode>.stride,
            alignment: 64
        ).bindMemory(to: MessageNode.self, capacity: 1)
        unsafe memory.initialize(to: MessageNode())
        existing.wrappingAdd(1, ordering: .relaxed)
        return unsafe NodeReference(memory: memory)
    }

    @inline(never) private static func startBatch(_ node: NodeReference, _ thread: ThreadReference)
    {
        mindExit(of: thread)
        node.node.next = nil
        unsafe thread.record.freeNodes = node.raw
        thread.record.freeNodeCount = 1
    }

    /// The thread has a whole batch: it becomes the spare one, and the spare one before it the depot's.
    @inline(never) private static func giveBackBatch(
        _ node: NodeReference,
        _ thread: ThreadReference
    ) {
        let spare = unsafe thread.record.spareNodeBatch
        unsafe thread.record.spareNodeBatch = thread.record.freeNodes
        startBatch(node, thread)
        guard let batch = unsafe NodeReference(spare) else { return }
        depot.lock.lock()
        let isKept = depot.batches.count < depotLimit
        if isKept { depot.batches.append(batch) }
        depot.lock.unlock()
        if !isKept { free(batch) }
    }

    private static func free(_ chain: NodeReference?) {
        var node = chain
        while let current = node {
            node = current.node.next
            unsafe current.unsafePointer.deallocate()
            existing.wrappingSubtract(1, ordering: .relaxed)
        }
    }

    private static func mindExit(of thread: ThreadReference) {
        guard !thread.record.keepsNodes else { return }
        thread.record.keepsNodes = true
        thread.callAtExit { thread in
            thread.record.keepsNodes = false
            unsafe free(NodeReference(thread.record.freeNodes))
            unsafe free(NodeReference(thread.record.spareNodeBatch))
            unsafe thread.record.freeNodes = nil
            unsafe thread.record.spareNodeBatch = nil
            thread.record.freeNodeCount = 0
        }
    }
}
