#if X11

/// Turns the server's 32-bit milliseconds into nanoseconds of CLOCK_MONOTONIC.
///
/// A local server counts that very clock. Another one's is set against ours when the first event
/// arrives. The count wraps every 49 days, so each time is read as the one nearest to the time before.
struct ServerClock {
    private var last: UInt64?
    private var offset: Int64 = 0

    /// `now` is CLOCK_MONOTONIC in nanoseconds. 0, CurrentTime, is what a synthetic event may have.
    mutating func nanoseconds(of time: UInt32, now: UInt64) -> UInt64 {
        guard time != 0 else { return now }
        let nowMilliseconds = now / 1_000_000
        let count = extend(time, near: last ?? nowMilliseconds)
        let age = Int64(nowMilliseconds) - Int64(count) - offset
        // Later on only a time from the future is wrong: the clocks have run apart, as by a suspend.
        let isOff = last == nil ? !(0...Self.oldest).contains(age) : age < -Self.oldest
        if isOff { offset = Int64(nowMilliseconds) - Int64(count) }
        last = count
        return UInt64(max(0, Int64(count) + offset)) * 1_000_000
    }

    /// How late a first event may be for the clocks to count as the same; in milliseconds.
    private static let oldest: Int64 = 10_000

    private func extend(_ time: UInt32, near reference: UInt64) -> UInt64 {
        let distance = Int64(Int32(bitPattern: time &- UInt32(truncatingIfNeeded: reference)))
        return UInt64(max(0, Int64(reference) + distance))
    }
}

#endif
