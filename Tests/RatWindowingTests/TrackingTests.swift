internal import RatCore
internal import RatDisplay
internal import RatHeadless
internal import RatMessaging
internal import RatSystem
internal import RatWindowing
internal import RatWindowingTestSupport
internal import Testing

@Suite struct TrackingTests {
    private static let leave: UInt32 = 2
    private static let hover: UInt32 = 1

    private static func track(_ window: Handle, _ flags: UInt32) throws {
        try WindowThread.current().track(
            Window.find(window),
            flags,
            hoverMilliseconds: 10
        )
    }

    @Test func aWindowIsToldOnceThatThePointerLeftIt() async throws {
        try await Stage.run { stage in
            let (a, b) = (try stage.show(), try stage.show(at: Point(x: 500, y: 50)))
            stage.point(.moved, in: a)
            try stage.settle()
            try Self.track(a, Self.leave)
            stage.point(.moved, in: a, at: 6, 6)
            #expect(try !stage.ran().contains { $0.message == Step.mouseLeave.message })
            for _ in 0..<2 {
                stage.point(.moved, in: b)
                stage.point(.moved, in: a)
            }
            expectSequence(
                try stage.ran().filter { $0.message == Step.mouseLeave.message },
                .mouseLeave(0, 0).of(a)
            )
        }
    }

    @Test func aChildIsElsewhere() async throws {
        try await Stage.run { stage in
            let window = try stage.show()
            _ = try stage.createChild(of: window)
            stage.point(.moved, in: window)
            try stage.settle()
            try Self.track(window, Self.leave)
            stage.point(.moved, in: window, at: 20, 30)
            #expect(try stage.ran().contains { $0.message == Step.mouseLeave.message })
        }
    }

    @Test func thePointerThatLeavesTheSurfaceHasLeftTheWindow() async throws {
        try await Stage.run { stage in
            let window = try stage.show()
            stage.point(.moved, in: window)
            try stage.settle()
            try Self.track(window, Self.leave)
            try stage.settle()
            stage.display.inject(.pointerLeft(stage.surface(window)))
            expectSequence(try stage.ran(), .mouseLeave(0, 0).of(window))
        }
    }

    @Test func whoAsksWhileThePointerIsElsewhereIsToldAtOnce() async throws {
        try await Stage.run { stage in
            let (a, b) = (try stage.show(), try stage.show(at: Point(x: 500, y: 50)))
            stage.point(.moved, in: b)
            try stage.settle()
            try Self.track(a, Self.leave)
            let calls = try stage.ran()
            expectSequence(
                calls.filter { $0.message == Step.mouseLeave.message },
                .mouseLeave.of(a)
            )
        }
    }

    @Test func aCancelledWishIsForgotten() async throws {
        try await Stage.run { stage in
            let (a, b) = (try stage.show(), try stage.show(at: Point(x: 500, y: 50)))
            stage.point(.moved, in: a)
            try stage.settle()
            try Self.track(a, Self.leave | Self.hover)
            try Self.track(a, Self.hover | 0x8000_0000)
            #expect(try WindowThread.current().tracking.flags == Self.leave)
            try Self.track(a, Self.leave | 0x8000_0000)
            #expect(try WindowThread.current().tracking.window == .invalid)
            stage.point(.moved, in: b)
            #expect(try !stage.ran().contains { $0.message == Step.mouseLeave.message })
        }
    }

    @Test func aPointerThatRestsIsToldOnce() async throws {
        try await Stage.run { stage in
            let window = try stage.show()
            stage.point(.moved, in: window, at: 7, 8)
            try stage.settle()
            try Self.track(window, Self.hover)
            // The timer comes once its time is over, and posts the message.
            for _ in 0..<2 {
                let message = try #require(try stage.wait())
                try stage.dispatch(message)
            }
            expectSequence(
                stage.taken().filter { $0.message == Step.mouseHover.message },
                .mouseHover(0, words(7, 8)).of(window)
            )
            #expect(try WindowThread.current().tracking.window == .invalid)
            #expect(try stage.queue.timers.nextDue == .distantFuture)
        }
    }

    @Test func aWindowThatEndsIsNotTracked() async throws {
        try await Stage.run { stage in
            let window = try stage.show()
            stage.point(.moved, in: window)
            try stage.settle()
            try Self.track(window, Self.hover | Self.leave)
            try Window.find(window).destroy()
            #expect(try WindowThread.current().tracking.window == .invalid)
            #expect(try stage.queue.timers.nextDue == .distantFuture)
        }
    }
}
