import RatTestSupport
import Testing

@testable import RatMessaging

/// What may become of a request, in every order of what can happen to it.
@Suite struct RequestStateTests {
    private enum Happening: CaseIterable {
        case begin
        case reply
        case fail
        case giveUp
    }

    /// A request with its sender and those who answer it, as they use the state.
    private struct Scene {
        var state = RequestState.queued
        var isSenderThere = true
        var begun = 0
        /// How often the sender was told of an end, and of an answer.
        var told = 0
        var answered = 0
        /// How often the record was given back.
        var recycled = 0

        mutating func happen(_ happening: Happening) {
            let wasOpen = state.isOpen
            switch happening {
            case .begin:
                if state.begin() { begun += 1 }
            case .reply:
                if state.reply() {
                    told += 1
                    answered += 1
                } else if wasOpen {
                    recycled += 1
                }
            case .fail:
                if state.fail() { told += 1 } else if wasOpen { recycled += 1 }
            case .giveUp:
                guard isSenderThere else { return }
                isSenderThere = false
                if state.giveUp() || state == .withdrawn { recycled += 1 }
            }
        }

        /// A sender that still waits collects what there is.
        mutating func settle() {
            guard isSenderThere, state.isDecided else { return }
            isSenderThere = false
            recycled += 1
        }
    }

    @Test(arguments: 0...6)
    func oneCollectsTheEndAndNothingIsRecycledTwice(length: Int) {
        var scenes: [Scene] = []
        let count = Choices.forEach { choices in
            var scene = Scene()
            for _ in 0..<length {
                let all = Happening.allCases
                scene.happen(all[choices.choose(among: all.count)])
            }
            scene.settle()
            scenes.append(scene)
        }
        #expect(count == (0..<length).reduce(1) { count, _ in count * 4 })
        #expect(scenes.allSatisfy { $0.begun <= 1 && $0.told <= 1 && $0.answered <= $0.begun })
        // Over means given back, once; and as long as somebody may come to it, it is not.
        #expect(
            scenes.allSatisfy { scene in
                switch scene.state {
                case .queued, .started, .orphaned: scene.recycled == 0
                case .answered, .failed, .withdrawn, .ended: scene.recycled == 1
                }
            }
        )
        // Who has given up is told nothing, but for an end that came first.
        #expect(
            scenes.allSatisfy { scene in
                let isAbandoned = scene.state == .withdrawn || scene.state == .orphaned
                return !(isAbandoned || scene.state == .ended) || scene.told == 0
            }
        )
    }

    @Test func everyStateIsReached() {
        var reached: Set<RequestState> = []
        Choices.forEach { choices in
            var scene = Scene()
            for _ in 0..<3 {
                reached.insert(scene.state)
                scene.happen(Happening.allCases[choices.choose(among: 4)])
            }
            reached.insert(scene.state)
        }
        #expect(reached == Set(RequestState.allCases))
    }

    @Test func onlyABegunRequestCanBeAnswered() {
        for state in RequestState.allCases {
            var after = state
            let isAnswered = after.reply()
            #expect(isAnswered == (state == .started))
            #expect(state.isOpen || after == state)
        }
    }
}
