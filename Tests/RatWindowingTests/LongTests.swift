internal import RatCore
internal import RatHeadless
internal import RatMessaging
internal import RatSystem
internal import RatWindowing
internal import RatWindowingTestSupport
internal import Testing

@Suite struct LongTests {
    private struct Change: Equatable {
        var old: UInt32
        var new: UInt32
    }

    // As Wine 8.0 showed.
    @Test func aNewStyleIsAnnouncedChangedAndConfirmed() async throws {
        try await Stage.run { stage in
            let parent = try stage.show()
            let child = try Window.find(stage.createChild(of: parent, style: 0x4000_0000))
            _ = stage.taken()
            var seen: [Change] = []
            stage.respond = { call in
                guard
                    [Step.styleChanging.message, Step.styleChanged.message].contains(call.message),
                    let change = unsafe UnsafeMutablePointer<Change>(bitPattern: call.lparam ?? 0)
                else { return nil }
                unsafe seen.append(change.pointee)
                if call.message == Step.styleChanging.message, unsafe change.pointee.new & 8 != 0 {
                    unsafe change.pointee.new = change.pointee.new & ~8 | 0x80
                }
                return 0
            }
            #expect(try child.setLong(-16, 0x4000_0005) == 0x4000_0000)
            let which = UInt(bitPattern: -16)
            expectSequence(stage.taken(), .styleChanging(which), .styleChanged(which))
            _ = try child.setLong(-16, 0x4000_000A)
            #expect(child.styleBits == 0x4000_0082)
            #expect(
                seen == [
                    Change(old: 0x4000_0000, new: 0x4000_0005),
                    Change(old: 0x4000_0000, new: 0x4000_0005),
                    Change(old: 0x4000_0005, new: 0x4000_000A),
                    Change(old: 0x4000_0005, new: 0x4000_0082),
                ]
            )
            _ = stage.taken()
            _ = try child.setLong(-16, 0x5000_0082)
            expectSequence(stage.taken(), .styleChanging, .styleChanged)
            #expect(WindowTree.isShown(child.handle))
            #expect(child.needsPaint)
            _ = try child.setLong(-16, 0x4000_0082)
            #expect(!child.needsPaint)
        }
    }

    @Test func topmostIsNoMatterOfStyle() async throws {
        try await Stage.run { stage in
            let window = try Window.find(stage.create())
            #expect(try window.setLong(-20, 0x28) == 0)
            #expect(try window.long(-20) == 0x20)
        }
    }

    @Test func aWindowThatGoesInStylechangingIsGone() async throws {
        try await Stage.run { stage in
            let window = try stage.create()
            _ = stage.taken()
            stage.respond = { call in
                if call.message == Step.styleChanging.message {
                    _ = try call.window.map { try Window.find($0).destroy() }
                }
                return nil
            }
            _ = try Window.find(window).setLong(-16, 0)
            expectSequence(stage.taken(), .styleChanging, .destroy, .nonClientDestroy)
        }
    }

    @Test func ownersChangeAndMakeNoCircle() async throws {
        try await Stage.run { stage in
            let (a, b, c) = (try stage.create(), try stage.create(), try stage.create())
            func own(_ window: Handle, by owner: Handle) throws -> Int {
                try Window.find(window).setLong(-8, Int(bitPattern: UInt(owner.rawValue)))
            }
            #expect(try own(b, by: a) == 0)
            #expect(try own(c, by: b) == 0)
            #expect(throws: RatError.invalidArgument) { try own(a, by: c) }
            #expect(throws: RatError.invalidArgument) { try own(a, by: a) }
            #expect(try own(c, by: .invalid) == Int(bitPattern: UInt(b.rawValue)))
            try Window.find(a).destroy()
            #expect(!Window.exists(b))
            #expect(Window.exists(c))
        }
    }

    @Test func childrenAreFoundByTheirNumbers() async throws {
        try await Stage.run { stage in
            let parent = try stage.create()
            let first = try stage.createChild(of: parent, identifier: 12)
            let second = try stage.createChild(of: parent, identifier: 12)
            #expect(try WindowTree.child(of: parent, identifier: 12) == first)
            #expect(try Window.find(first).setLong(-12, -1) == 12)
            #expect(try WindowTree.child(of: parent, identifier: 12) == second)
            #expect(try WindowTree.child(of: parent, identifier: .max) == first)
            #expect(throws: RatError.notFound) {
                try WindowTree.child(of: parent, identifier: 13)
            }
        }
    }

    // MARK: - Properties

    @Test func propertiesHangOnWindowsOfAnyThread() async throws {
        try await Stage.run { stage in
            let window = try stage.create()
            try WindowTree.setProperty("Größe", of: window, to: 5)
            try WindowTree.setProperty("empty", of: window, to: 0)
            let thread = try OtherThread {
                #expect((try? WindowTree.property("grÖße", of: window)) == nil)
                #expect((try? WindowTree.property("GRößE", of: window)) == 5)
                #expect((try? WindowTree.setProperty("empty", of: window, to: 7)) != nil)
            }
            thread.join()
            #expect(try WindowTree.property("EMPTY", of: window) == 7)
            #expect(
                try WindowTree.properties(of: window).map(\.name).sorted() == ["Größe", "empty"]
            )
            #expect(try WindowTree.removeProperty("empty", of: window) == 7)
            #expect(throws: RatError.notFound) {
                try WindowTree.removeProperty("empty", of: window)
            }
            for name in ["", String(repeating: "x", count: 256)] {
                #expect(throws: RatError.invalidArgument) {
                    try WindowTree.setProperty(name, of: window, to: 1)
                }
            }
            let desktop = try WindowTree.desktop()
            #expect(throws: RatError.invalidHandle) {
                try WindowTree.setProperty("x", of: desktop, to: 1)
            }
            try Window.find(window).destroy()
            #expect(throws: RatError.invalidHandle) {
                try WindowTree.property("Größe", of: window)
            }
        }
    }

    // MARK: - Text

    @Test func textGoesThroughTheProcedure() async throws {
        try await Stage.run { stage in
            let window = try Window.find(stage.create(title: "alt"))
            _ = stage.taken()
            #expect(window.requestText("neu"))
            #expect(window.requestTextSize() == 3)
            expectSequence(stage.taken(), .setText(0), .getTextLength(0, 0))
            #expect(stage.display.title(of: stage.surface(window.handle)) == "neu")
            stage.respond = { $0.message == Step.setText.message ? 0 : nil }
            #expect(!window.requestText("refused"))
            #expect(window.text == "neu")
        }
    }

    // As Wine 8.0 showed; that no character is cut in two is ours.
    @Test(arguments: [(8, "grüße"), (7, "grüß"), (6, "gr\u{fc}"), (4, "gr"), (1, ""), (0, "#")])
    func textIsCutToItsBuffer(size: Int, expected: String) async throws {
        try await Stage.run { stage in
            let window = try stage.create(title: "grüße")
            var buffer = Array(repeating: UInt8(ascii: "#"), count: 16)
            let count = unsafe buffer.withUnsafeMutableBytes { bytes in
                Window.defaultProcedure(
                    window,
                    Step.getText.message,
                    UInt(size),
                    Int(bitPattern: bytes.baseAddress)
                )
            }
            #expect(count == (size == 0 ? 0 : expected.utf8.count))
            let text = buffer.prefix { $0 != 0 && ($0 != UInt8(ascii: "#") || size == 0) }
            #expect(String(decoding: text.prefix(expected.utf8.count), as: UTF8.self) == expected)
            #expect(buffer[size...].allSatisfy { $0 == UInt8(ascii: "#") })
        }
    }

    @Test func pointersInMessagesThatNobodySentAreNotBelieved() async throws {
        try await Stage.run { stage in
            let window = try stage.create(title: "kept")
            for step in [Step.setText, .getText, .changed, .changing, .styleChanged] {
                #expect(throws: RatError.notSupported) {
                    try stage.post(step.message, 100, 8, to: window)
                }
                // Made by hand, it gets there.
                var header = MessageHeader(message: step.message, wparam: 100, lparam: 8)
                header.target = window
                try stage.dispatch(Message(header))
            }
            #expect(try Window.find(window).text == "kept")
        }
    }

    private static func setText(_ lparam: Int) -> Message {
        Message(MessageHeader(message: Step.setText.message, lparam: lparam))
    }

    /// Runs `body` on another thread and the loop on this one, until both are done.
    private static func serve(
        _ stage: Stage,
        _ window: Handle,
        _ body: @escaping @Sendable () -> Void
    ) throws {
        let other = try OtherThread {
            body()
            try? MessageQueue.post(Message(MessageHeader(message: Step.app.message)), to: window)
        }
        #expect(try stage.wait()?.header.message == Step.app.message)
        other.join()
    }

    @Test func pointersThatAnotherThreadSendsAreBelievedWhileItWaits() async throws {
        try await Stage.run { stage in
            let window = try stage.create(title: "old")
            try stage.settle()
            try Self.serve(stage, window) {
                unsafe "new".withCString { text in
                    let message = Self.setText(Int(bitPattern: text))
                    unsafe withUnsafePointer(to: message) { message in
                        try? unsafe Sending.send(
                            message,
                            to: window,
                            until: .distantFuture,
                            reply: nil
                        )
                    }
                }
            }
            #expect(try Window.find(window).text == "new")
        }
    }

    @Test func pointersOfASenderThatMayBeGoneAreRefusedOrNotBelieved() async throws {
        try await Stage.run { stage in
            let window = try stage.create(title: "kept")
            try stage.settle()
            // Answered before the default procedure sees it.
            stage.respond = { call in
                if call.message == Step.setText.message {
                    let token = try CallFrame.currentMessage().header.token
                    try? unsafe Sending.reply(to: token, nil)
                }
                return nil
            }
            try Self.serve(stage, window) {
                unsafe withUnsafePointer(to: Self.setText(8)) { message in
                    try? unsafe Sending.notify(message, to: window)
                    try? unsafe Sending.send(message, to: window, context: nil) { _, _, _, _, _ in }
                    try? unsafe Sending.send(
                        message,
                        to: window,
                        until: .distantFuture,
                        reply: nil
                    )
                }
            }
            #expect(stage.taken().count { $0.message == Step.setText.message } == 1)
            #expect(try Window.find(window).text == "kept")
        }
    }
}
