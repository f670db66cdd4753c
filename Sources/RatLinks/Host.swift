internal import RatCore
internal import RatIPC
internal import RatMessaging
internal import RatSystem
internal import Synchronization

/// This process's end of a connection by which another one uses a queue of ours.
///
/// Sendable: as `Link`; the answers are guarded by `answerLock`, the calls by `callLock`, the rest is the port's
/// thread's.
final class Host: Link, @unchecked Sendable {
    let queue: ServedQueue
    private var posts: Inflow
    private var calls: Inflow
    /// A post that the queue had no room for stays in `posts`, and nothing behind it is read.
    private var isStalled = false

    private let answerLock = Lock()
    private var answers: RingWriter
    /// What there was no room for, and how much of the first is on its way.
    private var backlog: [[UInt8]] = []
    private var backlogOffset = 0
    private var backlogBytes = 0

    private let callLock = Lock()
    /// The visitor's requests that are not answered, by its numbers of them.
    private var open: [UInt64: OpenCall] = [:]

    /// More than that a visitor that does not read is not kept for.
    private static let mostBacklog = 64 << 20
    /// More than that a visitor may not ask for at once.
    private static let mostCalls = 4096

    init(
        _ socket: consuming PacketSocket,
        _ memory: LinkMemory,
        _ peer: PacketSocket.Peer,
        _ queue: ServedQueue
    ) {
        self.queue = queue
        posts = Inflow(RingReader(memory, .posts))
        calls = Inflow(RingReader(memory, .calls))
        answers = RingWriter(memory, .answers)
        super.init(socket, memory, peer)
    }

    // MARK: - Reading, on the port's thread

    override var isHeldBack: Bool { isStalled }

    override func process(_ scratch: Inflow.Scratch) throws(RingIsBroken) -> Bool {
        var made = (progress: false, room: false)
        try unsafe calls.next(scratch, { unsafe handle($0, $1) }, &made)
        if !isStalled {
            var rounds = 0
            repeat {
                made.progress = false
                try unsafe posts.next(scratch, { unsafe post($0, $1) }, &made)
                rounds += 1
            } while made.progress && !isStalled && rounds < 64
        }
        if made.room { ring() }
        return made.progress
    }

    override func arm() throws(RingIsBroken) -> Bool {
        let hasCalls = try calls.arm()
        if isStalled { return hasCalls }
        return try posts.arm() || hasCalls
    }

    override func didRing() {
        if memory.watch.exchange(1, for: 0) { queue.take(Visit(watching: self)) }
        answerLock.lock()
        let isToRing = flush()
        answerLock.unlock()
        if isToRing { ring() }
    }

    override func finish() {
        markEnded()
        queue.forget(self)
        callLock.lock()
        let left = open
        open = [:]
        callLock.unlock()
        for call in left.values { call.giveUp() }
    }

    /// There may be room in the queue.
    func resume() {
        isStalled = false
        _ = memory.admission.exchange(Admission.stalled, for: Admission.open)
    }

    /// The queue has ended: what is posted from now on is refused at once, by whoever posts it.
    func refusePosts() { memory.admission.store(Admission.closed) }

    // MARK: - Posts

    private func post(_ frame: Frame, _ payload: UnsafeMutableRawPointer) -> Bool {
        guard frame.kind == Frame.Kind.post.rawValue else {
            shutDown()
            return true
        }
        var options = PostOptions()
        options.origin = origin
        while true {
            do throws(RatError) {
                _ = try unsafe withMessage(frame, payload) { message throws(RatError) in
                    try unsafe MessageQueue.post(message, to: queue.handle, options)
                }
                return true
            } catch {
                // A visitor that knows the rules posts nothing that never fits.
                guard error == .noResources, Int(frame.size) <= queue.byteBudget else {
                    return true
                }
            }
            isStalled = true
            _ = memory.admission.exchange(Admission.open, for: Admission.stalled)
            if queue.waitForRoom(self, Int(frame.size)) { return false }
            resume()
        }
    }

    // MARK: - Calls

    private func handle(_ frame: Frame, _ payload: UnsafeMutableRawPointer) -> Bool {
        switch Frame.Kind(rawValue: frame.kind) {
        case .postWithOptions: unsafe postWithOptions(frame, payload)
        case .send: unsafe send(frame, payload)
        case .notify:
            // Whom would it be told that there is no room?
            try? unsafe withMessage(frame, payload) { message throws(RatError) in
                try unsafe Sending.notify(message, to: queue.handle, origin: origin)
            }
        case .take, .peek: queue.take(Visit(self, frame))
        case .info: answerInfo(frame)
        case .cancel:
            do throws(RatError) {
                try MessageQueue.cancel(frame.extra.0, of: queue.handle)
                answer(Frame(.answer, token: frame.token))
            } catch {
                fail(frame.token, error)
            }
        case .withdraw: withdraw(frame.token)
        case .post, .answer, nil: shutDown()
        }
        return true
    }

    private func postWithOptions(_ frame: Frame, _ payload: UnsafeMutableRawPointer) {
        let bytes = unsafe UnsafeRawBufferPointer(start: payload, count: Int(frame.size))
        queue.post(WaitingPost(self, frame, unsafe KeptBuffer(copying: bytes)))
    }

    /// Posts it now. `.noResources` where it does not fit.
    func post(_ waiting: WaitingPost) throws(RatError) -> UInt64 {
        var options = PostOptions()
        options.origin = origin
        let frame = waiting.frame
        options.notBefore = frame.extra.1
        options.key = frame.extra.3 & 1 != 0 ? frame.extra.2 : nil
        options.replaces = frame.extra.3 & 2 != 0
        options.wantsToken = frame.extra.3 & 4 != 0
        return try unsafe withMessage(frame, waiting.payload.unsafePointer) {
            message throws(RatError) in
            try unsafe MessageQueue.post(message, to: queue.handle, options)
        }
    }

    /// Runs `body` with the message of a frame, as it is seen here.
    private func withMessage<Value>(
        _ frame: Frame,
        _ payload: UnsafeMutableRawPointer?,
        _ body: (UnsafePointer<Message>) throws(RatError) -> Value
    ) throws(RatError) -> Value {
        var message = Message(frame.header)
        // A sender is of the sending process, or not told.
        if message.header.sender.process != peer.process & 0x3F_FFFF {
            message.header.sender = .invalid
        }
        if frame.size > 0 { unsafe message.unsafePayload = payload }
        return try unsafe withUnsafePointer(to: message) { pointer throws(RatError) in
            try unsafe body(pointer)
        }
    }

    // MARK: - Sent messages

    /// A visitor's request that this process has not answered.
    private final class OpenCall: Sendable {
        let host: Host
        let token: UInt64
        /// The request's number here; 0 before it has one.
        let local = Atomic<UInt64>(0)

        init(_ host: Host, _ token: UInt64) {
            self.host = host
            self.token = token
        }

        /// Whoever asked does not wait for it any more.
        func giveUp() {
            let number = local.load(ordering: .acquiring)
            // Its function will not be called, so what that would have released is released here.
            if number != 0, Sending.giveUp(number) {
                unsafe Unmanaged.passUnretained(self).release()
            }
        }
    }

    private func send(_ frame: Frame, _ payload: UnsafeMutableRawPointer) {
        let call = OpenCall(self, frame.token)
        callLock.lock()
        let isTooMuch = open.count >= Self.mostCalls || open[frame.token] != nil
        if !isTooMuch { open[frame.token] = call }
        callLock.unlock()
        guard !isTooMuch else { return fail(frame.token, .noResources) }
        let context = unsafe Unmanaged.passRetained(call)
        do throws(RatError) {
            let number = try unsafe withMessage(frame, payload) { message throws(RatError) in
                try unsafe Sending.sendForTask(
                    message,
                    to: queue.handle,
                    context: context.toOpaque(),
                    callback: Self.didEnd,
                    origin: origin
                )
            }
            call.local.store(number, ordering: .releasing)
        } catch {
            unsafe context.release()
            close(frame.token)
            fail(frame.token, error == .invalidHandle ? .notConnected : error)
        }
    }

    /// What became of a request. On the thread that decided it.
    private static let didEnd: SendCallback = { _, _, context, status, reply in
        guard let context = unsafe context else { return }
        let call = unsafe Unmanaged<OpenCall>.fromOpaque(context).takeRetainedValue()
        guard call.host.close(call.token) else { return }
        guard status == 0, let reply = unsafe reply?.assumingMemoryBound(to: Message.self) else {
            return call.host.fail(call.token, RatError(rawValue: status) ?? .unknown)
        }
        var frame = Frame(.answer, token: call.token)
        let size = unsafe Int(reply.pointee.header.size)
        unsafe frame.carry(reply.pointee.header, size: size)
        let bytes = unsafe UnsafeRawBufferPointer(start: reply.pointee.unsafePayload, count: size)
        unsafe call.host.answer(frame, bytes)
    }

    /// Whether the visitor waits for an answer to that, which it does no more.
    @discardableResult private func close(_ token: UInt64) -> Bool {
        callLock.lock()
        defer { callLock.unlock() }
        return open.removeValue(forKey: token) != nil
    }

    private func withdraw(_ token: UInt64) {
        callLock.lock()
        let call = open.removeValue(forKey: token)
        callLock.unlock()
        call?.giveUp()
        queue.withdraw(self, token)
    }

    // MARK: - Answers

    private func answerInfo(_ frame: Frame) {
        do throws(RatError) {
            let info = try MessageQueue.info(queue.handle)
            var answer = Frame(.answer, token: frame.token)
            let words = InfoWords(info).words
            answer.size = UInt32(words.count * 8)
            unsafe words.withUnsafeBytes { unsafe self.answer(answer, $0) }
        } catch {
            fail(frame.token, .notConnected)
        }
    }

    func fail(_ token: UInt64, _ error: RatError) {
        var frame = Frame(.answer, token: token)
        frame.status = error.rawValue
        answer(frame)
    }

    /// Gives a message to a visitor that asked for one.
    func give(_ message: Message, isWhole: Bool, isTaken: Bool, to token: UInt64) {
        var frame = Frame(.answer, token: token)
        frame.extra.0 = 1
        frame.extra.1 = isWhole ? 0 : 1
        frame.extra.3 = isTaken ? 1 : 0
        let size = Int(message.header.size)
        frame.carry(message.header, size: size)
        guard isWhole else {
            // What it would be: the head alone travels.
            frame.extra.4 = UInt64(frame.size)
            frame.size = 0
            return answer(frame)
        }
        let bytes = unsafe UnsafeRawBufferPointer(start: message.unsafePayload, count: size)
        unsafe answer(frame, bytes)
    }

    func answer(_ frame: Frame) {
        unsafe answer(frame, UnsafeRawBufferPointer(start: nil, count: 0))
    }

    /// Any thread. Never waits: what does not fit is sent on when there is room.
    func answer(_ frame: Frame, _ payload: UnsafeRawBufferPointer) {
        var frame = frame
        answerLock.lock()
        guard !isEnded else { return answerLock.unlock() }
        var isToRing = false
        if backlog.isEmpty, let room = try? answers.room(),
            room >= Frame.headSize + payload.count
        {
            unsafe withUnsafeBytes(of: &frame) { unsafe answers.put($0) }
            unsafe answers.put(payload)
            isToRing = answers.show()
        } else {
            var bytes: [UInt8] = []
            bytes.reserveCapacity(Frame.headSize + payload.count)
            unsafe withUnsafeBytes(of: &frame) { unsafe bytes.append(contentsOf: $0) }
            unsafe bytes.append(contentsOf: payload)
            backlogBytes += bytes.count
            backlog.append(bytes)
            isToRing = flush()
        }
        let isTooMuch = backlogBytes > Self.mostBacklog
        answerLock.unlock()
        if isToRing { ring() }
        if isTooMuch { shutDown() }
    }

    /// Writes of the backlog what there is room for. Whether the visitor is to be told. Under `answerLock`.
    private func flush() -> Bool {
        var isToRing = false
        while let first = backlog.first {
            answers.beginWaiting()
            guard let room = try? answers.room() else {
                shutDown()
                return isToRing
            }
            // A head is never cut.
            let count = min(first.count - backlogOffset, room)
            guard count >= min(Frame.headSize, first.count - backlogOffset) else { return isToRing }
            unsafe first.withUnsafeBytes {
                unsafe answers.put(
                    UnsafeRawBufferPointer(rebasing: $0[backlogOffset..<backlogOffset + count])
                )
            }
            isToRing = answers.show() || isToRing
            backlogOffset += count
            backlogBytes -= count
            if backlogOffset == first.count {
                backlog.removeFirst()
                backlogOffset = 0
            }
        }
        answers.endWaiting()
        return isToRing
    }
}

/// What a visitor has to say of a post, which may wait for room.
struct WaitingPost {
    let host: Host
    let frame: Frame
    let payload: KeptBuffer

    init(_ host: Host, _ frame: Frame, _ payload: KeptBuffer) {
        self.host = host
        self.frame = frame
        self.payload = payload
    }

    var deadline: Instant { Instant(nanoseconds: frame.extra.0) }
}

/// A visitor that waits for a message, or looks for one.
struct Visit {
    let host: Host
    let token: UInt64
    let wish: DistantWish

    /// One that wants to know when there is a message, and leaves it where it is.
    init(watching host: Host) {
        self.host = host
        token = Frame.watchToken
        var wish = DistantWish()
        wish.isRemoving = false
        wish.deadline = .distantFuture
        self.wish = wish
    }

    var isWatch: Bool { token == Frame.watchToken }

    init(_ host: Host, _ frame: Frame) {
        self.host = host
        token = frame.token
        var wish = DistantWish()
        let first = UInt32(truncatingIfNeeded: frame.extra.2 >> 32)
        let last = UInt32(truncatingIfNeeded: frame.extra.2)
        wish.filter = MessageFilter(
            range: first <= last ? first...last : 0...0,
            classes: UInt32(truncatingIfNeeded: frame.extra.1)
        )
        wish.isRemoving = frame.kind == Frame.Kind.take.rawValue
        wish.room = frame.extra.3 == .max ? nil : Int(clamping: frame.extra.3)
        wish.deadline = Instant(nanoseconds: frame.extra.0)
        self.wish = wish
    }
}

/// A queue's book as numbers that travel.
struct InfoWords {
    let words: [UInt64]

    static let count = 15

    init(_ info: QueueInfo) {
        words = [
            UInt64(info.policy.rawValue), UInt64(info.capacity), UInt64(info.byteBudget),
            UInt64(info.queued), UInt64(info.delayed), UInt64(info.queuedBytes),
            UInt64(info.requests), info.posted, info.retrieved, info.refused, info.dropped,
            info.replaced, info.cancelled, info.discarded, info.isOverflowing ? 1 : 0,
        ]
    }

    init(words: [UInt64]) {
        self.words = words
    }

    var info: QueueInfo {
        var info = QueueInfo()
        info.policy = OverflowPolicy(rawValue: UInt32(truncatingIfNeeded: words[0])) ?? .refuse
        info.capacity = Int(clamping: words[1])
        info.byteBudget = Int(clamping: words[2])
        info.queued = Int(clamping: words[3])
        info.delayed = Int(clamping: words[4])
        info.queuedBytes = Int(clamping: words[5])
        info.requests = Int(clamping: words[6])
        info.posted = words[7]
        info.retrieved = words[8]
        info.refused = words[9]
        info.dropped = words[10]
        info.replaced = words[11]
        info.cancelled = words[12]
        info.discarded = words[13]
        info.isOverflowing = words[14] != 0
        return info
    }
}
