#if X11

import RatDisplay
import RatX11TestSupport
import Testing

@testable import RatX11

@Suite struct ResizeSyncTests {
    private let larger = Rect(left: 100, top: 50, right: 500, bottom: 350)

    @Test func requestIsAnsweredWhenItsResizeIsShown() {
        var sync = ResizeSync()
        #expect(sync.noteShown() == nil)
        sync.request(7, 1)
        #expect(sync.noteShown() == nil)
        sync.noteResize()
        #expect(sync.isOwed)
        #expect(sync.noteShown() == 1 << 32 | 7)
        #expect(!sync.isOwed)
        #expect(sync.noteShown() == nil)
    }

    @Test func laterRequestReplacesOneThatNoResizeFollowed() {
        var sync = ResizeSync()
        sync.request(1, 0)
        sync.request(2, 0)
        sync.noteResize()
        #expect(sync.noteShown() == 2)
    }

    /// What a manager does while a person drags the edge of a window.
    private func resize(_ stage: Stage, to rect: Rect, value: UInt32) throws -> UInt32 {
        let window = try stage.window()
        let counter = try #require(
            stage.injector.words(window, "_NET_WM_SYNC_REQUEST_COUNTER").first
        )
        let request = stage.injector.atom("_NET_WM_SYNC_REQUEST")
        stage.injector.send("WM_PROTOCOLS", [request, 0, value, 0], about: window)
        stage.injector.configure(window, rect)
        _ = try stage.events()
        return counter
    }

    @Test func managerHearsThatTheNewSizeIsShownAndNotBefore() throws {
        let stage = try Stage()
        let id = try stage.showSurface()
        let counter = try resize(stage, to: larger, value: 41)
        #expect(stage.injector.counter(counter) == 0)
        // A picture of the old size is not what it waits for.
        for size in [Size(width: 300, height: 200), larger.size] {
            let pixels = try stage.display.makePixels(size: size)
            #expect(stage.injector.counter(counter) == 0)
            let all = Rect(origin: Point(x: 0, y: 0), size: size)
            try stage.display.present(pixels, [all], on: id)
            try stage.display.synchronize()
        }
        #expect(stage.injector.counter(counter) == 41)
    }

    @Test func windowThatHasNothingToShowKeepsNobodyWaiting() throws {
        let stage = try Stage()
        let id = try stage.showSurface()
        let counter = try resize(stage, to: larger, value: 42)
        #expect(stage.display.prepareToSleep())
        try stage.display.synchronize()
        #expect(stage.injector.counter(counter) == 42)
        try stage.display.destroySurface(id)
        try stage.display.synchronize()
        #expect(stage.injector.counter(counter) == nil)
    }

    @Test func windowFollowsTheEdgeThatAPersonDrags() throws {
        let stage = try Stage(manager: Managers.openbox)
        let id = try stage.showSurface(at: Point(x: 200, y: 150))
        try stage.display.synchronize()
        try stage.injector.waitForAnswer()
        _ = try stage.events()
        let window = try stage.window()
        stage.injector.movePointer(x: 480, y: 330)
        // Without a button: the window would keep the pointer from the manager.
        let bottomRight: UInt32 = 4
        stage.injector.send(
            "_NET_WM_MOVERESIZE",
            [480, 330, bottomRight, 0, 1],
            about: window,
            toRoot: true
        )
        try stage.injector.waitForAnswer()
        let counter = try #require(
            stage.injector.words(window, "_NET_WM_SYNC_REQUEST_COUNTER").first
        )
        var told: Int64 = 0
        for step in 1...5 as ClosedRange<Int32> {
            stage.injector.movePointer(x: Int16(480 + 20 * step), y: Int16(330 + 10 * step))
            stage.injector.roundTrip()
            let size = Size(width: 300 + 20 * step, height: 200 + 10 * step)
            _ = try stage.events {
                $0.contains {
                    if case .configured(_, let content, _) = $0 {
                        content.size == size
                    } else {
                        false
                    }
                }
            }
            let pixels = try stage.display.makePixels(size: size)
            try stage.display.present(
                pixels,
                [Rect(origin: Point(x: 0, y: 0), size: size)],
                on: id
            )
            try stage.display.synchronize()
            let now = try #require(stage.injector.counter(counter))
            #expect(now > told)
            told = now
        }
    }

    @Test func withoutCountersNothingIsPromised() throws {
        let stage = try Stage(using: Capabilities(without: "sync"))
        _ = try stage.showSurface()
        let look = stage.injector
        let window = try stage.window()
        #expect(look.words(window, "_NET_WM_SYNC_REQUEST_COUNTER") == [])
        let protocols = look.words(window, "WM_PROTOCOLS")
        #expect(!protocols.contains(look.atom("_NET_WM_SYNC_REQUEST")))
    }
}

#endif
