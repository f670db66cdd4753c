internal import RatCore
internal import RatDisplay
internal import RatHeadless
internal import RatSystem
internal import RatWindowing
internal import RatWindowingTestSupport
internal import Testing

@Suite struct CreationTests {
    @Test func aVisibleWindowIsCreatedAndActivatedWhileItIsShown() async throws {
        try await Stage.run { stage in
            let window = try stage.create(style: 0x10CF_0000)
            expectSequence(
                stage.taken(),
                .getMinMaxInfo(0).of(window),
                .nonClientCreate(0).of(window),
                .nonClientCalculateSize(0),
                .create(0),
                .showWindow(1, 0),
                .changing,
                .activateApp(1),
                .nonClientActivate(1),
                .activate(1, 0),
                .setFocus(0, 0),
                .nonClientPaint(1),
                .eraseBackground(0),
                .changed,
                .size(0, words(300, 200)),
                .move(0, words(100, 50))
            )
            expectSequence(try stage.ran(), .paint(0, 0))
        }
    }

    @Test func aHiddenWindowIsNeitherShownNorActivated() async throws {
        try await Stage.run { stage in
            _ = try stage.create()
            expectSequence(
                try stage.ran(),
                .getMinMaxInfo,
                .nonClientCreate,
                .nonClientCalculateSize,
                .create
            )
        }
    }

    @Test func zeroFromTheFirstMessageRefuses() async throws {
        try await Stage.run { stage in
            let name = try stage.register()
            var seen = Handle.invalid
            stage.respond = { call in
                seen = call.window ?? seen
                return call.message == Step.nonClientCreate.message ? 0 : nil
            }
            #expect(throws: RatError.cancelled) { try stage.create(className: name) }
            expectSequence(
                try stage.ran(),
                .getMinMaxInfo,
                .nonClientCreate,
                .nonClientDestroy
            )
            #expect(!Window.exists(seen))
            #expect(stage.display.title(of: stage.surface(seen)) == nil)
            try stage.unregister(name)
        }
    }

    @Test func minusOneFromCreateRefuses() async throws {
        try await Stage.run { stage in
            let name = try stage.register()
            var seen = Handle.invalid
            stage.respond = { call in
                seen = call.window ?? seen
                return call.message == Step.create.message ? -1 : nil
            }
            #expect(throws: RatError.cancelled) {
                try stage.create(className: name, style: 0x10CF_0000)
            }
            expectSequence(
                try stage.ran(),
                .getMinMaxInfo,
                .nonClientCreate,
                .nonClientCalculateSize,
                .create,
                .nonClientDestroy
            )
            #expect(!Window.exists(seen))
            #expect(stage.display.title(of: stage.surface(seen)) == nil)
            try stage.unregister(name)
        }
    }

    @Test func theProcedureSeesWhatTheWindowIsCreatedFrom() async throws {
        try await Stage.run { stage in
            let name = try stage.register()
            var titles: [String] = []
            var places: [Rect] = []
            stage.respond = { call in
                guard [Step.nonClientCreate, .create].contains(where: { $0.matches(call) }),
                    let info = unsafe UnsafePointer<CreateStruct>(bitPattern: call.lparam ?? 0)
                else { return nil }
                let seen = unsafe info.pointee
                if let text = unsafe seen.title { titles.append(unsafe String(cString: text)) }
                let size = Size(width: seen.width, height: seen.height)
                places.append(Rect(origin: Point(x: seen.x, y: seen.y), size: size))
                return nil
            }
            _ = try stage.create(className: name, title: "grüße")
            #expect(titles == ["grüße", "grüße"])
            let place = Rect(left: 100, top: 50, right: 400, bottom: 250)
            #expect(places == [place, place])
        }
    }

    @Test func theDefaultFirstMessageStoresTheTitle() async throws {
        try await Stage.run { stage in
            let window = try stage.create(title: "kept")
            #expect(try Window.find(window).text == "kept")
            #expect(stage.display.title(of: stage.surface(window)) == "kept")
        }
    }

    @Test func whoSwallowsTheFirstMessageHasNoTitle() async throws {
        try await Stage.run { stage in
            stage.respond = { $0.message == Step.nonClientCreate.message ? 1 : nil }
            let window = try stage.create(title: "swallowed")
            #expect(try Window.find(window).text.isEmpty)
            #expect(stage.display.title(of: stage.surface(window)) == "")
        }
    }

    @Test func aWindowCanShowItselfWhileItIsCreated() async throws {
        try await Stage.run { stage in
            stage.respond = { call in
                guard call.message == Step.create.message, let window = call.window else {
                    return nil
                }
                try Window.find(window).show(true)
                return 0
            }
            _ = try stage.create()
            expectSequence(
                try stage.ran(),
                .getMinMaxInfo,
                .nonClientCreate,
                .nonClientCalculateSize,
                .create,
                .showWindow(1, 0),
                .changing,
                .activateApp(1),
                .nonClientActivate(1),
                .activate(1, 0),
                .setFocus(0, 0),
                .nonClientPaint,
                .eraseBackground,
                .changed,
                .size,
                .move,
                .paint
            )
        }
    }

    @Test func aWindowThatTookTheFocusAndRefusesLosesItBeforeItsLastMessage() async throws {
        try await Stage.run { stage in
            stage.respond = { call in
                guard call.message == Step.create.message, let window = call.window else {
                    return nil
                }
                let engine = try Window.find(window)
                try engine.show(true)
                try WindowThread.current().takeFocus(engine.handle)
                return -1
            }
            #expect(throws: RatError.cancelled) { try stage.create() }
            #expect(stage.taken().last?.message == Step.nonClientDestroy.message)
            let thread = try WindowThread.current()
            #expect(thread.focusHandle == .invalid)
            expectSequence(try stage.ran())
        }
    }

    @Test func theClientAreaIsWhatTheProcedureLeavesOfTheWindow() async throws {
        try await Stage.run { stage in
            stage.respond = { call in
                guard call.message == Step.nonClientCalculateSize.message,
                    let rect = unsafe UnsafeMutablePointer<Rect>(bitPattern: call.lparam ?? 0)
                else { return nil }
                unsafe rect.pointee.top += 20
                return 0
            }
            let window = try stage.create()
            let size = Size(width: 300, height: 180)
            #expect(try Window.find(window).clientRect.size == size)
            expectSequence(
                try stage.ran(),
                .getMinMaxInfo,
                .nonClientCreate,
                .nonClientCalculateSize,
                .create
            )
            try Window.find(window).show(true)
            let told = try stage.ran().filter { (0x0003...0x0005).contains($0.message) }
            expectSequence(told, .size(0, words(300, 180)), .move(0, words(100, 70)))
        }
    }

    @Test func whatCannotBeCreatedSaysWhy() async throws {
        try await Stage.run { stage in
            #expect(throws: RatError.notFound) { try stage.create(className: "no such class") }
            #expect(throws: RatError.invalidArgument) { try stage.create(style: 0x4000_0000) }
            for (width, height) in [(-1, 10), (10, -1), (32_768, 10), (10, 32_768)]
                as [(Int32, Int32)]
            {
                #expect(throws: RatError.invalidArgument) {
                    try stage.create(size: Size(width: width, height: height))
                }
            }
            #expect(stage.taken().isEmpty)
        }
    }

    @Test func aWindowWithoutAnAreaIsAWindow() async throws {
        try await Stage.run { stage in
            let window = try stage.show(size: Size(width: 0, height: 0))
            let engine = try Window.find(window)
            engine.invalidate(Rect(left: 0, top: 0, right: 9, bottom: 9), erases: true)
            #expect(!engine.needsPaint)
            let paint = try engine.beginPaint()
            #expect(unsafe paint.pixels == nil)
            #expect(paint.rect.isEmpty)
            try engine.endPaint()
        }
    }

    @Test func aClassWithWindowsCannotBeUnregistered() async throws {
        try await Stage.run { stage in
            let name = try stage.register()
            let window = try stage.create(className: name.uppercased())
            #expect(throws: RatError.accessDenied) { try WindowClassTable.unregister(name: name) }
            try Window.find(window).destroy()
            try stage.unregister(name)
            #expect(throws: RatError.notFound) { try stage.create(className: name) }
        }
    }

    @Test func classNamesAreComparedWithoutAsciiCase() async throws {
        try await Stage.run { stage in
            let name = try stage.register()
            #expect(throws: RatError.alreadyExists) {
                try WindowClassTable.register(
                    name: name.lowercased(),
                    WindowClassTraits(
                        style: 0,
                        procedure: { _, _, _, _ in 0 },
                        background: 0
                    )
                )
            }
            #expect(throws: RatError.notFound) {
                try WindowClassTable.unregister(name: name + "x")
            }
        }
    }

    @Test(arguments: [(0, 0 as UInt32), (256, 0), (5, 0x4)])
    func aBadClassIsRefused(nameSize: Int, style: UInt32) {
        #expect(throws: RatError.invalidArgument) {
            try WindowClassTable.register(
                name: String(repeating: "b", count: nameSize),
                WindowClassTraits(style: style, procedure: { _, _, _, _ in 0 })
            )
        }
    }
}
