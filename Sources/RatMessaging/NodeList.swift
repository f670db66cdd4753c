/// Nodes in a row, linked through themselves. Guarded as what contains it.
///
/// The first node's `previous` means nothing: taking the first one out leaves the next one's memory alone,
/// which another processor may have written last.
struct NodeList {
    private(set) var first: NodeReference?
    private(set) var last: NodeReference?

    var isEmpty: Bool { first == nil }

    @inline(__always) mutating func append(_ node: NodeReference) {
        node.node.next = nil
        node.node.previous = last
        if let last {
            last.node.next = node
        } else {
            first = node
        }
        last = node
    }

    @inline(__always) mutating func remove(_ node: NodeReference) {
        let next = node.node.next
        if first == node {
            first = next
            if next == nil { last = nil }
            return
        }
        let previous = node.node.previous
        previous?.node.next = next
        if let next { next.node.previous = previous } else { last = previous }
    }

    @inline(__always) mutating func popFirst() -> NodeReference? {
        guard let node = first else { return nil }
        remove(node)
        return node
    }

    /// The first node from the front that `isWanted`.
    func first(where isWanted: (NodeReference) -> Bool) -> NodeReference? {
        var node = first
        while let current = node {
            if isWanted(current) { return current }
            node = current.node.next
        }
        return nil
    }
}
