package import RatCore
internal import RatSystem

/// The payloads that one thread has retrieved and may still look at, as a row of their nodes.
///
/// One for each queue: the next retrieval from that queue replaces it, unless a dispatch of its message is
/// running, or it was retained. Used by its thread only, outlives the queues.
enum Holds {
    /// Takes over a node that carries a payload.
    static func keep(_ node: NodeReference, from queue: Handle, _ thread: ThreadReference) {
        node.node.queue = queue
        node.node.isReplaced = false
        node.node.isRetained = false
        node.node.dispatches = 0
        link(node, thread)
    }

    /// Takes over the node of a message that is handled inside a retrieval, until `endDispatch`.
    static func keepDuringCall(_ node: NodeReference, _ thread: ThreadReference) {
        node.node.queue = .invalid
        node.node.isReplaced = true
        node.node.isRetained = false
        node.node.dispatches = 1
        link(node, thread)
    }

    /// Ends the hold on what was retrieved from `queue` before, and on what came from queues that are
    /// closed: nothing else would ever replace that.
    @inline(__always) static func replace(_ queue: Handle, _ thread: ThreadReference) {
        if unsafe thread.record.heldNodes != nil { replaceHeld(queue, thread) }
    }

    private static func replaceHeld(_ queue: Handle, _ thread: ThreadReference) {
        var node = first(thread)
        while let current = node {
            node = current.node.next
            guard !current.node.isReplaced,
                current.node.queue == queue || HandleTable.lookup(current.node.queue) == nil
            else { continue }
            current.node.isReplaced = true
            if current.node.dispatches == 0 { end(current, thread) }
        }
    }

    /// Keeps a payload while a message that carries it is dispatched. `nil` if the thread does not hold it,
    /// as that of a message which was only looked at; then no end is owed.
    static func beginDispatch(
        of payload: UnsafeMutableRawPointer,
        _ thread: ThreadReference
    ) -> NodeReference? {
        guard let node = unsafe find(payload, thread), node.node.dispatches < .max else {
            return nil
        }
        node.node.dispatches += 1
        return node
    }

    static func endDispatch(of node: NodeReference, _ thread: ThreadReference) {
        node.node.dispatches -= 1
        if node.node.dispatches == 0, node.node.isReplaced { end(node, thread) }
    }

    static func find(
        _ payload: UnsafeMutableRawPointer,
        _ thread: ThreadReference
    ) -> NodeReference? {
        var node = first(thread)
        while let current = node {
            if unsafe current.node.message.unsafePayload == payload { return current }
            node = current.node.next
        }
        return nil
    }

    /// Hands a payload that was just retrieved over to the caller, with its node.
    static func giveUp(
        _ payload: UnsafeMutableRawPointer,
        _ thread: ThreadReference
    ) -> NodeReference? {
        guard let node = unsafe find(payload, thread) else { return nil }
        unlink(node, thread)
        return node
    }

    private static func first(_ thread: ThreadReference) -> NodeReference? {
        unsafe NodeReference(thread.record.heldNodes)
    }

    private static func link(_ node: NodeReference, _ thread: ThreadReference) {
        if !thread.record.keepsHolds { mindExit(of: thread) }
        let first = first(thread)
        node.node.previous = nil
        node.node.next = first
        first?.node.previous = node
        unsafe thread.record.heldNodes = node.raw
    }

    private static func unlink(_ node: NodeReference, _ thread: ThreadReference) {
        let (previous, next) = (node.node.previous, node.node.next)
        next?.node.previous = previous
        if let previous {
            previous.node.next = next
        } else {
            unsafe thread.record.heldNodes = next?.raw
        }
    }

    private static func end(_ node: NodeReference, _ thread: ThreadReference) {
        unlink(node, thread)
        if node.node.isRetained, RetainedPayloads.takeOver(node) { return }
        NodePool.discard(node, thread)
    }

    private static func mindExit(of thread: ThreadReference) {
        thread.record.keepsHolds = true
        thread.callAtExit { thread in
            thread.record.keepsHolds = false
            while let node = first(thread) { end(node, thread) }
        }
    }
}

/// The payloads that were retained, by their addresses, whoever releases them.
package enum RetainedPayloads {
    private struct Entry {
        let node: NodeReference
        var count = 1
        /// Whether its thread still holds it besides.
        var isHeld = true
    }

    /// Sendable: every field is guarded by `lock`.
    private final class State: ForkParticipant, @unchecked Sendable {
        let lock = Lock()
        var entries: [UInt: Entry] = [:]

        init() {
            Fork.register(self)
        }

        func lockForFork() { lock.lock() }

        func unlockAfterFork() { lock.unlock() }

        func startAnewInChild() { lock.unlock() }
    }

    private static let state = State()

    package static func retain(_ payload: UnsafeMutableRawPointer?) throws(RatError) {
        guard let payload = unsafe payload else { throw .notFound }
        let address = UInt(bitPattern: payload)
        state.lock.lock()
        defer { state.lock.unlock() }
        if var entry = state.entries[address] {
            entry.count += 1
            state.entries[address] = entry
            return
        }
        guard let thread = ThreadRecord.currentIfAny,
            let node = unsafe Holds.find(payload, thread)
        else { throw .notFound }
        node.node.isRetained = true
        state.entries[address] = Entry(node: node)
    }

    package static func release(_ payload: UnsafeMutableRawPointer?) throws(RatError) {
        let address = UInt(bitPattern: payload)
        state.lock.lock()
        guard var entry = state.entries[address] else {
            state.lock.unlock()
            throw .notFound
        }
        let isOver = entry.count == 1
        if isOver {
            state.entries[address] = nil
        } else {
            entry.count -= 1
            state.entries[address] = entry
        }
        state.lock.unlock()
        if isOver, !entry.isHeld { NodePool.discard(entry.node, ThreadRecord.current) }
    }

    /// Takes a node over from the thread that held it; `false` if nobody retains it any more.
    static func takeOver(_ node: NodeReference) -> Bool {
        let payload = unsafe node.node.message.unsafePayload
        let address = UInt(bitPattern: payload)
        state.lock.lock()
        defer { state.lock.unlock() }
        guard var entry = state.entries[address] else { return false }
        entry.isHeld = false
        state.entries[address] = entry
        return true
    }
}

/// What a thread's peeks show of payloads: a copy, so that others may retrieve, cancel or replace the message.
enum PeekBuffer {
    static func copy(of node: NodeReference, for thread: ThreadReference)
        -> UnsafeMutableRawPointer?
    {
        let size = node.size
        guard size > 0, let payload = unsafe node.node.message.unsafePayload else { return nil }
        if thread.record.peekBufferSize < size { grow(to: size, thread) }
        guard let buffer = unsafe thread.record.peekBuffer else { return nil }
        unsafe buffer.copyMemory(from: payload, byteCount: size)
        return unsafe buffer
    }

    private static func grow(to size: Int, _ thread: ThreadReference) {
        if let buffer = unsafe thread.record.peekBuffer {
            unsafe buffer.deallocate()
        } else {
            thread.callAtExit { thread in
                unsafe thread.record.peekBuffer?.deallocate()
                unsafe thread.record.peekBuffer = nil
                thread.record.peekBufferSize = 0
            }
        }
        let room = max(size, 256)
        unsafe thread.record.peekBuffer = PayloadBuffers.make(room)
        thread.record.peekBufferSize = room
    }
}
