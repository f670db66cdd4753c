/// How far a task's wait has come. A pure value.
///
///     idle --begin--> begun --suspend--> suspended --end--> ended --begin--> begun
///                       \------end-----> ended
///
/// A wait may end before its task is suspended, by a cancellation; and any number of times, of which the
/// first counts.
package struct SuspensionStateMachine<Suspended> {
    private enum State {
        case idle
        case begun
        case suspended(Suspended)
        case ended
    }

    private var state = State.idle

    package init() {}

    /// A wait begins; the one before has ended.
    package mutating func begin() {
        state = .begun
    }

    /// Keeps the task, or gives it back to be resumed at once.
    package mutating func suspend(_ task: Suspended) -> Suspended? {
        guard case .begun = state else { return task }
        state = .suspended(task)
        return nil
    }

    /// What is to be resumed.
    package mutating func end() -> Suspended? {
        defer { state = .ended }
        guard case .suspended(let task) = state else { return nil }
        return task
    }
}
