import RatCore
import RatSystem
import RatTestSupport
import Testing

@testable import RatIPC

@Suite struct EventTests {
    private func isSignaled(_ event: Handle) throws -> Bool {
        try Objects.withLocked(event) { object in
            unsafe object.record.kind.behavior.isSignaled(object, ThreadRecord.current)
        }
    }

    private func take(_ event: Handle) -> WaitOutcome {
        Wait.forOne(event, until: .distantPast, source: nil)
    }

    @Test(arguments: [false, true], [false, true])
    func eventStartsAsItWasAskedFor(isManualReset: Bool, isSignaled: Bool) throws {
        let event = try Event.create(isManualReset: isManualReset, isSignaled: isSignaled)
        #expect(try self.isSignaled(event) == isSignaled)
        #expect(event.kind == .event)
        try Objects.close(event)
    }

    @Test(arguments: [false, true])
    func signalStaysUntilItIsTakenOrReset(isManualReset: Bool) throws {
        let event = try Event.create(isManualReset: isManualReset, isSignaled: false)
        #expect(take(event) == .timedOut)
        try Event.set(event)
        try Event.set(event)
        #expect(try isSignaled(event))
        #expect(take(event) == .signaled(0))
        // Two sets are one signal.
        #expect(take(event) == (isManualReset ? .signaled(0) : .timedOut))
        try Event.set(event)
        try Event.reset(event)
        #expect(take(event) == .timedOut)
        try Event.reset(event)
        #expect(take(event) == .timedOut)
        try Objects.close(event)
    }

    @Test func signalThatAWaiterTakesIsNotLeftBehind() throws {
        let event = try Event.create(isManualReset: false, isSignaled: false)
        let waiter = TestThread {
            Wait.forOne(event, until: Patience.deadline, source: nil)
        }
        try waiter.waitUntilParked()
        try Event.set(event)
        #expect(try !isSignaled(event))
        #expect(try waiter.join() == .signaled(0))
        try Objects.close(event)
    }

    @Test func closedEventIsRefused() throws {
        let event = try Event.create(isManualReset: false, isSignaled: true)
        try Objects.close(event)
        #expect(throws: RatError.invalidHandle) { try Event.set(event) }
        #expect(throws: RatError.invalidHandle) { try Event.reset(event) }
        #expect(throws: RatError.invalidHandle) { try Objects.close(event) }
        #expect(take(event) == .failed(0))
    }

    @Test func handleOfAnotherKindIsRefused() throws {
        let event = try Event.create(isManualReset: true, isSignaled: false)
        let other = Handle(rawValue: event.rawValue ^ (3 << 37))
        for handle in [other, .invalid] {
            #expect(throws: RatError.invalidHandle) { try Event.set(handle) }
            #expect(throws: RatError.invalidHandle) { try Event.reset(handle) }
            #expect(throws: RatError.invalidHandle) { try Objects.close(handle) }
        }
        try Objects.close(event)
    }

    @Test func recordOfAClosedEventStartsAfreshForTheNext() throws {
        for round in 0..<10 {
            let event = try Event.create(isManualReset: round % 2 == 0, isSignaled: false)
            #expect(take(event) == .timedOut)
            try Event.set(event)
            try Objects.close(event)
        }
    }

    @Test func retainedEventLivesUntilItsLastClose() throws {
        let event = try Event.create(isManualReset: false, isSignaled: false)
        try Objects.retain(event)
        try Objects.close(event)
        try Event.set(event)
        #expect(take(event) == .signaled(0))
        try Objects.close(event)
        #expect(throws: RatError.invalidHandle) { try Event.set(event) }
    }
}
