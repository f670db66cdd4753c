#if X11

import RatDisplay
import RatX11
import RatX11TestSupport
import Testing

@Suite struct PointerTests {
    private func pointer(_ events: [DisplayEvent]) -> [PointerEvent] {
        events.compactMap { if case .pointer(_, let event) = $0 { event } else { nil } }
    }

    @Test func movesTellWhereInTheSurfaceAndOnTheScreen() throws {
        let stage = try Stage()
        _ = try stage.showSurface()
        stage.injector.movePointer(x: 130, y: 70)
        let events = pointer(try stage.events())
        #expect(events.map(\.action) == [.moved])
        #expect(events.map(\.position) == [Point(x: 30, y: 20)])
        #expect(events.map(\.screenPosition) == [Point(x: 130, y: 70)])
    }

    @Test func everyMoveIsReported() throws {
        let stage = try Stage()
        _ = try stage.showSurface()
        let places = (0..<200).map { 120 + Int16($0 % 50) }
        for place in places { stage.injector.movePointer(x: place, y: 70) }
        stage.injector.roundTrip()
        let events = pointer(try stage.events())
        #expect(events.allSatisfy { $0.action == .moved })
        #expect(events.map(\.screenPosition.x) == places.map { Int32($0) })
    }

    @Test func everyButtonIsToldByItsName() throws {
        let stage = try Stage()
        _ = try stage.showSurface()
        stage.injector.movePointer(x: 130, y: 70)
        _ = try stage.events()
        for number: UInt8 in [1, 2, 3, 8, 9, 10] { stage.injector.click(number) }
        let actions = pointer(try stage.events()).map(\.action)
        let buttons: [PointerButton] = [.left, .middle, .right, .x1, .x2]
        #expect(actions == buttons.flatMap { [.pressed($0), .released($0)] })
    }

    @Test func wheelTurnsAwayAndRightArePositive() throws {
        let stage = try Stage()
        _ = try stage.showSurface()
        stage.injector.movePointer(x: 130, y: 70)
        _ = try stage.events()
        for number: UInt8 in 4...7 { stage.injector.click(number) }
        #expect(
            pointer(try stage.events()).map(\.action) == [
                .wheel(vertical: 120, horizontal: 0), .wheel(vertical: -120, horizontal: 0),
                .wheel(vertical: 0, horizontal: -120), .wheel(vertical: 0, horizontal: 120),
            ]
        )
    }

    @Test func buttonsCarryTheModifiersHeld() throws {
        let stage = try Stage()
        _ = try stage.showSurface()
        stage.injector.movePointer(x: 130, y: 70)
        stage.injector.key(50, isDown: true)
        stage.injector.key(37, isDown: true)
        stage.injector.click(1)
        let events = pointer(try stage.events()).filter { $0.action != .moved }
        #expect(events.map(\.modifiers) == [[.shift, .control], [.shift, .control]])
    }

    @Test func leavingIsToldAtOnceWhenNoButtonIsHeld() throws {
        let stage = try Stage()
        let id = try stage.showSurface()
        stage.injector.movePointer(x: 130, y: 70)
        stage.injector.movePointer(x: 10, y: 10)
        let events = try stage.events()
        #expect(events.last == .pointerLeft(id))
    }

    @Test func heldButtonKeepsThePointerUntilItsRelease() throws {
        let stage = try Stage()
        let id = try stage.showSurface()
        stage.injector.movePointer(x: 130, y: 70)
        stage.injector.button(1, isDown: true)
        stage.injector.movePointer(x: 50, y: 40)
        let dragged = try stage.events()
        stage.injector.button(1, isDown: false)
        let released = try stage.events()
        #expect(!dragged.contains(.pointerLeft(id)))
        #expect(pointer(dragged).last?.position == Point(x: -50, y: -10))
        #expect(pointer(released).map(\.action) == [.released(.left)])
        #expect(released.last == .pointerLeft(id))
    }

    @Test func releaseInsideIsNoLeave() throws {
        let stage = try Stage()
        let id = try stage.showSurface()
        stage.injector.movePointer(x: 130, y: 70)
        stage.injector.button(8, isDown: true)
        stage.injector.movePointer(x: 50, y: 40)
        stage.injector.movePointer(x: 131, y: 70)
        stage.injector.button(8, isDown: false)
        #expect(!(try stage.events()).contains(.pointerLeft(id)))
    }
}

#endif
