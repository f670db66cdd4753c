internal import RatCore
internal import RatDisplay
internal import RatMessaging
internal import RatSystem
internal import RatWindowing
internal import RatWindowingTestSupport
internal import Testing

/// Retrieving what is for a window: for it or for what is in it.
@Suite struct FilterTests {
    /// Two top-level windows, and a child and its child in the first.
    private struct Scene {
        let stage: Stage
        let top: Handle
        let child: Handle
        let grandchild: Handle
        let other: Handle

        init(_ stage: Stage) throws {
            self.stage = stage
            top = try stage.show()
            child = try stage.createChild(of: top)
            grandchild = try stage.createChild(
                of: child,
                at: Point(x: 0, y: 0),
                size: Size(width: 20, height: 20)
            )
            other = try stage.show()
            try stage.settle()
        }

        /// What a filter lets through next of these kinds.
        func take(
            _ window: Handle,
            _ kinds: UInt32 = QueueStatus.posted,
            until deadline: Instant = .distantPast
        ) throws -> MessageHeader? {
            var message = Message(MessageHeader(message: 0))
            let filter = MessageFilter(target: .window(window), classes: kinds)
            let queue = try stage.queue.handle
            do throws(RatError) {
                _ = try unsafe Retrieval.take(from: queue, filter, until: deadline, into: &message)
            } catch {
                guard error == .timedOut else { throw error }
                return nil
            }
            return message.header
        }

        func takeAll(_ window: Handle) throws -> [UInt32] {
            var numbers: [UInt32] = []
            while let header = try take(window) { numbers.append(header.message) }
            return numbers
        }
    }

    /// With so many besides, a search for one window's messages uses an index.
    @Test(arguments: [0, 100])
    func messagesForWhatIsInAWindowPassOnAllLevelsInOrder(besides: Int) async throws {
        try await Stage.run { stage in
            let scene = try Scene(stage)
            for _ in 0..<besides { try stage.post(0x7FFF, to: scene.other) }
            for _ in 0..<2 {
                try stage.post(0x8001, to: scene.grandchild)
                try stage.post(0x8002, to: stage.queue.handle)
                try stage.post(0x8003, to: scene.other)
                try stage.post(0x8004, to: scene.top)
                try stage.post(0x8005, to: scene.child)
            }
            #expect(try scene.takeAll(scene.grandchild) == [0x8001, 0x8001])
            for number in [0x8001, 0x8001] as [UInt32] {
                try stage.post(number, to: scene.grandchild)
            }
            #expect(try scene.takeAll(scene.child) == [0x8005, 0x8005, 0x8001, 0x8001])
            try stage.post(0x8006, to: scene.grandchild)
            #expect(try scene.takeAll(scene.top) == [0x8004, 0x8004, 0x8006])
            let others = [UInt32](repeating: 0x7FFF, count: besides)
            #expect(try scene.takeAll(scene.other) == others + [0x8003, 0x8003])
        }
    }

    @Test func whereAWindowIsCountsWhenAMessageIsRetrieved() async throws {
        try await Stage.run { stage in
            let scene = try Scene(stage)
            try stage.post(0x8001, to: scene.grandchild)
            _ = try stage.setParent(scene.child, scene.other)
            #expect(try scene.take(scene.top) == nil)
            #expect(try scene.take(scene.other)?.target == scene.grandchild)
            try stage.post(0x8002, to: scene.grandchild)
            _ = try stage.setParent(scene.grandchild, scene.top)
            #expect(try scene.take(scene.other) == nil)
            #expect(try scene.take(scene.child) == nil)
            #expect(try scene.take(scene.top)?.message == 0x8002)
            #expect(WindowTree.inconsistency() == nil)
        }
    }

    @Test func timersOfWhatIsInAWindowPass() async throws {
        try await Stage.run { stage in
            let scene = try Scene(stage)
            _ = try stage.setTimer(
                scene.grandchild,
                7,
                milliseconds: 60_000,
                at: .distantPast
            )
            #expect(try scene.take(scene.other, QueueStatus.timer) == nil)
            let timer = try scene.take(scene.top, QueueStatus.timer)
            #expect(timer?.target == scene.grandchild && timer?.wparam == 7)
        }
    }

    @Test func paintOfWhatIsInAWindowPasses() async throws {
        try await Stage.run { stage in
            let scene = try Scene(stage)
            try stage.perform(on: scene.grandchild) { $0.invalidate($0.clientRect, erases: true) }
            #expect(try scene.take(scene.other, QueueStatus.paint) == nil)
            #expect(try scene.take(scene.top, QueueStatus.paint)?.target == scene.grandchild)
            #expect(try scene.take(scene.grandchild, QueueStatus.paint)?.target == scene.grandchild)
        }
    }

    @Test func inputForWhatIsInAWindowPasses() async throws {
        try await Stage.run { stage in
            let scene = try Scene(stage)
            stage.point(.pressed(.left), in: scene.top, at: 12, 22)
            #expect(try scene.take(scene.other, QueueStatus.input) == nil)
            let press = try scene.take(scene.child, QueueStatus.input)
            #expect(press?.target == scene.grandchild)
        }
    }

    @Test func aWaitForAWindowEndsWithAMessageForWhatIsInIt() async throws {
        try await Stage.run { stage in
            let scene = try Scene(stage)
            let (grandchild, other) = (scene.grandchild, scene.other)
            let poster = try OtherThread {
                try? MessageQueue.post(Message(MessageHeader(message: 0x8001)), to: other)
                try? MessageQueue.post(Message(MessageHeader(message: 0x8002)), to: grandchild)
            }
            let deadline = Instant.now().advanced(byMilliseconds: 10_000)
            #expect(try scene.take(scene.top, until: deadline)?.message == 0x8002)
            poster.join()
            #expect(try scene.take(scene.top) == nil)
            #expect(try scene.take(scene.other)?.message == 0x8001)
        }
    }

    @Test func anEndedWindowLeavesNothingBehind() async throws {
        try await Stage.run { stage in
            let scene = try Scene(stage)
            try stage.post(0x8001, to: scene.grandchild)
            try stage.post(0x8002, to: scene.top)
            try Window.find(scene.child).destroy()
            #expect(WindowTree.inconsistency() == nil)
            #expect(try scene.takeAll(scene.top) == [0x8002])
        }
    }
}
