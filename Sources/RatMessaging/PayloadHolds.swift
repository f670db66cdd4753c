internal import RatCore
internal import RatSystem

/// The payloads that one thread has retrieved and may still look at.
///
/// One per queue: the next retrieval from that queue replaces it, unless a dispatch of its message is
/// running, which keeps it until it returns. Owned by its thread, outlives the queues.
@safe final class PayloadHolds {
    @safe private struct Hold {
        let queue: Handle
        let payload: UnsafeMutableRawPointer
        let isInline: Bool
        var dispatches = 0
        var isReplaced = false
    }

    private var holds: [Hold] = []
    /// Buffers of `Payload.inlineSize` that no hold uses.
    private var spares: [UnsafeMutableRawPointer] = unsafe []
    /// What a peek shows of a payload that travels inside the queue.
    private let peekBuffer = unsafe PayloadHolds.makeBuffer(Payload.inlineSize)

    /// The calling thread's, made at the first call.
    static func ofThread(_ thread: ThreadReference) -> PayloadHolds {
        if let existing = ifAny(thread) { return existing }
        let holds = PayloadHolds()
        unsafe thread.record.holdSlot = Unmanaged.passRetained(holds).toOpaque()
        thread.callAtExit { thread in
            guard let slot = unsafe thread.record.holdSlot else { return }
            unsafe thread.record.holdSlot = nil
            unsafe Unmanaged<PayloadHolds>.fromOpaque(slot).release()
        }
        return holds
    }

    static func ifAny(_ thread: ThreadReference) -> PayloadHolds? {
        guard let slot = unsafe thread.record.holdSlot else { return nil }
        return unsafe Unmanaged<PayloadHolds>.fromOpaque(slot).takeUnretainedValue()
    }

    deinit {
        for hold in holds { unsafe hold.payload.deallocate() }
        for index in unsafe spares.indices { unsafe spares[index].deallocate() }
        unsafe peekBuffer.deallocate()
    }

    static func makeBuffer(_ size: Int) -> UnsafeMutableRawPointer {
        UnsafeMutableRawPointer.allocate(byteCount: size, alignment: Payload.alignment)
    }

    /// Ends the hold on what was retrieved from `queue` before.
    func replace(_ queue: Handle) {
        for index in holds.indices
        where holds[index].queue == queue && !holds[index].isReplaced {
            if holds[index].dispatches > 0 {
                holds[index].isReplaced = true
            } else {
                free(index)
            }
            break
        }
        // Nothing replaces what came from a queue that is closed; it goes with the next retrieval of all.
        guard holds.count > 1 else { return }
        for index in holds.indices.reversed()
        where holds[index].queue != queue && holds[index].dispatches == 0
            && HandleTable.lookup(holds[index].queue) == nil
        {
            free(index)
        }
    }

    /// Takes over an entry's payload, which is not empty, and returns where it is from now on.
    func keep(
        _ entry: UnsafeMutablePointer<MessageEntry>,
        from queue: Handle
    ) -> UnsafeMutableRawPointer {
        let size = unsafe Int(entry.pointee.message.header.size)
        if size > Payload.inlineSize, let payload = unsafe entry.pointee.message.unsafePayload {
            unsafe holds.append(Hold(queue: queue, payload: payload, isInline: false))
            return unsafe payload
        }
        let buffer = unsafe spares.popLast() ?? Self.makeBuffer(Payload.inlineSize)
        unsafe copyInline(entry, to: buffer, size: size)
        unsafe holds.append(Hold(queue: queue, payload: buffer, isInline: true))
        return unsafe buffer
    }

    /// Shows an entry's payload without taking it.
    func show(_ entry: UnsafeMutablePointer<MessageEntry>) -> UnsafeMutableRawPointer? {
        let size = unsafe Int(entry.pointee.message.header.size)
        if size > Payload.inlineSize { return unsafe entry.pointee.message.unsafePayload }
        unsafe copyInline(entry, to: peekBuffer, size: size)
        return unsafe peekBuffer
    }

    /// Keeps a payload while a message that carries it is dispatched. `false` if the thread does not hold it,
    /// as that of a message which was only looked at; then no end is owed.
    func beginDispatch(of payload: UnsafeMutableRawPointer) -> Bool {
        for index in holds.indices where unsafe holds[index].payload == payload {
            holds[index].dispatches += 1
            return true
        }
        return false
    }

    func endDispatch(of payload: UnsafeMutableRawPointer) {
        for index in holds.indices where unsafe holds[index].payload == payload {
            holds[index].dispatches -= 1
            if holds[index].dispatches == 0 && holds[index].isReplaced { free(index) }
            return
        }
    }

    private func copyInline(
        _ entry: UnsafeMutablePointer<MessageEntry>,
        to buffer: UnsafeMutableRawPointer,
        size: Int
    ) {
        unsafe withUnsafeBytes(of: &entry.pointee.inlinePayload) { bytes in
            guard let source = bytes.baseAddress else { return }
            unsafe buffer.copyMemory(from: source, byteCount: size)
        }
    }

    private func free(_ index: Int) {
        let hold = holds.remove(at: index)
        if hold.isInline {
            unsafe spares.append(hold.payload)
        } else {
            unsafe hold.payload.deallocate()
        }
    }
}
