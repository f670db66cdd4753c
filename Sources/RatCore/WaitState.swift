/// Where one thread's wait stands, as the value of one word.
///
/// Whoever ends the wait does it by one compare-and-exchange from `open` or a parked state, so exactly
/// one of all the signals, the deadline and the waiter itself ends it; the others see that they came
/// late and leave their object as it was. That is why no signal is lost to a wait that times out at the
/// same moment, and why none ends two waits.
///
///                   +--------- woken without a grant ---------+
///                   v                                          |
///     begin ----> open --park--> parkedOnFutex, parkedInPoll --+
///                   |                     |
///                   +------- grant -------+----> granted(index)     [the object gave its signal]
///                   |                     +----> abandoned(index)   [the same, from an owner that died]
///                   |                     |
///                   +------- poke --------+----> poked             [look at the objects again]
///                   |                     |
///                   +------ withdraw -----+----> withdrawn          [the waiter gives up]
package struct WaitState: Equatable, Sendable {
    package let rawValue: UInt32

    package init(rawValue: UInt32) {
        self.rawValue = rawValue
    }

    package static let open = WaitState(rawValue: 0)
    package static let parkedOnFutex = WaitState(rawValue: 1)
    package static let parkedInPoll = WaitState(rawValue: 2)
    package static let withdrawn = WaitState(rawValue: 3)
    /// What an object's signal depends on has changed: a timer was set anew.
    package static let poked = WaitState(rawValue: 7)
    /// An object that the wait is for was closed.
    package static func failed(_ index: UInt32) -> WaitState {
        WaitState(rawValue: index << 3 | 4)
    }
    package static func granted(_ index: UInt32) -> WaitState {
        WaitState(rawValue: index << 3 | 5)
    }
    package static func abandoned(_ index: UInt32) -> WaitState {
        WaitState(rawValue: index << 3 | 6)
    }

    /// Whether the wait can still be ended by a signal.
    package var isUndecided: Bool { rawValue < WaitState.withdrawn.rawValue }

    package var isGranted: Bool { rawValue & 7 == 5 }
    package var isAbandoned: Bool { rawValue & 7 == 6 }
    package var isFailed: Bool { rawValue & 7 == 4 }

    /// Which of the objects ended it, if one of them did.
    package var index: Int { Int(rawValue >> 3) }
}
