internal import RatCore
internal import Synchronization

/// The queued messages of one queue that can be found by a key or a token. Guarded by the queue's lock.
struct TrackedMessages {
    private struct Key: Hashable {
        let target: Handle
        let key: UInt64
    }

    private var byKey: [Key: NodeReference] = [:]
    private var byToken: [UInt64: NodeReference] = [:]

    /// Process-wide, so that one queue's token is none of another's.
    private static let lastToken = Atomic<UInt64>(0)

    var isEmpty: Bool { byKey.isEmpty && byToken.isEmpty }

    static func makeToken() -> UInt64 {
        lastToken.wrappingAdd(1, ordering: .relaxed).newValue
    }

    func node(token: UInt64) -> NodeReference? { byToken[token] }

    /// The newest message of that key and target.
    func node(key: UInt64, target: Handle) -> NodeReference? {
        byKey[Key(target: target, key: key)]
    }

    /// Remembers a node by its token, if it has one, and by `key`.
    mutating func add(_ node: NodeReference, key: UInt64?) {
        guard key != nil || node.node.token != 0 else { return }
        node.node.isTracked = true
        if node.node.token != 0 { byToken[node.node.token] = node }
        if let key {
            node.node.key = key
            byKey[Key(target: node.node.message.header.target, key: key)] = node
        }
    }

    /// Forgets a node, which may have had no key, or one that a newer node has by now.
    mutating func remove(_ node: NodeReference) {
        node.node.isTracked = false
        if node.node.token != 0 { byToken[node.node.token] = nil }
        let key = Key(target: node.node.message.header.target, key: node.node.key)
        if byKey[key] == node { byKey[key] = nil }
    }

    mutating func removeAll() {
        byKey = [:]
        byToken = [:]
    }
}
