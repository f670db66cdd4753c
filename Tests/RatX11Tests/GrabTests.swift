#if X11

import Glibc
import RatDisplay
import RatX11TestSupport
import Testing

@testable import RatX11

/// A popup that has all that the pointer does while it is shown.
@Suite struct GrabTests {
    private let popup = SurfaceID(rawValue: 9)

    /// A surface at (100, 50) with a popup at (300, 200) that has grabbed the pointer, which is elsewhere.
    private func stage(
        _ capabilities: Capabilities = .all,
        whileHeld: Bool = false
    ) throws -> Stage {
        let stage = try Stage(using: capabilities)
        _ = try stage.showSurface()
        if whileHeld {
            stage.injector.movePointer(x: 110, y: 60)
            stage.injector.button(1, isDown: true)
            stage.injector.roundTrip()
            _ = try stage.events()
        }
        var options = SurfaceOptions(
            position: Point(x: 300, y: 200),
            size: Size(width: 80, height: 60),
            title: "popup",
            className: "RatTest"
        )
        options.traits.kind = .popup
        options.traits.takesFocus = false
        try stage.display.createSurface(popup, options)
        try stage.display.setVisible(true, of: popup)
        try stage.display.setGrab(popup)
        if whileHeld {
            stage.injector.button(1, isDown: false)
        }
        _ = try stage.events()
        return stage
    }

    private func presses(_ events: [DisplayEvent]) -> [(surface: SurfaceID, place: Point)] {
        events.compactMap { event in
            guard case .pointer(let id, let pointer) = event, case .pressed = pointer.action
            else { return nil }
            return (id, pointer.position)
        }
    }

    private func press(_ stage: Stage, _ x: Int16, _ y: Int16) throws -> [DisplayEvent] {
        stage.injector.movePointer(x: x, y: y)
        stage.injector.click(1)
        return try stage.events()
    }

    @Test(arguments: [Capabilities.all, Capabilities.all.subtracting(.smoothScrolling)])
    func pressOutsideOfAllWindowsIsThePopups(_ capabilities: Capabilities) throws {
        let stage = try stage(capabilities)
        let outside = presses(try press(stage, 700, 500))
        #expect(outside.map(\.surface) == [popup])
        #expect(outside.first?.place == Point(x: 400, y: 300))
        let own = presses(try press(stage, 110, 60))
        #expect(own.map(\.surface) == [SurfaceID(rawValue: 1)])
        let inside = presses(try press(stage, 310, 210))
        #expect(inside.map(\.surface) == [popup])
    }

    @Test(arguments: [Capabilities.all, Capabilities.all.subtracting(.smoothScrolling)])
    func grabCanBeTakenWhileAButtonIsHeld(_ capabilities: Capabilities) throws {
        let stage = try stage(capabilities, whileHeld: true)
        let outside = presses(try press(stage, 700, 500))
        #expect(outside.map(\.surface) == [popup])
    }

    @Test func endedGrabLeavesThePointerToOthersAtOnce() throws {
        let stage = try stage()
        #expect(!stage.injector.canGrabPointer())
        try stage.display.setGrab(nil)
        try stage.display.synchronize()
        #expect(stage.injector.canGrabPointer())
        #expect(presses(try press(stage, 700, 500)).isEmpty)
    }

    @Test(arguments: [Capabilities.all, Capabilities.all.subtracting(.smoothScrolling)])
    func grabThatSomebodyElseHasIsLost(_ capabilities: Capabilities) throws {
        let stage = try Stage(using: capabilities)
        #expect(stage.injector.canGrabPointer(keeps: true))
        let id = try stage.showSurface()
        try stage.display.setGrab(id)
        #expect(try stage.events().contains(.grabLost(id)))
    }

    @Test func grabOfAPopupThatSomebodyHidesIsLost() throws {
        let stage = try stage()
        stage.injector.unmap(try stage.window(titled: "popup"))
        #expect(try stage.events().contains(.grabLost(popup)))
        #expect(stage.injector.canGrabPointer())
    }

    @Test func popupThatIsDestroyedGrabsNoMore() throws {
        let stage = try stage()
        try stage.display.destroySurface(popup)
        try stage.display.synchronize()
        #expect(stage.injector.canGrabPointer())
    }

    @Test func threadThatIsStuckDoesNotKeepThePointer() throws {
        let stage = try stage()
        // Nothing is read: only the watch can end it.
        var isFree = false
        for _ in 0..<200 where !isFree {
            isFree = stage.injector.canGrabPointer()
            if !isFree { _ = poll(nil, 0, 50) }
        }
        #expect(isFree)
        #expect(try stage.events().contains(.grabLost(popup)))
    }

    @Test func threadThatSleepsForEventsIsNotStuckAndOneThatReadsNoneIs() {
        var patience = GrabPatience(since: 100)
        #expect(!patience.isOver(at: 103))
        #expect(patience.isOver(at: 104))
        patience.noteLife(isAsleep: true, at: 104)
        #expect(!patience.isOver(at: 100_000))
        patience.noteLife(isAsleep: false, at: 100_000)
        #expect(!patience.isOver(at: 100_003))
        #expect(patience.isOver(at: 100_004))
    }
}

#endif
