internal import RatCore

/// What WM_COPYDATA's second parameter points to. Field for field the C interface's `RatCopyData`.
///
/// To another thread it travels with its bytes: who gave up waiting, or was answered early, may free them
/// while the window still looks.
@safe package struct CopyData {
    package var data: UInt
    package var size: UInt32
    package var bytes: UnsafeRawPointer?

    package init(data: UInt, size: UInt32, bytes: UnsafeRawPointer?) {
        self.data = data
        self.size = size
        unsafe self.bytes = bytes
    }

    /// Where the bytes begin that travel with it.
    private static let headSize = 32

    /// What a message for a window has to copy; `nil` for all others.
    static func taken(
        from message: UnsafePointer<Message>,
        for target: Handle
    ) throws(RatError) -> CopyData? {
        guard unsafe message.pointee.header.message == QueueMessage.copyData,
            target.isOfKind(.window),
            let given = unsafe UnsafePointer<CopyData>(
                bitPattern: message.pointee.header.lparam
            )
        else { return nil }
        let data = unsafe given.pointee
        guard Int(data.size) <= Payload.maximumSize - headSize,
            unsafe data.size == 0 || data.bytes != nil
        else { throw .invalidArgument }
        return data
    }

    /// Makes it the payload of a message, whose parameter points to it there.
    func move(into node: NodeReference) {
        node.freePayload()
        let total = Self.headSize + Int(size)
        let room =
            unsafe total <= Payload.inlineSize ? node.inlineBytes : PayloadBuffers.make(total)
        var head = self
        unsafe head.bytes = nil
        if size > 0, let bytes = unsafe bytes {
            let copy = unsafe room + Self.headSize
            unsafe copy.copyMemory(from: bytes, byteCount: Int(size))
            unsafe head.bytes = UnsafeRawPointer(copy)
        }
        unsafe room.initializeMemory(as: CopyData.self, to: head)
        node.node.message.header.size = UInt32(total)
        unsafe node.node.message.unsafePayload = room
        node.node.message.header.lparam = Int(bitPattern: room)
    }
}
