#if X11

import RatDisplay
import RatX11TestSupport
import Testing

@testable import RatX11

/// _NET_WM_USER_TIME, by which a manager knows whom a person works with.
@Suite struct UserTimeTests {
    private func times(_ stage: Stage, titled title: String = "surface") throws -> [UInt32] {
        let window = try stage.window(titled: title)
        let holder = try #require(
            stage.injector.words(window, "_NET_WM_USER_TIME_WINDOW").first
        )
        return stage.injector.words(holder, "_NET_WM_USER_TIME")
    }

    /// As the thread of the windows does when there is nothing more to do.
    private func sleep(_ stage: Stage) throws {
        while !stage.display.prepareToSleep() { stage.display.pump() }
        try stage.display.synchronize()
        _ = try stage.events()
    }

    private func create(_ stage: Stage, _ number: UInt64, title: String) throws -> SurfaceID {
        let id = SurfaceID(rawValue: number)
        let options = SurfaceOptions(
            position: Point(x: 400, y: 300),
            size: Size(width: 90, height: 60),
            title: title,
            className: "RatTest"
        )
        try stage.display.createSurface(id, options)
        return id
    }

    @Test func keysAndButtonsAreTold() throws {
        let stage = try Stage()
        _ = try stage.showSurface()
        stage.injector.movePointer(x: 130, y: 70)
        _ = try stage.events()
        var latest: UInt32 = 0
        for number in 0..<2 {
            if number == 0 { stage.injector.tap(38) } else { stage.injector.click(1) }
            _ = try stage.events()
            try sleep(stage)
            #expect(try times(stage) == [stage.display.translator.userTime])
            // There each change would wake the program.
            #expect(stage.injector.words(try stage.window(), "_NET_WM_USER_TIME").isEmpty)
            #expect(stage.display.translator.userTime >= latest)
            latest = max(1, stage.display.translator.userTime)
        }
    }

    @Test func inputWakesNobodyAgain() throws {
        let stage = try Stage()
        _ = try stage.showSurface()
        stage.injector.tap(38)
        _ = try stage.events()
        while !stage.display.prepareToSleep() { stage.display.pump() }
        // What the request has led to would have arrived by now.
        try stage.display.synchronize()
        #expect(stage.display.prepareToSleep())
        #expect(stage.taken().isEmpty)
    }

    @Test func windowThatIsShownWithoutActivationHasTheTimeZero() throws {
        let stage = try Stage(manager: Managers.openbox)
        let first = try create(stage, 1, title: "surface")
        try stage.display.setVisible(true, of: first)
        _ = try stage.events { $0.contains(.focusGained(first)) }
        stage.injector.tap(38)
        _ = try stage.events()
        let second = try create(stage, 2, title: "second")
        try stage.display.setVisible(true, activates: false, of: second)
        _ = try stage.events()
        #expect(try times(stage, titled: "second") == [0])
        let window = try stage.window(titled: "second")
        #expect(stage.injector.words(window, "_NET_WM_USER_TIME") == [0])
        try stage.injector.waitForAnswer()
        #expect(stage.injector.focusedWindow() == (try stage.window()))
    }

    @Test func windowThatIsShownForInputHasItsTimeAndTheKeyboard() throws {
        let stage = try Stage(manager: Managers.openbox)
        let first = try create(stage, 1, title: "surface")
        try stage.display.setVisible(true, of: first)
        _ = try stage.events { $0.contains(.focusGained(first)) }
        stage.injector.tap(38)
        stage.injector.roundTrip()
        _ = try stage.events { events in
            events.contains { if case .key(_, let key) = $0 { !key.isDown } else { false } }
        }
        let second = try create(stage, 2, title: "second")
        try stage.display.setVisible(true, of: second)
        let events = try stage.events { $0.contains(.focusGained(second)) }
        #expect(events.contains(.focusLost(first)))
        #expect(try times(stage, titled: "second") == [stage.display.translator.userTime])
    }

    @Test func windowBeforeAnyInputHasNoTime() throws {
        let stage = try Stage()
        _ = try stage.showSurface()
        #expect(try times(stage).isEmpty)
    }
}

#endif
