#if X11

import RatDisplay
import RatX11
import RatX11TestSupport
import Synchronization
import Testing

/// Who lies above whom, as the server has it.
@Suite struct OrderTests {
    private let titles = ["a", "b", "c"]
    private let place = Rect(left: 100, top: 100, right: 200, bottom: 200)

    /// The table of surfaces is the process's, and tests run side by side.
    private static let stages = Atomic<UInt64>(0)
    private let base = OrderTests.stages.add(1, ordering: .relaxed).newValue << 24

    private func id(_ number: UInt64) -> SurfaceID { SurfaceID(rawValue: base + number) }

    /// Three surfaces in one place, each above those before it.
    private func show(_ stage: Stage, kind: SurfaceKind = .normal) throws {
        for (number, title) in titles.enumerated() {
            var options = SurfaceOptions(
                position: place.origin,
                size: place.size,
                title: title,
                className: "RatTest",
                isFramed: false,
                background: 0x10 << (number * 8)
            )
            options.traits.kind = kind
            try stage.display.createSurface(id(UInt64(number)), options)
            try stage.display.setVisible(true, of: id(UInt64(number)))
            let whole = Rect(origin: Point(x: 0, y: 0), size: place.size)
            _ = try stage.events { $0.contains(.exposed(id(UInt64(number)), whole)) }
        }
        try settle(stage)
    }

    private func settle(_ stage: Stage) throws {
        try stage.display.synchronize()
        if stage.isManaged { try stage.injector.waitForAnswer() }
        _ = try stage.events()
    }

    private func order(_ stage: Stage) throws -> [String] {
        try settle(stage)
        return stage.injector.stack(of: titles)
    }

    private func set(_ stage: Stage, _ order: SurfaceOrder, _ number: UInt64) throws {
        try stage.display.setOrder(order, ifUnmanaged: false, of: id(number))
    }

    @Test(arguments: [nil, Managers.openbox])
    func ordersAreTheServers(_ manager: [String]?) throws {
        let stage = try Stage(manager: manager)
        try show(stage)
        #expect(try order(stage) == ["a", "b", "c"])
        try set(stage, .top(under: []), 0)
        #expect(try order(stage) == ["b", "c", "a"])
        try set(stage, .bottom, 2)
        #expect(try order(stage) == ["c", "b", "a"])
        try set(stage, .below(id(1)), 0)
        // How far below is the manager's to say.
        let orders = manager == nil ? [["c", "a", "b"]] : [["c", "a", "b"], ["a", "c", "b"]]
        #expect(orders.contains(try order(stage)))
    }

    @Test func whatLiesOnTopIsSeen() throws {
        let stage = try Stage()
        try show(stage)
        let colours = { () -> Set<UInt32> in
            try settle(stage)
            let screen = Size(width: 800, height: 600)
            let root = stage.injector.rootWindow
            return Set(
                stage.injector.pixels(of: root, size: screen, at: [Point(x: 150, y: 150)])
            )
        }
        #expect(try colours() == [0x10_0000])
        try set(stage, .top(under: []), 0)
        #expect(try colours() == [0x10])
        try set(stage, .top(under: []), 1)
        #expect(try colours() == [0x1000])
        try set(stage, .bottom, 1)
        #expect(try colours() == [0x10])
    }

    @Test func whatStaysAboveStaysThereWithoutAManager() throws {
        let stage = try Stage()
        try show(stage)
        try set(stage, .top(under: [id(2), id(1)]), 0)
        #expect(try order(stage) == ["a", "c", "b"])
    }

    @Test func popupsAreOrderedUnderAManagerToo() throws {
        let stage = try Stage(manager: Managers.openbox)
        try show(stage, kind: .popup)
        try stage.display.setOrder(.top(under: []), ifUnmanaged: true, of: id(0))
        #expect(try order(stage) == ["b", "c", "a"])
    }

    @Test func managerIsNotAskedForWhatIsItsToDecide() throws {
        let stage = try Stage(manager: Managers.openbox)
        try show(stage)
        try stage.display.setOrder(.top(under: []), ifUnmanaged: true, of: id(0))
        #expect(try order(stage) == ["a", "b", "c"])
    }

    @Test func placeBesideASurfaceThatIsGoneIsNoPlace() throws {
        let stage = try Stage()
        try show(stage)
        try stage.display.destroySurface(id(2))
        try set(stage, .below(id(2)), 1)
        try set(stage, .top(under: [id(2)]), 0)
        #expect(try order(stage) == ["b", "a"])
    }
}

#endif
