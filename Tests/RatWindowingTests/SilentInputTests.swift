internal import RatCore
internal import RatDisplay
internal import RatHeadless
internal import RatMessaging
internal import RatWindowing
internal import RatWindowingTestSupport
internal import Testing

/// What a display tells that no message says: programs that ask know of it.
@Suite struct SilentInputTests {
    private static let leftButton: UInt8 = 0x01
    private static let capital: UInt8 = 0x14
    private static let numLock: UInt8 = 0x90
    private static let scroll: UInt8 = 0x91

    private static func isOn(_ key: UInt8) throws -> Bool {
        try WindowThread.current().keyState(key) & 1 != 0
    }

    @Test func aReleaseThatOthersHeardOfEndsAPress() async throws {
        try await Stage.run { stage in
            let window = try stage.show()
            stage.point(.pressed(.left), in: window)
            stage.display.inject(.buttonMissed(.left))
            stage.point(.moved, in: window, at: 6, 6)
            let steps = try stage.ran().filter {
                [Step.leftDown, .leftUp, .mouseMove].map(\.message).contains($0.message)
            }
            expectSequence(steps, .leftDown(1), .mouseMove(0))
            #expect(try WindowThread.current().keyState(Self.leftButton) & 0x80 == 0)
        }
    }

    @Test func itIsKnownAtOnceWhereNothingWaitsToBeRetrieved() async throws {
        try await Stage.run { stage in
            let window = try stage.show()
            stage.point(.pressed(.left), in: window)
            try stage.settle()
            stage.display.inject(.buttonMissed(.left))
            #expect(try stage.next() == nil)
            #expect(try WindowThread.current().keyState(Self.leftButton) & 0x80 == 0)
        }
    }

    @Test func locksFollowWhoeverHasSwitchedThem() async throws {
        try await Stage.run { stage in
            _ = try stage.show()
            stage.display.inject(.locksChanged([.capsLock, .numLock]))
            #expect(try stage.ran().isEmpty)
            #expect(try Self.isOn(Self.capital))
            #expect(try Self.isOn(Self.numLock))
            stage.display.inject(.locksChanged(.numLock))
            #expect(try stage.ran().isEmpty)
            #expect(try !Self.isOn(Self.capital))
        }
    }

    @Test func locksComeInTheOrderOfTheKeys() async throws {
        try await Stage.run { stage in
            let window = try stage.show()
            stage.key(Self.capital, in: window)
            stage.key(Self.capital, isDown: false, in: window)
            stage.display.inject(.locksChanged(.capsLock))
            let press = try #require(try stage.next())
            #expect(press.header.wparam == UInt(Self.capital))
            #expect(try Self.isOn(Self.capital))
            _ = try stage.ran()
            #expect(try Self.isOn(Self.capital))
        }
    }

    @Test func scrollLockIsTheKeysOwnUnlessTheLayoutTellsOfIt() async throws {
        try await Stage.run { stage in
            let window = try stage.show()
            stage.key(Self.scroll, in: window)
            stage.key(Self.scroll, isDown: false, in: window)
            stage.display.inject(.locksChanged([]))
            _ = try stage.ran()
            #expect(try Self.isOn(Self.scroll))
            stage.display.inject(.locksChanged(.tellsScrollLock))
            _ = try stage.ran()
            #expect(try !Self.isOn(Self.scroll))
            stage.display.inject(.locksChanged([.tellsScrollLock, .scrollLock]))
            _ = try stage.ran()
            #expect(try Self.isOn(Self.scroll))
        }
    }

    @Test func theActiveWindowAndWhoHasTheMouseAreToldOnceEach() async throws {
        try await Stage.run { stage in
            let window = try stage.show()
            let child = try stage.createChild(of: window)
            try stage.settle()
            for captor in [child, window] {
                try WindowThread.current().setCapture(captor)
                stage.display.inject(.focusLost(stage.surface(window)))
                let told = try stage.ran().filter { $0.message == Step.cancelMode.message }
                if captor == child {
                    expectSequence(told, .cancelMode.of(window), .cancelMode.of(child))
                } else {
                    expectSequence(told, .cancelMode.of(window))
                }
                #expect(try WindowThread.current().captureHandle == .invalid)
                stage.display.inject(.focusGained(stage.surface(window)))
                try stage.settle()
            }
        }
    }

    @Test func windowsOfTheProgramTakeTheActivationWithoutThatAsInWine() async throws {
        try await Stage.run { stage in
            let (a, b) = (try stage.show(), try stage.show())
            let thread = try WindowThread.current()
            try thread.setCapture(b)
            try thread.setActive(a)
            #expect(!stage.taken().contains { $0.message == Step.cancelMode.message })
            #expect(thread.captureHandle == b)
        }
    }
}
