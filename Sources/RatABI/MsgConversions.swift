internal import CRat
internal import RatCore
internal import RatMessaging
internal import RatSystem

// The structs of ratmsg.h that say how, as the engine's. Each begins with its size, by which a later library
// will tell what its caller knows.

extension QueueOptions {
    /// The options, or the defaults where there are none.
    init(_ options: UnsafePointer<RatQueueOptions>?) throws(RatError) {
        guard let options = unsafe options?.pointee else {
            self.init()
            return
        }
        guard options.size == UInt32(MemoryLayout<RatQueueOptions>.size),
            // Sizes above half the address space arrive as negative numbers.
            options.capacity >= 0,
            let policy = OverflowPolicy(rawValue: options.overflow)
        else { throw .invalidArgument }
        self.init(capacity: options.capacity)
        byteBudget = options.byteBudget < 0 ? .max : options.byteBudget
        self.policy = policy
        waitMilliseconds = options.overflowWait_ms == .max ? nil : options.overflowWait_ms
        starvationLimit = options.starvationLimit
        overflowMessage = options.overflowMessage
    }
}

extension PostOptions {
    init(_ options: UnsafePointer<RatPostOptions>?) throws(RatError) {
        self.init()
        guard let options = unsafe options?.pointee else { return }
        guard options.size == UInt32(MemoryLayout<RatPostOptions>.size),
            options.flags & ~RAT_POST_REPLACE == 0
        else { throw .invalidArgument }
        deadline = Instant(timeoutMilliseconds: options.timeout_ms)
        notBefore = options.notBefore
        replaces = options.flags & RAT_POST_REPLACE != 0
        key = replaces || options.key != 0 ? options.key : nil
    }
}

extension MessageFilter {
    /// What the filter says, or all where there is none.
    @inline(__always) init(_ filter: UnsafePointer<RatMessageFilter>?) throws(RatError) {
        guard let filter = unsafe filter else {
            self = .all
            return
        }
        guard unsafe filter.pointee.size == UInt32(MemoryLayout<RatMessageFilter>.size) else {
            throw .invalidArgument
        }
        try unsafe self.init(
            handle: filter.pointee.target,
            first: filter.pointee.first,
            last: filter.pointee.last,
            classes: filter.pointee.classes
        )
    }
}

extension RatQueueInfo {
    init(_ info: QueueInfo) {
        self.init()
        size = UInt32(MemoryLayout<RatQueueInfo>.size)
        overflow = info.policy.rawValue
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
        discarded = info.discarded
        overflowing = info.isOverflowing ? 1 : 0
    }
}
