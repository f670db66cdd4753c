internal import RatCore
internal import RatDisplay
internal import RatWindowing
internal import RatWindowingTestSupport
internal import Testing

/// Which window is painted when, and what goes before it, as Wine does it.
@Suite struct RedrawTests {
    /// P with A at 10,10, B at 40,40 below it, both 50 by 50, and G of 20 by 20 in A, all painted.
    private static func withFamily(
        clipsChildren: Bool,
        _ body:
            @Sendable (PaintScene, _ p: Window, _ a: Window, _ b: Window, _ g: Window) throws
            -> Void
    ) async throws {
        try await Stage.run { stage in
            let scene = try PaintScene(stage)
            let p = try scene.popup(clipsChildren: clipsChildren, isVisible: false)
            let a = try scene.child("A", in: p, 10, 10, 50, 50)
            let b = try scene.child("B", in: p, 40, 40, 50, 50)
            let g = try scene.child("G", in: a, 5, 5, 20, 20)
            _ = scene.taken()
            try p.show(.showNoActivate)
            try body(scene, p, a, b, g)
        }
    }

    private static func expectRan(
        _ scene: PaintScene,
        _ expected: [String],
        sourceLocation: SourceLocation = #_sourceLocation
    ) throws {
        let lines = try scene.ran()
        #expect(lines == expected, sourceLocation: sourceLocation)
    }

    private static let withoutChildren =
        "{0,0-200,10 0,10-10,40 60,10-200,40 0,40-10,60 90,40-200,60 0,60-40,90 90,60-200,90 "
        + "0,90-200,150}"

    @Test func aWindowIsErasedAsItIsShownAndPaintedBeforeWhatIsInIt() async throws {
        try await Self.withFamily(clipsChildren: false) { scene, _, _, _, _ in
            #expect(scene.taken() == ["P ncpaint all", "P erase 0,0-200,150", "P changed"])
            #expect(
                scene.updates
                    == ["P {0,0-200,150}", "A {0,0-50,50}", "B {0,0-50,50}", "G {0,0-20,20}"]
            )
            try Self.expectRan(
                scene,
                [
                    "P paint {0,0-200,150}",
                    "A ncpaint all", "A erase 0,0-50,50", "A paint {0,0-50,50}",
                    "G ncpaint all", "G erase 0,0-20,20", "G paint {0,0-20,20}",
                    "B ncpaint all", "B erase 0,0-50,50", "B paint {0,0-50,50}",
                ]
            )
            #expect(scene.updates == [])
        }
    }

    @Test func aParentThatClipsItsChildrenErasesThemWithItself() async throws {
        try await Self.withFamily(clipsChildren: true) { scene, _, _, _, _ in
            #expect(
                scene.taken() == [
                    "P ncpaint all", "P erase 0,0-200,150",
                    "A ncpaint all", "A erase 0,0-50,50",
                    "B ncpaint all", "B erase 0,0-50,50", "P changed",
                ]
            )
            try Self.expectRan(
                scene,
                [
                    "P paint \(Self.withoutChildren)", "A paint {0,0-50,50}",
                    "G ncpaint all", "G erase 0,0-20,20", "G paint {0,0-20,20}",
                    "B paint {0,0-50,50}",
                ]
            )
        }
    }

    @Test func whatAChildPaintsFirstItsParentNeedNotPaintUnderIt() async throws {
        try await Self.withFamily(clipsChildren: false) { scene, p, a, _, _ in
            try scene.settle()
            p.mark()
            a.mark()
            a.updateNow()
            #expect(
                scene.taken() == [
                    "A ncpaint all", "A erase 0,0-50,50", "A paint {0,0-50,50}",
                    "G ncpaint all", "G erase 0,0-20,20", "G paint {0,0-20,20}",
                ]
            )
            #expect(
                scene.updates == [
                    "P {0,0-200,10 0,10-10,60 60,10-200,60 0,60-200,150}", "B {0,0-50,50}",
                ]
            )
            try Self.expectRan(
                scene,
                [
                    "P erase 0,0-200,150",
                    "P paint {0,0-200,10 0,10-10,60 60,10-200,60 0,60-200,150}",
                    "B ncpaint all", "B erase 0,0-50,50", "B paint {0,0-50,50}",
                ]
            )
        }
    }

    @Test func aParentThatClipsItsChildrenStaysToBePaintedUnderThem() async throws {
        try await Self.withFamily(clipsChildren: true) { scene, p, a, _, _ in
            try scene.settle()
            p.mark()
            a.mark()
            #expect(scene.updates == ["P {0,0-200,150}", "A {0,0-50,50}", "G {0,0-20,20}"])
            a.updateNow()
            #expect(scene.updates == ["P {0,0-200,150}"])
        }
    }

    @Test(arguments: [false, true])
    func updatingPaintsWhatIsInTheWindowWhateverItsStyle(clips: Bool) async throws {
        try await Self.withFamily(clipsChildren: clips) { scene, p, a, _, _ in
            try scene.settle()
            a.mark()
            p.updateNow()
            #expect(
                scene.taken() == [
                    "A erase 0,0-50,50", "A paint {0,0-50,50}",
                    "G ncpaint all", "G erase 0,0-20,20", "G paint {0,0-20,20}",
                ]
            )
            p.mark()
            a.mark()
            p.redraw(nil, [.updateNow, .noChildren])
            #expect(scene.taken().count == 2)
            #expect(scene.updates.contains("A {0,0-50,50}"))
        }
    }

    @Test func erasingAtOnceReachesChildrenByStyleOrByFlag() async throws {
        try await Self.withFamily(clipsChildren: false) { scene, p, a, _, _ in
            try scene.settle()
            a.mark()
            p.mark()
            p.redraw(nil, .eraseNow)
            #expect(scene.taken() == ["P erase 0,0-200,150"])
            p.redraw(nil, [.eraseNow, .allChildren])
            #expect(
                scene.taken() == [
                    "A ncpaint all", "A erase 0,0-50,50", "G ncpaint all", "G erase 0,0-20,20",
                    "B ncpaint all", "B erase 0,0-50,50",
                ]
            )
            try Self.expectRan(
                scene,
                [
                    "P paint {0,0-200,150}", "A paint {0,0-50,50}", "G paint {0,0-20,20}",
                    "B paint {0,0-50,50}",
                ]
            )
        }
        try await Self.withFamily(clipsChildren: true) { scene, p, a, _, _ in
            try scene.settle()
            a.mark()
            p.mark()
            p.redraw(nil, .eraseNow)
            #expect(scene.taken() == ["P erase 0,0-200,150", "A erase 0,0-50,50"])
        }
    }

    @Test func validatingReachesChildrenAsInvalidatingDoes() async throws {
        let part = Region(Rect(left: 0, top: 0, right: 30, bottom: 30))
        try await Self.withFamily(clipsChildren: false) { scene, p, _, _, _ in
            try scene.settle()
            p.mark()
            p.redraw(part, .validate)
            #expect(
                scene.updates == [
                    "P {30,0-200,30 0,30-200,150}", "A {20,0-50,20 0,20-50,50}", "B {0,0-50,50}",
                    "G {15,0-20,15 0,15-20,20}",
                ]
            )
            p.redraw(nil, .validate)
            #expect(scene.updates == [])
            #expect(try scene.ran() == [])
        }
        try await Self.withFamily(clipsChildren: true) { scene, p, a, _, _ in
            try scene.settle()
            p.mark()
            a.mark()
            p.redraw(nil, .validate)
            #expect(scene.updates == ["A {0,0-50,50}", "G {0,0-20,20}"])
        }
    }

    @Test func theFlagsSayWhoseChildrenAreMarked() async throws {
        try await Self.withFamily(clipsChildren: true) { scene, p, _, _, _ in
            try scene.settle()
            p.mark([.invalidate, .allChildren])
            #expect(scene.updates.count == 4)
            // What is painted under a child leaves nothing of it.
            #expect(
                try scene.ran().prefix(3) == [
                    "P paint \(Self.withoutChildren)", "A ncpaint all", "A erase 0,0-50,50",
                ]
            )
        }
        try await Self.withFamily(clipsChildren: false) { scene, p, _, _, _ in
            try scene.settle()
            p.mark([.invalidate, .noChildren])
            #expect(scene.updates == ["P {0,0-200,150}"])
        }
    }

    /// Not as Wine does it, which leaves G painted over.
    @Test func whatIsPaintedOverIsMarkedHoweverDeepItLies() async throws {
        try await Stage.run { stage in
            let scene = try PaintScene(stage)
            let p = try scene.popup()
            let a = try scene.child("A", in: p, 10, 10, 50, 50)
            _ = try scene.child("G", in: a, 5, 5, 20, 20)
            _ = try a.setLong(-16, Int(0x5200_0000))
            try scene.settle()
            p.mark()
            #expect(scene.updates == ["P {0,0-200,150}", "A {0,0-50,50}", "G {0,0-20,20}"])
        }
    }

    @Test func frameAndInternalPaintsComeAsAskedFor() async throws {
        try await Self.withFamily(clipsChildren: true) { scene, p, _, _, _ in
            try scene.settle()
            p.mark([.frame, .invalidate, .erase])
            try Self.expectRan(
                scene,
                [
                    "P ncpaint all", "P erase 0,0-200,150", "P paint \(Self.withoutChildren)",
                ]
            )
            p.mark([.frame, .invalidate])
            p.mark([.validate, .noFrame])
            #expect(try scene.ran() == [])
            p.mark([.frame, .invalidate, .erase, .eraseNow])
            #expect(scene.taken() == ["P ncpaint all", "P erase 0,0-200,150"])
            try scene.settle()
            p.mark(.internalPaint)
            #expect(try scene.ran() == ["P paint {}"])
            p.mark([.internalPaint, .allChildren])
            #expect(try scene.ran() == ["P paint {}", "A paint {}", "G paint {}", "B paint {}"])
        }
    }

    @Test func anInternalPaintIsTakenBackByItsOwnFlagAlone() async throws {
        try await Stage.run { stage in
            let scene = try PaintScene(stage)
            let p = try scene.popup()
            try scene.settle()
            p.mark(.internalPaint)
            p.mark(.validate)
            #expect(try scene.ran() == ["P paint {}"])
            p.mark(.internalPaint)
            p.mark([.validate, .noInternalPaint])
            #expect(try scene.ran() == [])
            let part = Region(Rect(left: 0, top: 0, right: 5, bottom: 5))
            p.redraw(part, [.invalidate, .internalPaint])
            p.mark(.noInternalPaint)
            #expect(try scene.ran() == ["P paint {0,0-5,5}"])
        }
    }

    @Test func eraseIsAskedForWithInvalidateAndForgottenWithValidate() async throws {
        try await Stage.run { stage in
            let scene = try PaintScene(stage)
            let p = try scene.popup()
            try scene.settle()
            p.mark([.invalidate, .erase])
            p.mark([.invalidate, .noErase])
            #expect(try scene.ran() == ["P erase 0,0-200,150", "P paint {0,0-200,150}"])
            p.mark(.erase)
            #expect(scene.updates == [])
            p.mark(.invalidate)
            p.mark(.erase)
            #expect(try scene.ran() == ["P paint {0,0-200,150}"])
            p.mark([.invalidate, .erase])
            let part = Region(Rect(left: 10, top: 20, right: 40, bottom: 50))
            p.redraw(part, [.validate, .noErase])
            #expect(try scene.ran().count == 1)
        }
    }

    @Test func whatWasNotErasedIsToldToWhoPaintsAndNotAskedTwice() async throws {
        try await Stage.run { stage in
            let scene = try PaintScene(stage)
            let p = try scene.popup()
            try scene.settle()
            scene.erases = false
            p.mark([.invalidate, .erase, .eraseNow])
            #expect(scene.taken() == ["P erase 0,0-200,150"])
            #expect(try scene.ran() == ["P paint {0,0-200,150} to erase"])
            p.mark()
            #expect(p.updateRegion(erases: true).bounds.size == Size(width: 200, height: 150))
            _ = p.updateRegion(erases: true)
            #expect(scene.taken() == ["P erase 0,0-200,150"])
            #expect(try scene.ran() == ["P paint {0,0-200,150} to erase"])
        }
    }

    @Test func synchronisingSendsWhatIsDueAndPaintsNothing() async throws {
        try await Self.withFamily(clipsChildren: false) { scene, p, _, _, _ in
            try scene.settle()
            p.mark([.invalidate, .erase, .frame])
            _ = Window.defaultProcedure(p.handle, Step.syncPaint.message, 0, 0)
            #expect(scene.taken().prefix(2) == ["P ncpaint all", "P erase 0,0-200,150"])
            #expect(try scene.ran().first == "P paint {0,0-200,150}")
        }
    }

    @Test func whatCanBeSeenThroughIsPaintedAfterItsSiblings() async throws {
        try await Stage.run { stage in
            let scene = try PaintScene(stage)
            let p = try scene.popup()
            let a = try scene.child("A", in: p, 10, 10, 50, 50, exStyle: 0x20)
            let b = try scene.child("B", in: p, 40, 40, 50, 50)
            try scene.settle()
            a.mark(.invalidate)
            b.mark(.invalidate)
            #expect(try scene.ran() == ["B paint {0,0-50,50}", "A paint {0,0-50,50}"])
        }
    }

    @Test func aWindowThatIsNotToBeRedrawnTakesNoMarkUntilItIs() async throws {
        try await Self.withFamily(clipsChildren: false) { scene, p, a, _, _ in
            try scene.settle()
            p.mark()
            _ = Window.defaultProcedure(p.handle, 0x000B, 0, 0)
            #expect(!WindowTree.isShown(p.handle))
            #expect(try scene.ran() == [])
            p.mark()
            a.mark()
            p.updateNow()
            try a.place(60, 60, 50, 50)
            #expect(scene.updates == [])
            _ = Window.defaultProcedure(p.handle, 0x000B, 1, 0)
            #expect(scene.updates == [])
            p.mark()
            #expect(scene.updates.count == 4)
        }
    }

    @Test func hidingDropsWhatIsToBePaintedInside() async throws {
        try await Self.withFamily(clipsChildren: false) { scene, p, a, _, _ in
            try scene.settle()
            p.mark()
            try p.show(false)
            #expect(scene.updates == [])
            a.mark()
            a.updateNow()
            #expect(scene.taken() == ["P changed"])
            #expect(!a.needsPaint)
        }
    }

    @Test func whatIsDestroyedWhileItNeedsPaintingIsCountedNoMore() async throws {
        try await Stage.run { stage in
            let outer = try stage.show()
            let child = try stage.createChild(of: outer)
            let other = try stage.create(style: 0x9000_0000)
            try stage.settle()
            try Window.redraw(child, nil, .invalidate)
            try Window.redraw(other, nil, .invalidate)
            // Hidden they need no painting; these would rather not be.
            stage.respond = { call in
                guard call.message == 0x0046,
                    let position = unsafe UnsafeMutablePointer<WindowPosition>(
                        bitPattern: call.lparam ?? 0
                    )
                else { return nil }
                unsafe position.pointee.flags &= ~PositionFlag.hide
                return nil
            }
            try Window.find(child).destroy()
            try Window.find(other).destroy()
            #expect(WindowThread.currentIfAny?.paintInconsistency() == nil)
        }
    }
}
