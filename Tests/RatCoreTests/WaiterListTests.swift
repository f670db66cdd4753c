import RatSystem
import RatTestSupport
import Testing

@testable import RatCore

@Suite struct WaiterListTests {
    /// Waiters of no thread, and a list for them. Owns what the list's raw links name.
    @safe private final class Stage {
        private static let pool = StablePool<ThreadRecord>(recordsPerSlab: 16)
        var list = WaiterList()
        let threads: [ThreadReference]
        let nodes: UnsafeMutablePointer<WaitNode>

        init(_ modes: [WaitNode.Mode]) {
            threads = modes.map { _ in
                unsafe Stage.pool.take { memory in unsafe memory.initialize(to: ThreadRecord()) }
            }
            unsafe nodes = .allocate(capacity: modes.count)
            for (index, mode) in modes.enumerated() {
                unsafe (nodes + index).initialize(
                    to: WaitNode(thread: threads[index], index: index + 10, mode: mode)
                )
                threads[index].beginWait()
            }
        }

        deinit {
            unsafe nodes.deallocate()
            for thread in threads { Stage.pool.giveBack(thread) }
        }

        var isEmpty: Bool { list.isEmpty }
        func append(_ index: Int) { unsafe list.unsafeAppend(nodes + index) }
        func remove(_ index: Int) { unsafe list.unsafeRemove(nodes + index) }
        func isLinked(_ index: Int) -> Bool { unsafe nodes[index].isLinked }
    }

    @Test func signalGoesToTheOldestThatCanTakeIt() {
        let stage = Stage([.takesSignal, .takesSignal, .takesSignal])
        for index in 0..<3 { stage.append(index) }
        #expect(stage.threads[0].decideOwnWait(.withdrawn))
        let offer = stage.list.offerSignal()
        #expect(offer.isTaken)
        // It has not gone to sleep yet.
        #expect(offer.wake == nil)
        #expect(stage.threads[0].waitState == .withdrawn)
        #expect(stage.threads[1].waitState == .granted(11))
        #expect(stage.threads[2].waitState == .open)
        #expect(stage.isLinked(2))
        #expect(!stage.isLinked(1))
    }

    @Test func sleepingTakerIsToBeWoken() {
        let stage = Stage([.takesSignal])
        stage.append(0)
        #expect(stage.threads[0].decideOwnWait(.parkedOnFutex))
        let offer = stage.list.offerSignal()
        #expect(offer.isTaken)
        #expect(offer.wake == stage.threads[0])
    }

    @Test func everybodyWhoLooksAgainIsToldUntilSomebodyTakesTheSignal() {
        let stage = Stage([.looksAgain, .looksAgain, .takesSignal, .looksAgain])
        for index in 0..<4 { stage.append(index) }
        #expect(stage.list.offerSignal().isTaken)
        #expect(stage.threads.map(\.waitState.isGranted) == [true, true, true, false])
        #expect(!stage.list.offerSignal().isTaken)
        #expect(stage.threads[3].waitState == .granted(13))
        #expect(stage.isEmpty)
    }

    @Test func signalThatNobodyCanTakeIsNotTaken() {
        let stage = Stage([.takesSignal, .looksAgain])
        #expect(!stage.list.offerSignal().isTaken)
        for index in 0..<2 { stage.append(index) }
        for thread in stage.threads { #expect(thread.decideOwnWait(.withdrawn)) }
        #expect(!stage.list.offerSignal().isTaken)
        #expect(stage.isEmpty)
    }

    @Test func failureReachesEverybodyWhoStillWaits() {
        let stage = Stage([.takesSignal, .looksAgain, .takesSignal])
        for index in 0..<3 { stage.append(index) }
        #expect(stage.threads[1].decideOwnWait(.withdrawn))
        stage.list.failAll()
        #expect(stage.threads.map(\.waitState) == [.failed(10), .withdrawn, .failed(12)])
        #expect(stage.isEmpty)
    }

    @Test func nodesLeaveFromAnywhereAndOnlyOnce() {
        var random = SeededRandom(seed: 1)
        let stage = Stage([WaitNode.Mode](repeating: .takesSignal, count: 6))
        var model: [Int] = []
        for _ in 0..<20_000 {
            let index = Int.random(in: 0..<6, using: &random)
            if !stage.isLinked(index), Bool.random(using: &random) {
                stage.threads[index].beginWait()
                stage.append(index)
                model.append(index)
            } else if Int.random(in: 0..<3, using: &random) == 0 {
                let isTaken = stage.list.offerSignal().isTaken
                #expect(isTaken == !model.isEmpty)
                if let first = model.first {
                    #expect(stage.threads[first].waitState.isGranted)
                    model.removeFirst()
                }
            } else {
                stage.remove(index)
                model.removeAll { $0 == index }
            }
            #expect(stage.isEmpty == model.isEmpty)
            for index in 0..<6 { #expect(stage.isLinked(index) == model.contains(index)) }
        }
    }
}
