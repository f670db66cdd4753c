internal import RatCore
internal import RatSystem
internal import Synchronization

/// A message on its way that is more than its head, or was sent, with its place in whatever list it is in.
///
/// A node belongs to one holder at a time: to who fills it in, to the queue it is in, to the thread that
/// retrieved it. It is handed on under the lock of what hands it on, so its fields need none.
///
/// Four lines of the cache: on its way to another processor each line is what it costs most, so what few
/// messages need lies behind the first two.
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

    /// Where it stands among what is posted, in the inbox or the lanes.
    var cell: CellReference?
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
    @inline(__always) var messagePointer: UnsafePointer<Message> {
        let offset = MemoryLayout<MessageNode>.offset(of: \.message)
        return unsafe (UnsafeRawPointer(unsafePointer) + offset.unsafelyUnwrapped)
            .assumingMemoryBound(to: Message.self)
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
    func fill(
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
        let room = unsafe size <= Payload.inlineSize ? inlineBytes : PayloadBuffers.make(size)
        unsafe room.copyMemory(from: source, byteCount: size)
        unsafe node.message.unsafePayload = room
    }

    /// Frees a payload that does not travel inside the node.
    @inline(__always) func freePayload() {
        if node.message.header.size > Payload.inlineSize {
            guard let payload = unsafe node.message.unsafePayload else { return }
            unsafe PayloadBuffers.free(payload, size)
        }
    }
}
