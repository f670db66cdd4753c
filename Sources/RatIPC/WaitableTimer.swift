package import RatCore
package import RatSystem

/// The memory of one waitable timer.
struct WaitableTimerRecord: ObjectRecord, ~Copyable {
    var header: ObjectHeader
    // Guarded by `header.lock`.
    var isManualReset = false
    /// When it is signalled; `.distantFuture` while it is not set.
    var due = Instant.distantFuture
    /// Nanoseconds; 0 for once.
    var period: UInt64 = 0

    init() {
        header = ObjectHeader(kind: WaitableTimer.kind)
    }
}

/// Timers that can be waited for. Nothing runs while they do: a timer is signalled when the clock says so,
/// and whoever waits for it sleeps until then.
///
/// A periodic timer that resets automatically is due at its first time plus whole periods, whenever it is
/// waited for: it does not drift, and periods that nobody waited for count as one.
package enum WaitableTimer {
    private static let pool = StablePool<WaitableTimerRecord>(recordsPerSlab: 64)

    static let kind = ObjectKind(Behavior.self, isTimed: true)

    private enum Behavior: ObjectBehavior {
        static func isSignaled(_ object: ObjectReference, _: ThreadReference) -> Bool {
            timer(object).record.due <= Instant.now()
        }

        static func consume(_ object: ObjectReference, _: ThreadReference) -> Bool {
            let timer = timer(object)
            if !timer.record.isManualReset {
                timer.record.due = next(timer.record.due, timer.record.period, Instant.now())
            }
            return true
        }

        static func nextDeadline(_ object: ObjectReference) -> Instant { timer(object).record.due }

        static func recycle(_ object: ObjectReference) { pool.giveBack(timer(object)) }
    }

    /// A timer that is not set, to be closed with `Objects.close`.
    package static func create(isManualReset: Bool) throws(RatError) -> Handle {
        let timer = unsafe pool.take { memory in
            unsafe memory.initialize(to: WaitableTimerRecord())
        }
        timer.record.isManualReset = isManualReset
        timer.record.due = .distantFuture
        timer.record.period = 0
        do throws(RatError) {
            return try Objects.publish(timer, as: .timer)
        } catch {
            pool.giveBack(timer)
            throw error
        }
    }

    /// Sets or resets the timer; it is not signalled before `due`.
    package static func set(
        _ handle: Handle,
        due: Instant,
        periodNanoseconds period: UInt64
    ) throws(RatError) {
        guard handle.isOfKind(.timer) else { throw .invalidHandle }
        try Objects.withLocked(handle) { object in
            let timer = timer(object)
            timer.record.due = due
            timer.record.period = period
            // Those who sleep until the old time have to sleep until the new one.
            timer.record.header.waiters.pokeAll()
        }
    }

    /// The first time after `now` that is whole periods after `due`; never for a timer without a period.
    static func next(_ due: Instant, _ period: UInt64, _ now: Instant) -> Instant {
        guard period > 0, now >= due else { return .distantFuture }
        let periods = (now.nanoseconds - due.nanoseconds) / period + 1
        let (delta, tooLong) = periods.multipliedReportingOverflow(by: period)
        let (moment, tooLate) = due.nanoseconds.addingReportingOverflow(delta)
        return tooLong || tooLate ? .distantFuture : Instant(nanoseconds: moment)
    }

    /// The object must be a timer.
    private static func timer(_ object: ObjectReference) -> StableReference<WaitableTimerRecord> {
        unsafe StableReference(
            unsafe: object.raw.assumingMemoryBound(to: WaitableTimerRecord.self)
        )
    }
}
