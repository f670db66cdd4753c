package import RatCore
package import RatSystem

/// What posting does when the queue is full. The C interface's numbers.
package enum OverflowPolicy: UInt32, Sendable {
    case refuse = 0
    case wait = 1
    case dropOldest = 2
    case coalesce = 3
}

/// How a queue is to be.
package struct QueueOptions: Sendable {
    package var capacity = defaultCapacity
    package var byteBudget = Payload.defaultBudget
    package var policy = OverflowPolicy.refuse
    /// How long a post waits for room under `.wait`; `nil` for ever.
    package var waitMilliseconds: UInt32?
    /// How many others may be retrieved before the first message of a priority; 0 for any number.
    package var starvationLimit: UInt32 = 0
    /// The number of the message that tells of overflow; 0 for none.
    package var overflowMessage: UInt32 = 0

    package static let defaultCapacity = 10_000
    package static let maximumCapacity = 1 << 24

    package init(capacity: Int = defaultCapacity) {
        self.capacity = capacity
    }
}

/// How one message is posted.
package struct PostOptions: Sendable {
    /// How long to wait for room.
    package var deadline = Instant.distantPast
    /// When it may be retrieved, in nanoseconds of the monotonic clock; 0 for at once.
    package var notBefore: UInt64 = 0
    /// What it replaces; `nil` for nothing. Where the queue coalesces, the message's number stands in.
    package var key: UInt64?
    /// Whether it takes the place of a queued message of its key, or only where the queue is full.
    package var replaces = false
    /// Whether a token to cancel it by is wanted.
    package var wantsToken = false
    /// Which other process it came from, as the header says it.
    package var origin: UInt32 = 0
    /// Whether a message that is refused for want of room stays the caller's.
    var keepsRefused = false

    package init() {}
}

/// What a queue holds and what became of its messages; see the C interface's `RatQueueInfo`.
package struct QueueInfo: Sendable, Equatable {
    package var policy = OverflowPolicy.refuse
    package var capacity = 0
    package var byteBudget = 0
    package var queued = 0
    package var delayed = 0
    package var queuedBytes = 0
    package var requests = 0
    package var posted: UInt64 = 0
    package var retrieved: UInt64 = 0
    package var refused: UInt64 = 0
    package var dropped: UInt64 = 0
    package var replaced: UInt64 = 0
    package var cancelled: UInt64 = 0
    package var discarded: UInt64 = 0
    package var isOverflowing = false

    package init() {}
}

extension QueueOptions {
    /// The options with their defaults filled in.
    package func checked() throws(RatError) -> QueueOptions {
        guard capacity <= Self.maximumCapacity else { throw .invalidArgument }
        var options = self
        if capacity == 0 { options.capacity = Self.defaultCapacity }
        if byteBudget == 0 { options.byteBudget = Payload.defaultBudget }
        return options
    }
}
