internal import RatCore
internal import RatSystem
internal import Synchronization

/// The supply of nodes.
///
/// Each thread keeps those that it gave back last, which are in its cache, so that posting and retrieving
/// take no lock. What it cannot keep goes home: to its slab, a run of nodes side by side. A slab that has all
/// its nodes again goes to a thread that needs some, which takes them one after the other; so messages that
/// go from thread to thread lie in memory as they were posted, and the processor sees the next one coming.
enum NodePool {
    /// A thread keeps up to two batches.
    static let batchSize = 64
    /// Nodes of a slab; its head has the place of one more.
    static let slabSize = 63
    /// What the depot keeps at most; slabs beyond that are the system's again.
    private static let depotLimit = 2048
    private static let nodeStride = MemoryLayout<MessageNode>.stride
    private static let slabStride = 16 << 10

    /// At the start of a slab. Nodes find it by their address.
    @safe private struct SlabHead: ~Copyable {
        /// How many of its nodes are not home.
        let away = Atomic<Int>(NodePool.slabSize)
        /// The depot's.
        private let link: UInt = 0
    }

    /// Slabs that are whole.
    private static let depot = Depot(limit: depotLimit)
    /// How many slabs there are, there and elsewhere.
    private static let slabs = Atomic<Int>(0)

    /// How many nodes exist, and how many of them lie in whole slabs.
    static var census: (existing: Int, idle: Int) {
        let idle = depot.count
        return (slabs.load(ordering: .relaxed) * slabSize, idle * slabSize)
    }

    /// A free node for the calling thread. Its fields are what its last user left.
    @inline(__always) static func take(_ thread: ThreadReference) -> NodeReference {
        guard let node = unsafe NodeReference(thread.record.freeNodes) else {
            return takeFromSlab(thread)
        }
        unsafe thread.record.freeNodes = node.node.next?.raw
        thread.record.freeNodeCount &-= 1
        return node
    }

    /// Takes a node back, whose payload is nobody's any more.
    @inline(__always) static func giveBack(_ node: NodeReference, _ thread: ThreadReference) {
        if thread.record.freeNodeCount == batchSize { changeBatch(thread) }
        node.node.next = unsafe NodeReference(thread.record.freeNodes)
        unsafe thread.record.freeNodes = node.raw
        thread.record.freeNodeCount &+= 1
    }

    /// The same with its payload.
    static func discard(_ node: NodeReference, _ thread: ThreadReference) {
        node.freePayload()
        giveBack(node, thread)
    }

    @inline(never) private static func takeFromSlab(_ thread: ThreadReference) -> NodeReference {
        if let spare = unsafe thread.record.spareNodeBatch {
            unsafe thread.record.spareNodeBatch = nil
            unsafe thread.record.freeNodes = spare
            thread.record.freeNodeCount = batchSize
            return take(thread)
        }
        if thread.record.slabNodeCount == 0 {
            mindExit(of: thread)
            let slab = unsafe depot.take()?.assumingMemoryBound(to: SlabHead.self) ?? makeSlab()
            unsafe slab.pointee.away.store(slabSize, ordering: .relaxed)
            unsafe thread.record.slabNodes = UnsafeMutableRawPointer(slab) + nodeStride
            thread.record.slabNodeCount = slabSize
        }
        thread.record.slabNodeCount -= 1
        // There is one, so there is memory.
        let memory = unsafe thread.record.slabNodes.unsafelyUnwrapped
        unsafe thread.record.slabNodes = memory + nodeStride
        return unsafe NodeReference(memory: memory.assumingMemoryBound(to: MessageNode.self))
    }

    private static func makeSlab() -> UnsafeMutablePointer<SlabHead> {
        let memory = UnsafeMutableRawPointer.allocate(
            byteCount: slabStride,
            alignment: slabStride
        )
        for place in 1...slabSize {
            unsafe (memory + place * nodeStride).bindMemory(to: MessageNode.self, capacity: 1)
                .initialize(to: MessageNode())
        }
        let slab = unsafe memory.bindMemory(to: SlabHead.self, capacity: 1)
        unsafe slab.initialize(to: SlabHead())
        slabs.add(1, ordering: .relaxed)
        return unsafe slab
    }

    /// The thread has a whole batch: it becomes the spare one, and the spare one before it goes home.
    @inline(never) private static func changeBatch(_ thread: ThreadReference) {
        mindExit(of: thread)
        let spare = unsafe NodeReference(thread.record.spareNodeBatch)
        unsafe thread.record.spareNodeBatch = thread.record.freeNodes
        unsafe thread.record.freeNodes = nil
        thread.record.freeNodeCount = 0
        sendHome(spare)
    }

    /// Gives nodes back to their slabs, runs of one slab at once.
    private static func sendHome(_ chain: NodeReference?) {
        var node = chain
        var (home, count) = (UInt(0), 0)
        while let current = node {
            node = current.node.next
            let itsHome = unsafe UInt(bitPattern: current.raw) & ~UInt(slabStride - 1)
            if itsHome != home {
                come(count, to: home)
                (home, count) = (itsHome, 0)
            }
            count += 1
        }
        come(count, to: home)
    }

    private static func come(_ count: Int, to home: UInt) {
        guard count > 0, let slab = unsafe UnsafeMutablePointer<SlabHead>(bitPattern: home)
        else { return }
        let away = unsafe slab.pointee.away.wrappingSubtract(
            count,
            ordering: .acquiringAndReleasing
        ).newValue
        guard away == 0, unsafe !depot.keep(slab) else { return }
        slabs.subtract(1, ordering: .relaxed)
        unsafe slab.deallocate()
    }

    private static func mindExit(of thread: ThreadReference) {
        guard !thread.record.keepsNodes else { return }
        thread.record.keepsNodes = true
        thread.callAtExit { thread in
            thread.record.keepsNodes = false
            unsafe sendHome(NodeReference(thread.record.freeNodes))
            unsafe sendHome(NodeReference(thread.record.spareNodeBatch))
            if thread.record.slabNodeCount > 0 {
                let home = unsafe UInt(bitPattern: thread.record.slabNodes) & ~UInt(slabStride - 1)
                come(thread.record.slabNodeCount, to: home)
            }
            unsafe thread.record.freeNodes = nil
            unsafe thread.record.spareNodeBatch = nil
            unsafe thread.record.slabNodes = nil
            thread.record.freeNodeCount = 0
            thread.record.slabNodeCount = 0
        }
    }
}
