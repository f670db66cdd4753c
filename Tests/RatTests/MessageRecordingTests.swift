internal import Rat
internal import RatWindowingTestSupport
internal import Testing

@Suite struct MessageRecordingTests {
    @Test func aRecordingReadsLikeTheSequence() async throws {
        try await onThread {
            let recording = try MessageRecording()
            let window = try Window(
                makeClass(),
                title: "recorded",
                style: .popup,
                position: (10, 20),
                width: 200,
                height: 100
            )
            try recording.expect(
                """
                WM_NCCREATE=1 WM_NCCALCSIZE WM_CREATE=0
                WM_SIZE(0, 200:100)@1 WM_MOVE(0, 10:20)@1
                """,
                windows: [window.target]
            )
            window.destroy()
            try recording.expect("WM_DESTROY WM_NCDESTROY", .inOrder)
            try recording.expect("")
        }
    }

    @Test func whatIsNotExpectedIsReported() async throws {
        try await onThread {
            let window = try Window(makeClass(), title: "", style: .overlapped)
            let other = try Window(makeClass(), title: "", style: .overlapped)
            let recording = try MessageRecording(of: window.target, "WM_APP..0xBFFF")
            try window.send(Message(Message.app, wparam: 2))
            try other.send(Message(Message.app, wparam: 3))
            let events = try recording.take()
            #expect(events.map(\.kind) == [.send, .endOfCall])
            let mismatch = #expect(throws: MessageSequence.Mismatch.self) {
                try MessageSequence("WM_APP(3)").expect(events)
            }
            #expect(
                mismatch?.description.hasPrefix("send WM_APP(0x2, 0x0)=0 to window 0x") == true
            )
            let malformed = #expect(throws: MessageSequence.Mismatch.self) {
                try recording.expect("WM_NONE")
            }
            #expect(malformed?.description == "no sequence: at byte 0: 'WM_NONE' is no message")
        }
    }

    @Test func aRecordingThatNobodyHasIsOver() async throws {
        try await onThread {
            let window = try Window(makeClass(), title: "", style: .overlapped)
            let first = try MessageRecording()
            do {
                let second = try MessageRecording()
                try window.send(Message(Message.app))
                try second.expect("WM_APP")
            }
            try window.send(Message(Message.app))
            // The second one has taken its place.
            try first.expect("")
        }
    }
}
