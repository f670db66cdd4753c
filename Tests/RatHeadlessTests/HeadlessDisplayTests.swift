internal import RatDisplay
internal import RatHeadless
internal import Testing

@Suite struct HeadlessDisplayTests {
    private let display = HeadlessDisplay()
    private let a = SurfaceID(rawValue: 1)
    private let b = SurfaceID(rawValue: 2)

    private func create(_ id: SurfaceID, at position: Point? = Point(x: 10, y: 20)) throws {
        let options = SurfaceOptions(
            position: position,
            size: Size(width: 40, height: 30),
            title: "title",
            className: "RatTest"
        )
        try display.createSurface(id, options)
    }

    private func events() -> [DisplayEvent] {
        var events: [DisplayEvent] = []
        while let event = display.nextEvent() { events.append(event) }
        return events
    }

    @Test func theSurfaceShownLastHasTheKeyboardAndHandsItBack() throws {
        try create(a)
        try create(b)
        try display.setVisible(true, of: a)
        try display.setVisible(true, of: b)
        #expect(events() == [.focusGained(a), .focusLost(a), .focusGained(b)])
        try display.setVisible(false, of: b)
        #expect(events() == [.focusLost(b), .focusGained(a)])
        try display.destroySurface(a)
        #expect(events() == [.focusLost(a)])
    }

    @Test func aSurfaceThatIsShownWithoutActivatingLeavesTheKeyboardWhereItIs() throws {
        try create(a)
        try create(b)
        try display.setVisible(true, activates: false, of: a)
        #expect(events() == [])
        try display.setVisible(true, of: b)
        try display.setVisible(false, of: a)
        try display.setVisible(true, activates: false, of: a)
        #expect(events() == [.focusGained(b)])
    }

    @Test func aSurfaceThatAsksForTheKeyboardGetsItIfItIsShown() throws {
        try create(a)
        try create(b)
        try display.setVisible(true, of: a)
        _ = events()
        try display.requestFocus(b)
        #expect(events() == [])
        try display.setVisible(true, of: b)
        try display.requestFocus(a)
        #expect(events() == [.focusLost(a), .focusGained(b), .focusLost(b), .focusGained(a)])
    }

    @Test func surfacesWithoutAPlaceCascadeAndAreToldWhere() throws {
        try create(a, at: nil)
        #expect(events() == [])
        try create(b, at: nil)
        let content = Rect(left: 26, top: 26, right: 66, bottom: 56)
        #expect(events() == [.configured(b, content: content, state: .normal)])
        #expect(display.content(of: b) == content)
    }

    @Test func whatIsInjectedComesInOrder() throws {
        let told: [DisplayEvent] = [.closeRequested(a), .exposed(b, .empty), .pointerLeft(a)]
        for event in told { display.inject(event) }
        #expect(!display.prepareToSleep())
        #expect(events() == told)
        #expect(display.prepareToSleep())
    }

    @Test func onlyThePresentedPartsAreShown() throws {
        try create(a)
        #expect(display.shownPixel(at: Point(x: 0, y: 0), of: a) == nil)
        let pixels = try display.makePixels(size: Size(width: 40, height: 30))
        let all = Rect(left: 0, top: 0, right: 40, bottom: 30)
        pixels.fill(all, with: 1)
        try display.present(pixels, [all], on: a)
        pixels.fill(all, with: 2)
        try display.present(pixels, [Rect(left: 0, top: 0, right: 2, bottom: 2)], on: a)
        #expect(display.shownPixel(at: Point(x: 1, y: 1), of: a) == 2)
        #expect(display.shownPixel(at: Point(x: 2, y: 1), of: a) == 1)
        #expect(display.shownPixel(at: Point(x: 40, y: 1), of: a) == nil)
    }

    @Test func titlesAndPlacesCanBeReadBack() throws {
        try create(a)
        #expect(display.title(of: a) == "title")
        try display.setTitle("other", of: a)
        #expect(display.title(of: a) == "other")
        let content = Rect(left: 1, top: 2, right: 3, bottom: 4)
        try display.setContent(content, of: a)
        #expect(display.content(of: a) == content)
        try display.destroySurface(a)
        #expect(display.title(of: a) == nil)
    }
}
