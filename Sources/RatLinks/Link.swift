internal import RatCore
internal import RatMessaging
internal import RatSystem
internal import Synchronization

/// A connection between a process that has a queue and one that has opened it. The two ends use it differently:
/// `Visitor` is the one that opened it, `Host` the one whose queue it is.
///
/// Sendable: the rings' writers are guarded by their locks; what is read belongs to the port's thread.
class Link: @unchecked Sendable {
    let socket: PacketSocket
    let memory: LinkMemory
    let peer: PacketSocket.Peer
    /// The peer's number, as messages carry it.
    let origin: UInt32
    /// 1 when nothing can be written any more. What was written before is still read.
    let ended = Atomic<UInt32>(0)

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

    // MARK: - The port's thread

    /// Reads what there is. Whether there may be more at once.
    func process(_ scratch: Inflow.Scratch) throws(RingIsBroken) -> Bool { false }

    /// Has the other side ring for what it writes from now on. Whether there is something already.
    func arm() throws(RingIsBroken) -> Bool { false }

    /// The other side has rung: it wrote, or made room.
    func didRing() {}

    /// The connection is over and everything that came through it was handled.
    func finish() {}

    /// Whether something that came through it can not be handled yet.
    var isHeldBack: Bool { false }
}

/// Frames as they come out of a ring, whole.
struct Inflow {
    /// Where payloads are put together for those who have no part of one yet.
    @safe final class Scratch {
        fileprivate var bytes: UnsafeMutableRawPointer
        fileprivate var count = 4096

        init() {
            unsafe bytes = .allocate(byteCount: count, alignment: 16)
        }

        deinit {
            unsafe bytes.deallocate()
        }

        fileprivate func grow(to size: Int) {
            unsafe bytes.deallocate()
            count = size
            unsafe bytes = .allocate(byteCount: size, alignment: 16)
        }
    }

    private var reader: RingReader
    private var frame: Frame?
    /// A payload of which a part has come.
    private var partial: Scratch?
    private var received = 0

    init(_ reader: RingReader) {
        self.reader = reader
    }

    /// Has the writer ring for what it writes. Whether there is something already.
    func arm() throws(RingIsBroken) -> Bool { try reader.beginSleeping() }

    /// Handles the next frame, if it has come whole. `handle` says whether it was; one that was not is given again.
    /// Whether the writer, who waits for room, is to be told that there is some.
    @inline(__always) mutating func next(
        _ scratch: Scratch,
        _ handle: (Frame, UnsafeMutableRawPointer) -> Bool,
        _ made: inout (progress: Bool, room: Bool)
    ) throws(RingIsBroken) {
        if frame == nil {
            guard try reader.available() >= Frame.headSize else { return }
            var head = Frame(.post)
            let tells = unsafe withUnsafeMutableBytes(of: &head) { bytes in
                unsafe bytes.baseAddress.map { unsafe reader.take(Frame.headSize, to: $0) } ?? false
            }
            if tells { made.room = true }
            guard head.size <= UInt32(Payload.maximumSize) else { throw RingIsBroken() }
            frame = head
            received = 0
            made.progress = true
        }
        guard let frame else { return }
        let size = Int(frame.size)
        let available = try reader.available()
        let place = partial ?? scratch
        if size > place.count { place.grow(to: size) }
        if received < size {
            let count = min(size - received, available)
            guard count > 0 else { return }
            made.progress = true
            if unsafe reader.take(count, to: place.bytes + received) { made.room = true }
            received += count
            if received < size {
                keep(place, scratch)
                return
            }
        }
        if unsafe handle(frame, place.bytes) {
            self.frame = nil
            partial = nil
            made.progress = true
        } else {
            keep(place, scratch)
        }
    }

    /// A payload that is not done with stays where no other link's comes.
    private mutating func keep(_ place: Scratch, _ scratch: Scratch) {
        guard partial == nil, received > 0 else { return }
        let own = Scratch()
        if own.count < place.count { own.grow(to: place.count) }
        unsafe own.bytes.copyMemory(from: place.bytes, byteCount: received)
        partial = own
    }
}
