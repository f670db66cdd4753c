internal import RatCore
internal import RatDisplay
internal import RatTestSupport
internal import RatWindowing
internal import RatWindowingTestSupport
internal import Testing

/// Many windows in one: what is found by an index is what a look at each of them finds.
@Suite struct CrowdTests {
    private static func randomRect(_ random: inout SeededRandom) -> Rect {
        // From points to such as are much larger than what they are in.
        let most: Int32 = [0, 3, 40, 400, 2_000].randomElement(using: &random) ?? 0
        return Rect(
            origin: Point(
                x: Int32.random(in: -300...300, using: &random),
                y: Int32.random(in: -300...300, using: &random)
            ),
            size: Size(
                width: Int32.random(in: 0...most, using: &random),
                height: Int32.random(in: 0...most, using: &random)
            )
        )
    }

    /// The first child at a point that is none of the skipped, by asking each in its order.
    private static func childAt(
        _ point: Point,
        of parent: Handle,
        skipping: UInt32,
        _ origin: Point
    ) throws -> Handle {
        var child = try WindowTree.related(to: parent, .child)
        while child != .invalid {
            let style = try WindowTree.style(of: child)
            let rect = try WindowTree.outerRect(of: child)
            let isSkipped =
                (skipping & 1 != 0 && style & WindowStyle.visible == 0)
                || (skipping & 2 != 0 && style & WindowStyle.disabled != 0)
            let isHere =
                (rect.left..<max(rect.left, rect.right)).contains(point.x &+ origin.x)
                && (rect.top..<max(rect.top, rect.bottom)).contains(point.y &+ origin.y)
            if isHere, !isSkipped { return child }
            child = try WindowTree.related(to: child, .next)
        }
        return parent
    }

    @Test(arguments: 0..<4)
    func whatLiesAtAPointIsFoundHoweverTheChildrenMove(seed: UInt64) async throws {
        try await Stage.run { stage in
            var random = SeededRandom(seed: seed)
            // Where no other test has windows.
            let place = Point(x: 9_000 + Int32(seed) * 300, y: 9_000)
            let name = try stage.register()
            let parent = try stage.create(
                className: name,
                style: 0x9000_0000,
                at: place,
                size: Size(width: 280, height: 280)
            )
            var children: [Handle] = []
            for step in 0..<600 {
                let choice = Int.random(in: 0..<8, using: &random)
                if children.count < 40 || choice == 0 {
                    let rect = Self.randomRect(&random)
                    let styles: [UInt32] = [0x4000_0000, 0x5000_0000, 0x5800_0000]
                    let style = styles.randomElement(using: &random) ?? 0
                    children.append(
                        try stage.create(
                            className: name,
                            style: style,
                            at: rect.origin,
                            size: rect.size,
                            parent: parent
                        )
                    )
                } else {
                    let place = Int.random(in: children.indices, using: &random)
                    let window = try Window.find(children[place])
                    switch choice {
                    case 1, 2:
                        let rect = Self.randomRect(&random)
                        try window.move(to: rect.origin, size: rect.size)
                    case 3: try window.show(!window.isVisible)
                    case 4:
                        let change: UInt32 = Self.chance(&random) ? 0x1000_0000 : 0x0800_0000
                        _ = try window.setLong(WindowLong.style, Int(window.styleBits ^ change))
                    case 5: try window.setPosition(WindowPosition(flags: 0x13))
                    case 6 where step % 3 == 0:
                        window.destroy()
                        children.remove(at: place)
                    default: try stage.settle()
                    }
                }
                let point = Point(
                    x: Int32.random(in: 0..<280, using: &random),
                    y: Int32.random(in: 0..<280, using: &random)
                )
                for flags in 0..<4 as Range<UInt32> {
                    #expect(
                        try WindowTree.childAt(point, of: parent, skipping: flags)
                            == Self.childAt(point, of: parent, skipping: flags, place)
                    )
                }
                let screen = Point(x: point.x + place.x, y: point.y + place.y)
                #expect(
                    try WindowTree.windowAt(screen)
                        == Self.childAt(point, of: parent, skipping: 3, place)
                )
            }
        }
    }

    private static func chance(_ random: inout SeededRandom) -> Bool { Bool.random(using: &random) }
}
