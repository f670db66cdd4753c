internal import RatCore
internal import RatIPC

/// A count that each wait takes one from, and that never exceeds its maximum. Signalled while it is above 0.
public final class Semaphore: Waitable {
    /// What the library knows the semaphore by.
    public let handle: WaitHandle

    /// A semaphore with that count. Throws `.invalidArgument` unless 0 <= `count` <= `maximum` and
    /// 1 <= `maximum` < 2^32.
    public init(_ count: Int = 0, maximum: Int = Int(UInt32.max)) throws(RatError) {
        guard let count = UInt32(exactly: count), let maximum = UInt32(exactly: maximum) else {
            throw RatError(.invalidArgument)
        }
        handle = WaitHandle(
            try call { () throws(RatCore.RatError) in
                try RatIPC.Semaphore.create(count: count, maximum: maximum)
            }
        )
    }

    deinit {
        // Nobody else has the handle, so it is open until here.
        try? Objects.close(handle.engine)
    }

    /// Adds to the count, which releases as many waiters, and gives the count before. Throws `.noResources` if
    /// it would exceed the maximum, and `.invalidArgument` for less than 1; nothing is added then.
    @discardableResult public func release(_ count: Int = 1) throws(RatError) -> Int {
        guard count > 0 else { throw RatError(.invalidArgument) }
        guard let count = UInt32(exactly: count) else { throw RatError(.noResources) }
        let previous = try call { () throws(RatCore.RatError) in
            try RatIPC.Semaphore.release(handle.engine, by: count)
        }
        return Int(previous)
    }
}
