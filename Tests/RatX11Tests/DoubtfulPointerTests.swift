#if X11

import RatDisplay
import RatX11TestSupport
import Testing

@testable import RatX11

/// The pointer while others are told what it does.
@Suite struct DoubtfulPointerTests {
    /// With the input extension, and as the core protocol tells of the pointer.
    private static let ways = [Capabilities.all, .all.subtracting(.smoothScrolling)]

    /// The pointer is in a surface at (100, 50), and somebody else has grabbed it.
    private func grabbed(_ capabilities: Capabilities) throws -> (stage: Stage, id: SurfaceID) {
        let stage = try Stage(using: capabilities)
        let id = try stage.showSurface()
        stage.injector.movePointer(x: 130, y: 70)
        _ = try stage.events()
        #expect(stage.injector.canGrabPointer(keeps: true))
        return (stage, id)
    }

    private func moves(_ events: [DisplayEvent]) -> [Point] {
        events.compactMap { event in
            guard case .pointer(_, let pointer) = event, pointer.action == .moved else {
                return nil
            }
            return pointer.position
        }
    }

    @Test func pointerThatMovesAwayDuringAGrabHasLeft() throws {
        let (stage, id) = try grabbed(.all)
        #expect(try stage.events().isEmpty)
        stage.injector.movePointer(x: 131, y: 71)
        #expect(try stage.events().isEmpty)
        stage.injector.movePointer(x: 600, y: 400)
        #expect(try stage.events() == [.pointerLeft(id)])
        // Then nobody is told of what others do.
        #expect(!stage.display.watchesPointer)
        stage.injector.ungrabPointer()
        #expect(try stage.events().isEmpty)
    }

    @Test func withoutTheExtensionItHasLeftWhenAnythingIsHeardOf() throws {
        let (stage, id) = try grabbed(Self.ways[1])
        stage.injector.movePointer(x: 600, y: 400)
        stage.injector.setResources("Xft.hinting: 1")
        #expect(try stage.events() == [.pointerLeft(id)])
    }

    @Test(arguments: ways)
    func keyboardThatGoesDoesNotTakeThePointerAlong(_ capabilities: Capabilities) throws {
        let (stage, id) = try grabbed(capabilities)
        stage.injector.giveKeyboardToNobody()
        let events = try stage.events()
        #expect(events.contains(.focusLost(id)))
        #expect(!events.contains(.pointerLeft(id)))
    }

    @Test(arguments: ways)
    func endOfAGrabTellsOfThePointerOnlyWhatIsNew(_ capabilities: Capabilities) throws {
        let (stage, _) = try grabbed(capabilities)
        stage.injector.ungrabPointer()
        #expect(try stage.events().isEmpty)
        #expect(!stage.display.watchesPointer)
        #expect(stage.injector.canGrabPointer(keeps: true))
        stage.injector.movePointer(x: 140, y: 80)
        stage.injector.ungrabPointer()
        #expect(moves(try stage.events()) == [Point(x: 40, y: 30)])
    }

    @Test func pointerInAFrameOfTheManagersIsFound() throws {
        let stage = try Stage(manager: Managers.openbox)
        let id = SurfaceID(rawValue: 1)
        let options = SurfaceOptions(
            position: Point(x: 100, y: 50),
            size: Size(width: 300, height: 200),
            title: "surface",
            className: "RatTest"
        )
        try stage.display.createSurface(id, options)
        try stage.display.setVisible(true, of: id)
        _ = try stage.events { $0.contains(.focusGained(id)) }
        try stage.injector.waitForAnswer()
        _ = try stage.events()
        let window = try stage.window()
        let origin = try #require(stage.injector.origin(of: window))
        let place = Point(x: origin.x + 30, y: origin.y + 30)
        stage.injector.movePointer(x: Int16(place.x), y: Int16(place.y))
        _ = try stage.events()
        #expect(stage.injector.canGrabPointer(keeps: true))
        stage.injector.movePointer(x: Int16(place.x) + 1, y: Int16(place.y))
        #expect(!(try stage.events()).contains(.pointerLeft(id)))
        // Onto the frame, which is not the content.
        stage.injector.movePointer(x: Int16(place.x), y: Int16(origin.y) - 5)
        #expect(try stage.events().contains(.pointerLeft(id)))
    }

    @Test(
        arguments: [(1, PointerButton.left), (3, .right), (8, .x1), (9, .x2)]
            as [(UInt8, PointerButton)]
    )
    func releaseThatAWindowDoesNotLiveToSeeIsMissed(
        _ number: UInt8,
        _ button: PointerButton
    ) throws {
        let stage = try Stage()
        let id = try stage.showSurface()
        stage.injector.movePointer(x: 130, y: 70)
        stage.injector.button(number, isDown: true)
        _ = try stage.events()
        try stage.display.setVisible(false, of: id)
        #expect(!(try stage.events()).contains(.buttonMissed(button)))
        stage.injector.button(number, isDown: false)
        #expect(try stage.events() == [.buttonMissed(button)])
        #expect(!stage.display.watchesPointer)
    }

    @Test(arguments: ways)
    func buttonThatIsNotHeldAnyMoreIsMissedAtTheNextMove(_ capabilities: Capabilities) throws {
        let stage = try Stage(using: capabilities)
        let id = try stage.showSurface()
        stage.injector.movePointer(x: 130, y: 70)
        stage.injector.button(1, isDown: true)
        _ = try stage.events()
        try stage.display.setVisible(false, of: id)
        stage.injector.movePointer(x: 10, y: 10)
        try stage.display.synchronize()
        stage.injector.button(1, isDown: false)
        stage.injector.roundTrip()
        try stage.display.setVisible(true, of: id)
        _ = try stage.events()
        stage.injector.movePointer(x: 131, y: 70)
        stage.injector.button(1, isDown: true)
        stage.injector.button(1, isDown: false)
        let buttons = try stage.events().compactMap { event -> PointerEvent.Action? in
            if case .pointer(_, let pointer) = event, pointer.action != .moved {
                return pointer.action
            }
            return nil
        }
        #expect(buttons == [.pressed(.left), .released(.left)])
    }
}

#endif
