internal import RatCore
internal import RatDisplay
internal import RatHeadless
internal import RatMessaging
internal import RatWindowing
internal import RatWindowingTestSupport
internal import Testing

/// What a display learns of a window by its styles, its owner and its limits, when it is created and later.
@Suite struct TraitTests {
    private func traits(_ window: Handle, _ stage: Stage) throws -> SurfaceTraits {
        try #require(stage.display.traits(of: stage.surface(window)))
    }

    @Test func limitsThatTheProcedureSaysReachTheDisplay() async throws {
        try await Stage.run { stage in
            var least = Point(x: 120, y: 80)
            stage.respond = { call in
                guard call.message == WindowMessage.getMinMaxInfo,
                    let limits = unsafe UnsafeMutablePointer<SizeLimits>(
                        bitPattern: call.lparam ?? 0
                    )
                else { return nil }
                unsafe limits.pointee.minimumTrack = least
                unsafe limits.pointee.maximumTrack = Point(x: 900, y: 700)
                return 0
            }
            let window = try stage.show()
            #expect(try traits(window, stage).minimumSize == Size(width: 120, height: 80))
            #expect(try traits(window, stage).maximumSize == Size(width: 900, height: 700))
            // They are asked for anew whenever the window gets a size, by the program or by a person.
            least = Point(x: 130, y: 80)
            try Window.find(window).move(
                to: Point(x: 0, y: 0),
                size: Size(width: 200, height: 200)
            )
            #expect(try traits(window, stage).minimumSize.width == 130)
            least = Point(x: 140, y: 80)
            let place = Rect(left: 0, top: 0, right: 320, bottom: 300)
            stage.display.inject(
                .configured(stage.surface(window), content: place, state: .normal)
            )
            try stage.settle()
            #expect(try traits(window, stage).minimumSize.width == 140)
        }
    }

    @Test func windowWithoutLimitsHasNoneOnTheDisplay() async throws {
        try await Stage.run { stage in
            let window = try stage.show()
            #expect(try traits(window, stage).minimumSize == Size(width: 0, height: 0))
            #expect(try traits(window, stage).maximumSize == nil)
        }
    }

    @Test func stylesThatChangeReachTheDisplay() async throws {
        try await Stage.run { stage in
            let window = try stage.show()
            let object = try Window.find(window)
            let first = try traits(window, stage)
            #expect(first.isFramed && first.isResizable && first.isListed && first.takesFocus)
            #expect(first.kind == .normal)
            let style = try object.setLong(WindowLong.style, 0x9000_0000)
            #expect(!(try traits(window, stage).isFramed))
            #expect(!(try traits(window, stage).isResizable))
            _ = try object.setLong(WindowLong.style, style)
            #expect(try traits(window, stage) == first)
            _ = try object.setLong(WindowLong.exStyle, 0x80)
            #expect(try traits(window, stage).kind == .tool)
            #expect(!(try traits(window, stage).isListed))
            // WS_EX_APPWINDOW wins.
            _ = try object.setLong(WindowLong.exStyle, 0x4_0080)
            #expect(try traits(window, stage).isListed)
            _ = try object.setLong(WindowLong.exStyle, 0x0800_0000)
            #expect(!(try traits(window, stage).takesFocus))
            #expect(!(try traits(window, stage).isListed))
            _ = try object.setLong(WindowLong.exStyle, 0)
            #expect(try traits(window, stage) == first)
        }
    }

    @Test func ownerThatChangesReachesTheDisplay() async throws {
        try await Stage.run { stage in
            let owner = try stage.show()
            let window = try stage.show()
            _ = try Window.find(window).setLong(
                WindowLong.parent,
                Int(truncatingIfNeeded: owner.rawValue)
            )
            #expect(try traits(window, stage).owner == stage.surface(owner))
            #expect(try traits(window, stage).kind == .dialog)
            #expect(!(try traits(window, stage).isListed))
            _ = try Window.find(window).setLong(WindowLong.parent, 0)
            #expect(try traits(window, stage).owner == nil)
            #expect(try traits(window, stage).isListed)
        }
    }

    @Test func disabledWindowGivesAnOfferOfTheKeyboardToWhatStandsBeforeIt() async throws {
        try await Stage.run { stage in
            let window = try stage.show()
            let dialog = try stage.create(style: 0x90C0_0000, parent: window)
            try stage.settle()
            let other = try stage.show()
            _ = try Window.find(window).enable(false)
            #expect(!(try traits(window, stage).isEnabled))
            #expect(try WindowThread.current().activeHandle == other)
            stage.display.inject(.focusOffered(stage.surface(window)))
            try stage.settle()
            #expect(try WindowThread.current().activeHandle == dialog)
            _ = try Window.find(window).enable(true)
            #expect(try traits(window, stage).isEnabled)
            // It may be enabled again by the time that the offer is heard of.
            stage.display.inject(.focusOffered(stage.surface(window)))
            try stage.settle()
            #expect(try WindowThread.current().activeHandle == window)
        }
    }
}
