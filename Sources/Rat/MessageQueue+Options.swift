internal import RatCore
internal import RatMessaging

extension MessageQueue {
    /// How a queue is to be.
    public struct Options: Sendable {
        /// Most messages held at once; 0 selects 10,000, the most is 2^24.
        public var capacity: Int
        /// Most bytes of payload held at once; 0 selects 64 MiB.
        public var byteBudget = 0
        /// What posting does when either is reached.
        public var overflow: Overflow
        /// 0 retrieves higher priorities always first. With n, a message that is the first of its priority is
        /// retrieved after at most n + 7 others.
        public var starvationLimit = 0
        /// The number of a message that is retrieved ahead of posted ones when the queue begins to overflow
        /// (`wparam` 1), and when it is down to half its capacity again (`wparam` 0); its `lparam` is how many
        /// posts met a full queue so far. `nil` for none.
        public var overflowMessage: UInt32?

        /// The defaults, but for what is given.
        public init(capacity: Int = 0, overflow: Overflow = .refuse) {
            self.capacity = capacity
            self.overflow = overflow
        }
    }

    /// What posting does when the queue is full.
    public enum Overflow: Sendable, Equatable {
        /// Throws `.noResources`.
        case refuse
        /// Waits for room, for ever or so long, and throws `.timedOut`. Blocks the thread.
        case wait(Duration? = nil)
        /// Drops the oldest message of the lowest priority there is, unless that is above the new one's.
        case dropOldest
        /// Takes the place of the newest queued message of the same key, which is the number where none is
        /// given; throws `.noResources` if there is none.
        case coalesce
    }

    /// What a queue holds, and what became of its messages. At any moment `posted` is the sum of `retrieved`,
    /// `dropped`, `replaced`, `cancelled`, `queued` and `delayed`.
    public struct Info: Sendable, Equatable {
        /// Most messages held at once.
        public let capacity: Int
        /// Most bytes of payload held at once.
        public let byteBudget: Int
        /// Posted messages that can be retrieved.
        public let queued: Int
        /// Posted messages whose time has not come.
        public let delayed: Int
        /// Bytes of payload of both.
        public let queuedBytes: Int
        /// Requests that nobody has retrieved yet.
        public let requests: Int
        /// Posts that were accepted, ever.
        public let posted: UInt64
        /// Posted messages that were retrieved, ever.
        public let retrieved: UInt64
        /// Posts that met a full queue and failed, ever.
        public let refused: UInt64
        /// Messages dropped by `.dropOldest`, ever.
        public let dropped: UInt64
        /// Messages whose place another of their key took, ever.
        public let replaced: UInt64
        /// Messages cancelled while queued, ever.
        public let cancelled: UInt64
        /// Whether a post has met a full queue that was not half empty since.
        public let isOverflowing: Bool

        init(_ info: QueueInfo) {
            capacity = info.capacity
            byteBudget = info.byteBudget
            queued = info.queued
            delayed = info.delayed
            queuedBytes = info.queuedBytes
            requests = info.requests
            posted = info.posted
            retrieved = info.retrieved
            refused = info.refused
            dropped = info.dropped
            replaced = info.replaced
            cancelled = info.cancelled
            isOverflowing = info.isOverflowing
        }
    }
}

extension MessageQueue.Options {
    func engine() throws(RatError) -> QueueOptions {
        guard capacity >= 0, byteBudget >= 0, let limit = UInt32(exactly: starvationLimit) else {
            throw RatError(.invalidArgument)
        }
        var options = QueueOptions(capacity: capacity)
        options.byteBudget = byteBudget
        options.starvationLimit = limit
        options.overflowMessage = overflowMessage ?? 0
        switch overflow {
        case .refuse: options.policy = .refuse
        case .wait(let timeout):
            options.policy = .wait
            options.waitMilliseconds = timeout?.milliseconds
        case .dropOldest: options.policy = .dropOldest
        case .coalesce: options.policy = .coalesce
        }
        return options
    }
}
