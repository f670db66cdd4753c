import RatTestSupport
import Testing

@testable import RatCore

/// Waits against signals, closes and deadlines, in every order in which their steps can come.
@Suite struct WaitInterleavingTests {
    @Test func everySignalIsEitherTakenByTheWaitOrStillThere() throws {
        let count = try Choices.forEach { choices in
            let events = [try CountedEvent(), try CountedEvent()]
            let wait = SteppedWait(for: events.map(\.handle))
            let actions = [events[0].set, events[1].set, { wait.isLate = true }]
            choices.interleave([wait], actions)
            #expect(wait.outcome != nil)
            #expect(!wait.isLinkedAnywhere)
            for (index, event) in events.enumerated() {
                let taken = wait.outcome == .signaled(index) ? 1 : 0
                #expect(taken + (event.isSignaled ? 1 : 0) == event.signals)
            }
        }
        #expect(count > 400)
    }

    @Test func waitEndsByItselfAsSoonAsOneOfItsObjectsIsSignaled() throws {
        try Choices.forEach { choices in
            let events = [try CountedEvent(), try CountedEvent()]
            let wait = SteppedWait(for: events.map(\.handle))
            choices.interleave([wait], [events[0].set, events[1].set])
            guard case .signaled(let index) = wait.outcome else {
                Issue.record("the wait sleeps though both are signalled")
                return
            }
            #expect(!events[index].isSignaled)
            #expect(events[1 - index].isSignaled)
        }
    }

    @Test func closeEndsTheWaitUnlessASignalOrTheDeadlineDid() throws {
        var outcomes: [WaitOutcome] = []
        try Choices.forEach { choices in
            let events = [try CountedEvent(), try CountedEvent()]
            let wait = SteppedWait(for: events.map(\.handle))
            let actions = [events[0].close, events[1].set, { wait.isLate = true }]
            choices.interleave([wait], actions)
            let outcome = try #require(wait.outcome)
            if !outcomes.contains(outcome) { outcomes.append(outcome) }
            #expect(!wait.isLinkedAnywhere)
            #expect(events[1].isSignaled == (outcome != .signaled(1)))
        }
        #expect(outcomes.count == 3)
        for outcome in [WaitOutcome.failed(0), .signaled(1), .timedOut] {
            #expect(outcomes.contains(outcome))
        }
    }

    @Test func signalIsTakenByOneOfTwoWaits() throws {
        try Choices.forEach { choices in
            let event = try CountedEvent()
            let waits = [SteppedWait(for: [event.handle]), SteppedWait(for: [event.handle])]
            choices.interleave(waits, [event.set, { waits[0].isLate = true }])
            let taken = waits.filter { $0.outcome == .signaled(0) }.count
            #expect(taken + (event.isSignaled ? 1 : 0) == 1)
            // Who has no deadline sleeps on only if the other one took the signal.
            if waits[1].outcome == nil { #expect(waits[0].outcome == .signaled(0)) }
        }
    }

    @Test func twoSignalsEndTwoWaits() throws {
        try Choices.forEach { choices in
            let event = try CountedEvent()
            let waits = [SteppedWait(for: [event.handle]), SteppedWait(for: [event.handle])]
            choices.interleave(waits, [event.set, event.set])
            let taken = waits.filter { $0.outcome == .signaled(0) }.count
            #expect(taken == event.signals)
            #expect(!event.isSignaled)
        }
    }

    @Test func waitForAllTakesBothSignalsOrNone() throws {
        try Choices.forEach { choices in
            let events = [try CountedEvent(), try CountedEvent()]
            let wait = SteppedWait(for: events.map(\.handle), isForAll: true)
            let actions = [events[0].set, events[1].set, { wait.isLate = true }]
            choices.interleave([wait], actions)
            let outcome = try #require(wait.outcome)
            #expect(!wait.isLinkedAnywhere)
            for event in events { #expect(event.isSignaled == (outcome == .timedOut)) }
        }
    }

    @Test func waitForAllWithoutADeadlineEndsOnceAllAreSignaled() throws {
        try Choices.forEach { choices in
            let events = [try CountedEvent(), try CountedEvent()]
            let wait = SteppedWait(for: events.map(\.handle), isForAll: true)
            choices.interleave([wait], [events[0].set, events[1].set])
            #expect(wait.outcome == .signaled(0))
        }
    }

    @Test func waitForAllFailsWhenOneOfItsObjectsIsClosed() throws {
        try Choices.forEach { choices in
            let events = [try CountedEvent(), try CountedEvent()]
            let wait = SteppedWait(for: events.map(\.handle), isForAll: true)
            choices.interleave([wait], [events[0].set, events[1].close])
            #expect(wait.outcome == .failed(1))
            #expect(events[0].isSignaled)
            #expect(!wait.isLinkedAnywhere)
        }
    }

    @Test func waitForAllAndWaitForOneShareNoSignal() throws {
        let count = try Choices.forEach { choices in
            let events = [try CountedEvent(), try CountedEvent()]
            let all = SteppedWait(for: events.map(\.handle), isForAll: true)
            let one = SteppedWait(for: [events[0].handle])
            choices.interleave([all, one], [events[0].set, events[1].set])
            let takenByAll = all.outcome == .signaled(0)
            let takenByOne = one.outcome == .signaled(0)
            // There is one signal of the first event, and one of the two ends by it.
            #expect(takenByAll != takenByOne)
            #expect(!events[0].isSignaled)
            #expect(events[1].isSignaled == !takenByAll)
        }
        #expect(count > 1000)
    }
}
