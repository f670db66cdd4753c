internal import RatCore
internal import RatSystem

// The steps of one submission, on the reactor's thread. `SubmissionStateMachine` says what follows
// what.

extension Reactor {
    /// A new submission: last in its line, and told if its object ends.
    func enroll(_ submission: Submission) {
        live[submission.number] = submission
        let isAlive = submission.withObjectLocked { submission.linkNode() } != nil
        guard isAlive else { return stop(submission) }
        guard let line = submission.line else { return begin(submission) }
        lines[line, default: Fifo()].append(submission)
        if lines[line]?.count == 1 { begin(submission) }
    }

    func begin(_ submission: Submission) {
        perform(submission.machine.start(), submission)
    }

    /// The submission was cancelled, or its object or queue has ended.
    func stop(_ submission: Submission) {
        perform(submission.machine.stop(), submission)
    }

    /// Its operation has ended with a failure, or without one.
    func end(_ submission: Submission, _ failure: RatError?) {
        perform(submission.machine.end(isComplete: failure == nil), submission, failure)
    }

    /// Nothing is under way, and not all is done.
    func part(_ submission: Submission) {
        perform(submission.machine.part(), submission)
    }

    private func perform(
        _ effect: SubmissionStateMachine.Effect,
        _ submission: Submission,
        _ failure: RatError? = nil
    ) {
        switch effect {
        case .nothing: break
        case .run: run(submission)
        case .interrupt: interrupt(submission)
        case .deliverResult: finish(submission, failure)
        case .deliverStopped: finish(submission, .cancelled)
        }
    }

    private func run(_ submission: Submission) {
        switch submission.work {
        case .read, .write, .accept, .connect: transfer(submission)
        case .wait, .take: look(submission)
        case .poll(let interest): poll(submission, interest)
        }
    }

    /// Ends a started operation, now or soon.
    private func interrupt(_ submission: Submission) {
        switch submission.phase {
        case .backend: backend.cancel(number: submission.number)
        case .signal:
            // Else the wait has ended already, and the notice of it is in the inbox.
            if submission.unlinkNode() { end(submission, .cancelled) }
        case .idle, .retry: end(submission, .cancelled)
        }
    }

    /// The one completion of a submission.
    private func finish(_ submission: Submission, _ failure: RatError?) {
        submission.phase = .idle
        submission.unlinkNode()
        live[submission.number] = nil
        deadlines[submission.number] = nil
        // The object may end with this, and its descriptor be closed.
        Objects.leave(submission.object)
        let completion = Completion(
            userTag: submission.userTag,
            status: failure?.rawValue ?? 0,
            bytesTransferred: submission.transferred,
            misc: submission.misc
        )
        let (queue, handle) = (submission.queue, submission.queueHandle)
        let (isKept, isBound) = queue.complete(completion, of: handle)
        if isBound { deliverMore(from: queue, handle) }
        // A connection that nobody will hear of.
        if !isKept, submission.misc != 0 {
            try? Objects.close(Handle(rawValue: submission.misc))
        }
        for ticket in submission.cancellers { ticket.settle(failure == .cancelled) }
        submission.cancellers = []
        if let line = submission.line { leave(line, submission) }
        if let (remaining, tickets) = closing[handle] {
            closing[handle] = remaining > 1 ? (remaining - 1, tickets) : nil
            if remaining == 1 { for ticket in tickets { ticket.settle(true) } }
        }
    }

    private func leave(_ line: Submission.Line, _ submission: Submission) {
        let wasFirst = lines[line]?.first === submission
        if wasFirst {
            _ = lines[line]?.popFirst()
        } else {
            lines[line]?.removeFirst { $0 === submission }
        }
        guard let first = lines[line]?.first else {
            lines[line] = nil
            return
        }
        // Not from here: a thousand that are done at once would be as many calls deep.
        if wasFirst { next.append(first) }
    }

    // MARK: - What comes back

    /// The wait of the submission's node has ended: in phase `signal`, what it waited for; else its
    /// object.
    func didNotice(_ submission: Submission, _ state: WaitState) {
        guard case .signal = submission.phase else {
            if state.isFailed { stop(submission) }
            return
        }
        submission.phase = .idle
        if state.isFailed {
            // Those that were being stopped end here, those that were not are stopped.
            stop(submission)
            return end(submission, .cancelled)
        }
        if case .wait = submission.work, state.isGranted || state.isAbandoned {
            return end(submission, nil)
        }
        // What it means has to be looked at: a timer was set anew, or there is a message.
        part(submission)
    }

    func didEnd(_ number: UInt64, _ result: Int) {
        guard let submission = live[number] else { return }
        submission.phase = .idle
        if submission.isLate, result < 0 { return end(submission, .timedOut) }
        if case .poll = submission.work {
            return end(submission, result < 0 ? RatError(errno(result)) : nil)
        }
        if submission.isPolling {
            // Ready, or cancelled; the machine knows whether it is to go on.
            submission.isPolling = false
            part(submission)
        } else {
            didTransfer(submission, result)
        }
    }

    /// A moment that was asked for has come.
    func isDue(_ submission: Submission, _ now: Instant) {
        switch submission.phase {
        case .idle: break
        case .backend:
            submission.isLate = true
            backend.cancel(number: submission.number)
        case .signal:
            // Else the notice of its signal is on its way.
            guard submission.unlinkNode() else { return }
            submission.phase = .idle
            part(submission)
        case .retry:
            submission.phase = .idle
            part(submission)
        }
    }

    // MARK: - Waits

    /// Takes the object's signal, or waits for it.
    private func look(_ submission: Submission) {
        let thread = ThreadRecord.current
        while true {
            // Not linked: what happens from here on shows in the object.
            submission.unlinkNode()
            let isSignaled = submission.withObjectLocked { () -> Bool in
                let object = submission.object
                if unsafe object.record.kind.behavior.isSignaled(object, thread) {
                    if case .wait = submission.work {
                        _ = unsafe object.record.kind.behavior.consume(object, thread)
                    }
                    return true
                }
                guard submission.timeout > Instant.now() else { return false }
                submission.linkNode()
                submission.phase = .signal
                let next = unsafe object.record.kind.behavior.nextDeadline(object)
                setDeadline(min(next, submission.timeout), of: submission)
                return false
            }
            guard let isSignaled else {
                stop(submission)
                return end(submission, .cancelled)
            }
            guard isSignaled else {
                if case .idle = submission.phase { end(submission, .timedOut) }
                return
            }
            guard case .take(let taking) = submission.work else { return end(submission, nil) }
            do throws(RatError) {
                if let count = try taking() {
                    submission.transferred = count
                    return end(submission, nil)
                }
                // Somebody else was faster.
            } catch {
                return end(submission, error)
            }
        }
    }

    /// Waits for what the kernel signals.
    private func poll(_ submission: Submission, _ interest: PollInterest) {
        if submission.timeout <= Instant.now() {
            var polls = PollSet([interest])
            polls.wait(until: .distantPast)
            return end(submission, polls.isReady(0) ? nil : .timedOut)
        }
        submission.phase = .backend
        backend.start(
            .poll(interest.descriptor, interest.isForWriting ? .writable : .readable),
            number: submission.number
        )
        setDeadline(submission.timeout, of: submission)
    }

    func errno(_ result: Int) -> Errno { Errno(rawValue: CInt(truncatingIfNeeded: -result)) }
}
