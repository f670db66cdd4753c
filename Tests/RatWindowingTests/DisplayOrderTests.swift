internal import RatCore
internal import RatDisplay
internal import RatHeadless
internal import RatWindowing
internal import RatWindowingTestSupport
internal import Testing

/// What a display is asked for of who lies above whom, and what is left to it.
@Suite struct DisplayOrderTests {
    private struct Asked: Equatable {
        let window: Handle
        let order: SurfaceOrder
        let isForManagersToo: Bool
    }

    private func asked(_ stage: Stage, since count: Int) -> [Asked] {
        stage.display.orders[count...].map {
            Asked(
                window: Handle(rawValue: $0.id.rawValue),
                order: $0.order,
                isForManagersToo: !$0.ifUnmanaged
            )
        }
    }

    private func move(_ window: Handle, _ after: UInt64) throws {
        let flags =
            PositionFlag.noMove | PositionFlag.noSize | PositionFlag.noActivate
        try Window.find(window).setPosition(
            WindowPosition(
                insertAfter: after,
                Rect(left: 0, top: 0, right: 0, bottom: 0),
                flags: flags
            )
        )
    }

    @Test func whatTheProgramOrdersIsAskedFor() async throws {
        try await Stage.run { stage in
            let (a, b) = (try stage.show(), try stage.show())
            let count = stage.display.orders.count
            try move(a, WindowOrder.top)
            try move(a, b.rawValue)
            try move(b, WindowOrder.bottom)
            #expect(
                asked(stage, since: count) == [
                    Asked(window: a, order: .top(under: []), isForManagersToo: true),
                    Asked(window: a, order: .below(stage.surface(b)), isForManagersToo: true),
                    Asked(window: b, order: .bottom, isForManagersToo: true),
                ]
            )
        }
    }

    @Test func whatStaysAboveIsNamedTheLowestFirst() async throws {
        try await Stage.run { stage in
            let top = try stage.create(style: 0x10CF_0000, exStyle: 8)
            let a = try stage.show()
            let owned = try stage.create(style: 0x9000_0000, parent: a)
            let b = try stage.show()
            try stage.settle()
            let count = stage.display.orders.count
            try move(a, WindowOrder.top)
            let under = [stage.surface(owned), stage.surface(top)]
            #expect(
                asked(stage, since: count) == [
                    Asked(window: a, order: .top(under: under), isForManagersToo: true)
                ]
            )
            // What a window owns goes with it.
            try move(a, b.rawValue)
            #expect(asked(stage, since: count + 1).map(\.window) == [a, owned])
        }
    }

    @Test func activationsAreTheDisplaysToOrderUnderAManager() async throws {
        try await Stage.run { stage in
            let (a, b) = (try stage.show(), try stage.show())
            var count = stage.display.orders.count
            try WindowThread.setForeground(a)
            #expect(
                asked(stage, since: count) == [
                    Asked(window: a, order: .top(under: []), isForManagersToo: false)
                ]
            )
            try stage.settle()
            count = stage.display.orders.count
            stage.display.inject(.focusLost(stage.surface(a)))
            stage.display.inject(.focusGained(stage.surface(b)))
            try stage.settle()
            #expect(try WindowThread.current().activeHandle == b)
            #expect(asked(stage, since: count).isEmpty)
        }
    }

    @Test func aPressActivatesThoughTheDisplayGaveTheKeyboardBefore() async throws {
        try await Stage.run { stage in
            let (a, b) = (try stage.show(), try stage.show())
            let count = stage.display.orders.count
            stage.display.inject(.focusLost(stage.surface(b)))
            stage.display.inject(.focusGained(stage.surface(a)))
            stage.point(.pressed(.left), in: a)
            let calls = try stage.ran().filter { $0.window == a }
            expectSequence(
                calls,
                .hitTest,
                .mouseActivate(UInt(a.rawValue)),
                .nonClientActivate(1),
                .activate(2),
                .setFocus,
                .setCursor,
                .leftDown
            )
            #expect(asked(stage, since: count).isEmpty)
        }
    }

    @Test func aPressThatIsNotToActivateDoesNot() async throws {
        try await Stage.run { stage in
            let (a, b) = (try stage.show(), try stage.show())
            let noActivate = 3
            stage.respond = { $0.message == Step.mouseActivate.message ? noActivate : nil }
            stage.display.inject(.focusGained(stage.surface(a)))
            stage.point(.pressed(.left), in: a)
            try stage.settle()
            #expect(try WindowThread.current().activeHandle == b)
        }
    }

    @Test func aPressThatNobodyGetsLeavesTheKeyboardWhereTheDisplayPutIt() async throws {
        try await Stage.run { stage in
            let (a, b) = (try stage.show(), try stage.show())
            let nowhere = 0
            stage.respond = { $0.message == Step.hitTest.message ? nowhere : nil }
            stage.display.inject(.focusGained(stage.surface(a)))
            stage.point(.pressed(.left), in: a)
            expectSequence(
                try stage.ran(),
                .hitTest.of(a),
                .setCursor.of(a),
                .nonClientActivate(0).of(b),
                .activate(0).of(b),
                .nonClientActivate(1).of(a),
                .activate(1).of(a),
                .killFocus.of(b),
                .setFocus.of(a)
            )
        }
    }
}
