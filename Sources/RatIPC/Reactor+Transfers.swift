internal import RatCore
internal import RatSystem

// Reads, writes, accepts and connects. A backend that transfers is asked to for streams and
// listeners. For all else, and where it says that it would have to wait, the reactor polls and
// makes the transfer itself when the descriptor is ready, by the same calls that the synchronous
// functions make.

extension Reactor {
    func transfer(_ submission: Submission) {
        if backend.transfersData, let operation = operation(submission) {
            submission.phase = .backend
            backend.start(operation, number: submission.number)
        } else {
            attempt(submission)
        }
    }

    /// What the backend does by itself; not what is empty, which it would wait with.
    private func operation(_ submission: Submission) -> AsyncOperation? {
        let endpoint = Endpoint.endpoint(submission.object)
        let descriptor = endpoint.record.descriptor
        guard !submission.isHandled else { return nil }
        switch submission.work {
        case .read(let buffer):
            guard endpoint.record.role != .datagrams, buffer.count > 0 else { return nil }
            return unsafe .receive(descriptor, buffer)
        case .write(let bytes):
            guard endpoint.record.role != .datagrams, bytes.count > 0 else { return nil }
            return unsafe .send(descriptor, submission.rest(of: bytes))
        case .accept: return .accept(descriptor)
        case .connect, .wait, .poll, .take: return nil
        }
    }

    /// Tries without waiting, and polls if there is nothing to be done yet.
    private func attempt(_ submission: Submission) {
        do throws(RatError) {
            try submission.attempt()
            end(submission, nil)
        } catch {
            guard error == .wouldBlock else { return end(submission, error) }
            let endpoint = Endpoint.endpoint(submission.object)
            if case .connect = submission.work, endpoint.record.domain == SocketDomain.unix {
                // A listener whose backlog is full tells nobody when there is room.
                let next = Instant.now().advanced(byMilliseconds: Self.fullBacklogPause)
                submission.phase = .retry(next)
                return setDeadline(next, of: submission)
            }
            poll(submission, endpoint.record.descriptor)
        }
    }

    private static var fullBacklogPause: UInt64 { 10 }

    private func poll(_ submission: Submission, _ descriptor: CInt) {
        submission.phase = .backend
        submission.isPolling = true
        let events: PollEvents = submission.line?.isForWriting == true ? .writable : .readable
        backend.start(.poll(descriptor, events), number: submission.number)
    }

    /// The backend has made a transfer, or could not.
    func didTransfer(_ submission: Submission, _ result: Int) {
        guard result >= 0 else {
            switch errno(result) {
            case .interrupted: return part(submission)
            // The open file does not let the backend wait either.
            case .wouldBlock:
                submission.isHandled = true
                return part(submission)
            // A connection that ended before it was taken is no failure.
            case .connectionAborted, .protocolError:
                if case .accept = submission.work { return part(submission) }
                return end(submission, RatError(errno(result)))
            default: return end(submission, RatError(errno(result)))
            }
        }
        switch submission.work {
        case .accept:
            do throws(RatError) {
                let endpoint = Endpoint.endpoint(submission.object)
                let client = try Endpoint.create(
                    CInt(result),
                    role: endpoint.record.role,
                    domain: endpoint.record.domain
                )
                submission.misc = client.rawValue
                end(submission, nil)
            } catch {
                end(submission, error)
            }
        case .write(let bytes):
            submission.transferred += result
            submission.settleConnection()
            let isWhole = submission.transferred == bytes.count
            if isWhole { end(submission, nil) } else { part(submission) }
        default:
            submission.transferred = result
            submission.settleConnection()
            // The end, or what it looks like when another call's end shuts the socket.
            let isGone = result == 0 && submission.withObjectLocked {} == nil
            end(submission, isGone ? .cancelled : nil)
        }
    }

    private func goOn(_ submission: Submission) {
        part(submission)
    }
}

extension Submission {
    /// What a write has not written yet.
    func rest(of bytes: UnsafeRawBufferPointer) -> UnsafeRawBufferPointer {
        unsafe UnsafeRawBufferPointer(rebasing: bytes[transferred...])
    }

    /// Makes the transfer, or as much of it as can be made without waiting; throws `.wouldBlock` if
    /// that is not all.
    func attempt() throws(RatError) {
        let kind: HandleKind = handle.isOfKind(.pipe) ? .pipe : .socket
        switch work {
        case .read(let buffer):
            transferred = try Visit.run(handle, kind, .none) { visit throws(RatError) in
                if visit.role != .datagrams { return try unsafe visit.receive(buffer) }
                var sender = SocketAddress()
                var length = 0
                do throws(RatError) {
                    try unsafe visit.receiveDatagram(
                        buffer,
                        from: &sender,
                        addressRoom: SocketAddress.maximumSize,
                        length: &length
                    )
                } catch {
                    if error == .bufferTooSmall { transferred = length }
                    throw error
                }
                return length
            }
        case .write(let bytes):
            let rest = unsafe rest(of: bytes)
            try Visit.run(handle, kind, .none) { visit throws(RatError) in
                if visit.role == .datagrams {
                    try unsafe visit.sendDatagram(rest, to: nil)
                    transferred = rest.count
                } else {
                    transferred += try unsafe visit.send(rest)
                }
            }
            if transferred < bytes.count { throw .wouldBlock }
        case .accept: misc = try Socket.accept(handle, .none).rawValue
        case .connect(let address): try Socket.connect(handle, to: address, .none)
        case .wait, .poll, .take: break
        }
    }

    /// After a transfer that found a connection: waits are for data from now on.
    func settleConnection() {
        let endpoint = Endpoint.endpoint(object)
        _ = withObjectLocked { endpoint.record.hasConnectPending = false }
    }
}
