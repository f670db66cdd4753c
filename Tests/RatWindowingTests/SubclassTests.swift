internal import RatCore
internal import RatMessaging
internal import RatWindowing
internal import RatWindowingTestSupport
internal import Testing

/// What the procedures of these tests share; they run in one task.
private final class Log: @unchecked Sendable {
    @TaskLocal static var current = Log()
    var lines: [String] = []
    /// Called by the procedure of that id before it passes a message on.
    var react: (UInt, Window) throws -> Void = { _, _ in }
}

private let tell: SubclassProcedure = { window, message, wparam, lparam, id, data in
    let handle = Handle(rawValue: window)
    guard message == Step.app.message else {
        return Window.runNextSubclass(handle, message, wparam, lparam)
    }
    Log.current.lines.append("\(id):\(data)")
    if let window = try? Window.find(handle) { try? Log.current.react(id, window) }
    return Window.runNextSubclass(handle, message, wparam, lparam) + Int(id)
}

private let other: SubclassProcedure = { window, message, wparam, lparam, _, _ in
    if message == Step.app.message { Log.current.lines.append("other") }
    return Window.runNextSubclass(Handle(rawValue: window), message, wparam, lparam)
}

@Suite struct SubclassTests {
    private static func run(_ body: @Sendable (Stage, Window, Log) throws -> Void) async throws {
        try await Stage.run { stage in
            stage.respond = { $0.message == Step.app.message ? 1000 : nil }
            let window = try Window.find(stage.create())
            let log = Log()
            try Log.$current.withValue(log) { try body(stage, window, log) }
        }
    }

    private static func ask(_ window: Window) throws -> Int {
        let procedure = try #require(window.procedure)
        return procedure(window.handle.rawValue, Step.app.message, 0, 0)
    }

    @Test func theYoungestIsAskedFirstAndTheWindowLast() async throws {
        try await Self.run { stage, window, log in
            for id: UInt in [1, 2, 3] { try window.setSubclass(tell, id, data: id * 10) }
            try window.setSubclass(other, 1, data: 0)
            #expect(try Self.ask(window) == 1006)
            #expect(log.lines == ["other", "3:30", "2:20", "1:10"])
            // One that is there keeps its place.
            try window.setSubclass(tell, 1, data: 7)
            log.lines = []
            _ = try Self.ask(window)
            #expect(log.lines == ["other", "3:30", "2:20", "1:7"])
            #expect(try window.subclassData(tell, 1) == 7)
            #expect(throws: RatError.notFound) { try window.subclassData(other, 2) }
        }
    }

    @Test func entriesAreTakenOutInAnyOrder() async throws {
        try await Self.run { stage, window, log in
            let original = try window.long(-4)
            for id: UInt in [1, 2, 3] { try window.setSubclass(tell, id, data: 0) }
            for (id, expected) in [(2, ["3:0", "1:0"]), (3, ["1:0"]), (1, [])] as [(UInt, [String])]
            {
                try window.removeSubclass(tell, id)
                #expect(throws: RatError.notFound) { try window.removeSubclass(tell, id) }
                log.lines = []
                _ = try Self.ask(window)
                #expect(log.lines == expected)
            }
            #expect(try window.long(-4) == original)
        }
    }

    @Test func anEntryThatTakesItselfOutStillPassesOn() async throws {
        try await Self.run { stage, window, log in
            let original = try window.long(-4)
            for id: UInt in [1, 2, 3] { try window.setSubclass(tell, id, data: 0) }
            log.react = { id, window in try window.removeSubclass(tell, id) }
            #expect(try Self.ask(window) == 1006)
            #expect(log.lines == ["3:0", "2:0", "1:0"])
            #expect(try window.long(-4) == original)
        }
    }

    @Test func anEntryThatTakesTheNextOutPassesOnToTheOneAfter() async throws {
        try await Self.run { stage, window, log in
            for id: UInt in [1, 2, 3] { try window.setSubclass(tell, id, data: 0) }
            log.react = { id, window in
                if id == 3 { try window.removeSubclass(tell, 2) }
            }
            #expect(try Self.ask(window) == 1004)
            #expect(log.lines == ["3:0", "1:0"])
        }
    }

    @Test func whatIsPutThereMeanwhileHasTheNextMessage() async throws {
        try await Self.run { stage, window, log in
            try window.setSubclass(tell, 1, data: 0)
            log.react = { id, window in try window.setSubclass(tell, 9, data: 0) }
            _ = try Self.ask(window)
            #expect(log.lines == ["1:0"])
            log.react = { _, _ in }
            _ = try Self.ask(window)
            #expect(log.lines == ["1:0", "9:0", "1:0"])
        }
    }

    @Test func aMessageWithinAMessageBeginsAtTheTop() async throws {
        try await Self.run { stage, window, log in
            for id: UInt in [1, 2] { try window.setSubclass(tell, id, data: 0) }
            var isInner = false
            log.react = { id, window in
                guard id == 1, !isInner else { return }
                isInner = true
                _ = try Self.ask(window)
            }
            _ = try Self.ask(window)
            #expect(log.lines == ["2:0", "1:0", "2:0", "1:0"])
        }
    }

    @Test func outsideOfACallThereIsNothingToPassOnTo() async throws {
        try await Self.run { stage, window, log in
            let number = Step.app.message
            #expect(Window.runNextSubclass(window.handle, number, 0, 0) == 0)
            try window.setSubclass(tell, 1, data: 0)
            #expect(Window.runNextSubclass(window.handle, number, 0, 0) == 0)
            log.react = { _, window in window.destroy() }
            #expect(try Self.ask(window) == 1)
            #expect(Window.runNextSubclass(window.handle, number, 0, 0) == 0)
        }
    }

    @Test func aProcedureReplacedOnTopOfTheChainKeepsIt() async throws {
        try await Self.run { stage, window, log in
            try window.setSubclass(tell, 1, data: 0)
            let chain = try window.long(-4)
            let plain: WindowProcedure = { _, _, _, _ in 5 }
            _ = try window.setLong(-4, unsafe unsafeBitCast(plain, to: Int.self))
            try window.removeSubclass(tell, 1)
            #expect(try Self.ask(window) == 5)
            _ = try window.setLong(-4, chain)
            #expect(try Self.ask(window) == 1000)
        }
    }
}
