internal import RatCore
internal import RatRuntime

/// Waits for several objects at once, up to 10,000 of them. Each may be given once.
public enum Wait {
    /// How a wait for several objects ended.
    public enum Outcome: Equatable, Sendable {
        /// Signalled, and taken: the object at this place; 0 for a wait for all.
        case signaled(Int)
        /// The same, and the mutex at this place was among what was taken: its owner ended without releasing
        /// it, so what it guards may be half changed.
        case abandoned(Int)
        /// The timeout passed first; nothing was taken.
        case timedOut
    }

    /// Waits until one of the objects is signalled, and takes its signal; the first that is signalled wins.
    /// Without a timeout it waits for ever. Blocks the thread.
    ///
    /// Throws `.invalidArgument` without objects, with too many, or with one twice.
    public static func any(
        _ objects: [any Waitable],
        timeout: Duration? = nil
    ) throws(RatError) -> Outcome {
        try wait(for: objects, isForAll: false, timeout)
    }

    /// Waits until all of the objects are signalled at one moment, and takes all their signals then; until
    /// then it takes none. Without a timeout it waits for ever. Blocks the thread.
    ///
    /// Throws `.invalidArgument` without objects, with too many, or with one twice.
    public static func all(
        _ objects: [any Waitable],
        timeout: Duration? = nil
    ) throws(RatError) -> Outcome {
        try wait(for: objects, isForAll: true, timeout)
    }

    private static func wait(
        for objects: [any Waitable],
        isForAll: Bool,
        _ timeout: Duration?
    ) throws(RatError) -> Outcome {
        let handles = objects.map { $0.handle.engine }
        let end = deadline(timeout)
        let outcome = withExtendedLifetime(objects) {
            Waiting.forMany(handles, isForAll: isForAll, until: end)
        }
        switch outcome {
        case .signaled(let place): return .signaled(place)
        case .abandoned(let place): return .abandoned(place)
        case .timedOut: return .timedOut
        // The objects are alive here, so their number or a repetition is to blame.
        case .failed: throw RatError(.invalidArgument)
        }
    }
}
