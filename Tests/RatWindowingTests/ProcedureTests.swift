internal import RatCore
internal import RatMessaging
internal import RatWindowing
internal import RatWindowingTestSupport
internal import Testing

@Suite struct ProcedureTests {
    @Test func aProcedureCanSeeTheWholeMessageItHandles() async throws {
        try await Stage.run { stage in
            let window = try stage.create()
            _ = stage.taken()
            var seen: [MessageHeader] = []
            stage.respond = { call in
                let before = try CallFrame.currentMessage().header
                seen.append(before)
                if call.message == Step.app.message {
                    try Window.find(window).show(true)
                    // What was called within is over, and this message is current again.
                    let after = try CallFrame.currentMessage().header
                    #expect((after.message, after.wparam) == (before.message, before.wparam))
                }
                return nil
            }
            var header = MessageHeader(message: 0x8000, wparam: 3)
            header.sender = Handle(rawValue: 42)
            try MessageQueue.post(Message(header), to: window)
            try stage.dispatch(#require(try stage.next()))
            #expect(seen.prefix(2).map(\.message) == [0x8000, Step.showWindow.message])
            #expect(seen.first?.sender == Handle(rawValue: 42))
            #expect(seen.allSatisfy { $0.target == window && $0.time != 0 })
        }
    }

    @Test func outsideOfAProcedureNoMessageIsCurrent() async throws {
        try await Stage.run { stage in
            _ = try stage.create()
            #expect(throws: RatError.notFound) { try CallFrame.currentMessage() }
        }
    }

    @Test func aReplacedProcedureGetsTheNextMessage() async throws {
        try await Stage.run { stage in
            let window = try stage.create()
            _ = stage.taken()
            let engine = try Window.find(window)
            let old = try #require(engine.procedure)
            engine.setProcedure { _, _, _, _ in 0 }
            try stage.post(0x8000, to: window)
            expectSequence(try stage.ran())
            engine.setProcedure(old)
            try stage.post(0x8000, to: window)
            expectSequence(try stage.ran(), .app)
        }
    }

    @Test func aWindowKeepsANumberForTheProgram() async throws {
        try await Stage.run { stage in
            let engine = try Window.find(stage.create())
            #expect(engine.userNumber == 0)
            engine.userNumber = .min
            #expect(engine.userNumber == .min)
        }
    }

    @Test func theDefaultProcedureOfADeadWindowDoesNothing() async throws {
        try await Stage.run { stage in
            let window = try stage.create()
            try Window.find(window).destroy()
            let answer = Window.defaultProcedure(window, Step.nonClientActivate.message, 0, 0)
            #expect(answer == 0)
        }
    }

    @Test func theDefaultProcedureSurvivesMessagesWithoutTheirParameter() async throws {
        try await Stage.run { stage in
            let window = try stage.create()
            for step in [Step.nonClientCreate, .eraseBackground, .create, .nonClientCalculateSize] {
                #expect(Window.defaultProcedure(window, step.message, 0, 0) == 0)
            }
        }
    }
}
