internal import RatCore
internal import RatDisplay
internal import RatWindowing
internal import RatWindowingTestSupport
internal import Testing

/// What the default procedure answers, as recorded from Wine.
@Suite struct DefaultAnswerTests {
    @Test(
        arguments: [
            (0x0011, 1), (0x0016, 0), (0x0013, 1), (0x002E, -1), (0x002F, -1), (0x0031, 0),
            (0x0050, 0), (0x0087, 0), (0x0120, 0), (0x0213, 0), (0x0218, 0), (0x0219, 0),
            (0x030F, 0),
        ] as [(UInt32, Int)]
    )
    func aQuestionHasItsAnswerWithoutTheProgram(_ message: UInt32, _ answer: Int) async throws {
        try await Stage.run { stage in
            let window = try stage.create()
            #expect(stage.send(message, to: window) == answer)
        }
    }

    @Test func iconsAreKeptByWhatTheyAreFor() async throws {
        try await Stage.run { stage in
            let window = try stage.create()
            #expect(stage.send(0x0080, 0, 55, to: window) == 0)
            #expect(stage.send(0x0080, 1, 66, to: window) == 0)
            #expect(stage.send(0x0080, 0, 77, to: window) == 55)
            #expect(stage.send(0x007F, 0, 0, to: window) == 77)
            #expect(stage.send(0x007F, 1, 0, to: window) == 66)
            #expect(stage.send(0x0080, 9, 88, to: window) == 0)
            #expect(stage.send(0x007F, 9, 0, to: window) == 0)
        }
    }

    @Test func helpAndMenusOfAChildAreAskedOfItsParent() async throws {
        try await Stage.run { stage in
            let window = try stage.create()
            let child = try stage.createChild(of: window)
            try stage.settle()
            stage.send(0x0053, 0, 7, to: child)
            stage.send(Step.contextMenu.message, 1, 2, to: child)
            expectSequence(
                stage.taken(),
                Step(0x0053, 0, 7).of(child),
                Step(0x0053, 0, 7).of(window),
                .contextMenu(1, 2).of(child),
                .contextMenu(UInt(child.rawValue), 2).of(window)
            )
        }
    }

    @Test func whatIsOwnedIsHiddenAndShownWhenItIsToldOfItsOwner() async throws {
        try await Stage.run { stage in
            let owner = try stage.show()
            let owned = try stage.create(style: 0x9000_0000, parent: owner)
            let (parentClosing, parentOpening) = (1, 3)
            stage.send(Step.showWindow.message, 1, parentOpening, to: owned)
            #expect(try Window.find(owned).isVisible)
            stage.send(Step.showWindow.message, 0, 0, to: owned)
            #expect(try Window.find(owned).isVisible)
            stage.send(Step.showWindow.message, 0, parentClosing, to: owned)
            #expect(try !Window.find(owned).isVisible)
            stage.send(Step.showWindow.message, 1, parentOpening, to: owned)
            #expect(try Window.find(owned).isVisible)
            #expect(try WindowThread.current().activeHandle == owner)
            stage.send(Step.showWindow.message, 0, parentClosing, to: owner)
            #expect(try Window.find(owner).isVisible)
        }
    }

    @Test func aMinimisedWindowThatIsNotActiveAnyMoreIsToldThatItIsMinimisedAsInWine() async throws
    {
        try await Stage.run { stage in
            let (a, b) = (try stage.show(), try stage.create())
            try Window.find(a).show(ShowCommand.minimize)
            #expect(try WindowThread.current().activeHandle == a)
            try stage.settle()
            try WindowThread.current().setActive(b)
            let told = stage.taken().first { $0.message == Step.activate.message }
            #expect(told == .activate(0x1_0000, b.parameter).of(a))
        }
    }
}
