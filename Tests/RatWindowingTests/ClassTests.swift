internal import RatCore
internal import RatMessaging
internal import RatWindowing
internal import RatWindowingTestSupport
internal import Testing

/// What answers with a number of its own, and is the default otherwise.
private let ten: WindowProcedure = { window, message, wparam, lparam in
    message == Step.app.message
        ? 10 : Window.defaultProcedure(Handle(rawValue: window), message, wparam, lparam)
}

private let twenty: WindowProcedure = { window, message, wparam, lparam in
    let answer = ten(window, message, wparam, lparam)
    return message == Step.app.message ? answer + 20 : answer
}

@Suite struct ClassTests {
    private static func ask(_ window: Handle) throws -> Int {
        let procedure = try #require(try Window.find(window).procedure)
        return procedure(window.rawValue, Step.app.message, 0, 0)
    }

    private static func address(_ procedure: WindowProcedure) -> Int {
        unsafe unsafeBitCast(procedure, to: Int.self)
    }

    @Test func aClassTellsWhatItWasRegisteredWith() async throws {
        try await Stage.run { _ in
            let traits = WindowClassTraits(
                style: 0xA,
                procedure: ten,
                background: 0xFF11_2233,
                classExtra: 8,
                windowExtra: 24
            )
            let made = try WindowClassTable.register(name: "Told", traits)
            for name in [ClassName.name("tOLD"), .atom(made.atom)] {
                let found = try WindowClassTable.find(name)
                #expect(found === made)
                #expect(found.traits.style == 0xA)
                #expect(Self.address(found.traits.procedure) == Self.address(ten))
                #expect(found.traits.background == 0xFF11_2233)
                #expect((found.traits.classExtra, found.traits.windowExtra) == (8, 24))
            }
            try WindowClassTable.unregister(.atom(made.atom))
            #expect(throws: RatError.notFound) { try WindowClassTable.find(.name("Told")) }
            // Its number may be another test's class by now.
            #expect((try? WindowClassTable.find(.atom(made.atom))) !== made)
        }
    }

    // As Wine 8.0 showed.
    @Test func aClasssNewProcedureIsThatOfNewWindows() async throws {
        try await Stage.run { stage in
            let name = try stage.register()
            let first = try Window.find(stage.create(className: name))
            #expect(try first.setClassLong(-24, Self.address(ten)) != 0)
            let second = try stage.create(className: name)
            #expect(try first.classLong(-24) == Self.address(ten))
            #expect(try Self.ask(second) == 10)
            #expect(try first.long(-4) != Self.address(ten))
            _ = try Window.find(second).setClassLong(-24, Self.address(twenty))
            #expect(try Self.ask(second) == 10)
            #expect(try Self.ask(stage.create(className: name)) == 30)
        }
    }

    // As Wine 8.0 showed.
    @Test func extraBytesOfAClassAreSharedAndOutliveItsWindows() async throws {
        try await Stage.run { stage in
            let traits = WindowClassTraits(style: 0, procedure: ten, classExtra: 16)
            let made = try WindowClassTable.register(name: "Shared", traits)
            let first = try Window.find(stage.create(className: "Shared"))
            let second = try Window.find(stage.create(className: "Shared"))
            #expect(try first.setClassLong(0, 11) == 0)
            #expect(try second.setClassLong(0, 12) == 11)
            try second.setClassExtra([1, 2, 3, 4], at: 12)
            #expect(try Array(first.classExtra(11, 5)) == [0, 1, 2, 3, 4])
            for offset in [9, 16, 400, -1] {
                #expect(throws: RatError.invalidArgument) {
                    try first.classLong(Int32(offset))
                }
            }
            #expect(throws: RatError.invalidArgument) { try first.classExtra(13, 4) }
            first.destroy()
            second.destroy()
            let third = try Window.find(stage.create(className: "Shared"))
            #expect(try third.classLong(0) == 12)
            third.destroy()
            try WindowClassTable.unregister(.atom(made.atom))
        }
    }

    @Test func eachWindowHasExtraBytesOfItsOwn() async throws {
        try await Stage.run { stage in
            let traits = WindowClassTraits(style: 0, procedure: ten, windowExtra: 12)
            _ = try WindowClassTable.register(name: "Own", traits)
            let first = try Window.find(stage.create(className: "Own"))
            let second = try Window.find(stage.create(className: "Own"))
            #expect(try first.setLong(3, .min) == 0)
            #expect(try first.long(3) == .min)
            #expect(try second.long(3) == 0)
            for offset: Int32 in [5, 12, .max] {
                #expect(throws: RatError.invalidArgument) { try first.setLong(offset, 1) }
            }
            for size in [65_537, -1] {
                let bad = WindowClassTraits(style: 0, procedure: ten, windowExtra: size)
                #expect(throws: RatError.invalidArgument) {
                    try WindowClassTable.register(name: "Bad", bad)
                }
            }
            first.destroy()
            second.destroy()
            try WindowClassTable.unregister(.name("own"))
        }
    }

    @Test func aClassOfAThreadIsFoundThereOnlyAndEndsWithIt() async throws {
        let name = "Twofold"
        let traits = WindowClassTraits(style: 0, procedure: ten)
        let shared = try WindowClassTable.register(name: name, traits)
        let atom = shared.atom
        try await Stage.run { stage in
            let own = WindowClassTraits(style: ClassStyle.threadClass, procedure: twenty)
            let made = try WindowClassTable.register(name: name, own)
            #expect(made.atom == atom)
            #expect(throws: RatError.alreadyExists) {
                try WindowClassTable.register(name: name.uppercased(), own)
            }
            #expect(throws: RatError.alreadyExists) {
                try WindowClassTable.register(name: name, traits)
            }
            let window = try stage.create(className: name)
            #expect(try Self.ask(window) == 30)
            let thread = try OtherThread {
                #expect((try? WindowClassTable.find(.name(name))) !== made)
            }
            thread.join()
            #expect(throws: RatError.accessDenied) { try WindowClassTable.unregister(name: name) }
            try Window.find(window).destroy()
            try WindowClassTable.unregister(name: name)
            #expect(try WindowClassTable.find(.name(name)) === shared)
            _ = try WindowClassTable.register(name: name, own)
            _ = try WindowClassTable.register(name: "Thread's alone", own)
        }
        #expect(try WindowClassTable.find(.name(name)) === shared)
        #expect(throws: RatError.notFound) {
            try WindowClassTable.atom(of: .name("Thread's alone"))
        }
        try WindowClassTable.unregister(name: name)
    }

    @Test func onlyWhatMakesSenseCanBeSetForAClass() {
        #expect(ClassLong.isSettable(-26, to: 3))
        #expect(!ClassLong.isSettable(-26, to: 4))
        #expect(!ClassLong.isSettable(-26, to: -1))
        #expect(!ClassLong.isSettable(-26, to: Int(ClassStyle.threadClass)))
        #expect(!ClassLong.isSettable(-24, to: 0))
        #expect(!ClassLong.isSettable(-20, to: 8))
        #expect(!ClassLong.isSettable(-32, to: 8))
        #expect(!ClassLong.isSettable(-18, to: 65_537))
        #expect(!ClassLong.isSettable(-10, to: -1))
        #expect(!ClassLong.isKnown(-4))
    }
}
