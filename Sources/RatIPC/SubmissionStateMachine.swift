/// The rules of one submission, from its start to its one completion.
///
///     queued --start--> started --end----------------> done   [deliver what came of it]
///     queued --stop---------------------------------> done   [deliver that it was stopped]
///     started --part--> started                               [go on with the rest]
///     started --stop--> stopping                              [have the operation end]
///     stopping --end, it had got done all the same--> done   [deliver what came of it]
///     stopping --end, of any other kind, part-------> done   [deliver that it was stopped]
///
/// Whatever comes in whatever order, a submission is delivered once: nothing leads out of `done`,
/// and what comes there is ignored. A buffer is the caller's again only in `done`, which is why a
/// stop of a started operation waits for its end.
struct SubmissionStateMachine: Equatable {
    enum State: CaseIterable {
        case queued
        case started
        case stopping
        case done
    }

    private(set) var state = State.queued

    /// What is to be done about an event.
    enum Effect: Equatable {
        case nothing
        /// Begin the operation, or go on with it.
        case run
        /// Ask for the operation's end.
        case interrupt
        case deliverResult
        case deliverStopped
    }

    mutating func start() -> Effect {
        guard state == .queued else { return .nothing }
        state = .started
        return .run
    }

    /// The submission was cancelled, or its object or its queue was closed.
    mutating func stop() -> Effect {
        switch state {
        case .queued:
            state = .done
            return .deliverStopped
        case .started:
            state = .stopping
            return .interrupt
        case .stopping, .done: return .nothing
        }
    }

    /// Some of what was asked for has been done, and nothing is under way.
    mutating func part() -> Effect {
        switch state {
        case .started: return .run
        case .stopping:
            state = .done
            return .deliverStopped
        case .queued, .done: return .nothing
        }
    }

    /// The operation has ended; `isComplete` if all was done that was asked for.
    mutating func end(isComplete: Bool) -> Effect {
        switch state {
        case .started:
            state = .done
            return .deliverResult
        case .stopping:
            state = .done
            return isComplete ? .deliverResult : .deliverStopped
        case .queued, .done: return .nothing
        }
    }
}
