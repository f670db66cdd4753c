import RatIPC
import RatSystem
import RatTestSupport
import Testing

@testable import RatCore

@Suite struct ThreadRecordTests {
    private static let pool = StablePool<ThreadRecord>(recordsPerSlab: 8)

    private func makeRecord() -> ThreadReference {
        unsafe Self.pool.take { memory in unsafe memory.initialize(to: ThreadRecord()) }
    }

    private let decisions: [WaitState] = [.granted(0), .granted(9_999), .failed(3), .withdrawn]

    @Test func statesTellTheirIndexAndAreAllDifferent() {
        for index in [UInt32(0), 1, 9_999] {
            #expect(WaitState.granted(index).index == Int(index))
            #expect(WaitState.failed(index).index == Int(index))
            #expect(WaitState.granted(index).isGranted && !WaitState.granted(index).isFailed)
            #expect(WaitState.failed(index).isFailed && !WaitState.failed(index).isGranted)
        }
        let undecided: [WaitState] = [.open, .parkedOnFutex, .parkedInPoll]
        for state in undecided {
            #expect(state.isUndecided && !state.isGranted && !state.isFailed)
        }
        for state in decisions { #expect(!state.isUndecided) }
        #expect(Set((undecided + decisions).map(\.rawValue)).count == 7)
    }

    @Test func onlyTheFirstDecisionCounts() {
        let thread = makeRecord()
        for first in decisions {
            for second in decisions {
                thread.beginWait()
                #expect(thread.decideWait(first).isDecided)
                let (isDecided, needsWake) = thread.decideWait(second)
                #expect(!isDecided && !needsWake)
                #expect(!thread.decideOwnWait(second))
                #expect(thread.waitState == first)
            }
        }
    }

    @Test func onlyASleeperOnItsFutexHasToBeWoken() {
        let thread = makeRecord()
        for (parked, needsWake) in [
            (WaitState.open, false), (.parkedOnFutex, true), (.parkedInPoll, false),
        ] {
            thread.beginWait()
            if parked != .open { #expect(thread.decideOwnWait(parked)) }
            let decision = thread.decideWait(.granted(1))
            #expect(decision.isDecided)
            #expect(decision.needsWake == needsWake)
        }
    }

    @Test func threadThatWakesForNothingWaitsOn() {
        let thread = makeRecord()
        thread.beginWait()
        #expect(thread.decideOwnWait(.parkedOnFutex))
        thread.reopen(from: .parkedOnFutex)
        #expect(thread.waitState == .open)
        #expect(thread.decideOwnWait(.parkedOnFutex))
        #expect(thread.decideWait(.failed(2)).isDecided)
        thread.reopen(from: .parkedOnFutex)
        #expect(thread.waitState == .failed(2))
    }

    /// A budget that has the thread look for as long as any does.
    private var eager: SpinBudget {
        var budget = SpinBudget()
        while budget.look == 0 { budget.didSleep(isShort: true) }
        return budget
    }

    @Test func waitThatNothingDecidesIsLookedAtAndOpenAgain() {
        let thread = makeRecord()
        thread.record.spinBudget = eager
        thread.beginWait()
        thread.sleep(until: Instant.now().advanced(byNanoseconds: 1_000))
        #expect(thread.waitState == .open)
        let phase = thread.record.spinBudget.phase
        #expect(phase == (Processors.count > 1 ? .resting : .trying))
    }

    @Test func waitThatIsDecidedDuringTheLookPaysForIt() {
        let thread = makeRecord()
        thread.record.spinBudget = eager
        thread.beginWait()
        #expect(thread.decideWait(.granted(1)).isDecided)
        thread.sleep(until: .distantFuture)
        #expect(thread.waitState == .granted(1))
        let phase = thread.record.spinBudget.phase
        #expect(phase == (Processors.count > 1 ? .hopeful : .trying))
    }

    @Test func waitThatMustNotLastIsNotLookedAt() {
        let thread = makeRecord()
        thread.record.spinBudget = eager
        thread.beginWait()
        thread.sleep(until: .distantPast)
        #expect(thread.waitState == .open)
        #expect(thread.record.spinBudget.phase == .trying)
    }

    @Test func sleepLongerThanATickLeadsToNoLook() {
        let thread = makeRecord()
        thread.beginWait()
        let before = thread.record.spinBudget
        thread.sleep(until: Instant.now().advanced(byMilliseconds: 12))
        #expect(thread.record.spinBudget == before)
    }

    @Test func threadHasOneRecordUntilItEnds() throws {
        let isSame = try onThreadOfItsOwn {
            ThreadRecord.current == ThreadRecord.current
                && ThreadRecord.currentIfAny == ThreadRecord.current
        }
        #expect(isSame)
    }

    @Test func handlersRunWhenTheThreadEndsTheLastOneFirst() throws {
        let order = Guarded<[Int]>([])
        try onThreadOfItsOwn {
            for number in 1...3 {
                ThreadRecord.current.callAtExit { thread in
                    let isOwn = ThreadRecord.currentIfAny == thread
                    order.withLock { $0.append(isOwn ? number : -number) }
                }
            }
            #expect(order.current.isEmpty)
        }
        #expect(order.current == [3, 2, 1])
    }

    /// A source with a descriptor, as a display is.
    private final class Source: WaitSource {
        private let eventDescriptor: EventDescriptor
        var onRefresh: () -> Void = {}

        init() throws(Errno) {
            eventDescriptor = try EventDescriptor()
        }

        var descriptor: CInt? { eventDescriptor.rawValue }
        var nextDeadline: Instant { .distantFuture }
        func prepareToSleep() -> Bool { true }
        func refresh() { onRefresh() }
    }

    @Test func waitBesideADescriptorIsEndedByASignal() throws {
        let event = try Event.create(isManualReset: false, isSignaled: false)
        defer { try? Objects.close(event) }
        let waiter = TestThread { () -> WaitOutcome in
            guard let source = try? Source() else { return .failed(nil) }
            // Twice: a wake that comes late must not end the wait after it.
            let first = Wait.forOne(event, until: Patience.deadline, source: source)
            guard first == .signaled(0) else { return first }
            return Wait.forAny([event], until: Patience.deadline, source: source)
        }
        for _ in 0..<2 {
            #expect(Patience.until { waiter.record.waitState == .parkedInPoll })
            try Event.set(event)
        }
        #expect(try waiter.join() == .signaled(0))
    }

    @Test func descriptorThatBecomesReadableHasTheSourceLook() throws {
        let event = try Event.create(isManualReset: false, isSignaled: false)
        defer { try? Objects.close(event) }
        let number = Guarded<CInt?>(nil)
        let isArrived = Guarded(false)
        let waiter = TestThread { () -> WaitOutcome in
            guard let source = try? Source() else { return .failed(nil) }
            source.onRefresh = { if isArrived.current { try? Event.set(event) } }
            number.withLock { $0 = source.descriptor }
            return Wait.forOne(event, until: Patience.deadline, source: source)
        }
        #expect(Patience.until { waiter.record.waitState == .parkedInPoll })
        let descriptor = try #require(number.current)
        isArrived.withLock { $0 = true }
        EventDescriptor.signal(descriptor)
        #expect(try waiter.join() == .signaled(0))
    }
}
