internal import RatSystem

extension Duration {
    /// Whole nanoseconds: none for what is not positive, the most there can be for what is longer.
    var nanoseconds: UInt64 {
        guard self > .zero else { return 0 }
        let (seconds, attoseconds) = components
        let (whole, isLonger) = UInt64(seconds).multipliedReportingOverflow(by: 1_000_000_000)
        let (sum, isTooLong) = whole.addingReportingOverflow(UInt64(attoseconds / 1_000_000_000))
        return isLonger || isTooLong ? .max : sum
    }

    /// Milliseconds, rounded up, so that no wait is shorter than asked for.
    var milliseconds: UInt32 {
        guard self > .zero else { return 0 }
        let (seconds, attoseconds) = components
        let part = (attoseconds + 999_999_999_999_999) / 1_000_000_000_000_000
        let (whole, isTooLong) = seconds.multipliedReportingOverflow(by: 1000)
        return isTooLong
            ? .max : UInt32(clamping: whole.addingReportingOverflow(part).partialValue)
    }
}

/// When a timeout that starts now is over; never without one.
func deadline(_ timeout: Duration?) -> Instant {
    guard let timeout else { return .distantFuture }
    guard timeout > .zero else { return .distantPast }
    let now = Instant.now().nanoseconds
    let (end, isNever) = timeout.nanoseconds.addingReportingOverflow(now)
    return isNever ? .distantFuture : Instant(nanoseconds: end)
}
