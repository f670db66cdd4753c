import Testing

@testable import RatIPC

/// The claims of `SharedState`, in every order of events.
struct SharedStateTests {
    let model = SharedStateModel()

    @Test(arguments: [false, true])
    func anEventThatIsSetLeavesNobodyAsleepWhoeverDies(isManualReset: Bool) {
        for dead in 0...3 {
            let start = model.world(0, [.waiter, .signaller, .impatient, .signaller], mayDie: dead)
            let count = model.play(.event(isManualReset: isManualReset), start)
            #expect(count > 1000)
        }
    }

    @Test func aSemaphoreLosesNoUnitAndLeavesNobodyAsleepBesideOne() {
        for dead in 0...2 {
            let roles: [SharedStateModel.Role] = [.signaller, .waiter, .signaller, .waiter]
            model.play(.semaphore(maximum: 1), model.world(0, roles, mayDie: dead))
            model.play(.semaphore(maximum: 2), model.world(0, roles, mayDie: dead))
        }
    }

    @Test func aMutexHasOneOwnerAndLeavesNobodyAsleepWhoeverDies() {
        for dead in 0...3 {
            let roles: [SharedStateModel.Role] = [.waiter, .waiter, .impatient]
            #expect(model.play(.mutex, model.world(0, roles, mayDie: dead)) > 500)
        }
        let roles: [SharedStateModel.Role] = [.waiter, .waiter, .waiter, .impatient]
        model.play(.mutex, model.world(0, roles, mayDie: 2))
        model.play(.mutex, model.world(0, roles, mayDie: 4))
    }

    @Test func aMutexIsLockedByItsOwnerAsOftenAsThereAreBits() {
        let owner = SharedMutexState.Owner(keeper: 7, thread: (1 << 22) - 1)
        var word = SharedMutexState.initial(owner: owner)
        for _ in 1..<SharedMutexState.maximumDepth {
            guard case .exchange(let next, .taken) = SharedMutexState(word: word).taking(owner)
            else { break }
            word = next
        }
        #expect(SharedMutexState(word: word).taking(owner) == .finish(.exhausted))
        #expect(SharedMutexState(word: word).isOwned(by: owner))
        for _ in 1..<SharedMutexState.maximumDepth {
            guard case .exchange(let next, true) = SharedMutexState(word: word).releasing(owner)
            else { break }
            word = next
        }
        #expect(SharedMutexState(word: word).releasing(owner) == .exchange(0, true))
    }

    @Test func everyWordIsAState() {
        let owner = SharedMutexState.Owner(keeper: 7, thread: 9)
        var word: UInt64 = 1
        for _ in 0..<100_000 {
            word = word &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            for word in [word, word | SharedBits.low, word & ~SharedBits.low, 0 &- word >> 40] {
                _ = SharedEventState(word: word).setting()
                _ = SharedSemaphoreState(word: word).taking()
                _ = SharedSemaphoreState(word: word).releasing(.max, maximum: .max)
                _ = SharedSemaphoreState(word: word).releasing(5, maximum: 9)
                _ = SharedMutexState(word: word).taking(owner)
                _ = SharedMutexState(word: word).releasing(owner)
                _ = SharedMutexState(word: word).abandoning(owner)
            }
        }
    }
}
