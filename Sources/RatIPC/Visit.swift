internal import RatCore
package import RatSystem

/// How long a call may sleep.
package enum Patience {
    /// As the handle's flags say: for ever, or not at all.
    case asFlagged
    /// Until then, whatever the flags say.
    case until(Instant)
    /// Not at all, whatever the flags say.
    case none
}

/// One call's stay inside an endpoint, which keeps its descriptor open. Ended by `leave`.
struct Visit {
    let endpoint: StableReference<EndpointRecord>
    let handle: Handle
    let descriptor: CInt
    let role: EndpointRole
    /// A connection was being made when the call came.
    let hadConnectPending: Bool
    /// When the call gives up; in the distant past it never sleeps.
    let deadline: Instant
    /// What it is called that it gave up.
    let giveUp: RatError

    /// Enters an endpoint of that kind.
    @inline(__always) static func enter(
        _ handle: Handle,
        _ kind: HandleKind,
        _ patience: Patience
    ) throws(RatError) -> Visit {
        guard handle.isOfKind(kind), let object = HandleTable.lookup(handle) else {
            throw .invalidHandle
        }
        object.record.lock.lock()
        guard object.record.handle == handle else {
            object.record.lock.unlock()
            throw .invalidHandle
        }
        let endpoint = Endpoint.endpoint(object)
        object.record.visitors += 1
        endpoint.record.callers += 1
        let (descriptor, role) = (endpoint.record.descriptor, endpoint.record.role)
        let isNonblocking = endpoint.record.isNonblocking
        let hasConnectPending = endpoint.record.hasConnectPending
        object.record.lock.unlock()
        return switch patience {
        case .asFlagged:
            Visit(
                endpoint: endpoint,
                handle: handle,
                descriptor: descriptor,
                role: role,
                hadConnectPending: hasConnectPending,
                deadline: isNonblocking ? .distantPast : .distantFuture,
                giveUp: .wouldBlock
            )
        case .until(let deadline):
            Visit(
                endpoint: endpoint,
                handle: handle,
                descriptor: descriptor,
                role: role,
                hadConnectPending: hasConnectPending,
                deadline: deadline,
                giveUp: .timedOut
            )
        case .none:
            Visit(
                endpoint: endpoint,
                handle: handle,
                descriptor: descriptor,
                role: role,
                hadConnectPending: hasConnectPending,
                deadline: .distantPast,
                giveUp: .wouldBlock
            )
        }
    }

    /// Leaves; says whether the handle still names the endpoint.
    @inline(__always) @discardableResult func leave() -> Bool {
        let object = endpoint.asObject
        object.record.lock.lock()
        endpoint.record.callers -= 1
        object.record.visitors -= 1
        let isAlive = object.record.handle == handle
        let isUnused = !isAlive && object.record.visitors == 0
        object.record.lock.unlock()
        if isUnused { unsafe object.record.kind.behavior.recycle(object) }
        return isAlive
    }

    /// Runs `body` inside an endpoint. What fails because the handle was closed meanwhile was cancelled.
    @inline(__always) static func run<Value>(
        _ handle: Handle,
        _ kind: HandleKind,
        _ patience: Patience = .asFlagged,
        _ body: (Visit) throws(RatError) -> Value
    ) throws(RatError) -> Value {
        let visit = try enter(handle, kind, patience)
        do throws(RatError) {
            let value = try body(visit)
            visit.leave()
            return value
        } catch {
            throw visit.leave() ? error : .cancelled
        }
    }

    func withLocked<Value>(_ body: (StableReference<EndpointRecord>) -> Value) -> Value {
        endpoint.record.header.lock.lock()
        defer { endpoint.record.header.lock.unlock() }
        return body(endpoint)
    }

    // MARK: - Sleeping

    /// Whether the kernel may let the call sleep: only where nothing limits it.
    @inline(__always) var isPatient: Bool { deadline == .distantFuture }

    /// Whether the handle still names the endpoint.
    var isAlive: Bool {
        withLocked { $0.record.header.handle == handle }
    }

    /// Sleeps after a call that could do nothing yet, until another try may be worth it; or gives up.
    func sleep(
        for readiness: Readiness,
        atMost slice: UInt64? = nil
    ) throws(RatError) -> PollFinding {
        guard isAlive else { throw .cancelled }
        let next = slice.map { min(deadline, Instant.now().advanced(byMilliseconds: $0)) }
        let finding = SocketCalls.poll(descriptor, for: readiness, until: next ?? deadline)
        if finding.isLate, next == nil || next == deadline { throw giveUp }
        return finding
    }

    /// After a call that a signal interrupted: tries again unless it is too late.
    func checkAfterSignal() throws(RatError) {
        guard deadline != .distantFuture, Instant.now() >= deadline else { return }
        throw giveUp
    }

    /// What a failed call means.
    func failure(_ result: CallResult) -> RatError {
        settleConnection()
        return RatError(result.record())
    }

    /// After a call that did not find the connection still being made: waits are for data from now on.
    @inline(__always) func settleConnection() {
        if hadConnectPending { endPendingConnection() }
    }

    @inline(never) private func endPendingConnection() {
        withLocked { $0.record.hasConnectPending = false }
    }
}
