internal import RatCore
internal import RatMessaging
internal import RatSystem
internal import RatWindowing
internal import RatWindowingTestSupport
internal import Synchronization
internal import Testing

/// Registered numbers, copied data, and messages that carry pointers.
@Suite struct CopyDataTests {
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
                while try stage.wait()?.header.message != 0x8000 {}
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
