import RatCore
import RatSystem
import RatTestSupport
import Testing

@testable import RatMessaging

/// Timers as a value, with a clock that the tests turn.
@Suite struct TimersTests {
    private let window = Handle(process: 1, kind: .window, generation: 1, index: 1)
    private let other = Handle(process: 1, kind: .window, generation: 1, index: 2)

    private func moment(_ milliseconds: UInt64) -> Instant {
        Instant(nanoseconds: milliseconds * 1_000_000)
    }

    private func set(
        _ timers: inout Timers,
        _ id: UInt,
        _ milliseconds: UInt32,
        at now: UInt64 = 0,
        window: Handle? = nil
    ) {
        let key = Timers.Key(window: window ?? self.window, id: id)
        let given = timers.set(key, milliseconds: milliseconds, procedure: 0, now: moment(now))
        #expect(given == id)
    }

    /// The ids that are due up to a moment, each fired as it comes.
    private func fire(_ timers: inout Timers, at now: UInt64, limit: Int = 100) -> [UInt] {
        var ids: [UInt] = []
        while ids.count < limit, let timer = timers.due(at: moment(now)) {
            ids.append(timer.key.id)
            timers.fire(timer.key, now: moment(now))
        }
        return ids
    }

    @Test func timersFireInTheOrderOfTheirTimes() {
        var timers = Timers()
        for (id, period) in [(UInt(1), UInt32(300)), (2, 100), (3, 200), (4, 50)] {
            set(&timers, id, period)
        }
        #expect(timers.nextDue == moment(50))
        #expect(fire(&timers, at: 49).isEmpty)
        #expect(fire(&timers, at: 300) == [4, 2, 3, 1])
    }

    @Test func timersOfOneMomentFireInTheOrderInWhichTheyWereSetOrFiredLast() {
        var timers = Timers()
        for id in UInt(1)...5 { set(&timers, id, 20) }
        #expect(fire(&timers, at: 20) == [1, 2, 3, 4, 5])
        set(&timers, 2, 20, at: 20)
        #expect(fire(&timers, at: 40) == [1, 3, 4, 5, 2])
    }

    @Test func lateTimerFiresOnceAndAgainOnePeriodFromThen() {
        var timers = Timers()
        set(&timers, 1, 10)
        #expect(fire(&timers, at: 1_005) == [1])
        #expect(timers.nextDue == moment(1_015))
        #expect(fire(&timers, at: 1_014).isEmpty)
        #expect(fire(&timers, at: 1_015) == [1])
    }

    @Test func settingAgainStartsTheTimeAnew() {
        var timers = Timers()
        set(&timers, 1, 100)
        set(&timers, 1, 30, at: 90)
        #expect(timers.nextDue == moment(120))
        set(&timers, 1, 500, at: 110)
        #expect(timers.nextDue == moment(610))
        #expect(fire(&timers, at: 610) == [1])
    }

    @Test func killedTimerDoesNotFire() {
        var timers = Timers()
        for id in UInt(1)...3 { set(&timers, id, 20) }
        let isKilled = timers.kill(Timers.Key(window: window, id: 2))
        let isKilledAgain = timers.kill(Timers.Key(window: window, id: 2))
        #expect(isKilled && !isKilledAgain)
        #expect(fire(&timers, at: 20) == [1, 3])
    }

    @Test func timersOfAWindowEndTogether() {
        var timers = Timers()
        for id in UInt(1)...10 { set(&timers, id, 20, window: id % 2 == 0 ? other : window) }
        timers.killAll(of: window)
        #expect(fire(&timers, at: 20) == [2, 4, 6, 8, 10])
        timers.killAll(of: other)
        #expect(timers.nextDue == .distantFuture)
    }

    @Test func oneIdOfTwoWindowsIsTwoTimers() {
        var timers = Timers()
        set(&timers, 1, 20, window: window)
        set(&timers, 1, 30, window: other)
        #expect(fire(&timers, at: 30) == [1, 1])
    }

    @Test func timerWithoutAWindowIsGivenAnIdOfItsOwn() {
        var timers = Timers()
        let asked = Timers.Key(window: .invalid, id: 77)
        let first = timers.set(asked, milliseconds: 20, procedure: 0, now: moment(0))
        let second = timers.set(asked, milliseconds: 20, procedure: 0, now: moment(0))
        #expect(first != 0 && second != 0 && first != second)
        // An id that it has been given restarts the timer.
        let again = timers.set(
            Timers.Key(window: .invalid, id: first),
            milliseconds: 50,
            procedure: 0,
            now: moment(0)
        )
        #expect(again == first)
        #expect(fire(&timers, at: 20) == [second])
    }

    @Test func periodsAreBounded() {
        var timers = Timers()
        set(&timers, 1, 0)
        #expect(timers.nextDue == moment(10))
        set(&timers, 1, 9)
        #expect(timers.nextDue == moment(10))
        set(&timers, 1, .max)
        #expect(timers.nextDue == moment(UInt64(Int32.max)))
    }

    @Test func procedureIsKnownWhileTheTimerRuns() {
        var timers = Timers()
        let key = Timers.Key(window: window, id: 1)
        _ = timers.set(key, milliseconds: 10, procedure: 0x1000, now: moment(0))
        #expect(timers.has(key, procedure: 0x1000))
        #expect(!timers.has(key, procedure: 0x1001))
        _ = timers.set(key, milliseconds: 10, procedure: 0x2000, now: moment(0))
        #expect(!timers.has(key, procedure: 0x1000))
        _ = timers.kill(key)
        #expect(!timers.has(key, procedure: 0x2000))
    }

    @Test func timersThatMayComeLateComeTogether() {
        var timers = Timers()
        for id in UInt(1)...20 {
            let given = timers.set(
                Timers.Key(window: window, id: id),
                milliseconds: 100 + UInt32(id),
                tolerance: 200,
                procedure: 0,
                now: moment(0)
            )
            #expect(given == id)
        }
        let due = timers.nextDue
        #expect(due >= moment(120) && due <= moment(301))
        #expect(timers.due(at: due.advanced(byMilliseconds: 0)) != nil)
        var now = UInt64(0)
        while moment(now) < due { now += 1 }
        #expect(fire(&timers, at: now).count == 20)
    }

    @Test(arguments: [0, 1, 2, 15, 1_000, 0x7FFF_FFF5] as [UInt32])
    func timerIsNeverEarlyAndNotLaterThanItMay(tolerance: UInt32) {
        var random = SeededRandom(seed: 7)
        for _ in 0..<1_000 {
            let due = moment(UInt64.random(in: 0...1 << 40, using: &random))
            let chosen = Timers.chosen(from: due, tolerance: tolerance)
            #expect(chosen >= due)
            #expect(chosen <= due.advanced(byMilliseconds: UInt64(tolerance)))
        }
    }

    @Test func filteredTimersComeInTheirOrderToo() {
        var timers = Timers()
        for id in UInt(1)...40 {
            set(&timers, id, UInt32(10 + (id * 7) % 40), window: id % 3 == 0 ? other : window)
        }
        var ids: [UInt] = []
        while let timer = timers.due(at: moment(100), where: { $0.window == other }) {
            ids.append(timer.key.id)
            let isKilled = timers.kill(timer.key)
            #expect(isKilled)
        }
        let wanted: [UInt] = Array(stride(from: 3, through: 40, by: 3))
        let expected = wanted.sorted { left, right in
            let (leftPeriod, rightPeriod) = (left * 7 % 40, right * 7 % 40)
            return leftPeriod == rightPeriod ? left < right : leftPeriod < rightPeriod
        }
        #expect(ids == expected)
        #expect(fire(&timers, at: 59).count == 27)
    }

    @Test func nextTimeAfterAMomentSkipsWhatIsDue() {
        var timers = Timers()
        for (id, period) in [(UInt(1), UInt32(10)), (2, 20), (3, 30), (4, 40)] {
            set(&timers, id, period)
        }
        #expect(timers.nextDue(after: moment(0)) == moment(10))
        #expect(timers.nextDue(after: moment(10)) == moment(20))
        #expect(timers.nextDue(after: moment(35)) == moment(40))
        #expect(timers.nextDue(after: moment(40)) == .distantFuture)
    }

    @Test func windowsThatComeAndGoLeaveNothing() {
        var random = SeededRandom(seed: 3)
        var timers = Timers()
        var living: [Handle: Set<UInt>] = [:]
        for _ in 0..<20_000 {
            let index = UInt32.random(in: 1...30, using: &random)
            let window = Handle(process: 1, kind: .window, generation: 1, index: index)
            let id = UInt.random(in: 1...6, using: &random)
            switch Int.random(in: 0..<8, using: &random) {
            case 0:
                timers.killAll(of: window)
                living[window] = nil
            case 1...2:
                let isKilled = timers.kill(Timers.Key(window: window, id: id))
                #expect(isKilled == (living[window]?.remove(id) != nil))
            default:
                set(&timers, id, 10, window: window)
                living[window, default: []].insert(id)
            }
        }
        let count = living.values.reduce(0) { $0 + $1.count }
        #expect(fire(&timers, at: 10, limit: 1_000).count == count)
        for window in living.keys { timers.killAll(of: window) }
        #expect(timers.nextDue == .distantFuture)
    }

    @Test(arguments: UInt64(1)...4)
    func anyHistoryGivesWhatANaiveListGives(seed: UInt64) {
        var random = SeededRandom(seed: seed)
        var timers = Timers()
        var model: [(id: UInt, due: UInt64, period: UInt64, turn: Int)] = []
        var now: UInt64 = 0
        for turn in 0..<10_000 {
            let id = UInt.random(in: 1...60, using: &random)
            switch Int.random(in: 0..<4, using: &random) {
            case 0, 1:
                let period = UInt32.random(in: 10...200, using: &random)
                set(&timers, id, period, at: now)
                model.removeAll { $0.id == id }
                model.append((id, now + UInt64(period), UInt64(period), turn))
            case 2:
                let isKilled = timers.kill(Timers.Key(window: window, id: id))
                #expect(isKilled == model.contains { $0.id == id })
                model.removeAll { $0.id == id }
            default:
                now += UInt64.random(in: 0...40, using: &random)
                let expected = model.indices.min {
                    (model[$0].due, model[$0].turn) < (model[$1].due, model[$1].turn)
                }
                let due = timers.due(at: moment(now))
                if let expected, model[expected].due <= now {
                    #expect(due?.key.id == model[expected].id)
                    model[expected].due = now + model[expected].period
                    model[expected].turn = turn
                } else {
                    #expect(due == nil)
                }
                if let due { timers.fire(due.key, now: moment(now)) }
            }
            let next = model.map(\.due).min().map(moment) ?? .distantFuture
            #expect(timers.nextDue == next)
        }
    }
}
