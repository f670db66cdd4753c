internal import RatCore
internal import RatDisplay
internal import RatMessaging
internal import RatSystem
internal import RatWindowing
internal import RatWindowingTestSupport
internal import Testing

/// Hooks of calls, retrieval and filters, in Win32's words of what they see.
@Suite struct HookTests {
    /// Sets a hook of the stage's thread.
    static func set(
        _ kind: HookKind,
        _ body: @escaping (Int32, UInt, Int) -> Int
    ) throws -> UInt64 {
        try Hooks.set(kind, of: ThreadQueue.current().handle, body)
    }

    private static func call(at lparam: Int) -> HookedCall? {
        unsafe UnsafePointer<HookedCall>(bitPattern: lparam)?.pointee
    }

    /// Writes down what hooks say.
    final class Log {
        var lines: [String] = []
        func write(_ line: String) { lines.append(line) }
    }

    @Test func hooksOfCallsSeeWhatIsSentAndNotWhatIsPosted() async throws {
        try await Stage.run { stage in
            let window = try stage.create()
            _ = stage.taken()
            let log = Log()
            stage.respond = { call in
                guard call.message >= 0x8000 else { return nil }
                log.write("procedure \(call.message - 0x8000)")
                return Int(call.wparam ?? 0) * 10
            }
            _ = try Self.set(.callProcedure) { code, wparam, lparam in
                guard let call = Self.call(at: lparam), call.message >= 0x8000 else { return 0 }
                log.write("before \(call.message - 0x8000) \(code) \(wparam)")
                return Hooks.callNext(code, wparam, lparam)
            }
            _ = try Self.set(.callProcedureReturn) { code, wparam, lparam in
                let end = unsafe UnsafePointer<HookedReturn>(bitPattern: lparam)?.pointee
                guard let end, end.message >= 0x8000 else { return 0 }
                log.write("after \(end.message - 0x8000) \(wparam) \(end.result)")
                return Hooks.callNext(code, wparam, lparam)
            }
            #expect(stage.send(0x8001, 3, to: window) == 30)
            try stage.post(0x8002, 3, to: window)
            _ = try stage.ran()
            // As Wine does.
            #expect(
                log.lines == [
                    "before 1 0 1", "procedure 1", "after 1 1 30", "procedure 2",
                ]
            )
        }
    }

    @Test func hooksSeeWhatOtherThreadsSendOnTheReceiversThread() async throws {
        try await Stage.run { stage in
            let window = try stage.create()
            _ = stage.taken()
            let log = Log()
            stage.respond = { $0.message == 0x8001 ? 5 : nil }
            _ = try Self.set(.callProcedure) { _, wparam, lparam in
                if Self.call(at: lparam)?.message == 0x8001 { log.write("before \(wparam)") }
                return 0
            }
            let other = try OtherThread {
                let header = MessageHeader(message: 0x8001)
                try? unsafe withUnsafePointer(to: Message(header)) { message in
                    try unsafe Sending.send(message, to: window, until: .distantFuture, reply: nil)
                }
                try? MessageQueue.post(Message(MessageHeader(message: 0x8002)), to: window)
            }
            while try stage.wait()?.header.message != 0x8002 {}
            other.join()
            #expect(log.lines == ["before 0"])
        }
    }

    @Test func youngestHookComesFirstAndTheProcessesAfterTheThreads() async throws {
        try await Stage.run { stage in
            let window = try stage.create()
            let log = Log()
            let mine = window
            // Other tests run on other threads: this one looks at its own window only.
            let everywhere = try Hooks.set(.callProcedure, of: nil) { code, wparam, lparam in
                if let call = Self.call(at: lparam), call.window == mine.rawValue,
                    call.message == 0x8001
                {
                    log.write("process")
                }
                return Hooks.callNext(code, wparam, lparam)
            }
            defer { try? Hooks.remove(everywhere) }
            for name in ["old", "young"] {
                _ = try Self.set(.callProcedure) { code, wparam, lparam in
                    if Self.call(at: lparam)?.message == 0x8001 { log.write(name) }
                    return Hooks.callNext(code, wparam, lparam)
                }
            }
            stage.send(0x8001, to: window)
            #expect(log.lines == ["young", "old", "process"])
        }
    }

    @Test func whoDoesNotPassOnKeepsTheOthersFromIt() async throws {
        try await Stage.run { stage in
            let window = try stage.create()
            let log = Log()
            _ = try Self.set(.callProcedure) { _, _, _ in
                log.write("old")
                return 0
            }
            _ = try Self.set(.callProcedure) { _, _, _ in
                log.write("young")
                return 0
            }
            stage.send(0x8001, to: window)
            #expect(log.lines == ["young"])
            // Outside of a hook there is none to pass on to.
            #expect(Hooks.callNext(0, 0, 0) == 0)
        }
    }

    @Test func hookMayRemoveItselfAndItsNeighboursAndSetOthers() async throws {
        try await Stage.run { stage in
            let window = try stage.create()
            let log = Log()
            let old = try Self.set(.callProcedure) { _, _, _ in
                log.write("old")
                return 0
            }
            var middle: UInt64 = 0
            middle = try Self.set(.callProcedure) { code, wparam, lparam in
                log.write("middle")
                try? Hooks.remove(middle)
                _ = try? Self.set(.callProcedure) { code, wparam, lparam in
                    log.write("new")
                    return Hooks.callNext(code, wparam, lparam)
                }
                return Hooks.callNext(code, wparam, lparam)
            }
            stage.send(0x8001, to: window)
            #expect(log.lines == ["middle", "old"])
            stage.send(0x8001, to: window)
            #expect(log.lines == ["middle", "old", "new", "old"])
            try Hooks.remove(old)
            #expect(throws: RatError.invalidHandle) { try Hooks.remove(old) }
            #expect(throws: RatError.invalidHandle) { try Hooks.remove(middle) }
            stage.send(0x8001, to: window)
            #expect(log.lines == ["middle", "old", "new", "old", "new"])
        }
    }

    @Test func hooksEndWithTheirThread() async throws {
        let left = Counter()
        try await Stage.run { stage in
            _ = try stage.create()
            left.handle = Handle(rawValue: try Self.set(.callProcedure) { _, _, _ in 0 })
        }
        #expect(throws: RatError.invalidHandle) { try Hooks.remove(left.handle.rawValue) }
    }

    @Test func hookOfAThreadThatIsNotThereIsRefused() async throws {
        try await Stage.run { stage in
            let window = try stage.create()
            let plain = try MessageQueue.create(capacity: 1)
            for handle in [window, plain, Handle(rawValue: 77)] {
                #expect(throws: RatError.invalidHandle) {
                    _ = try Hooks.set(.getMessage, of: handle) { _, _, _ in 0 }
                }
            }
            try MessageQueue.close(plain)
        }
    }

    @Test func hookThatSendsIsFollowedTwentyFiveCallsDeep() async throws {
        try await Stage.run { stage in
            let window = try stage.create()
            let log = Log()
            _ = try Self.set(.callProcedure) { _, _, lparam in
                guard Self.call(at: lparam)?.message == 0x8001 else { return 0 }
                log.write("hook")
                stage.send(0x8001, to: window)
                return 0
            }
            stage.send(0x8001, to: window)
            // As Wine does.
            #expect(log.lines.count == 25)
        }
    }

    @Test func windowThatAHookDestroysIsNotCalled() async throws {
        try await Stage.run { stage in
            let window = try stage.create()
            let engine = try Window.find(window)
            _ = stage.taken()
            _ = try Self.set(.callProcedure) { _, _, lparam in
                if Self.call(at: lparam)?.message == 0x8001 { engine.destroy() }
                return 0
            }
            #expect(stage.send(0x8001, 3, to: window) == 0)
            #expect(!Window.exists(window))
            #expect(!stage.taken().contains { $0.message == 0x8001 })
        }
    }

    // MARK: - Retrieval

    @Test func retrievalHookMayMakeAnotherMessageOfIt() async throws {
        try await Stage.run { stage in
            let (window, other) = (try stage.create(), try stage.create())
            try stage.settle()
            _ = try Self.set(.getMessage) { _, wparam, lparam in
                let message = unsafe UnsafeMutablePointer<Message>(bitPattern: lparam)
                guard wparam == 1, let message = unsafe message else { return 0 }
                switch unsafe message.pointee.header.message {
                case 0x8001:
                    unsafe message.pointee.header.message = 0x800B
                    unsafe message.pointee.header.wparam += 100
                case 0x8002: unsafe message.pointee.header.target = other
                case 0x8003: unsafe message.pointee.header.message = 0
                case 0x8004: unsafe message.pointee.header.message = 0x0012
                default: break
                }
                return 0
            }
            for number in UInt32(0x8001)...0x8003 { try stage.post(number, 1, to: window) }
            // As Wine does.
            expectSequence(
                try stage.ran(),
                Step(0x800B, 101).of(window),
                Step(0x8002, 1).of(other),
                Step(0, 1).of(window)
            )
            try stage.post(0x8004, 9, to: window)
            guard case .quit(let quit) = try stage.queue.take(until: .distantPast) else {
                Issue.record("what the hook made is a quit")
                return
            }
            #expect(quit.header.wparam == 9)
        }
    }

    @Test func retrievalHookIsToldWhetherTheMessageStays() async throws {
        try await Stage.run { stage in
            let window = try stage.create()
            try stage.settle()
            let log = Log()
            _ = try Self.set(.getMessage) { code, wparam, lparam in
                let message = unsafe UnsafePointer<Message>(bitPattern: lparam)
                let number = unsafe message?.pointee.header.message ?? 0
                log.write("\(code) \(wparam) \(number)")
                return 0
            }
            #expect(try stage.next() == nil)
            try stage.post(0x8001, to: window)
            #expect(try stage.queue.peek() != nil)
            #expect(try stage.next() != nil)
            try stage.queue.postQuit(3)
            #expect(try stage.next() == nil)
            // As Wine does.
            #expect(log.lines == ["0 0 32769", "0 1 32769", "0 1 18"])
        }
    }

    @Test func filterHookAnswersLoopsOfTheProgram() async throws {
        try await Stage.run { stage in
            _ = try stage.create()
            var message = Message(MessageHeader(message: 0x8001))
            #expect(unsafe !ThreadQueue.callFilter(&message, code: 7))
            let log = Log()
            _ = try Self.set(.messageFilter) { code, wparam, lparam in
                log.write("\(code) \(wparam)")
                let message = unsafe UnsafePointer<Message>(bitPattern: lparam)
                return unsafe message?.pointee.header.message == 0x8001 ? 5 : 0
            }
            #expect(unsafe ThreadQueue.callFilter(&message, code: 7))
            message.header.message = 0x8002
            #expect(unsafe !ThreadQueue.callFilter(&message, code: -3))
            #expect(log.lines == ["7 0", "-3 0"])
        }
    }

    @Test func idleHookIsCalledBeforeTheActiveThreadWaitsAndMayPost() async throws {
        try await Stage.run { stage in
            let window = try stage.show()
            let log = Log()
            _ = try Self.set(.foregroundIdle) { code, wparam, lparam in
                log.write("\(code) \(wparam) \(lparam)")
                try? stage.post(0x8001, to: window)
                return 0
            }
            #expect(try stage.next() == nil)
            #expect(log.lines.isEmpty)
            #expect(try stage.wait()?.header.message == 0x8001)
            #expect(log.lines == ["0 0 0"])
        }
    }
}
