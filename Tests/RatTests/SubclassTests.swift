internal import Rat
internal import Testing

@Suite struct SubclassTests {
    @Test func handlersComeBeforeTheWindowsOwnTheYoungestFirst() async throws {
        try await onThread {
            var calls: [String] = []
            let windowClass = try makeClass { _, message in
                guard message.number == Message.app else { return nil }
                calls.append("own")
                return 1
            }
            let window = try Window(windowClass, title: "", style: .overlapped)
            func note(_ name: String) throws -> Subclass {
                try Subclass(of: window) { given, message in
                    guard message.number == Message.app else { return nil }
                    #expect(given === window)
                    calls.append(name)
                    return nil
                }
            }
            var first: Subclass? = try note("first")
            let second = try note("second")
            let third = try Subclass(of: window) { window, message in
                message.number == Message.app ? window.passOn(message) * 10 : nil
            }
            #expect(try window.send(Message(Message.app)) == 10)
            #expect(calls == ["second", "first", "own"])
            calls = []
            withExtendedLifetime(first) {}
            first = nil
            #expect(try window.send(Message(Message.app)) == 10)
            #expect(calls == ["second", "own"])
            withExtendedLifetime((second, third)) {}
        }
    }

    @Test func aHandlerMayTakeItselfAwayAndEndsWithItsWindow() async throws {
        try await onThread {
            final class Owned {}
            weak var held: Owned?
            let window = try Window(makeClass(), title: "", style: .overlapped)
            var own: Subclass?
            do {
                let owned = Owned()
                held = owned
                own = try Subclass(of: window) { _, message in
                    guard message.number == Message.app else { return nil }
                    own = nil
                    return withExtendedLifetime(owned) { 5 }
                }
            }
            #expect(held != nil)
            #expect(try window.send(Message(Message.app)) == 5)
            #expect(try window.send(Message(Message.app)) == 0)
            withExtendedLifetime(own) {}
            #expect(held == nil)

            var last: [Message.Kind] = []
            let watching = try Subclass(of: window) { _, message in
                last.append(message.kind)
                return nil
            }
            window.destroy()
            #expect(last.contains(.destroy))
            withExtendedLifetime(watching) {}
            expect(.invalidHandle) { try Subclass(of: window) { _, _ in nil } }
            #expect(window.passOn(Message(Message.app)) == 0)
        }
    }
}
