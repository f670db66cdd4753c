/// How long a thread looks at its wait before it sleeps: for as long as that has paid lately.
///
/// An answer that is on its way from another processor often takes less than the sleep and the wake-up
/// would. Where it takes more, or comes from a thread that needs this very processor, looking is in vain;
/// the thread cannot know which, and tries now and then:
///
///     resting --enough short sleeps--> trying --paid--> hopeful --paid--> trusting
///        ^                              | ^                |                  |
///        +------------ in vain ---------+ |                |                  |
///        +------------ in vain -----------|----------------+                  |
///                                         +------------ in vain --------------+
///
/// A look is short but for `trying`, which lasts longer than most wake-ups take: the answer to it may be
/// a sleeper's, who will look as well from then on. It also carries two threads over a disturbance. Only
/// short sleeps lead to a try: a thread that waits for people or for the next frame never looks at all.
package struct SpinBudget: Hashable, Sendable {
    package enum Phase: Equatable, Sendable {
        case resting
        case trying
        case hopeful
        case trusting
    }

    static let shortLook: UInt64 = 10_000
    static let longLook: UInt64 = 40_000
    static let leastRest: UInt16 = 8
    static let longestRest: UInt16 = 4096

    package private(set) var phase = Phase.resting
    /// How many short sleeps the next rest takes; each try in vain makes it eight times as long, each
    /// look that paid half as long.
    private(set) var rest = leastRest
    private var sleepsLeft = leastRest

    package init() {}

    /// For how many nanoseconds to look before the next sleep; 0 for not at all.
    package var look: UInt64 {
        switch phase {
        case .resting: 0
        case .trying: Self.longLook
        case .hopeful, .trusting: Self.shortLook
        }
    }

    /// The wait was decided while the thread looked.
    package mutating func lookPaid() {
        rest = max(rest / 2, Self.leastRest)
        phase = phase == .trying ? .hopeful : .trusting
    }

    /// The thread has to sleep though it has looked.
    package mutating func lookWasInVain() {
        guard phase != .trusting else { return phase = .trying }
        rest = min(rest * 8, Self.longestRest)
        sleepsLeft = rest
        phase = .resting
    }

    /// The thread has slept: for a moment, or longer than any look could take.
    package mutating func didSleep(isShort: Bool) {
        guard phase == .resting, isShort else { return }
        sleepsLeft -= 1
        if sleepsLeft == 0 { phase = .trying }
    }
}
