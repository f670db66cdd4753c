internal import RatCore
internal import Synchronization

/// The queued messages of one queue that can be found by a key or a token. Guarded by the queue's lock.
///
/// Invariants: of one key and target one message at most is replaceable. Where the queue coalesces, every
/// message is tracked, and those of one key and target are a chain.
struct TrackedMessages {
    private struct Key: Hashable {
        let target: Handle
        let key: UInt64

        init(_ node: NodeReference) {
            target = node.node.message.header.target
            key = node.node.key
        }
    }

    private var replaceable: [Key: NodeReference] = [:]
    private var newest: [Key: NodeReference] = [:]
    private var byToken: [UInt64: NodeReference] = [:]

    /// Whether the queue does. Set before the first message comes.
    var coalesces = false

    /// Process-wide, so that one queue's token is none of another's.
    private static let lastToken = Atomic<UInt64>(0)

    var isEmpty: Bool { replaceable.isEmpty && newest.isEmpty && byToken.isEmpty }

    static func makeToken() -> UInt64 {
        lastToken.wrappingAdd(1, ordering: .relaxed).newValue
    }

    func node(token: UInt64) -> NodeReference? { byToken[token] }

    /// The message of the same key and target that was posted to be replaced.
    func replaceable(like node: NodeReference) -> NodeReference? { replaceable[Key(node)] }

    /// The newest message of the same key and target.
    func newest(like node: NodeReference) -> NodeReference? { newest[Key(node)] }

    /// Remembers a node whose key, token and bits are set, if anything is to find it.
    mutating func add(_ node: NodeReference) {
        guard coalesces || node.node.isReplaceable || node.node.token != 0 else { return }
        node.node.isTracked = true
        if node.node.token != 0 { byToken[node.node.token] = node }
        if node.node.isReplaceable { replaceable[Key(node)] = node }
        guard coalesces else { return }
        let older = newest.updateValue(node, forKey: Key(node))
        older?.node.newerOfKey = node
        node.node.olderOfKey = older
        node.node.newerOfKey = nil
    }

    /// Forgets a tracked node.
    mutating func remove(_ node: NodeReference) {
        node.node.isTracked = false
        if node.node.token != 0 { byToken[node.node.token] = nil }
        if node.node.isReplaceable { replaceable[Key(node)] = nil }
        guard coalesces else { return }
        let (older, newer) = (node.node.olderOfKey, node.node.newerOfKey)
        older?.node.newerOfKey = newer
        if let newer { newer.node.olderOfKey = older } else { newest[Key(node)] = older }
    }

    mutating func removeAll() {
        replaceable = [:]
        newest = [:]
        byToken = [:]
    }
}
