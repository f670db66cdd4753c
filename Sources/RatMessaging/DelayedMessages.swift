/// The messages of one queue whose time has not come: a heap by that time, first posted first among
/// equals. Guarded as what contains it. A node's `heapPlace` is where.
struct DelayedMessages {
    private var heap: [NodeReference] = []
    private var turns: UInt64 = 0
    /// Orders messages of one time; beside the heap, because a node has room for its place only.
    private var turnOf: [UInt64] = []

    var count: Int { heap.count }
    var nextDue: UInt64 { heap.first?.node.due ?? .max }

    mutating func insert(_ node: NodeReference) {
        heap.append(node)
        turnOf.append(turns)
        turns += 1
        node.node.heapPlace = heap.count - 1
        siftUp(heap.count - 1)
    }

    mutating func remove(_ node: NodeReference) {
        let place = node.node.heapPlace
        exchange(place, heap.count - 1)
        heap.removeLast()
        turnOf.removeLast()
        guard place < heap.count else { return }
        siftUp(place)
        siftDown(place)
    }

    mutating func popFirst() -> NodeReference? {
        guard let node = heap.first else { return nil }
        remove(node)
        return node
    }

    /// Takes out those that `isUnwanted`, and hands each to `body`.
    mutating func removeAll(
        where isUnwanted: (NodeReference) -> Bool,
        _ body: (NodeReference) -> Void
    ) {
        for node in heap where isUnwanted(node) {
            remove(node)
            body(node)
        }
    }

    private func isSooner(_ left: Int, _ right: Int) -> Bool {
        (heap[left].node.due, turnOf[left]) < (heap[right].node.due, turnOf[right])
    }

    private mutating func exchange(_ left: Int, _ right: Int) {
        heap.swapAt(left, right)
        turnOf.swapAt(left, right)
        heap[left].node.heapPlace = left
        heap[right].node.heapPlace = right
    }

    private mutating func siftUp(_ start: Int) {
        var place = start
        while place > 0, isSooner(place, (place - 1) / 2) {
            exchange(place, (place - 1) / 2)
            place = (place - 1) / 2
        }
    }

    private mutating func siftDown(_ start: Int) {
        var place = start
        while true {
            var soonest = place
            for child in (place * 2 + 1)...(place * 2 + 2)
            where child < heap.count && isSooner(child, soonest) {
                soonest = child
            }
            guard soonest != place else { return }
            exchange(place, soonest)
            place = soonest
        }
    }
}
