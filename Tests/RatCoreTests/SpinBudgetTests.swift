import Testing

@testable import RatCore

@Suite struct SpinBudgetTests {
    /// A budget, and how often it was in vain to look since the last time that it paid or the thread
    /// rested.
    private struct Place: Hashable {
        var budget = SpinBudget()
        var vain = 0
    }

    /// Every budget that can come about, whatever happens to the thread.
    private static let places: Set<Place> = {
        var places: Set<Place> = [Place()]
        var new = Array(places)
        while let place = new.popLast() {
            for next in successors(of: place) where places.insert(next).inserted {
                new.append(next)
            }
        }
        return places
    }()

    private static func successors(of place: Place) -> [Place] {
        var paid = place
        var slept = place
        var sleptLong = place
        if place.budget.look > 0 {
            paid.budget.lookPaid()
            paid.vain = 0
            slept.budget.lookWasInVain()
            slept.vain += 1
        } else {
            slept.vain = 0
        }
        sleptLong = slept
        slept.budget.didSleep(isShort: true)
        sleptLong.budget.didSleep(isShort: false)
        return place.budget.look > 0 ? [paid, slept, sleptLong] : [slept, sleptLong]
    }

    @Test func looksAreShortButForTries() {
        for place in Self.places {
            switch place.budget.phase {
            case .resting: #expect(place.budget.look == 0)
            case .trying: #expect(place.budget.look == SpinBudget.longLook)
            case .hopeful, .trusting: #expect(place.budget.look == SpinBudget.shortLook)
            }
        }
        #expect(Self.places.count > 1_000)
    }

    @Test func afterTwoLooksInVainTheThreadRests() {
        for place in Self.places where place.vain >= 2 { #expect(place.budget.look == 0) }
        #expect(!Self.places.contains { $0.vain > 2 })
    }

    @Test func restsLastAtLeastEightShortSleepsAndAtMostAFewThousand() {
        for place in Self.places {
            #expect(place.budget.rest >= SpinBudget.leastRest)
            #expect(place.budget.rest <= SpinBudget.longestRest)
            var budget = place.budget
            guard budget.look > 0 else { continue }
            while budget.look > 0 { budget.lookWasInVain() }
            var sleeps = 0
            while budget.look == 0 {
                budget.didSleep(isShort: true)
                sleeps += 1
            }
            #expect(sleeps == Int(budget.rest))
        }
    }

    @Test func threadThatSleepsLongSoonNeverLooksAgain() {
        for place in Self.places {
            var budget = place.budget
            var looks = 0
            for _ in 0..<4 {
                if budget.look > 0 {
                    looks += 1
                    budget.lookWasInVain()
                }
                budget.didSleep(isShort: false)
            }
            #expect(looks <= 2)
            let settled = budget
            #expect(settled.look == 0)
            budget.didSleep(isShort: false)
            #expect(budget == settled)
        }
    }

    @Test func whatPaysIsKeptUp() {
        for place in Self.places where place.budget.look > 0 {
            var budget = place.budget
            budget.lookPaid()
            budget.lookPaid()
            #expect(budget.phase == .trusting)
            // One disturbance is survived.
            budget.lookWasInVain()
            budget.didSleep(isShort: true)
            #expect(budget.phase == .trying)
        }
    }

    @Test func lookingThatNeverPaysIsRare() {
        var budget = SpinBudget()
        var looks = 0
        for _ in 0..<100_000 {
            if budget.look > 0 {
                looks += 1
                budget.lookWasInVain()
            }
            budget.didSleep(isShort: true)
        }
        #expect(looks == 3 + (100_000 - 8 - 64 - 512) / 4096)
    }

    @Test func lookingThatPaysEverySecondTimeLeadsToLongRests() {
        var budget = SpinBudget()
        for _ in 0..<100_000 {
            switch budget.phase {
            case .resting: budget.didSleep(isShort: true)
            // The answer takes longer than a short look.
            case .trying: budget.lookPaid()
            case .hopeful, .trusting: budget.lookWasInVain()
            }
        }
        #expect(budget.rest >= SpinBudget.longestRest / 2)
    }
}
