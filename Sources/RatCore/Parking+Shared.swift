internal import RatSystem

// What differs for objects whose state lies in memory that processes share: what was seen may be
// gone when it is to be taken.
extension Parking {
    /// Announces the sleep on a shared object, or takes its signal. As `link`, and under the same
    /// lock.
    mutating func linkShared(
        _ index: Int,
        _ object: ObjectReference,
        _ signal: SharedSignal
    ) -> Bool {
        if shared.add(object, signal, thread) {
            linkNode(index, object)
            return true
        }
        // An object before this one may have given its signal meanwhile; then this one keeps its
        // own.
        guard thread.decideOwnWait(.granted(UInt32(index))) else { return false }
        switch signal.take(object, thread) {
        case .taken: break
        case .takenFromTheDead: thread.correctOwnWait(.abandoned(UInt32(index)))
        case .unsignaled: thread.correctOwnWait(.poked)
        case .exhausted: thread.correctOwnWait(.failed(UInt32(index)))
        }
        return false
    }

    /// The place of a handle to a shared object that another handle names too: all of its signals
    /// could never be taken at once.
    func firstSharedTwice(_ objects: [(index: Int, object: ObjectReference)]) -> Int? {
        var identities: Set<UInt64> = []
        for (index, object) in objects where unsafe !object.record.kind.isPlain {
            guard let signal = unsafe object.record.kind.shared else { continue }
            if !identities.insert(signal.order(object).1).inserted { return index }
        }
        return nil
    }

    /// What came of taking the signals of several shared objects.
    enum SharedTaking {
        /// With the first one that an owner left by dying.
        case all(Int?)
        case none
        /// The object at this place can be taken no more often.
        case exhausted(Int)
    }

    /// Takes the signals of all shared objects, or of none. Under the objects' locks.
    ///
    /// Others see a part of them taken for a moment. All processes take in one order, so that of
    /// several who wait for the same objects one gets on; mutexes come first, because a process
    /// that is killed in between leaves them abandoned, while another signal that it had taken goes
    /// with it.
    func takeShared(_ objects: [(index: Int, object: ObjectReference)]) -> SharedTaking {
        var wanted = objects.compactMap { index, object in
            unsafe object.record.kind.shared.map { (index, object, signal: $0) }
        }
        wanted.sort { $0.signal.order($0.1) < $1.signal.order($1.1) }
        var takings: [SharedSignal.Taking] = []
        var dead: Int?
        for (index, object, signal) in wanted {
            let taking = signal.take(object, thread)
            switch taking {
            case .taken: break
            case .takenFromTheDead: dead = min(dead ?? index, index)
            case .unsignaled, .exhausted:
                for (taken, taking) in zip(wanted, takings).reversed() {
                    taken.signal.giveBack(taken.1, thread, taking)
                }
                return taking == .exhausted ? .exhausted(index) : .none
            }
            takings.append(taking)
        }
        return .all(dead)
    }
}
