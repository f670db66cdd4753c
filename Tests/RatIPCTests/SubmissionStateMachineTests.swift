import Testing

@testable import RatIPC

/// One submission, whatever comes in whatever order.
@Suite struct SubmissionStateMachineTests {
    private enum Event: CaseIterable {
        case start, stop, part, endComplete, endIncomplete
    }

    private typealias Effect = SubmissionStateMachine.Effect

    private func apply(_ event: Event, to machine: inout SubmissionStateMachine) -> Effect {
        switch event {
        case .start: machine.start()
        case .stop: machine.stop()
        case .part: machine.part()
        case .endComplete: machine.end(isComplete: true)
        case .endIncomplete: machine.end(isComplete: false)
        }
    }

    /// Every sequence of that many events, with what each of them caused.
    private func forEachHistory(
        ofLength length: Int,
        _ body: ([(event: Event, effect: Effect)], SubmissionStateMachine) -> Void
    ) {
        func extend(
            _ history: [(event: Event, effect: Effect)],
            _ machine: SubmissionStateMachine
        ) {
            guard history.count < length else { return body(history, machine) }
            for event in Event.allCases {
                var machine = machine
                let effect = apply(event, to: &machine)
                extend(history + [(event, effect)], machine)
            }
        }
        extend([], SubmissionStateMachine())
    }

    private func isDelivery(_ effect: Effect) -> Bool {
        effect == .deliverResult || effect == .deliverStopped
    }

    @Test func noHistoryDeliversTwiceOrDoesAnythingAfterwards() {
        forEachHistory(ofLength: 6) { history, machine in
            let first = history.firstIndex { isDelivery($0.effect) }
            #expect((first != nil) == (machine.state == .done))
            guard let first else { return }
            #expect(history[(first + 1)...].allSatisfy { $0.effect == .nothing })
        }
    }

    @Test func everyHistoryCanStillBeDelivered() {
        forEachHistory(ofLength: 6) { history, machine in
            guard machine.state != .done else { return }
            var machine = machine
            let stopped = machine.stop()
            let ended = machine.end(isComplete: false)
            #expect([stopped, ended].filter(isDelivery) == [.deliverStopped])
        }
    }

    @Test func anOperationRunsOnlyBetweenItsStartAndAStop() {
        forEachHistory(ofLength: 6) { history, _ in
            var isStarted = false
            var isStopped = false
            for (event, effect) in history {
                if effect == .run {
                    #expect(!isStopped)
                    #expect(isStarted != (event == .start))
                    isStarted = true
                }
                if effect == .interrupt { #expect(isStarted && !isStopped) }
                if event == .stop { isStopped = true }
            }
            #expect(history.filter { $0.effect == .interrupt }.count <= 1)
        }
    }

    @Test func whatGotDoneInSpiteOfAStopIsDelivered() {
        forEachHistory(ofLength: 6) { history, _ in
            let isStarted = history.contains { $0.event == .start && $0.effect == .run }
            for (event, effect) in history where effect != .nothing && isStarted {
                if event == .endComplete { #expect(effect == .deliverResult) }
            }
        }
    }

    @Test func aStopBeforeTheStartDeliversAtOnce() {
        var machine = SubmissionStateMachine()
        #expect(machine.stop() == .deliverStopped)
        #expect(machine.start() == .nothing)
        #expect(machine.state == .done)
    }

    @Test func whatComesFirstInAndOutOfALine() {
        var line = Fifo<Int>()
        #expect(line.popFirst() == nil)
        for number in 0..<100 { line.append(number) }
        line.removeFirst { $0 == 50 }
        line.removeFirst { $0 == 1000 }
        #expect(line.count == 99)
        for number in 0..<100 where number != 50 {
            #expect(line.first == number)
            #expect(line.popFirst() == number)
        }
        #expect(line.isEmpty)
    }
}
