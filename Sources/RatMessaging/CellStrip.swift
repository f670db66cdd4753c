internal import RatCore

/// A run of cells side by side, and its place among those of a strip.
struct CellChunk {
    /// Its neighbours in a strip; in the supply, the next one of a batch, and what
    /// links batches in the depot.
    var next: ChunkReference?
    var previous: ChunkReference?
    /// The cells from `start` to before `end` are in use, or were; `live` of them are.
    var start: Int32 = 0
    var end: Int32 = 0
    var live: Int32 = 0
}

/// Names a chunk. Who holds it may use it, nobody else.
@safe struct ChunkReference {
    let unsafePointer: UnsafeMutablePointer<CellChunk>

    /// Chunks lie at multiples of this, so that a cell's address tells which is its own.
    static let stride = 4096
    private static let cellStride = MemoryLayout<MessageCell>.stride
    /// A line for the head; and two words of each stride are the allocator's own.
    static let capacity = Int32((stride - 16) / cellStride - 1)

    static func make() -> ChunkReference {
        let memory = UnsafeMutableRawPointer.allocate(byteCount: stride - 16, alignment: stride)
        unsafe (memory + cellStride).bindMemory(to: MessageCell.self, capacity: Int(capacity))
        let head = unsafe memory.bindMemory(to: CellChunk.self, capacity: 1)
        unsafe head.initialize(to: CellChunk())
        return unsafe ChunkReference(unsafePointer: head)
    }

    func free() { unsafe unsafePointer.deallocate() }

    /// The chunk that a cell lies in.
    @inline(__always) static func of(_ cell: CellReference) -> ChunkReference {
        let address = unsafe UInt(bitPattern: cell.unsafePointer) & ~UInt(stride - 1)
        let head = unsafe UnsafeMutablePointer<CellChunk>(bitPattern: address)
        // A cell's address is above its chunk's, which is above 0.
        return unsafe ChunkReference(unsafePointer: head.unsafelyUnwrapped)
    }

    var head: CellChunk {
        @inline(__always) unsafeAddress { unsafe UnsafePointer(unsafePointer) }
        @inline(__always) nonmutating unsafeMutableAddress { unsafe unsafePointer }
    }

    @inline(__always) subscript(place: Int32) -> CellReference {
        let bytes = unsafe UnsafeMutableRawPointer(unsafePointer)
        let cell = unsafe bytes + (Int(place) &+ 1) &* Self.cellStride
        return unsafe CellReference(unsafe: cell.assumingMemoryBound(to: MessageCell.self))
    }

    /// Where in its chunk a cell lies.
    @inline(__always) static func place(of cell: CellReference) -> Int32 {
        let address = unsafe UInt(bitPattern: cell.unsafePointer) & UInt(stride - 1)
        return Int32(truncatingIfNeeded: Int(address) / cellStride &- 1)
    }
}

/// Cells in the order in which they came. Guarded as what contains it.
///
/// A cell stays where it is until it goes. One that goes from the middle leaves a gap, which is passed over,
/// and a chunk of nothing but gaps goes too. So a processor that reads what another wrote reads one line after
/// the other, which it sees coming.
///
/// Invariants: every chunk has a live cell; the first cell of the first chunk in use is live.
struct CellStrip {
    private(set) var first: ChunkReference?
    private(set) var last: ChunkReference?
    private(set) var count = 0

    @inline(__always) var isEmpty: Bool { first == nil }

    /// The first cell.
    @inline(__always) var firstCell: CellReference? {
        guard let first else { return nil }
        return first[first.head.start]
    }

    /// A new last cell, for the caller to fill.
    @inline(__always) mutating func append(_ thread: ThreadReference) -> CellReference {
        count &+= 1
        guard let last, last.head.end < ChunkReference.capacity else { return appendChunk(thread) }
        let cell = last[last.head.end]
        last.head.end &+= 1
        last.head.live &+= 1
        return cell
    }

    @inline(never) private mutating func appendChunk(_ thread: ThreadReference) -> CellReference {
        let chunk = ChunkPool.take(thread)
        chunk.head = CellChunk(next: nil, previous: last, start: 0, end: 1, live: 1)
        if let last { last.head.next = chunk } else { first = chunk }
        last = chunk
        return chunk[0]
    }

    /// Appends all of another strip, whose cells stay where they are.
    mutating func append(_ other: CellStrip) {
        guard let last, let otherFirst = other.first else {
            if isEmpty { self = other }
            return
        }
        last.head.next = otherFirst
        otherFirst.head.previous = last
        self.last = other.last
        count &+= other.count
    }

    /// Takes the first cell out, which there is.
    @inline(__always) mutating func removeFirst(_ thread: ThreadReference) {
        guard let first else { return }
        count &-= 1
        first.head.live &-= 1
        first.head.start &+= 1
        if first.head.live == 0 {
            unlink(first, thread)
        } else if first[first.head.start].cell.content == .taken {
            passGaps(first)
        }
    }

    /// Takes out any cell of this strip.
    @inline(__always) mutating func remove(_ cell: CellReference, _ thread: ThreadReference) {
        if cell == firstCell { removeFirst(thread) } else { removeLater(cell, thread) }
    }

    @inline(never) private mutating func removeLater(
        _ cell: CellReference,
        _ thread: ThreadReference
    ) {
        let chunk = ChunkReference.of(cell)
        cell.cell.content = .taken
        count &-= 1
        chunk.head.live &-= 1
        if chunk.head.live == 0 { unlink(chunk, thread) }
    }

    @inline(never) private func passGaps(_ chunk: ChunkReference) {
        while chunk[chunk.head.start].cell.content == .taken { chunk.head.start &+= 1 }
    }

    @inline(never) private mutating func unlink(_ chunk: ChunkReference, _ thread: ThreadReference)
    {
        let (previous, next) = (chunk.head.previous, chunk.head.next)
        if let previous { previous.head.next = next } else { first = next }
        if let next {
            next.head.previous = previous
            if previous == nil { passGaps(next) }
        } else {
            last = previous
        }
        ChunkPool.giveBack(chunk, thread)
    }

    /// Takes all cells out at once.
    mutating func removeAll(_ thread: ThreadReference) {
        var chunk = first
        while let current = chunk {
            chunk = current.head.next
            ChunkPool.giveBack(current, thread)
        }
        self = CellStrip()
    }

    /// The cell after one that is in the strip, or was until a moment ago and its chunk still is.
    @inline(__always) func cell(after cell: CellReference) -> CellReference? {
        var chunk = ChunkReference.of(cell)
        var place = ChunkReference.place(of: cell) &+ 1
        while true {
            while place < chunk.head.end {
                let next = chunk[place]
                if next.cell.content != .taken { return next }
                place &+= 1
            }
            guard let next = chunk.head.next else { return nil }
            chunk = next
            place = next.head.start
        }
    }

    /// The first cell from the front that `isWanted`.
    func first(where isWanted: (CellReference) -> Bool) -> CellReference? {
        var cell = firstCell
        while let current = cell {
            if isWanted(current) { return current }
            cell = self.cell(after: current)
        }
        return nil
    }
}
