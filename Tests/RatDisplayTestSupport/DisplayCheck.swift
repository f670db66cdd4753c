internal import RatDisplay

/// One run of a rule.
struct DisplayCheck {
    private let subject: DisplaySubject
    private var display: any DisplayBackend { subject.display }
    private(set) var violations: [String] = []

    private static let size = Size(width: 40, height: 30)
    private static let options = SurfaceOptions(
        position: Point(x: 10, y: 20),
        size: size,
        title: "conformance",
        className: "RatTest"
    )
    private static let first = SurfaceID(rawValue: 1)
    private static let second = SurfaceID(rawValue: 2)

    init(_ subject: DisplaySubject) {
        self.subject = subject
    }

    private mutating func expect(_ isTrue: Bool, _ claim: String) {
        if !isTrue { violations.append(claim) }
    }

    /// Every request that names a surface, by name.
    private func requests(
        on id: SurfaceID,
        _ pixels: PixelStore
    ) -> [(name: String, run: () throws(DisplayError) -> Void)] {
        let display = display
        let rect = Rect(origin: Point(x: 3, y: 4), size: Self.size)
        return [
            ("setVisible", { () throws(DisplayError) in try display.setVisible(true, of: id) }),
            ("setContent", { () throws(DisplayError) in try display.setContent(rect, of: id) }),
            ("setTitle", { () throws(DisplayError) in try display.setTitle("renamed", of: id) }),
            ("setGrab", { () throws(DisplayError) in try display.setGrab(id) }),
            (
                "setTraits",
                { () throws(DisplayError) in try display.setTraits(SurfaceTraits(), of: id) }
            ),
            ("requestFocus", { () throws(DisplayError) in try display.requestFocus(id) }),
            (
                "present",
                { () throws(DisplayError) in
                    let all = Rect(origin: Point(x: 0, y: 0), size: pixels.size)
                    try display.present(pixels, [all], on: id)
                }
            ),
            ("destroySurface", { () throws(DisplayError) in try display.destroySurface(id) }),
        ]
    }

    private mutating func expectEach(
        of requests: [(name: String, run: () throws(DisplayError) -> Void)],
        fails expected: DisplayError
    ) {
        for request in requests {
            do throws(DisplayError) {
                try request.run()
                violations.append("\(request.name) succeeds")
            } catch {
                expect(error == expected, "\(request.name) fails with \(error)")
            }
        }
    }

    /// Everything that happened so far.
    private func events() throws -> [DisplayEvent] {
        try subject.settle()
        display.pump()
        var events: [DisplayEvent] = []
        while let event = display.nextEvent() { events.append(event) }
        return events
    }

    // MARK: - Rules

    mutating func life() throws {
        try display.createSurface(Self.first, Self.options)
        let pixels = try display.makePixels(size: Self.size)
        for request in requests(on: Self.first, pixels) {
            try request.run()
            _ = try events()
        }
    }

    mutating func destructionWhileShown() throws {
        try display.createSurface(Self.first, Self.options)
        try display.setVisible(true, of: Self.first)
        try display.destroySurface(Self.first)
        let isToldBack = try events().contains(.destroyed(Self.first))
        expect(!isToldBack, "what the program destroyed is not told as destroyed by others")
    }

    mutating func unknownSurface() throws {
        let pixels = try display.makePixels(size: Self.size)
        expectEach(of: requests(on: Self.first, pixels), fails: .noSuchSurface)
    }

    mutating func destroyedSurface() throws {
        let pixels = try display.makePixels(size: Self.size)
        try display.createSurface(Self.first, Self.options)
        try display.destroySurface(Self.first)
        expectEach(of: requests(on: Self.first, pixels), fails: .noSuchSurface)
        _ = try events()
        expectEach(of: requests(on: Self.first, pixels), fails: .noSuchSurface)
    }

    mutating func showingTwice() throws {
        try display.createSurface(Self.first, Self.options)
        try display.setVisible(false, of: Self.first)
        try display.setVisible(true, of: Self.first)
        _ = try events()
        try display.setVisible(true, of: Self.first)
        let again = try events()
        expect(again.isEmpty, "showing what is shown leads to \(again)")
    }

    mutating func twoSurfaces() throws {
        try display.createSurface(Self.first, Self.options)
        try display.createSurface(Self.second, Self.options)
        try display.setVisible(true, of: Self.first)
        try display.setVisible(true, of: Self.second)
        _ = try events()
        try display.destroySurface(Self.first)
        let pixels = try display.makePixels(size: Self.size)
        for request in requests(on: Self.second, pixels) { try request.run() }
    }

    mutating func draining() throws {
        try display.createSurface(Self.first, Self.options)
        try display.setVisible(true, of: Self.first)
        _ = try events()
        expect(display.nextEvent() == nil, "an event comes after the last one")
        expect(display.prepareToSleep(), "sleeping is refused though nothing is left to read")
        expect(display.nextEvent() == nil, "preparing to sleep makes an event")
    }

    mutating func newPixels() throws {
        for size in [Size(width: 0, height: 0), Size(width: 5, height: 3), Self.size] {
            let pixels = try display.makePixels(size: size)
            expect(pixels.size == size, "pixels for \(size) have the size \(pixels.size)")
            for y in 0..<size.height {
                for x in 0..<size.width where pixels.pixel(at: Point(x: x, y: y)) != 0 {
                    violations.append("the pixel at (\(x), \(y)) is not 0")
                }
            }
        }
    }

    mutating func presenting() throws {
        try display.createSurface(Self.first, Self.options)
        try display.setVisible(true, of: Self.first)
        _ = try events()
        let pixels = try display.makePixels(size: Self.size)
        let all = Rect(origin: Point(x: 0, y: 0), size: Self.size)
        for color in [0xFF11_2233, 0xFF44_5566] as [UInt32] {
            pixels.fill(all, with: color)
            try display.present(pixels, [all, all], on: Self.first)
            expect(pixels.pixel(at: Point(x: 1, y: 1)) == color, "presenting changes the pixels")
        }
        try display.present(pixels, [], on: Self.first)
        _ = try events()
    }

    mutating func composing() {
        display.resetCompose()
        expect(display.compose(0x61) == .passThrough, "a letter is part of a sequence")
        display.resetCompose()
    }

    mutating func requestsAfterLoss() throws {
        let pixels = try display.makePixels(size: Self.size)
        try display.createSurface(Self.first, Self.options)
        _ = try events()
        try subject.lose()
        _ = try events()
        let display = display
        let others: [(name: String, run: () throws(DisplayError) -> Void)] = [
            (
                "createSurface",
                { () throws(DisplayError) in
                    try display.createSurface(Self.second, Self.options)
                }
            ),
            (
                "makePixels",
                { () throws(DisplayError) in _ = try display.makePixels(size: Self.size) }
            ),
        ]
        expectEach(of: others, fails: .notConnected)
        expectEach(of: requests(on: Self.first, pixels), fails: .notConnected)
        expectEach(of: requests(on: Self.second, pixels), fails: .notConnected)
        display.resetCompose()
    }

    mutating func eventsAfterLoss() throws {
        try display.createSurface(Self.first, Self.options)
        try display.setVisible(true, of: Self.first)
        try subject.lose()
        let events = try events()
        expect(events.last == .lost, "the last event is \(String(describing: events.last))")
        expect(events.filter { $0 == .lost }.count == 1, "the loss is told more than once")
        let later = try self.events()
        expect(later.isEmpty, "after the loss comes \(later)")
        expect(display.prepareToSleep(), "a lost display keeps its thread awake")
    }
}
