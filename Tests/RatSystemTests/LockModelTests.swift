import Testing

@Suite struct LockModelTests {
    private struct Result {
        var states = 0
        var mostInside = 0
        /// States that nobody leaves, though not all are through.
        var stuck = 0
    }

    /// Goes through every interleaving of threads that take the lock so often.
    private func explore(_ rounds: [UInt8], _ order: LockModel.Order) -> Result {
        var result = Result()
        let start = LockModel(rounds: rounds)
        var seen: Set<LockModel> = [start]
        var open = [start]
        while let state = open.popLast() {
            result.states += 1
            result.mostInside = max(result.mostInside, state.insideCount)
            let successors = state.successors(order)
            if successors.isEmpty, !state.isDone { result.stuck += 1 }
            for next in successors where seen.insert(next).inserted { open.append(next) }
        }
        return result
    }

    @Test(arguments: [LockModel.Order.processBarrier, .fences])
    func oneIsInsideAndNobodySleepsForEver(order: LockModel.Order) {
        for rounds: [UInt8] in [[4, 4], [2, 2, 2], [1, 1, 1, 1]] {
            let result = explore(rounds, order)
            #expect(result.mostInside == 1)
            #expect(result.stuck == 0)
        }
    }

    @Test func withoutABarrierOnEitherSideAWakeUpIsLost() {
        let result = explore([1, 1], .none)
        #expect(result.mostInside == 1)
        #expect(result.stuck > 0)
    }
}
