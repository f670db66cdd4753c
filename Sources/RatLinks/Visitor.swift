internal import RatCore
internal import RatMessaging
internal import RatSystem
internal import Synchronization

/// This process's end of a connection to a queue of another.
final class Visitor: Link, @unchecked Sendable {
    let outbox: Outbox
    /// What the queue's owner has posts to a full queue wait for, in milliseconds; 0 for nothing.
    private let overflowWait: UInt64
    private let postLock = Lock()
    private var posts: RingWriter
    private let callLock = Lock()
    private var calls: RingWriter
    private var answers: Inflow
    /// Messages that came for a call which had given up: the next call gets them.
    private let strayLock = Lock()
    private var strays: [DistantNode] = []
    /// The handle by which the process knows the queue; set before the port knows the link.
    let handle = Atomic<UInt64>(0)

    /// What marks the token of an answer that has only the head of a message, which is too large for the room: in the
    /// low half is how large.
    static let tooLarge: UInt64 = 1 << 63

    /// How long a process that is there but does not read can keep a caller.
    static let patience: UInt64 = 5000

    init(
        _ socket: consuming PacketSocket,
        _ memory: LinkMemory,
        _ peer: PacketSocket.Peer,
        overflowWait: UInt64
    ) throws(RatError) {
        outbox = try Outbox()
        posts = RingWriter(memory, .posts)
        calls = RingWriter(memory, .calls)
        answers = Inflow(RingReader(memory, .answers))
        self.overflowWait = overflowWait
        super.init(socket, memory, peer)
    }

    deinit {
        for stray in strays { stray.discard() }
        outbox.close()
    }

    // MARK: - Writing

    func post(_ frame: Frame, _ payload: UnsafeRawBufferPointer) throws(RatError) {
        postLock.lock()
        defer { postLock.unlock() }
        try unsafe write(frame, payload, &posts, isPost: true)
    }

    func call(_ frame: Frame, _ payload: UnsafeRawBufferPointer) throws(RatError) {
        callLock.lock()
        defer { callLock.unlock() }
        try unsafe write(frame, payload, &calls, isPost: false)
    }

    func call(_ frame: Frame) throws(RatError) {
        try unsafe call(frame, UnsafeRawBufferPointer(start: nil, count: 0))
    }

    /// What fits is shown at once, so that it is there whole or not at all; a larger frame goes in parts.
    private func write(
        _ frame: Frame,
        _ payload: UnsafeRawBufferPointer,
        _ writer: inout RingWriter,
        isPost: Bool
    ) throws(RatError) {
        var frame = frame
        let whole = writer.capacity / 2
        let total = Frame.headSize + payload.count
        let first = min(total, whole) - Frame.headSize
        try waitForRoom(Frame.headSize + first, &writer, isPost ? .post : .call)
        unsafe withUnsafeBytes(of: &frame) { unsafe writer.put($0) }
        unsafe writer.put(UnsafeRawBufferPointer(rebasing: payload[..<first]))
        if writer.show() { ring() }
        var offset = first
        while offset < payload.count {
            let count = min(payload.count - offset, whole)
            do throws(RatError) {
                try waitForRoom(count, &writer, isPost ? .restOfPost : .call)
            } catch {
                // The rest would be taken for another frame.
                shutDown()
                throw error
            }
            unsafe writer.put(UnsafeRawBufferPointer(rebasing: payload[offset..<offset + count]))
            if writer.show() { ring() }
            offset += count
        }
    }

    /// What room is wanted for.
    private enum Purpose {
        case post
        /// What has begun is to be ended, whether the queue is full or not.
        case restOfPost
        case call
    }

    private func waitForRoom(
        _ size: Int,
        _ writer: inout RingWriter,
        _ purpose: Purpose
    ) throws(RatError) {
        var (stallEnd, roomEnd): (Instant?, Instant?)
        while true {
            if isEnded { throw .notConnected }
            let admission = memory.admission.load()
            if admission == Admission.closed { throw .notConnected }
            let isStalled = purpose == .post && admission != Admission.open
            if isStalled, overflowWait == 0 { throw .noResources }
            do throws(RingIsBroken) {
                if !isStalled, try writer.room() >= size { return }
            } catch {
                shutDown()
                throw .notConnected
            }
            let now = Instant.now()
            let end: Instant
            if isStalled {
                end = stallEnd ?? now.advanced(byMilliseconds: overflowWait)
                stallEnd = end
                roomEnd = nil
            } else {
                // An owner that has said that its queue is full is there, and will go on.
                if purpose == .restOfPost, admission == Admission.stalled { roomEnd = nil }
                end = roomEnd ?? now.advanced(byMilliseconds: Self.patience)
                roomEnd = end
            }
            if now >= end { throw .timedOut }
            writer.beginWaiting()
            let (word, value) = writer.roomWord
            if !isStalled, (try? writer.room()) ?? size >= size { continue }
            var words = SharedWordSet()
            words.append(word, while: value)
            // A stall ends without a word that changes.
            let soon = now.advanced(byMilliseconds: isStalled ? 2 : 50)
            words.wait(beside: ended, while: 0, until: min(end, soon))
        }
    }

    /// Asks to be told once when there is a message to retrieve. Never waits; may be called under objects' locks.
    func watch() {
        memory.watch.store(1)
        ring()
    }

    // MARK: - Reading

    override func process() throws(RingIsBroken) -> Bool {
        var hasRead = false
        for _ in 0..<16 {
            guard try answers.next({ handle($0, $1) }) else { break }
            hasRead = true
        }
        // The owner's port waits for room by looking when it is rung for.
        if answers.release() { ring() }
        return hasRead
    }

    override func processNear() throws(RingIsBroken) -> Bool { try process() }

    override func beginSleeping(_ sleep: UInt64) throws(RingIsBroken) -> Bool {
        try answers.beginSleeping(sleep)
    }

    override func addWords(to words: inout NearWords) {
        let (word, value) = answers.reader.writtenWord
        _ = words.append(word, while: value)
    }

    override func endSleeping() { answers.reader.endSleeping() }

    override func finish() {
        markEnded()
        outbox.fail()
        tellWaiters()
    }

    private func tellWaiters() {
        DistantQueue.mayHold(Handle(rawValue: handle.load(ordering: .relaxed)))
    }

    private func handle(_ frame: Frame, _ node: DistantNode?) -> Bool {
        guard frame.kind == Frame.Kind.answer.rawValue else {
            shutDown()
            node?.discard()
            return true
        }
        if frame.token == Frame.watchToken || frame.status != 0 {
            node?.discard()
            if frame.token == Frame.watchToken {
                tellWaiters()
            } else {
                outbox.fail(frame.token, RatError(rawValue: frame.status) ?? .unknown)
            }
            return true
        }
        var header = frame.header
        let isMessage = frame.extra.0 == 1
        if isMessage {
            header.target = Handle(rawValue: handle.load(ordering: .relaxed))
            // What the owner has from others came from the owner, as far as this process knows.
            header.flags = 0
            header.origin = origin
            header.token = frame.extra.1 == 1 ? Self.tooLarge | frame.extra.4 & 0xFFFF_FFFF : 0
        } else {
            header.token = frame.extra.2
        }
        let answer = node ?? DistantNode(header, size: 0)
        answer.header = header
        if outbox.answer(frame.token, answer) { return true }
        guard isMessage, frame.extra.1 == 0, frame.extra.3 == 1 else {
            answer.discard()
            return true
        }
        strayLock.lock()
        strays.append(answer)
        strayLock.unlock()
        return true
    }

    /// A message that came too late for who asked for it.
    func takeStray() -> DistantNode? {
        strayLock.lock()
        defer { strayLock.unlock() }
        return strays.isEmpty ? nil : strays.removeFirst()
    }
}
