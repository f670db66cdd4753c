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
    /// Something came that only the port's thread may handle.
    private var isForPort = false

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
    /// So many frames are read before others have their turn.
    private static let mostAtOnce = 64
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

    override func process() throws(RingIsBroken) -> Bool {
        isForPort = false
        var hasRead = try calls.next { handle($0, $1) }
        for _ in 0..<Self.mostAtOnce where !isStalled {
            guard try posts.next({ post($0, $1) }) else { break }
            hasRead = true
        }
        // Whoever waits for room was woken by that.
        _ = calls.release()
        _ = posts.release()
        return hasRead
    }

    /// Posts and sends are any thread's to handle; the rest is the port's thread's, and what is full.
    override func processNear() throws(RingIsBroken) -> Bool {
        guard !isLeftToPort else { return false }
        var hasRead = false
        for _ in 0..<Self.mostAtOnce where !isForPort {
            guard try calls.next({ handleNear($0, $1) }) else { break }
            hasRead = true
        }
        for _ in 0..<Self.mostAtOnce where !isForPort {
            guard try posts.next({ postNear($0, $1) }) else { break }
            hasRead = true
        }
        _ = calls.release()
        _ = posts.release()
        if isForPort { Port.shared.order(.attend(self)) }
        return hasRead
    }

    override func beginSleeping(_ sleep: UInt64) throws(RingIsBroken) -> Bool {
        let hasCalls = try calls.beginSleeping(sleep)
        if isStalled { return hasCalls }
        return try posts.beginSleeping(sleep) || hasCalls
    }

    override func addWords(to words: inout NearWords) {
        let (call, post) = (calls.reader.writtenWord, posts.reader.writtenWord)
        _ = words.append(call.word, while: call.value)
        _ = words.append(post.word, while: post.value)
    }

    override func endSleeping() {
        calls.reader.endSleeping()
        posts.reader.endSleeping()
    }

    override var isLeftToPort: Bool { isForPort || isStalled }

    override var isForReturning: Bool { true }

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
        readLock.lock()
        goOn()
        readLock.unlock()
    }

    private func goOn() {
        isStalled = false
        _ = memory.admission.exchange(Admission.stalled, for: Admission.open)
    }

    /// The queue has ended: what is posted from now on is refused at once, by whoever posts it.
    func refusePosts() { memory.admission.store(Admission.closed) }

    // MARK: - Posts

    private func post(_ frame: Frame, _ node: DistantNode?) -> Bool {
        while !tryPost(frame, node) {
            isStalled = true
            _ = memory.admission.exchange(Admission.open, for: Admission.stalled)
            if queue.waitForRoom(self, Int(frame.size)) { return false }
            goOn()
        }
        return true
    }

    private func postNear(_ frame: Frame, _ node: DistantNode?) -> Bool {
        if tryPost(frame, node) { return true }
        isForPort = true
        return false
    }

    /// `false` if there is no room, and there can be.
    private func tryPost(_ frame: Frame, _ node: DistantNode?) -> Bool {
        guard frame.kind == Frame.Kind.post.rawValue else {
            shutDown()
            node?.discard()
            return true
        }
        var options = PostOptions()
        options.origin = origin
        let message = node ?? DistantNode(frame.header, size: 0)
        message.header = seen(frame)
        do throws(RatError) {
            _ = try MessageQueue.post(message, to: queue.handle, options)
            return true
        } catch {
            guard error == .noResources else { return true }
            // A visitor that knows the rules posts nothing that never fits.
            let isHopeless = message.size > queue.byteBudget
            if isHopeless || node == nil { message.discard() }
            return isHopeless
        }
    }

    /// The head of a message, as it is seen here.
    private func seen(_ frame: Frame) -> MessageHeader {
        var header = frame.header
        // A sender is of the sending process, or not told.
        if header.sender.process != peer.process & 0x3F_FFFF { header.sender = .invalid }
        return header
    }

    // MARK: - Calls

    private func handleNear(_ frame: Frame, _ node: DistantNode?) -> Bool {
        guard frame.kind == Frame.Kind.send.rawValue else {
            isForPort = true
            return false
        }
        return handle(frame, node)
    }

    private func handle(_ frame: Frame, _ node: DistantNode?) -> Bool {
        let message = node ?? DistantNode(frame.header, size: 0)
        message.header = seen(frame)
        switch Frame.Kind(rawValue: frame.kind) {
        case .postWithOptions:
            // The node is the queue's, or waits.
            queue.post(WaitingPost(self, frame, message))
            return true
        case .send: send(frame, message)
        case .notify:
            // Whom would it be told that there is no room?
            try? unsafe message.withMessage { message throws(RatError) in
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
        message.discard()
        return true
    }

    /// Posts it now. With `.noResources`, where it does not fit, the message stays the caller's.
    func post(_ waiting: WaitingPost) throws(RatError) -> UInt64 {
        var options = PostOptions()
        options.origin = origin
        let frame = waiting.frame
        options.notBefore = frame.extra.1
        options.key = frame.extra.3 & 1 != 0 ? frame.extra.2 : nil
        options.replaces = frame.extra.3 & 2 != 0
        options.wantsToken = frame.extra.3 & 4 != 0
        return try MessageQueue.post(waiting.message, to: queue.handle, options)
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

    private func send(_ frame: Frame, _ message: DistantNode) {
        let call = OpenCall(self, frame.token)
        callLock.lock()
        let isTooMuch = open.count >= Self.mostCalls || open[frame.token] != nil
        if !isTooMuch { open[frame.token] = call }
        callLock.unlock()
        guard !isTooMuch else { return fail(frame.token, .noResources) }
        let context = unsafe Unmanaged.passRetained(call)
        do throws(RatError) {
            let number = try unsafe message.withMessage { message throws(RatError) in
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
    let message: DistantNode

    init(_ host: Host, _ frame: Frame, _ message: DistantNode) {
        self.host = host
        self.frame = frame
        self.message = message
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
