internal import Rat
internal import Testing

@Suite struct StateMachineTests {
    private enum Step: CaseIterable { case begin, suspend, end }

    /// Every row of so many steps.
    private func rows<Element>(of steps: [Element], count: Int) -> [[Element]] {
        guard count > 0 else { return [[]] }
        return rows(of: steps, count: count - 1).flatMap { row in steps.map { row + [$0] } }
    }

    @Test func aSuspendedTaskIsResumedOnceWhateverTheOrder() {
        for row in rows(of: Step.allCases, count: 7) {
            var machine = SuspensionStateMachine<Int>()
            var (waits, isSuspended, hasEnded) = (0, false, true)
            for step in row {
                switch step {
                case .begin where !isSuspended:
                    machine.begin()
                    hasEnded = false
                    waits += 1
                // A wait is begun once more only when the task runs again.
                case .begin: break
                case .suspend where !isSuspended:
                    let resumed = machine.suspend(waits)
                    #expect(resumed == (hasEnded ? waits : nil))
                    isSuspended = !hasEnded
                case .suspend: break
                case .end:
                    let resumed = machine.end()
                    #expect(resumed == (isSuspended ? waits : nil))
                    (isSuspended, hasEnded) = (false, true)
                }
            }
        }
    }

    private enum Event: CaseIterable { case didSend, cancel, finish }

    @Test func aSentMessageIsWithdrawnOrFinishedAndItsTaskResumedOnce() {
        for row in rows(of: Event.allCases, count: 6) {
            var machine = PendingReplyStateMachine<String>()
            let begins = machine.begin("task")
            #expect(begins)
            var (isSent, isCancelled, isOver) = (false, false, false)
            for event in row {
                switch event {
                case .didSend where isSent: break
                case .didSend:
                    let isWithdrawn = machine.didSend(5)
                    #expect(isWithdrawn == (isCancelled && !isOver))
                    isSent = true
                case .cancel where isCancelled: break
                case .cancel:
                    let withdrawn = machine.cancel()
                    #expect(withdrawn == (isSent && !isOver ? 5 : nil))
                    isCancelled = true
                case .finish:
                    let resumed = machine.finish()
                    #expect(resumed == (isOver ? nil : "task"))
                    isOver = true
                }
            }
        }
    }

    @Test func aTaskThatWasCancelledBeforeSendsNothing() {
        var machine = PendingReplyStateMachine<String>()
        let (withdrawn, begins) = (machine.cancel(), machine.begin("task"))
        #expect(withdrawn == nil && !begins)
    }
}
