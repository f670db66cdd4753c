internal import RatCore
internal import RatDisplay
internal import RatHeadless
internal import RatWindowing
internal import RatWindowingTestSupport
internal import Testing

@Suite struct CursorTests {
    private let text = Cursor(.text)
    private let hand = Cursor(.hand)

    @Test func theClassHasThePointerOfItsClientAreasByDefault() async throws {
        try await Stage.run { stage in
            let window = try stage.show(className: stage.register(cursor: text))
            #expect(stage.pointer(of: window) == .arrow)
            stage.point(.moved, in: window)
            _ = try stage.ran()
            #expect(stage.pointer(of: window) == .text)
            #expect(try WindowThread.current().cursor == text)
        }
    }

    @Test func aClassWithoutOneLeavesWhatTheProgramHasSet() async throws {
        try await Stage.run { stage in
            let window = try stage.show()
            let thread = try WindowThread.current()
            #expect(thread.setCursor(hand) == .arrow)
            // It is over none of the windows yet.
            #expect(stage.pointer(of: window) == .arrow)
            stage.point(.moved, in: window)
            _ = try stage.ran()
            #expect(stage.pointer(of: window) == .hand)
            thread.setCursor(text)
            #expect(stage.pointer(of: window) == .text)
        }
    }

    @Test func aProcedureThatAnswersHasTheLastWord() async throws {
        try await Stage.run { stage in
            stage.respond = { call in
                guard call.message == WindowMessage.setCursor else { return nil }
                try WindowThread.current().setCursor(hand)
                return 1
            }
            let window = try stage.show(className: stage.register(cursor: text))
            stage.point(.moved, in: window)
            _ = try stage.ran()
            #expect(stage.pointer(of: window) == .hand)
        }
    }

    @Test func aParentIsAskedFirstAndSpeaksForTheChildsClass() async throws {
        try await Stage.run { stage in
            let window = try stage.show(className: stage.register(cursor: text))
            let child = try stage.createChild(
                of: window,
                className: stage.register(cursor: hand)
            )
            stage.point(.moved, in: window, at: 15, 25)
            _ = try stage.ran()
            #expect(stage.pointer(of: window) == .hand)
            stage.point(.moved, in: window, at: 5, 5)
            _ = try stage.ran()
            #expect(stage.pointer(of: window) == .text)
            _ = child
        }
    }

    @Test(arguments: [
        (10, PointerShape.sizeHorizontally), (12, .sizeVertically), (13, .sizeDown), (14, .sizeUp),
        (16, .sizeUp), (17, .sizeDown), (2, .arrow), (5, .arrow),
    ])
    func partsOfTheFrameShowHowTheySize(part: Int, shape: PointerShape) async throws {
        try await Stage.run { stage in
            stage.respond = { call in
                call.message == WindowMessage.hitTest ? part : nil
            }
            let window = try stage.show(className: stage.register(cursor: text))
            try WindowThread.current().setCursor(hand)
            stage.point(.moved, in: window)
            _ = try stage.ran()
            #expect(stage.pointer(of: window) == shape)
        }
    }

    @Test func aHiddenPointerIsSeenAgainWhenItWasShownAsOften() async throws {
        try await Stage.run { stage in
            let window = try stage.show()
            let thread = try WindowThread.current()
            stage.point(.moved, in: window)
            _ = try stage.ran()
            #expect(thread.countCursor(isShown: false) == -1)
            #expect(thread.countCursor(isShown: false) == -2)
            #expect(stage.pointer(of: window) == nil)
            thread.setCursor(text)
            #expect(stage.pointer(of: window) == nil)
            #expect(thread.countCursor(isShown: true) == -1)
            #expect(thread.countCursor(isShown: true) == 0)
            #expect(stage.pointer(of: window) == .text)
            thread.setCursor(.none)
            #expect(stage.pointer(of: window) == nil)
        }
    }

    @Test func thePointerOfOneWindowIsNotThatOfTheOther() async throws {
        try await Stage.run { stage in
            let first = try stage.show(className: stage.register(cursor: text))
            let second = try stage.show(
                className: stage.register(cursor: hand),
                at: Point(x: 500, y: 50)
            )
            stage.point(.moved, in: first)
            _ = try stage.ran()
            stage.point(.moved, in: second)
            _ = try stage.ran()
            #expect(stage.pointer(of: first) == .text)
            #expect(stage.pointer(of: second) == .hand)
            stage.display.inject(.pointerLeft(stage.surface(second)))
            _ = try stage.ran()
            try WindowThread.current().setCursor(.arrow)
            #expect(stage.pointer(of: second) == .hand)
        }
    }

    @Test func theCursorOfAClassIsChangedForAllItsWindows() async throws {
        try await Stage.run { stage in
            let handle = try stage.show()
            let window = try Window.find(handle)
            #expect(try window.classLong(-12) == 0)
            #expect(try window.setClassLong(-12, Int(text.rawValue)) == 0)
            #expect(!ClassLong.isSettable(-12, to: 1))
            #expect(!ClassLong.isSettable(-12, to: -1))
            stage.point(.moved, in: handle)
            _ = try stage.ran()
            #expect(stage.pointer(of: handle) == .text)
        }
    }
}

extension Stage {
    fileprivate func pointer(of window: Handle) -> PointerShape? {
        display.pointer(of: surface(window))
    }
}
