internal import RatCore
internal import RatHeadless
internal import RatMessaging
internal import RatSystem
internal import RatWindowing
internal import RatWindowingTestSupport
internal import Testing

/// Timers set at `.distantPast` are due at once, so that nothing here waits for a clock.
@Suite struct TimerTests {
    @Test func aTimerWakesABlockedRetrieval() async throws {
        try await Stage.run { stage in
            let window = try stage.create()
            try stage.settle()
            _ = try stage.setTimer(window, 7)
            let header = try #require(try stage.wait()).header
            #expect(header.message == Step.timer.message)
            #expect((header.target, header.wparam, header.lparam) == (window, 7, 0))
        }
    }

    @Test func missedPeriodsAreNotMadeUpFor() async throws {
        try await Stage.run { stage in
            let window = try stage.create()
            try stage.settle()
            _ = try stage.setTimer(window, 1, milliseconds: 60_000, at: .distantPast)
            expectSequence(try stage.ran(), .timer(1, 0).of(window))
        }
    }

    @Test func timersThatAreDueTogetherTakeTurns() async throws {
        try await Stage.run { stage in
            let window = try stage.create()
            try stage.settle()
            for id in [3, 1, 2] as [UInt] {
                _ = try stage.setTimer(window, id, milliseconds: 60_000, at: .distantPast)
            }
            expectSequence(try stage.ran(), .timer(3), .timer(1), .timer(2))
        }
    }

    @Test func aStoppedTimerDoesNotComeThoughItIsDue() async throws {
        try await Stage.run { stage in
            let window = try stage.create()
            try stage.settle()
            _ = try stage.setTimer(window, 1, at: .distantPast)
            let key = Timers.Key(window: window, id: 1)
            let isStopped = try stage.queue.timers.kill(key)
            let isStoppedAgain = try stage.queue.timers.kill(key)
            #expect(isStopped && !isStoppedAgain)
            expectSequence(try stage.ran())
        }
    }

    @Test func settingATimerAgainRestartsIt() async throws {
        try await Stage.run { stage in
            let window = try stage.create()
            try stage.settle()
            _ = try stage.setTimer(window, 1, at: .distantPast)
            _ = try stage.setTimer(window, 1, milliseconds: 60_000)
            expectSequence(try stage.ran())
        }
    }

    @Test func aTimerOfTheThreadHasAnIdOfTheLibrary() async throws {
        try await Stage.run { stage in
            let queue = try stage.queue
            let first = try stage.setTimer(.invalid, 0, milliseconds: 60_000, at: .distantPast)
            let second = try stage.setTimer(.invalid, 0, milliseconds: 60_000, at: .distantPast)
            #expect(first != second && first != 0 && second != 0)
            for id in [first, second] {
                let message = try #require(try stage.next())
                #expect((message.header.target, message.header.wparam) == (queue.handle, id))
                // Without a procedure there is nobody to run.
                #expect(throws: RatError.notFound) { try Dispatch.run(message) }
            }
        }
    }

    /// Tells what it was called with by posting it to its window, or by a quit without one.
    private static let procedure: Dispatch.TimerProcedure = { window, message, id, time in
        guard window != 0 else {
            try? ThreadQueue.current().postQuit(Int32(id))
            return
        }
        let header = MessageHeader(
            message: 0x8000,
            wparam: UInt(message) << 16 | id,
            lparam: time == 0 ? 0 : 1
        )
        try? MessageQueue.post(Message(header), to: Handle(rawValue: window))
    }

    private static var address: UInt {
        UInt(bitPattern: unsafe unsafeBitCast(procedure, to: UnsafeRawPointer.self))
    }

    /// A window whose timer 7 is due, and has the procedure.
    private static func windowWithDueProcedure(_ stage: Stage) throws -> Handle {
        let window = try stage.create()
        try stage.settle()
        _ = try stage.setTimer(
            window,
            7,
            milliseconds: 60_000,
            procedure: address,
            at: .distantPast
        )
        return window
    }

    @Test func aTimerProcedureIsCalledInThePlaceOfTheWindows() async throws {
        try await Stage.run { stage in
            _ = try Self.windowWithDueProcedure(stage)
            expectSequence(try stage.ran(), .app(0x0113 << 16 | 7, 1))
        }
    }

    @Test func aTimerProcedureOfTheThreadGetsNoWindow() async throws {
        try await Stage.run { stage in
            let id = try stage.setTimer(.invalid, 0, procedure: Self.address, at: .distantPast)
            try stage.dispatch(#require(try stage.next()))
            guard case .quit(let quit) = try stage.queue.take(until: .distantPast) else {
                Issue.record("the procedure quits")
                return
            }
            #expect(quit.header.wparam == id)
        }
    }

    @Test func aMessageThatOnlyLooksLikeATimersCallsNothing() async throws {
        try await Stage.run { stage in
            let window = try stage.create()
            try stage.settle()
            // No such timer; one without a procedure; one with another.
            try stage.post(Step.timer.message, 1, 0xDEAD_BEEF, to: window)
            _ = try stage.setTimer(window, 2, milliseconds: 60_000)
            try stage.post(Step.timer.message, 2, 0xDEAD_BEEF, to: window)
            _ = try stage.setTimer(window, 3, milliseconds: 60_000, procedure: Self.address)
            try stage.post(Step.timer.message, 3, 0xDEAD_BEEF, to: window)
            expectSequence(try stage.ran())
        }
    }

    @Test func aTimerThatIsStoppedBeforeItsMessageIsDispatchedCallsNothing() async throws {
        try await Stage.run { stage in
            let window = try Self.windowWithDueProcedure(stage)
            let message = try #require(try stage.next())
            _ = try stage.queue.timers.kill(Timers.Key(window: window, id: 7))
            #expect(throws: RatError.notFound) { try Dispatch.run(message) }
            expectSequence(try stage.ran())
        }
    }

    @Test func postedMessagesComeBeforePaintAndPaintBeforeTimers() async throws {
        try await Stage.run { stage in
            let window = try stage.show()
            try stage.perform(on: window) { $0.invalidate($0.clientRect, erases: false) }
            _ = try stage.setTimer(window, 1, milliseconds: 60_000, at: .distantPast)
            try stage.post(0x8000, to: window)
            // As Wine does.
            expectSequence(
                try stage.ran().filter { [0x8000, 0x000F, 0x0113].contains($0.message) },
                .app,
                .paint,
                .timer(1)
            )
        }
    }

    @Test func aTimerOfAWindowMayHaveTheNumberZero() async throws {
        try await Stage.run { stage in
            let window = try stage.create()
            try stage.settle()
            // As Wine does.
            _ = try stage.setTimer(window, 0, milliseconds: 60_000, at: .distantPast)
            expectSequence(try stage.ran(), .timer(0))
        }
    }

    @Test func timersEndWithTheirWindowAlsoWhereTheyAreDue() async throws {
        try await Stage.run { stage in
            let (window, other) = (try stage.create(), try stage.create())
            let child = try stage.createChild(of: window)
            for owner in [window, child, other] {
                _ = try stage.setTimer(owner, 1, milliseconds: 60_000, at: .distantPast)
            }
            try stage.perform(on: window) { $0.destroy() }
            _ = stage.taken()
            expectSequence(try stage.ran(), .timer(1).of(other))
        }
    }
}
