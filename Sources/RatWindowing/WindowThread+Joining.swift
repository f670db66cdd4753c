package import RatCore
internal import RatMessaging

/// What a thread shares with those that its input is joined with.
extension WindowThread {
    /// Reads or changes the thread's input, which others may share, under the door's lock: nothing that locks or
    /// calls out is to be called inside.
    func withInput<Value>(_ body: (InputState) -> Value) -> Value {
        InputDoor.withLock { _ in body(port.state) }
    }

    /// Puts another holder in the place of one, and gives who it was.
    func exchange(
        _ place: ReferenceWritableKeyPath<InputState, InputHolder>,
        _ new: InputHolder
    ) -> Handle {
        let (previous, next) = withInput { state in
            let previous = state[keyPath: place].window
            state[keyPath: place] = new
            return (previous, state.announceNext())
        }
        if let next, next !== port { next.wake() }
        // Another thread's window may have ended in between; its thread has forgotten it by then.
        if new.queue != port.queueHandle, new != .nobody, !Window.exists(new.window) {
            withInput { $0.forget(new.window) }
        }
        return previous
    }

    /// A window of the threads that share the input, as one that holds something; throws for others'.
    func holder(of window: Handle) throws(RatError) -> InputHolder {
        guard window != .invalid else { return .nobody }
        let queue = try WindowTree.queue(of: window)
        guard queue == port.queueHandle || withInput({ $0.has(queue) }) else {
            throw .wrongThread
        }
        return InputHolder(window: window, queue: queue)
    }

    // MARK: - Joining

    /// Joins a thread's input with another one's, or takes it out again. Threads are named by their own queues.
    ///
    /// Who joins brings its active window and its focus along, where the others have none, and what it has not
    /// retrieved; who leaves takes its own windows' along. What is held down is forgotten.
    package static func setJoined(
        _ isJoined: Bool,
        _ from: Handle,
        with to: Handle
    ) throws(RatError) {
        _ = try current()
        guard from != to else { throw .accessDenied }
        let woken = try InputDoor.withLock { door throws(RatError) in
            guard let from = door.ports[from], let to = door.ports[to] else {
                throw .invalidHandle
            }
            guard isJoined else {
                guard from.state === to.state else { throw .accessDenied }
                return door.separate(from)
            }
            return from.state === to.state ? [] : door.join(from, with: to)
        }
        for port in woken { port.wake() }
    }
}

extension InputDoor.State {
    /// Gives who has something to retrieve now.
    fileprivate func join(_ port: InputPort, with other: InputPort) -> [InputPort] {
        let (old, shared) = (port.state, other.state)
        leave(old, port)
        if shared.focus == .nobody { shared.focus = old.take(\.focus, of: port) }
        if shared.active == .nobody { shared.active = old.take(\.active, of: port) }
        old.forgetWindows(of: port)
        shared.activations &+= 1
        shared.queue.join(old.queue.split { old.isFor(port, $0) })
        shared.queue.keyboard = KeyboardState()
        if old.active == .nobody { replaceForeground(old, shared) }
        port.state = shared
        shared.members.append(port)
        return [shared.announceNext(), old.announceNext()].compactMap { $0 }
    }

    fileprivate func separate(_ port: InputPort) -> [InputPort] {
        let old = port.state
        let events = old.queue.split { old.isFor(port, $0) }
        leave(old, port)
        let own = InputState()
        own.members = [port]
        own.focus = old.take(\.focus, of: port)
        own.active = old.take(\.active, of: port)
        own.capture = old.take(\.capture, of: port)
        old.activations &+= 1
        own.queue = events
        own.queue.keyboard = KeyboardState()
        if own.active != .nobody { replaceForeground(old, own) }
        port.state = own
        if !own.queue.isEmpty { port.announce(own.queue.status) }
        return [port, old.announceNext()].compactMap { $0 }
    }

    private func leave(_ old: InputState, _ port: InputPort) {
        old.members.removeAll { $0 === port }
    }
}

extension InputState {
    /// Whether an event is for that thread.
    fileprivate func isFor(_ port: InputPort, _ entry: InputQueue.Entry) -> Bool {
        entry.origin == port.queueHandle
    }

    /// Takes what a window of that thread holds.
    fileprivate func take(
        _ place: ReferenceWritableKeyPath<InputState, InputHolder>,
        of port: InputPort
    ) -> InputHolder {
        guard self[keyPath: place].queue == port.queueHandle else { return .nobody }
        defer { self[keyPath: place] = .nobody }
        return self[keyPath: place]
    }

    /// What windows of that thread held is nobody's.
    fileprivate func forgetWindows(of port: InputPort) {
        for place in [\InputState.focus, \.active, \.capture] { _ = take(place, of: port) }
    }
}
