internal import RatCore
internal import RatSystem
internal import Synchronization

/// The requests of the process, by their tokens.
///
/// A token is a place, in the low bits, how often that place was used, and at the top whether the sender wants
/// a call, which is asked also when the request is over. The places are one reserved
/// range of memory that is never moved, so a look-up takes no lock. Each thread keeps the place that it
/// has used last, so that sending takes none either.
enum RequestTable {
    private static let placeBits: UInt64 = 18
    private static let capacity = 1 << 18
    private static let callBit: UInt64 = 1 << 63

    /// Hands out places. Sendable: every field is guarded by `lock`, but for `used`, which is read without,
    /// and `base`, which is set once.
    private final class State: ForkParticipant, @unchecked Sendable {
        let lock = Lock()
        /// How many places are made.
        let used = Atomic<Int>(0)
        var free: [RequestReference] = []
        /// 0 where there is no memory.
        let base: UInt

        init() {
            let byteCount = RequestTable.capacity * MemoryLayout<RequestRecord>.stride
            base = unsafe UInt(bitPattern: ReservedMemory.reserve(byteCount: byteCount))
            Fork.register(self)
        }

        func lockForFork() { lock.lock() }

        func unlockAfterFork() { lock.unlock() }

        /// What was open is the parent's; nobody in the child answers it, or may find it locked.
        func startAnewInChild() {
            let requests = (0..<used.load(ordering: .relaxed)).map { place in
                RequestTable.request(at: place, base)
            }
            for request in requests {
                request.record.lock.forceUnlocked()
                request.record.token.store(0, ordering: .relaxed)
            }
            free = requests
            lock.unlock()
        }
    }

    private static let state = State()

    /// A request with a token of its own, queued, sent by the calling thread. `nil` if there are too many.
    static func take(
        _ thread: ThreadReference,
        for queue: QueueReference,
        wantsCall: Bool = false
    ) -> RequestReference? {
        let request: RequestReference
        if let spare = unsafe thread.record.spareRequest {
            unsafe thread.record.spareRequest = nil
            request = unsafe RequestReference(
                unsafe: spare.assumingMemoryBound(to: RequestRecord.self)
            )
        } else if let unused = takeFromTable() {
            request = unused
        } else {
            return nil
        }
        // Who comes late with an old token may look at the record.
        request.record.lock.lock()
        let place = UInt64(place(of: request))
        let uses = (request.record.lastToken & ~callBit) >> placeBits &+ 1
        request.record.lastToken = uses << placeBits | place | (wantsCall ? callBit : 0)
        request.record.state.store(RequestState.queued.rawValue, ordering: .relaxed)
        request.record.sender = thread
        request.record.senderID = thread.systemID
        request.record.completion = RequestRecord.Completion()
        request.record.isSenderWaiting = false
        request.record.reply = nil
        request.record.failure = 0
        request.record.node = nil
        request.record.isLinked = false
        request.record.receiver = 0
        unsafe request.record.queueAddress.store(UInt(bitPattern: queue.raw), ordering: .relaxed)
        request.record.token.store(request.record.lastToken, ordering: .releasing)
        request.record.lock.unlock()
        return request
    }

    /// Whether the sender of a request wants a call.
    static func wantsCall(_ token: UInt64) -> Bool { token & callBit != 0 }

    /// Takes back a request that is over. Its token names nothing from now on.
    static func giveBack(_ request: RequestReference, _ thread: ThreadReference) {
        request.record.token.store(0, ordering: .releasing)
        if unsafe thread.record.spareRequest == nil {
            if !thread.record.keepsRequest { mindExit(of: thread) }
            unsafe thread.record.spareRequest = request.raw
        } else {
            giveBackToTable(request)
        }
    }

    /// The record that a token may name. What it is worth, its lock tells: the record must have that token.
    static func lookup(_ token: UInt64) -> RequestReference? {
        guard token >> placeBits != 0, state.base != 0 else { return nil }
        let place = Int(token & (1 << placeBits - 1))
        guard place < state.used.load(ordering: .acquiring) else { return nil }
        let request = request(at: place)
        return request.record.token.load(ordering: .acquiring) == token ? request : nil
    }

    /// How many places hold a request, or are kept by a thread for its next one.
    static var inUse: Int {
        state.lock.lock()
        defer { state.lock.unlock() }
        return state.used.load(ordering: .relaxed) - state.free.count
    }

    private static func takeFromTable() -> RequestReference? {
        state.lock.lock()
        defer { state.lock.unlock() }
        if let free = state.free.popLast() { return free }
        let used = state.used.load(ordering: .relaxed)
        guard state.base != 0, used < capacity else { return nil }
        let request = request(at: used)
        unsafe request.unsafePointer.initialize(to: RequestRecord())
        state.used.store(used + 1, ordering: .releasing)
        return request
    }

    private static func giveBackToTable(_ request: RequestReference) {
        state.lock.lock()
        state.free.append(request)
        state.lock.unlock()
    }

    private static func mindExit(of thread: ThreadReference) {
        thread.record.keepsRequest = true
        thread.callAtExit { thread in
            thread.record.keepsRequest = false
            guard let spare = unsafe thread.record.spareRequest else { return }
            unsafe thread.record.spareRequest = nil
            giveBackToTable(
                unsafe RequestReference(
                    unsafe: spare.assumingMemoryBound(to: RequestRecord.self)
                )
            )
        }
    }

    private static func request(
        at place: Int,
        _ base: UInt = state.base
    ) -> RequestReference {
        let address = base &+ UInt(place &* MemoryLayout<RequestRecord>.stride)
        // The range is reserved, and starts at no null.
        return unsafe RequestReference(
            unsafe: UnsafeMutablePointer(bitPattern: address).unsafelyUnwrapped
        )
    }

    private static func place(of request: RequestReference) -> Int {
        Int((unsafe UInt(bitPattern: request.raw) &- state.base))
            / MemoryLayout<RequestRecord>.stride
    }
}
