internal import RatCore
internal import RatDisplay
internal import RatHeadless
internal import RatMessaging
internal import RatWindowing
internal import RatWindowingTestSupport
internal import Testing

/// States that a window manager grants, refuses, or gives when it likes.
@Suite struct StateAnswerTests {
    private static let screen = Rect(left: 0, top: 0, right: 1024, bottom: 768)
    private static let place = Rect(left: 100, top: 50, right: 400, bottom: 250)

    private func sizes(_ calls: [Step]) -> [UInt?] {
        calls.filter { $0.message == Step.size.message }.map(\.wparam)
    }

    private func state(of window: Handle) throws -> ShowCommand {
        try Window.find(window).placement.command
    }

    @Test(arguments: [ShowCommand.maximized, .minimize, .minimized])
    func aWindowThatMayNotHaveAStateStaysWhatItIs(_ command: ShowCommand) async throws {
        try await Stage.run { stage in
            let window = try stage.show()
            stage.display.manner = .refuses
            try Window.find(window).show(command)
            #expect(sizes(try stage.ran()).isEmpty)
            #expect(try state(of: window) == .normal)
            #expect(try WindowTree.outerRect(of: window) == Self.place)
            #expect(try WindowThread.current().activeHandle == window)
            // It can be seen, so it paints.
            try Window.find(window).redraw(Region?.none, .invalidate)
            #expect(try stage.ran().contains { $0.message == Step.paint.message })
        }
    }

    @Test func aWindowThatMayNotBeMaximizedComesToTheFrontAllTheSame() async throws {
        try await Stage.run { stage in
            let (a, b) = (try stage.show(), try stage.show())
            stage.display.manner = .refuses
            try Window.find(a).show(.maximized)
            #expect(try WindowThread.current().activeHandle == a)
            try stage.settle()
            try Window.find(b).show(.minimize)
            #expect(try WindowThread.current().activeHandle == a)
        }
    }

    @Test func aStateThatIsGivenLateIsTakenWhenItComes() async throws {
        try await Stage.run { stage in
            let window = try stage.show()
            stage.display.manner = .answersLate
            try Window.find(window).show(.maximized)
            #expect(try state(of: window) == .normal)
            #expect(sizes(stage.taken()).isEmpty)
            #expect(sizes(try stage.ran()) == [2])
            #expect(try state(of: window) == .maximized)
            #expect(try WindowTree.outerRect(of: window) == Self.screen)
            try Window.find(window).show(.minimize)
            #expect(try state(of: window) == .maximized)
            #expect(sizes(try stage.ran()) == [1])
            #expect(try state(of: window) == .minimized)
        }
    }

    @Test func anOlderWordOfAPlaceIsNotTakenForTheAnswer() async throws {
        try await Stage.run { stage in
            let window = try stage.show()
            let surface = stage.surface(window)
            stage.respond = { call in
                guard call.message == Step.queryOpen.message else { return nil }
                // What the display has told is read, and not yet delivered.
                stage.display.inject(
                    .configured(surface, content: Self.place, state: .minimized)
                )
                try WindowThread.current().refresh(readsDisplay: true)
                return 1
            }
            try Window.find(window).show(.minimize)
            try stage.settle()
            try Window.find(window).show(.restore)
            #expect(sizes(try stage.ran()) == [0])
            #expect(try state(of: window) == .normal)
        }
    }

    @Test(arguments: [true, false])
    func aWindowIsCreatedMaximizedWithTheSizeThatItsDisplayGives(_ isGranted: Bool) async throws {
        try await Stage.run { stage in
            stage.display.manner = .looksWhenShown
            stage.respond = { call in
                if call.message == Step.showWindow.message, !isGranted {
                    stage.display.manner = .refuses
                }
                return nil
            }
            let window = try stage.create(style: 0x11CF_0000)
            #expect(sizes(try stage.ran()) == [isGranted ? 2 : 0])
            #expect(try state(of: window) == (isGranted ? .maximized : .normal))
            #expect(try WindowTree.outerRect(of: window) == (isGranted ? Self.screen : Self.place))
            #expect(try Window.find(window).placement.normal == Self.place)
        }
    }

    @Test func aHiddenWindowIsMaximizedWhenItIsShown() async throws {
        try await Stage.run { stage in
            stage.display.manner = .looksWhenShown
            let window = try stage.create()
            _ = stage.taken()
            try Window.find(window).show(.maximized)
            #expect(sizes(try stage.ran()) == [2])
            #expect(try WindowTree.outerRect(of: window) == Self.screen)
            try Window.find(window).show(false)
            try Window.find(window).show(true)
            #expect(sizes(try stage.ran()).isEmpty)
            #expect(try state(of: window) == .maximized)
        }
    }

    @Test func aWindowOfAClassWithoutCloseIsNotClosedByAPerson() async throws {
        try await Stage.run { stage in
            let window = try stage.create(
                className: stage.register(style: 0x0200),
                style: 0x10CF_0000
            )
            try stage.settle()
            stage.display.inject(.closeRequested(stage.surface(window)))
            stage.key(0x73, modifiers: .alt, in: window)
            #expect(!(try stage.ran().contains { $0.message == Step.systemCommand.message }))
            #expect(stage.display.traits(of: stage.surface(window))?.isClosable == false)
        }
    }

    @Test func aDialogIsModalWhileItsOwnerIsDisabled() async throws {
        try await Stage.run { stage in
            let owner = try stage.show()
            let dialog = try stage.create(style: 0x90C0_0000, parent: owner)
            let isModal = { stage.display.traits(of: stage.surface(dialog))?.isModal }
            #expect(isModal() == false)
            _ = try Window.find(owner).enable(false)
            #expect(isModal() == true)
            _ = try Window.find(owner).enable(true)
            #expect(isModal() == false)
        }
    }
}
