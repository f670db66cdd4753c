internal import Rat
internal import RatWindowingTestSupport
internal import Synchronization
internal import Testing

@Suite struct HookTests {
    @Test func aHookSeesWhatIsSentForAsLongAsItLives() async throws {
        try await onThread {
            let windowClass = try makeClass { _, message in
                message.number == Message.app ? 7 : nil
            }
            let window = try Window(windowClass, title: "hooked", style: .overlapped)
            var seen: [Int] = []
            var hook: Hook? = try Hook(thread: .callEnd) { event in
                if case .handled(let message, let target, let result) = event,
                    message.number == Message.app
                {
                    #expect(target == window.target)
                    seen.append(result)
                }
                return false
            }
            try window.send(Message(Message.app))
            #expect(seen == [7])
            withExtendedLifetime(hook) {}
            hook = nil
            try window.send(Message(Message.app))
            #expect(seen == [7])
        }
    }

    @Test func aHookRefusesToHaveAWindowDestroyed() async throws {
        try await onThread {
            let windowClass = try makeClass { _, _ in nil }
            let window = try Window(windowClass, title: "kept", style: .overlapped)
            let hook = try Hook(thread: .windows) { event in
                if case .destroy(let target) = event { return target == window.target }
                return false
            }
            window.destroy()
            #expect(window.exists)
            withExtendedLifetime(hook) {}
        }
    }

    @Test func aHookOfTheProcessIsToldOnTheThreadWhereItHappens() async throws {
        let number = try Message.register("a message of the hooks' tests")
        let seen = Mutex(0)
        let hook = try Hook(process: .call) { event in
            if case .sent(let message, _) = event, message.number == number {
                seen.withLock { $0 += 1 }
            }
            return true
        }
        try await onThread {
            let windowClass = try makeClass { _, _ in nil }
            let window = try Window(windowClass, title: "", style: .overlapped)
            try window.send(Message(number))
        }
        #expect(seen.withLock { $0 } == 1)
        withExtendedLifetime(hook) {}
    }

    @Test func aNameStandsForOneNumber() throws {
        let number = try Message.register("Rat's named message")
        #expect(try Message.register("RAT'S NAMED MESSAGE") == number)
        #expect(Message(number).name == "Rat's named message")
        #expect(Message(0x0005).name == "WM_SIZE")
        #expect(Message(Message.app).name == nil)
        expect(.invalidArgument) { try Message.register("") }
    }

    @Test func copiedBytesReachTheWindow() async throws {
        try await onThread {
            var seen: [UInt8] = []
            let windowClass = try makeClass { _, message in
                guard let copied = message.copiedData else { return nil }
                #expect(copied.data == 5)
                seen = copied.bytes
                return copied.bytes.count
            }
            let window = try Window(windowClass, title: "", style: .overlapped)
            #expect(try window.target.copy([1, 2, 3], as: 5, timeout: nil) == 3)
            #expect(seen == [1, 2, 3])
            // What nobody copied is not looked at.
            #expect(Message(0x004A, lparam: 8).copiedData == nil)
            expect(.notSupported) { try window.target.post(Message(0x004A, lparam: 8)) }
        }
    }
}
