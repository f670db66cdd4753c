internal import RatCore
internal import RatDisplay
internal import RatHeadless
internal import RatWindowing
internal import RatWindowingTestSupport
internal import Testing

/// What has to be painted after a change of position, as Wine has it.
@Suite struct ExposureTests {
    /// P with A at 10,10 and B at 40,40 below it, both 50 by 50, and G of 30 by 30 in B, all painted.
    private static func withFamily(
        clipsChildren: Bool = true,
        clipsSiblings: Bool,
        _ body: @Sendable (PaintScene, _ p: Window, _ a: Window, _ b: Window) throws -> Void
    ) async throws {
        try await Stage.run { stage in
            let scene = try PaintScene(stage)
            let p = try scene.popup(clipsChildren: clipsChildren)
            let a = try scene.child("A", in: p, 10, 10, 50, 50, clipsSiblings: clipsSiblings)
            let b = try scene.child("B", in: p, 40, 40, 50, 50, clipsSiblings: clipsSiblings)
            _ = try scene.child("G", in: b, 0, 0, 30, 30)
            try scene.settle()
            try body(scene, p, a, b)
        }
    }

    @Test(arguments: [false, true])
    func aSiblingAboveIsPaintedAroundIfTheStyleSaysSo(clips: Bool) async throws {
        try await Self.withFamily(clipsSiblings: clips) { scene, _, _, b in
            b.mark()
            #expect(scene.updates == ["B {0,0-50,50}", "G {0,0-30,30}"])
            let outside = "{20,0-50,20 0,20-50,50}"
            let inner = "{20,0-30,20 0,20-30,30}"
            let lines = try scene.ran()
            #expect(
                lines == [
                    "B erase 0,0-50,50", "B paint \(clips ? outside : "{0,0-50,50}")",
                    "G ncpaint all", "G erase 0,0-30,30",
                    "G paint \(clips ? inner : "{0,0-30,30}")",
                ]
            )
        }
    }

    @Test func whatAHiddenWindowUncoversIsErasedAtOnce() async throws {
        try await Self.withFamily(clipsSiblings: false) { scene, _, a, _ in
            try a.show(false)
            #expect(
                scene.taken() == [
                    "P erase 10,10-60,60", "B ncpaint {140,140-160,160}", "B erase 0,0-20,20",
                    "A changed",
                ]
            )
            #expect(scene.updates == ["P {10,10-60,60}", "B {0,0-20,20}", "G {0,0-20,20}"])
            try scene.settle()
            try a.show(true)
            #expect(
                scene.taken() == ["A ncpaint all", "A erase 0,0-50,50", "A changed"]
            )
            #expect(scene.updates == ["A {0,0-50,50}"])
        }
        try await Self.withFamily(clipsChildren: false, clipsSiblings: false) { scene, _, a, _ in
            try a.show(false)
            #expect(scene.taken() == ["P erase 10,10-60,60", "A changed"])
        }
    }

    @Test func whatAMovedWindowUncoversIsErasedWithItsPaint() async throws {
        try await Self.withFamily(clipsSiblings: false) { scene, _, a, b in
            try b.place(100, 40, 50, 50)
            #expect(scene.taken() == ["B changed"])
            #expect(scene.updates == ["P {40,40-90,90}", "A {30,30-50,50}"])
            try scene.settle()
            try b.place(40, 40, 50, 50)
            #expect(scene.updates == ["P {100,40-150,90}"])
            try scene.settle()
            try a.place(15, 15, 50, 50)
            #expect(scene.updates == ["P {10,10-60,15 10,15-15,60}"])
        }
    }

    @Test func onlyWhatCouldBeSeenMovesWithAWindow() async throws {
        try await Self.withFamily(clipsSiblings: true) { scene, _, _, b in
            try b.place(100, 40, 50, 50)
            #expect(
                scene.updates == ["P {60,40-90,60 40,60-90,90}", "B {0,0-20,20}", "G {0,0-20,20}"]
            )
        }
        try await Self.withFamily(clipsSiblings: true) { scene, _, a, _ in
            try a.place(-20, 15, 50, 50)
            #expect(
                scene.updates == ["P {10,10-60,15 30,15-60,60}", "B {0,0-20,20}", "G {0,0-20,20}"]
            )
            try scene.settle()
            try a.place(15, 15, 50, 50)
            #expect(scene.updates == ["P {0,15-15,65}", "A {0,0-20,50}"])
        }
    }

    @Test func anotherPlaceAmongSiblingsUncoversWhatTheyCovered() async throws {
        try await Self.withFamily(clipsSiblings: true) { scene, _, a, b in
            try a.place(15, 15, 50, 50)
            try scene.settle()
            try b.restack(0)
            #expect(
                scene.taken() == [
                    "B ncpaint {140,140-165,165}", "B erase 0,0-25,25", "B changed",
                ]
            )
            #expect(scene.updates == ["B {0,0-25,25}", "G {0,0-25,25}"])
            #expect(
                try scene.ran() == [
                    "B paint {0,0-25,25}", "G ncpaint {140,140-165,165}", "G erase 0,0-25,25",
                    "G paint {0,0-25,25}",
                ]
            )
            try b.restack(1)
            #expect(
                scene.taken() == [
                    "A ncpaint {140,140-165,165}", "A erase 25,25-50,50",
                    "B ncpaint {140,140-165,165}", "B changed",
                ]
            )
            #expect(
                scene.updates == [
                    "P {40,40-65,65}", "A {25,25-50,50}", "B {0,0-25,25}", "G {0,0-25,25}",
                ]
            )
        }
        try await Self.withFamily(clipsSiblings: false) { scene, _, _, b in
            try b.restack(0)
            #expect(scene.updates == [])
        }
    }

    @Test func aNewSizeMarksWhatIsNewAndWhatIsUncovered() async throws {
        try await Self.withFamily(clipsSiblings: false) { scene, _, a, _ in
            try a.place(10, 10, 60, 60)
            #expect(
                scene.taken() == [
                    "A ncpaint {160,110-170,160 110,160-170,170}", "A erase 0,0-60,60",
                    "A changed",
                ]
            )
            #expect(scene.updates == ["A {50,0-60,50 0,50-60,60}"])
            try scene.settle()
            try a.place(10, 10, 40, 40)
            #expect(
                scene.taken() == [
                    "P erase 10,10-70,70", "B ncpaint {150,140-170,150 140,150-170,170}",
                    "B erase 0,0-30,30", "A changed",
                ]
            )
            #expect(
                scene.updates == [
                    "P {50,10-70,50 10,50-70,70}", "B {10,0-30,10 0,10-30,30}",
                    "G {10,0-30,10 0,10-30,30}",
                ]
            )
        }
    }

    /// The answers are Win32's WVR_*.
    @Test(arguments: [
        (0x0030, false), (0x0040, true), (0x0080, true), (0x0400, true), (0x0100, true),
        (0x0200, false),
    ])
    func theProcedureSaysWhatOfItIsKept(answer: Int, isPaintedAnew: Bool) async throws {
        try await Self.withFamily(clipsSiblings: false) { scene, _, a, _ in
            scene.calculated = answer
            // Wider, and no higher.
            try a.place(10, 10, 60, 50)
            #expect(scene.updates == [isPaintedAnew ? "A {0,0-60,50}" : "A {50,0-60,50}"])
        }
    }

    @Test func theSurfaceItselfGrowsAndShrinks() async throws {
        try await Self.withFamily(clipsSiblings: false) { scene, p, _, _ in
            try p.place(100, 100, 50, 150)
            #expect(scene.updates == [])
            try scene.settle()
            try p.place(100, 100, 200, 150)
            #expect(
                scene.taken() == [
                    "P ncpaint {150,100-300,250}", "P erase 50,0-200,150",
                    "A ncpaint {150,110-160,160}", "A erase 40,0-50,50",
                    "B ncpaint {150,140-190,190}", "B erase 10,0-50,50", "P changed",
                ]
            )
            #expect(
                scene.updates == [
                    "P {50,0-200,150}", "A {40,0-50,50}", "B {10,0-50,50}", "G {10,0-30,30}",
                ]
            )
            try scene.settle()
            try p.place(110, 110, 200, 150)
            #expect(scene.updates == [])
        }
    }

    @Test func theFlagsOfAPositionAreKept() async throws {
        try await Self.withFamily(clipsSiblings: false) { scene, _, a, _ in
            try a.place(20, 20, 50, 50, PositionFlag.noRedraw)
            #expect(scene.updates == [])
            try a.place(20, 20, 50, 50, PositionFlag.frameChanged)
            #expect(scene.updates == [])
            try a.place(30, 20, 50, 50, PositionFlag.noCopyBits)
            #expect(scene.updates == ["P {20,20-30,70}", "A {0,0-50,50}"])
            try scene.settle()
            try a.place(30, 20, 40, 50, PositionFlag.deferErase)
            #expect(scene.taken() == ["A changed"])
            #expect(try scene.ran().first == "P erase 70,20-80,40")
        }
    }

    @Test func whatIsToBePaintedMovesWithItsWindow() async throws {
        try await Self.withFamily(clipsSiblings: false) { scene, _, a, _ in
            a.invalidate(Rect(left: 3, top: 3, right: 9, bottom: 9), erases: false)
            try a.place(30, 10, 50, 50)
            #expect(scene.updates == ["P {10,10-30,60}", "A {3,3-9,9}"])
        }
    }

    @Test func whatIsStillToBePaintedUnderAWindowIsPaintedInItToo() async throws {
        try await Self.withFamily(clipsChildren: false, clipsSiblings: false) { scene, p, a, _ in
            p.redraw(Region(Rect(left: 100, top: 0, right: 110, bottom: 150)), .invalidate)
            try a.place(90, 10, 50, 50)
            #expect(
                scene.updates == [
                    "P {100,0-110,10 10,10-60,60 100,10-110,60 100,60-110,150}",
                    "A {10,0-20,50}", "B {0,0-20,20}", "G {0,0-20,20}",
                ]
            )
        }
    }

    @Test func aDestroyedChildUncoversWhatItHid() async throws {
        try await Self.withFamily(clipsSiblings: false) { scene, _, a, _ in
            a.mark()
            a.destroy()
            #expect(scene.updates == ["P {10,10-60,60}", "B {0,0-20,20}", "G {0,0-20,20}"])
        }
    }

    @Test(arguments: [(1, 60, 50, false), (1, 50, 60, true), (2, 60, 50, true), (2, 50, 60, false)])
    func aClassMayHaveAllPaintedForANewSize(
        style: UInt32,
        width: Int32,
        height: Int32,
        all: Bool
    ) async throws {
        try await Stage.run { stage in
            let scene = try PaintScene(stage, classStyle: style)
            let p = try scene.popup()
            let a = try scene.child("A", in: p, 10, 10, 50, 50)
            try scene.settle()
            try a.place(10, 10, width, height)
            #expect((scene.updates == ["A {0,0-\(width),\(height)}"]) == all)
        }
    }

    // MARK: - Scrolling

    private static func withPopup(
        clipsChildren: Bool = false,
        _ body: @Sendable (PaintScene, Window) throws -> Void
    ) async throws {
        try await Stage.run { stage in
            let scene = try PaintScene(stage)
            let p = try scene.popup(clipsChildren: clipsChildren)
            try scene.settle()
            try body(scene, p)
        }
    }

    private static func rects(_ region: Region) -> [[Int32]] {
        region.rectangles.map { [$0.left, $0.top, $0.right, $0.bottom] }
    }

    @Test func scrollingUncoversAStrip() async throws {
        try await Self.withPopup { scene, p in
            let result = p.scroll(by: Point(x: 0, y: 10), nil, nil, [.invalidate, .erase])
            #expect(Self.rects(result.region) == [[0, 0, 200, 10]])
            #expect(try scene.ran() == ["P erase 0,0-200,10", "P paint {0,0-200,10}"])
            _ = p.scroll(by: Point(x: 0, y: 10), nil, nil, [])
            #expect(scene.updates == [])
            _ = p.scroll(by: Point(x: 0, y: 0), nil, nil, .invalidate)
            #expect(scene.updates == [])
            _ = p.scroll(by: Point(x: 0, y: 500), nil, nil, .invalidate)
            #expect(scene.updates == ["P {0,0-200,150}"])
            try p.show(false)
            #expect(p.scroll(by: Point(x: 0, y: 10), nil, nil, .invalidate).region.isEmpty)
        }
    }

    @Test func whatIsToBePaintedIsScrolledToo() async throws {
        let pending = Rect(left: 20, top: 20, right: 30, bottom: 30)
        let part = Rect(left: 10, top: 10, right: 60, bottom: 60)
        let clip = Rect(left: 0, top: 0, right: 40, bottom: 200)
        try await Self.withPopup { scene, p in
            func scroll(_ x: Int32, _ y: Int32, _ rect: Rect?, _ clip: Rect?) throws -> [[Int32]] {
                try scene.settle()
                p.invalidate(pending, erases: false)
                let result = p.scroll(by: Point(x: x, y: y), rect, clip, .invalidate)
                #expect(p.updateRegion(erases: false) == result.region)
                return Self.rects(result.region)
            }
            var rects = try scroll(15, 0, nil, nil)
            #expect(
                rects == [
                    [0, 0, 15, 20], [0, 20, 15, 30], [20, 20, 30, 30], [35, 20, 45, 30],
                    [0, 30, 15, 150],
                ]
            )
            rects = try scroll(5, 7, part, nil)
            #expect(
                rects == [
                    [10, 10, 60, 17], [10, 17, 15, 20], [10, 20, 15, 27], [20, 20, 30, 27],
                    [10, 27, 15, 30], [20, 27, 35, 30], [10, 30, 15, 37], [25, 30, 35, 37],
                    [10, 37, 15, 60],
                ]
            )
            rects = try scroll(0, -20, nil, clip)
            #expect(rects == [[20, 0, 30, 10], [20, 20, 30, 30], [0, 130, 40, 150]])
            rects = try scroll(30, 30, part, clip)
            #expect(rects == [[10, 10, 40, 60]])
        }
    }

    @Test func childrenStayOrGoWithWhatTheyLieOn() async throws {
        try await Self.withPopup { scene, p in
            let a = try scene.child("A", in: p, 10, 10, 50, 50)
            let b = try scene.child("B", in: p, 100, 100, 50, 50)
            try scene.settle()
            let part = Rect(left: 0, top: 0, right: 80, bottom: 80)
            _ = p.scroll(by: Point(x: 0, y: 10), part, nil, [.invalidate, .children])
            #expect(scene.taken() == ["A changed"])
            #expect(a.outerRect.top == 120 && b.outerRect.top == 200)
            #expect(scene.updates == ["P {0,0-80,10}"])
            try scene.settle()
            _ = p.scroll(by: Point(x: 0, y: -10), nil, nil, [.invalidate, .children])
            #expect(a.outerRect.top == 110 && b.outerRect.top == 190)
            #expect(scene.updates == ["P {0,140-200,150}"])
        }
        try await Self.withPopup(clipsChildren: true) { scene, p in
            let a = try scene.child("A", in: p, 10, 10, 50, 50)
            try scene.settle()
            _ = p.scroll(by: Point(x: 0, y: 10), nil, nil, [.invalidate, .erase])
            #expect(scene.updates == ["P {0,0-200,10 10,60-60,70}"])
            try scene.settle()
            _ = p.scroll(by: Point(x: 0, y: 10), nil, nil, [.invalidate, .erase, .children])
            #expect(scene.updates == ["P {0,0-200,10}"])
            try a.place(180, 10, 50, 50)
            try scene.settle()
            _ = p.scroll(by: Point(x: -30, y: 0), nil, nil, [.invalidate, .erase, .children])
            #expect(scene.updates == ["P {170,0-200,150}", "A {20,0-50,50}"])
        }
    }
}
