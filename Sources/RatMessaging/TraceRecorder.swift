package import RatCore

/// What becomes of messages on one thread, kept to be looked at afterwards.
///
/// Used by its thread only. The trace is on while there is one.
package final class TraceRecorder {
    /// More is not kept: somebody has forgotten to look.
    package static let maximumCount = 65_536

    private let filter: TraceFilter
    /// Which window or queue; `.invalid` for all.
    private let target: Handle
    package private(set) var events: [TraceEvent] = []
    /// Whether there was more than is kept.
    package private(set) var isIncomplete = false

    private init(_ filter: TraceFilter, _ target: Handle) {
        self.filter = filter
        self.target = target
        Trace.addRecorders(1)
    }

    deinit {
        Trace.addRecorders(-1)
    }

    /// The calling thread's.
    package static var current: TraceRecorder? { ThreadQueue.currentIfAny?.recorder }

    /// Records from now on what becomes of messages on the calling thread: of one window or queue, or all. What
    /// was recorded before is forgotten. `.invalidArgument` for a filter that is none.
    @discardableResult
    package static func start(of target: Handle, _ filter: String) throws(RatError) -> TraceRecorder
    {
        let filter = try TraceFilter.of(filter)
        guard target == .invalid || TargetReference.find(target) != nil else {
            throw .invalidHandle
        }
        let recorder = TraceRecorder(filter, target)
        try ThreadQueue.current().recorder = recorder
        return recorder
    }

    /// Ends it, and forgets what was recorded.
    package static func stop() {
        ThreadQueue.currentIfAny?.recorder = nil
    }

    /// Ends that one, if it is the calling thread's still.
    package static func stop(_ recorder: TraceRecorder) {
        if current === recorder { stop() }
    }

    func note(_ event: TraceEvent) {
        guard target == .invalid || event.target == target, filter.admits(event.message) else {
            return
        }
        guard events.count < Self.maximumCount else {
            isIncomplete = true
            return
        }
        events.append(event)
    }

    /// What was recorded, which is forgotten.
    package func take() throws(RatError) -> [TraceEvent] {
        let taken = (events, isIncomplete)
        (events, isIncomplete) = ([], false)
        guard !taken.1 else { throw .noResources }
        return taken.0
    }
}
