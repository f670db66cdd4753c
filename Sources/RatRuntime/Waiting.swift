package import RatCore
internal import RatMessaging
package import RatSystem

/// Waits by handle: what `Wait` does, joined with the calling thread's own queue.
package enum Waiting {
    package static func forOne(_ handle: Handle, until deadline: Instant) -> WaitOutcome {
        do throws(RatError) {
            let source = try source(for: handle)
            if deadline == .distantPast { Distant.refresh(handle) }
            return Wait.forOne(handle, until: deadline, source: source)
        } catch {
            return .failed(0)
        }
    }

    package static func forMany(
        _ handles: [Handle],
        isForAll: Bool,
        until deadline: Instant
    ) -> WaitOutcome {
        var source: (any WaitSource)?
        for (index, handle) in handles.enumerated() {
            do throws(RatError) {
                source = try self.source(for: handle) ?? source
                if deadline == .distantPast { Distant.refresh(handle) }
            } catch {
                return .failed(index)
            }
        }
        return isForAll
            ? Wait.forAll(handles, until: deadline, source: source)
            : Wait.forAny(handles, until: deadline, source: source)
    }

    /// Waits for objects, or for something in the calling thread's own queue, whose place is behind them.
    package static func forMessages(
        _ handles: [Handle],
        isForAll: Bool,
        kinds: UInt32,
        onlyNew: Bool,
        until deadline: Instant
    ) -> WaitOutcome {
        guard let own = try? ThreadQueue.current() else { return .failed(nil) }
        return own.waking(for: kinds, onlyNew: onlyNew) {
            if handles.isEmpty { return Wait.forOne(own.handle, until: deadline, source: own) }
            return forMany(handles + [own.handle], isForAll: isForAll, until: deadline)
        }
    }

    /// The calling thread's queue if the handle is its own; nothing to look after for other objects.
    private static func source(for handle: Handle) throws(RatError) -> (any WaitSource)? {
        guard handle.isOfKind(.messageQueue) else { return nil }
        guard let owner = MessageQueue.owner(of: handle) else { return nil }
        guard owner == ThreadRecord.currentIfAny else { throw .wrongThread }
        return ThreadQueue.currentIfAny
    }
}
