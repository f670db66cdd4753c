internal import RatSystem

/// Polls with epoll. The reactor makes the transfers itself when a descriptor is ready.
///
/// A descriptor is in the set while somebody polls it, for what they all want together; so one that
/// has gone is never in it, and a descriptor that is ready for nobody wakes nobody.
final class EpollBackend: AsyncBackend {
    private struct Poll {
        let number: UInt64
        let events: PollEvents
    }

    private let set: EpollSet
    private let wake: EventDescriptor
    private var polls: [CInt: [Poll]] = [:]
    private var descriptors: [UInt64: CInt] = [:]
    /// What has ended without the kernel, to be reported.
    private var ended: [(number: UInt64, result: Int)] = []

    let transfersData = false

    init() throws(Errno) {
        let set = try EpollSet()
        let wake = try EventDescriptor()
        try set.add(wake.rawValue, for: .readable)
        self.set = consume set
        self.wake = consume wake
    }

    func start(_ operation: AsyncOperation, number: UInt64) {
        guard case .poll(let descriptor, let events) = operation else {
            ended.append((number, -Int(Errno.wouldBlock.rawValue)))
            return
        }
        let others = polls[descriptor, default: []]
        if others.isEmpty {
            do throws(Errno) {
                try set.add(descriptor, for: events)
            } catch {
                ended.append((number, -Int(error.rawValue)))
                return
            }
        }
        polls[descriptor] = others + [Poll(number: number, events: events)]
        descriptors[number] = descriptor
        if !others.isEmpty { update(descriptor) }
    }

    func cancel(number: UInt64) {
        guard let descriptor = descriptors.removeValue(forKey: number) else { return }
        polls[descriptor]?.removeAll { $0.number == number }
        update(descriptor)
        ended.append((number, -Int(Errno.cancelled.rawValue)))
    }

    func wait(until deadline: Instant, _ didEnd: (_ number: UInt64, _ result: Int) -> Void) {
        set.wait(until: ended.isEmpty ? deadline : .distantPast) { descriptor, events in
            if descriptor == wake.rawValue {
                wake.drain()
            } else {
                collect(descriptor, events)
            }
        }
        let ended = ended
        self.ended = []
        for (number, result) in ended { didEnd(number, result) }
    }

    func wakeUp() {
        EventDescriptor.signal(wake.rawValue)
    }

    /// Ends the polls that were for these events. An error or the end is for everybody.
    private func collect(_ descriptor: CInt, _ events: PollEvents) {
        let isForAll = !events.isDisjoint(with: .ended)
        polls[descriptor]?.removeAll { poll in
            guard isForAll || !poll.events.isDisjoint(with: events) else { return false }
            descriptors[poll.number] = nil
            ended.append((poll.number, 0))
            return true
        }
        update(descriptor)
    }

    /// Has the kernel watch for what is still wanted.
    private func update(_ descriptor: CInt) {
        var wanted: PollEvents = []
        for poll in polls[descriptor] ?? [] { wanted.formUnion(poll.events) }
        if wanted.isEmpty {
            polls[descriptor] = nil
            set.remove(descriptor)
        } else {
            set.change(descriptor, to: wanted)
        }
    }
}
