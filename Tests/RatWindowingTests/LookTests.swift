internal import RatCore
internal import RatDisplay
internal import RatHeadless
internal import RatWindowing
internal import RatWindowingTestSupport
internal import Testing

@Suite struct LookTests {
    @Test func aFullscreenWindowHasTheScreensSizeAndThenItsOwnAgain() async throws {
        try await Stage.run { stage in
            let handle = try stage.show()
            let window = try Window.find(handle)
            try window.setFullscreen(true)
            #expect(!window.isFullscreen)
            _ = try stage.ran()
            #expect(window.isFullscreen)
            #expect(
                try WindowTree.outerRect(of: handle)
                    == Rect(left: 0, top: 0, right: 1024, bottom: 768)
            )
            try window.setFullscreen(false)
            _ = try stage.ran()
            #expect(!window.isFullscreen)
            #expect(
                try WindowTree.outerRect(of: handle)
                    == Rect(left: 100, top: 50, right: 400, bottom: 250)
            )
        }
    }

    @Test func theDisplayHearsWhichWindowsStayAboveOthers() async throws {
        try await Stage.run { stage in
            let born = try stage.create(exStyle: 0x8)
            #expect(stage.display.isAbove(stage.surface(born)))
            let handle = try stage.show()
            #expect(!stage.display.isAbove(stage.surface(handle)))
            let window = try Window.find(handle)
            for (place, isAbove) in [
                (WindowOrder.topmost, true), (WindowOrder.notTopmost, false),
            ] {
                var position = WindowPosition(flags: 0x0013)
                position.insertAfter = place
                try window.setPosition(position)
                #expect(stage.display.isAbove(stage.surface(handle)) == isAbove)
            }
        }
    }

    @Test func iconsAreHandedToTheDisplay() async throws {
        try await Stage.run { stage in
            let handle = try stage.show()
            let icon = IconImage(size: Size(width: 2, height: 1), pixels: [1, 2])
            try Window.find(handle).setIcons([icon])
            #expect(stage.display.icons(of: stage.surface(handle)) == [icon])
            let child = try stage.createChild(of: handle)
            #expect(throws: RatError.invalidArgument) { try Window.find(child).setIcons([]) }
        }
    }

    @Test func theKeyboardThatADisabledWindowGetsIsItsDialogs() async throws {
        try await Stage.run { stage in
            let owner = try stage.show()
            let dialog = try stage.create(style: 0x90C0_0000, parent: owner)
            try stage.settle()
            _ = try Window.find(owner).enable(false)
            stage.display.inject(.focusLost(stage.surface(dialog)))
            stage.display.inject(.focusGained(stage.surface(owner)))
            _ = try stage.ran()
            #expect(try WindowThread.current().activeHandle == dialog)
        }
    }
}
