internal import RatCore
internal import RatDisplay
internal import RatHeadless
internal import RatWindowing
internal import RatWindowingTestSupport
internal import Testing

@Suite struct ScreenTests {
    private static let displayChange = Step(0x007E)
    private static let settingChange = Step(0x001A)
    private static let densityChanged: UInt32 = 0x02E0

    @Test func everyTopLevelWindowHearsOfAnotherScreen() async throws {
        try await Stage.run { stage in
            let first = try stage.show()
            let second = try stage.show()
            _ = try stage.createChild(of: first)
            _ = try stage.ran()
            stage.display.inject(.screenChanged(Size(width: 1600, height: 900)))
            let changes = try stage.ran().filter { $0.message == Self.displayChange.message }
            #expect(Set(changes.map(\.window)) == [first, second])
            #expect(changes.count == 2)
            #expect(changes.allSatisfy { $0.wparam == 32 && $0.lparam == 1600 | 900 << 16 })
        }
    }

    @Test func anotherDensityIsToldWithTheSizeThatWouldLookTheSame() async throws {
        try await Stage.run { stage in
            var suggested: [Rect] = []
            stage.respond = { call in
                guard call.message == Self.densityChanged else { return nil }
                let rect = unsafe UnsafePointer<Rect>(bitPattern: call.lparam ?? 0)
                if let rect = unsafe rect { suggested.append(unsafe rect.pointee) }
                return 0
            }
            let handle = try stage.show()
            let window = try Window.find(handle)
            #expect(window.density == 96)
            stage.display.inject(.densityChanged(144))
            stage.display.inject(.densityChanged(144))
            let calls = try stage.ran().filter { $0.message == Self.densityChanged }
            #expect(calls.map(\.wparam) == [144 | 144 << 16])
            #expect(suggested == [Rect(left: 100, top: 50, right: 550, bottom: 350)])
            #expect(window.density == 144)
        }
    }

    @Test func anotherWorkAreaIsASettingThatChanged() async throws {
        try await Stage.run { stage in
            _ = try stage.show()
            stage.display.inject(.workAreaChanged)
            let calls = try stage.ran().filter { $0.message == Self.settingChange.message }
            #expect(calls.map(\.wparam) == [0x2F])
        }
    }
}
