internal import RatCore
internal import RatMessaging
internal import RatSystem
internal import Synchronization

/// A connection between a process that has a queue and one that has opened it. The two ends use it differently:
/// `Visitor` is the one that opened it, `Host` the one whose queue it is.
///
/// What comes is read by the port's thread, or by threads that wait for it (`NearReader`), one at a time. Whoever
/// stops reading leaves word with the writer: to ring for the port's thread, or not to where the port's thread will
/// look by itself soon, because that thread has always come back at once lately.
///
/// Sendable: the rings' readers are guarded by `readLock`, their writers by locks of their own; the rest is atomic or
/// constant, but for what is the port's thread's alone.
class Link: NearReader, @unchecked Sendable {
    let socket: PacketSocket
    let memory: LinkMemory
    let peer: PacketSocket.Peer
    /// The peer's number, as messages carry it.
    let origin: UInt32
    /// 1 when nothing can be written any more. What was written before is still read.
    let ended = Atomic<UInt32>(0)
    /// Held by who reads.
    let readLock = Lock()

    /// How many threads wait near, and how often any began.
    private let waiting = Atomic<Int32>(0)
    private let begun = Atomic<UInt32>(0)
    /// Whether the port's thread looks by itself now and then.
    private let isLookedAfter = Atomic<Bool>(false)
    /// When a thread was last here, in nanoseconds, and how often one has come back soon.
    private let lastNear = Atomic<UInt64>(0)
    private let quickReturns = Atomic<UInt32>(0)
    /// The port's thread's: `begun` when it looked last.
    private var begunBefore: UInt32 = 0

    /// Who comes back within so many nanoseconds, so often in a row, is expected to.
    private static let soon: UInt64 = 300_000
    private static let often: UInt32 = 8

    init(_ socket: consuming PacketSocket, _ memory: LinkMemory, _ peer: PacketSocket.Peer) {
        self.socket = socket
        self.memory = memory
        self.peer = peer
        origin = Peers.number(of: peer)
    }

    var isEnded: Bool { ended.load(ordering: .acquiring) != 0 }

    /// Tells the other process that there is something to look at.
    func ring() {
        var bell: UInt8 = 1
        // No room: it has not heard of the bells before yet.
        _ = unsafe withUnsafeBytes(of: &bell) { unsafe socket.send($0) }
    }

    /// Has both ends notice the end.
    func shutDown() { socket.shutDown() }

    /// Nothing is written any more, and who waits for room goes on. On the port's thread, or before it knows.
    func markEnded() {
        ended.store(1, ordering: .releasing)
        Futex.wake(ended, count: .max)
    }

    // MARK: - For each end to say

    /// Reads a part of what there is. Whether there may be more at once. Under `readLock`, on the port's thread.
    func process() throws(RingIsBroken) -> Bool { false }

    /// The same on any thread. Whether there was something.
    func processNear() throws(RingIsBroken) -> Bool { false }

    /// Has the other side tell of what it writes from now on. Whether there is something already. Under `readLock`.
    func beginSleeping(_ sleep: UInt64) throws(RingIsBroken) -> Bool { false }

    /// What to sleep on for that. Under `readLock`.
    func addWords(to words: inout NearWords) {}

    /// After a sleep on those words. Under no lock.
    func endSleeping() {}

    /// Whether what comes is the port's thread's to read for now. Under `readLock`.
    var isLeftToPort: Bool { false }

    /// Whether threads that wait near come back for more, so that the port's thread need not be told in between.
    var isForReturning: Bool { false }

    /// The other side has rung: it wrote, or made room.
    func didRing() {}

    /// The connection is over and everything that came through it was handled.
    func finish() {}

    /// Whether something that came through it can not be handled yet.
    var isHeldBack: Bool { false }

    // MARK: - The port's thread

    /// Reads, and has the writer ring for more. Whether there is more at once.
    func read() throws(RingIsBroken) -> Bool {
        readLock.lock()
        defer { readLock.unlock() }
        let hasMore = try process()
        if isLookedAfter.load(ordering: .relaxed), !isLeftToPort { return hasMore }
        return try beginSleeping(Sleep.untilBell) || hasMore
    }

    /// Whether there is something, with the writer told to ring if not.
    func hasCome() -> Bool {
        readLock.lock()
        defer { readLock.unlock() }
        // It reads what is wrong with it.
        return (try? beginSleeping(Sleep.untilBell)) ?? true
    }

    /// From now on the port's thread looks by itself.
    func beginLookingAfter() {
        begunBefore = begun.load(ordering: .relaxed)
        isLookedAfter.store(true, ordering: .sequentiallyConsistent)
    }

    /// Whether threads have been here since it looked last. If not, it is to read now and have the writer ring.
    func isStillNear() -> Bool {
        let now = begun.load(ordering: .sequentiallyConsistent)
        guard now == begunBefore else {
            begunBefore = now
            return true
        }
        isLookedAfter.store(false, ordering: .sequentiallyConsistent)
        return false
    }

    func endLookingAfter() { isLookedAfter.store(false, ordering: .sequentiallyConsistent) }

    var isWaitedForNear: Bool { waiting.load(ordering: .sequentiallyConsistent) > 0 }

    // MARK: - Threads that wait near

    func passNear() {
        guard isForReturning else { return }
        begun.wrappingAdd(1, ordering: .relaxed)
        guard !isLookedAfter.load(ordering: .relaxed) else { return }
        noteReturn()
        lastNear.store(Instant.now().nanoseconds, ordering: .relaxed)
    }

    func beginNear() {
        waiting.wrappingAdd(1, ordering: .sequentiallyConsistent)
        begun.wrappingAdd(1, ordering: .sequentiallyConsistent)
        guard isForReturning, !isLookedAfter.load(ordering: .relaxed) else { return }
        noteReturn()
    }

    private func noteReturn() {
        let last = lastNear.load(ordering: .relaxed)
        guard Instant.now().nanoseconds &- last < Self.soon else {
            return quickReturns.store(0, ordering: .relaxed)
        }
        let (_, count) = quickReturns.wrappingAdd(1, ordering: .relaxed)
        if count == Self.often { Port.shared.order(.lookAfter(self)) }
    }

    func endNear() {
        waiting.wrappingSubtract(1, ordering: .sequentiallyConsistent)
        if isForReturning, !isEnded {
            lastNear.store(Instant.now().nanoseconds, ordering: .relaxed)
        }
        guard !isLookedAfter.load(ordering: .sequentiallyConsistent) else { return }
        readLock.lock()
        let hasCome = (try? beginSleeping(Sleep.untilBell)) ?? true
        readLock.unlock()
        if hasCome { Port.shared.order(.attend(self)) }
    }

    func readNear() -> Bool {
        guard readLock.tryLock() else { return false }
        var hasRead = false
        do throws(RingIsBroken) {
            hasRead = try processNear()
        } catch {
            shutDown()
        }
        readLock.unlock()
        return hasRead
    }

    func armNear(_ words: inout NearWords) -> Bool {
        readLock.lock()
        defer { readLock.unlock() }
        // The port's thread posts it, which wakes the sleeper. Looking on would only keep it from the lock.
        if isLeftToPort { return true }
        guard let hasCome = try? beginSleeping(Sleep.onRing), !hasCome else { return false }
        addWords(to: &words)
        return true
    }

    func disarmNear() { endSleeping() }
}

/// The connections of one queue, for threads of its process that wait for what comes by any of them.
final class NearLinks: NearReader {
    private let links: [Link]

    /// Each costs every wait some.
    static let most = 64
    /// So many are slept on; the others ring for the port's thread, which wakes who waits.
    private static let mostSleptOn = 8

    init(_ links: [Link]) {
        self.links = links
    }

    func passNear() { for link in links { link.passNear() } }

    func beginNear() { for link in links { link.beginNear() } }

    func endNear() { for link in links { link.endNear() } }

    func readNear() -> Bool {
        var hasRead = false
        for link in links where link.readNear() { hasRead = true }
        return hasRead
    }

    func armNear(_ words: inout NearWords) -> Bool {
        for (index, link) in links.enumerated() {
            if index < Self.mostSleptOn {
                guard link.armNear(&words) else { return false }
            } else if link.hasCome() {
                return false
            }
        }
        return true
    }

    func disarmNear() { for link in links.prefix(Self.mostSleptOn) { link.disarmNear() } }
}

/// Frames as they come out of a ring, whole, their payloads where they will stay.
struct Inflow: ~Copyable {
    var reader: RingReader
    private var frame: Frame?
    /// The payload of the frame, as far as it has come.
    private var node: DistantNode?
    private var received = 0
    /// Whether the writer has waited for room, and there is some.
    private var hasMadeRoom = false

    init(_ reader: RingReader) {
        self.reader = reader
    }

    deinit {
        node?.discard()
    }

    /// Handles the next frame, if it has come whole. `handle` says whether it was; one that was not is given again. A
    /// payload is the handler's then. Whether anything was done.
    @inline(__always) mutating func next(
        _ handle: (Frame, DistantNode?) -> Bool
    ) throws(RingIsBroken) -> Bool {
        if frame == nil {
            guard try reader.available() >= Frame.headSize else { return false }
            var head = Frame(.post)
            unsafe withUnsafeMutableBytes(of: &head) { bytes in
                guard let start = bytes.baseAddress else { return }
                unsafe reader.take(Frame.headSize, to: start)
            }
            guard head.size <= UInt32(Payload.maximumSize) else { throw RingIsBroken() }
            frame = head
            received = 0
            if head.size > 0 { node = DistantNode(head.header, size: Int(head.size)) }
        }
        guard let frame else { return false }
        if let node, received < node.size {
            let count = min(node.size - received, try reader.available())
            unsafe reader.take(count, to: node.unsafePayload + received)
            received += count
            if reader.isMuch, reader.release() { hasMadeRoom = true }
            guard received == node.size else { return count > 0 }
        }
        guard handle(frame, node) else { return false }
        self.frame = nil
        node = nil
        if reader.isMuch, reader.release() { hasMadeRoom = true }
        return true
    }

    /// Has the writer tell of what comes. Whether there is something to do already: a part of a head, which no writer
    /// that keeps to the rules leaves, is nothing.
    mutating func beginSleeping(_ sleep: UInt64) throws(RingIsBroken) -> Bool {
        let count = try reader.beginSleeping(sleep)
        guard frame != nil else { return count >= Frame.headSize }
        guard let node, received < node.size else { return true }
        return count > 0
    }

    /// Tells the writer of all the room that there is. Whether it has waited for some.
    mutating func release() -> Bool {
        defer { hasMadeRoom = false }
        return reader.release() || hasMadeRoom
    }
}
