internal import RatCore
internal import RatSystem

/// The supply of chunks.
///
/// Each thread keeps some, so that posting and retrieving take no lock; what is too many for it goes, a batch
/// at a time, to the depot, where a thread that has none finds it.
enum ChunkPool {
    static let batchSize = 8
    /// What the depot keeps at most, in batches; what comes beyond that is the system's again.
    private static let depotLimit = 2048

    private static let depot = Depot(limit: depotLimit)

    /// How many chunks wait in the depot for a thread that needs some.
    static var idleCount: Int { depot.count * batchSize }

    /// A free chunk for the calling thread. Its head is what its last user left.
    static func take(_ thread: ThreadReference) -> ChunkReference {
        guard let chunk = unsafe ChunkReference(thread.record.freeChunks) else {
            return takeFromDepot(thread)
        }
        unsafe thread.record.freeChunks = chunk.head.next?.raw
        thread.record.freeChunkCount &-= 1
        return chunk
    }

    /// Takes a chunk back.
    static func giveBack(_ chunk: ChunkReference, _ thread: ThreadReference) {
        if thread.record.freeChunkCount == 2 * batchSize { sendBatch(thread) }
        if !thread.record.keepsChunks { mindExit(of: thread) }
        chunk.head.next = unsafe ChunkReference(thread.record.freeChunks)
        unsafe thread.record.freeChunks = chunk.raw
        thread.record.freeChunkCount &+= 1
    }

    @inline(never) private static func takeFromDepot(_ thread: ThreadReference) -> ChunkReference {
        guard let batch = unsafe ChunkReference(depot.take()) else { return .make() }
        if !thread.record.keepsChunks { mindExit(of: thread) }
        unsafe thread.record.freeChunks = batch.head.next?.raw
        thread.record.freeChunkCount = batchSize - 1
        return batch
    }

    /// The chunks that the thread was given last go.
    @inline(never) private static func sendBatch(_ thread: ThreadReference) {
        guard let first = unsafe ChunkReference(thread.record.freeChunks) else { return }
        var last = first
        for _ in 1..<batchSize {
            guard let next = last.head.next else { return }
            last = next
        }
        unsafe thread.record.freeChunks = last.head.next?.raw
        thread.record.freeChunkCount -= batchSize
        last.head.next = nil
        if unsafe !depot.keep(first.raw) { freeAll(first) }
    }

    private static func freeAll(_ first: ChunkReference?) {
        var chunk = first
        while let current = chunk {
            chunk = current.head.next
            current.free()
        }
    }

    private static func mindExit(of thread: ThreadReference) {
        thread.record.keepsChunks = true
        thread.callAtExit { thread in
            thread.record.keepsChunks = false
            unsafe freeAll(ChunkReference(thread.record.freeChunks))
            unsafe thread.record.freeChunks = nil
            thread.record.freeChunkCount = 0
        }
    }
}

extension ChunkReference {
    /// As a thread's record names it.
    @inline(__always) init?(_ raw: UnsafeMutableRawPointer?) {
        guard let raw = unsafe raw else { return nil }
        unsafe unsafePointer = raw.assumingMemoryBound(to: CellChunk.self)
    }

    @inline(__always) var raw: UnsafeMutableRawPointer {
        unsafe UnsafeMutableRawPointer(unsafePointer)
    }
}
