package import RatSystem

/// What a waiting thread can do for its own wait while other processes write what it waits for: read that itself,
/// instead of having another thread do it and being woken by that.
///
/// A wait begins, then reads, announces its sleep and reads again as often as it takes, then ends. Any number of threads
/// may do so at once.
package protocol NearReader: AnyObject, Sendable {
    /// A thread reads, without a wait.
    func passNear()
    func beginNear()
    func endNear()
    /// Reads what there is, as far as any thread may read it, which may decide the caller's wait. Whether there was
    /// something.
    func readNear() -> Bool
    /// Has the writers wake whoever sleeps on the words; `false` if there is something to read.
    func armNear(_ words: inout NearWords) -> Bool
    /// After the sleep.
    func disarmNear()
}

extension StableReference where Record == ThreadRecord {
    /// Sleeps until the wait is decided, there was something to read, or the deadline passes. Reads before and after.
    /// The wait is open again if nothing decided it.
    package func sleep(until deadline: Instant, near: any NearReader) {
        guard !near.readNear(), isOpenAfterLook(until: deadline, near) else { return }
        var words = NearWords()
        if near.armNear(&words), decideOwnWait(.parkedOnFutex) {
            let start = Instant.nowCoarse()
            words.wait(
                beside: record.waitWord,
                while: WaitState.parkedOnFutex.rawValue,
                until: deadline
            )
            reopen(from: .parkedOnFutex)
            noteSleep(since: start)
        }
        near.disarmNear()
        _ = near.readNear()
    }

    /// Looks at the wait and reads for a moment, if that has paid lately. Whether there was nothing.
    private func isOpenAfterLook(until deadline: Instant, _ near: any NearReader) -> Bool {
        let look = record.spinBudget.look
        guard look > 0, deadline != .distantPast, Processors.count > 1 else { return true }
        let end = min(deadline, Instant.now().advanced(byNanoseconds: look))
        repeat {
            if near.readNear() || !waitState.isUndecided {
                record.spinBudget.lookPaid()
                return false
            }
        } while Instant.now() < end
        record.spinBudget.lookWasInVain()
        return true
    }
}
