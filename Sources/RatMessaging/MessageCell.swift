internal import RatCore

/// A posted message in its queue: one line of the cache.
///
/// It holds the message itself, if that is all there is to it. A payload, a key, a token or a time need a
/// node; then the cell says where that is, and what a filter asks for.
struct MessageCell {
    enum Content: UInt8 {
        /// Nothing any more.
        case taken
        case message
        case node
    }

    var target: Handle
    /// Of a message in a node, the node's address.
    var wparam: UInt
    var lparam: Int
    var sender: Handle
    var time: UInt64
    var position: UInt64
    var message: UInt32
    var lane: UInt8
    var content: Content
    /// The next one for the same target, where a queue is indexed by targets.
    var nextOfTarget: CellReference?
}

/// Names a cell that is in a strip.
@safe struct CellReference: Equatable {
    let unsafePointer: UnsafeMutablePointer<MessageCell>

    @inline(__always) init(unsafe pointer: UnsafeMutablePointer<MessageCell>) {
        unsafe unsafePointer = pointer
    }

    var cell: MessageCell {
        @inline(__always) unsafeAddress { unsafe UnsafePointer(unsafePointer) }
        @inline(__always) nonmutating unsafeMutableAddress { unsafe unsafePointer }
    }

    static func == (left: Self, right: Self) -> Bool {
        unsafe left.unsafePointer == right.unsafePointer
    }

    /// What carries the message, if it is not the cell.
    @inline(__always) var node: NodeReference? {
        guard cell.content == .node else { return nil }
        return unsafe NodeReference(UnsafeMutableRawPointer(bitPattern: cell.wparam))
    }

    var size: Int { node?.size ?? 0 }

    /// Fills it with a message that has no payload.
    @inline(__always) func fill(
        from message: UnsafePointer<Message>,
        target: Handle,
        lane: Int,
        time: UInt64,
        position: UInt64
    ) {
        let header = unsafe message.pointee.header
        cell.target = target
        cell.wparam = header.wparam
        cell.lparam = header.lparam
        cell.sender = header.sender
        cell.time = time
        cell.position = position
        cell.message = header.message
        cell.lane = UInt8(truncatingIfNeeded: lane)
        cell.content = .message
    }

    /// Fills it with what a node carries, which then knows where it is.
    func fill(from node: NodeReference) {
        cell.target = node.node.message.header.target
        cell.wparam = unsafe UInt(bitPattern: node.raw)
        cell.message = node.node.message.header.message
        cell.lane = node.node.lane
        cell.content = .node
        node.node.cell = self
    }

    /// Fills it with what another cell holds, which is to go.
    func fill(movingFrom other: CellReference) {
        cell = other.cell
        node?.node.cell = self
    }

    /// Gives the message, if the cell holds it.
    @inline(__always) func read(into message: UnsafeMutablePointer<Message>) {
        unsafe message.pointee.header.message = cell.message
        unsafe message.pointee.header.wparam = cell.wparam
        unsafe message.pointee.header.lparam = cell.lparam
        unsafe message.pointee.header.sender = cell.sender
        unsafe message.pointee.header.size = 0
        unsafe message.pointee.header.priority = Lane.priority(index: Int(cell.lane))
        unsafe message.pointee.header.flags = 0
        unsafe message.pointee.header.origin = 0
        unsafe message.pointee.header.target = cell.target
        unsafe message.pointee.header.time = cell.time
        unsafe message.pointee.header.x = Int32(truncatingIfNeeded: cell.position)
        unsafe message.pointee.header.y = Int32(truncatingIfNeeded: cell.position >> 32)
        unsafe message.pointee.header.token = 0
        unsafe message.pointee.unsafePayload = nil
    }
}

extension MessageFilter {
    @inline(__always) func admits(_ cell: CellReference) -> Bool {
        admits(number: cell.cell.message) && admits(target: cell.cell.target)
    }
}
