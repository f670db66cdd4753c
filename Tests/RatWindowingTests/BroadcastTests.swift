internal import RatCore
internal import RatMessaging
internal import RatSystem
internal import RatWindowing
internal import RatWindowingTestSupport
internal import Synchronization
internal import Testing

/// Messages for all top-level windows, registered numbers, copied data, and messages that carry pointers.
@Suite struct BroadcastTests {
    private static func message(_ number: UInt32, _ wparam: UInt = 1) -> Message {
        Message(MessageHeader(message: number, wparam: wparam, lparam: 2))
    }

    /// Windows of every sort, those that get a broadcast first.
    private static func windows(_ stage: Stage) throws -> (told: [Handle], others: [Handle]) {
        let window = try stage.create()
        let child = try stage.createChild(of: window)
        let popup = try stage.create(style: 0x8000_0000, parent: window)
        let disabled = try stage.create(style: 0x8800_0000)
        let hidden = try stage.create(style: 0, parent: WindowTree.messageOnlyParent)
        try stage.settle()
        return ([disabled, popup, window], [child, hidden])
    }

    /// Of the calls, those of a message.
    private static func called(_ calls: [Step], _ number: UInt32) -> [Handle] {
        calls.filter { $0.message == number }.compactMap(\.window)
    }

    @Test func broadcastReachesEveryTopLevelWindowAndNoOther() async throws {
        try await Stage.run { stage in
            let (told, _) = try Self.windows(stage)
            let number = try RegisteredMessages.register("a test's broadcast")
            try unsafe withUnsafePointer(to: Self.message(number)) { message in
                try unsafe Broadcast.post(message)
                // As Wine does.
                #expect(Self.called(try stage.ran(), number) == told)
                try unsafe Broadcast.notify(message)
                var reply = Message(MessageHeader(message: 0))
                try unsafe Broadcast.send(
                    message,
                    until: { Instant.now().advanced(byMilliseconds: 1) },
                    isBlocking: true,
                    reply: &reply
                )
                #expect(reply.header.lparam == 1)
            }
            #expect(Self.called(stage.taken(), number) == told + told)
        }
    }

    @Test func numbersOfOneClassReachNobody() async throws {
        try await Stage.run { stage in
            _ = try Self.windows(stage)
            for number in [0x0400, 0x8000, 0xBFFF] as [UInt32] {
                try unsafe withUnsafePointer(to: Self.message(number, 0x7E57)) { message in
                    // As Wine does.
                    try unsafe Broadcast.post(message)
                    try unsafe Broadcast.notify(message)
                }
            }
            #expect(try !stage.ran().contains { $0.wparam == 0x7E57 })
        }
    }

    @Test func aNameHasOneNumber() throws {
        let first = try RegisteredMessages.register("Rat test: one name")
        #expect(RegisteredMessages.numbers.contains(first))
        // As Wine does.
        #expect(try RegisteredMessages.register("RAT TEST: ONE NAME") == first)
        #expect(try RegisteredMessages.register("Rat test: another") != first)
        let name = unsafe MessageNames.name(of: first).map { unsafe String(cString: $0) }
        #expect(name == "Rat test: one name")
        for name in ["", String(repeating: "x", count: 256), "a\0b"] {
            #expect(throws: RatError.invalidArgument) { try RegisteredMessages.register(name) }
        }
    }

    @Test func whatCarriesPointersIsNotPostedToWindows() async throws {
        try await Stage.run { stage in
            let window = try stage.create()
            try stage.settle()
            let queue = try stage.queue.handle
            for step in [Step.create, .setText, .changing, .nonClientCalculateSize, Step(0x004A)] {
                #expect(throws: RatError.notSupported) { try stage.post(step.message, to: window) }
                // To a queue, numbers mean what its program wants.
                try stage.post(step.message, to: queue)
                _ = try stage.queue.take(until: .distantPast)
            }
            // As Windows does: it depends on what it says.
            try stage.post(0x0219, 7, to: window)
            #expect(throws: RatError.notSupported) { try stage.post(0x0219, 0x8000, to: window) }
            for step in [Step.size, .close, .paint, .app, Step(0x0018)] {
                #expect(!PointerMessages.has(step.message, 0))
            }
        }
    }

    @Test func copiedDataTravelsWithItsBytes() async throws {
        for size in [0, 5, 31, 32, 33, 100_000] {
            try await Stage.run { stage in
                let window = try stage.create()
                try stage.settle()
                let sent = [UInt8]((0..<size).map { UInt8(truncatingIfNeeded: $0) })
                let source = Atomic<UInt>(0)
                var seen: (data: UInt, bytes: [UInt8], address: UInt)?
                stage.respond = { call in
                    guard call.message == 0x004A, let lparam = call.lparam else { return nil }
                    let copied = unsafe UnsafePointer<CopyData>(bitPattern: lparam)
                    guard let copied = unsafe copied?.pointee else { return nil }
                    let bytes = unsafe UnsafeRawBufferPointer(
                        start: copied.bytes,
                        count: Int(copied.size)
                    )
                    seen = unsafe (copied.data, Array(bytes), UInt(bitPattern: copied.bytes))
                    return 321
                }
                let answer = Atomic<Int>(0)
                let other = try OtherThread {
                    unsafe sent.withUnsafeBytes { bytes in
                        let base = bytes.baseAddress
                        source.store(UInt(bitPattern: base), ordering: .relaxed)
                        let copied = unsafe CopyData(data: 17, size: UInt32(size), bytes: base)
                        unsafe withUnsafePointer(to: copied) { copied in
                            let header = MessageHeader(
                                message: 0x004A,
                                lparam: Int(bitPattern: copied)
                            )
                            var reply = Message(MessageHeader(message: 0))
                            unsafe withUnsafePointer(to: Message(header)) { message in
                                try? unsafe Sending.send(
                                    message,
                                    to: window,
                                    until: .distantFuture,
                                    reply: &reply
                                )
                            }
                            answer.store(reply.header.lparam, ordering: .relaxed)
                        }
                    }
                    try? MessageQueue.post(Message(MessageHeader(message: 0x8000)), to: window)
                }
                #expect(try stage.wait()?.header.message == 0x8000)
                other.join()
                #expect(answer.load(ordering: .relaxed) == 321)
                #expect(seen?.data == 17)
                #expect(seen?.bytes == sent)
                if size > 0 { #expect(seen?.address != source.load(ordering: .relaxed)) }
            }
        }
    }

    @Test func copiedDataThatIsNoneIsRefused() async throws {
        try await Stage.run { stage in
            let window = try stage.create()
            try stage.settle()
            let failures = Mutex<[RatError?]>([])
            let other = try OtherThread {
                for (size, hasBytes) in [(UInt32(5), false), (.max, true)] {
                    var byte: UInt8 = 0
                    unsafe withUnsafeMutablePointer(to: &byte) { byte in
                        let copied = unsafe CopyData(
                            data: 0,
                            size: size,
                            bytes: hasBytes ? UnsafeRawPointer(byte) : nil
                        )
                        unsafe withUnsafePointer(to: copied) { copied in
                            let header = MessageHeader(
                                message: 0x004A,
                                lparam: Int(bitPattern: copied)
                            )
                            unsafe withUnsafePointer(to: Message(header)) { message in
                                do throws(RatError) {
                                    try unsafe Sending.send(
                                        message,
                                        to: window,
                                        until: .distantFuture,
                                        reply: nil
                                    )
                                } catch {
                                    failures.withLock { $0.append(error) }
                                }
                            }
                        }
                    }
                }
            }
            other.join()
            #expect(failures.withLock { $0 } == [.invalidArgument, .invalidArgument])
        }
    }
}
