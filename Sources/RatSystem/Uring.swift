internal import CRatLinux

/// An owned io_uring: a ring of requests to the kernel and one of its answers, both mapped memory.
///
/// Used by one thread. The kernel reads requests up to the tail that this side stores with release,
/// and this side reads answers up to the kernel's, loaded with acquire; each side only ever
/// advances its own end, so there is no lock. No answer is dropped: those that find their ring full
/// wait in the kernel.
@safe package struct Uring: ~Copyable {
    private let ring: CInt
    private let rings: UnsafeMutableRawPointer
    private let requests: UnsafeMutablePointer<io_uring_sqe>
    private let ringsSize: Int
    private let requestsSize: Int
    private let parameters: io_uring_params
    /// Requests that the kernel has not been told of.
    private var unsubmitted: UInt32 = 0
    /// Answers that were taken out of their ring and not handed over.
    private var answers: [(tag: UInt64, result: Int)] = []

    /// What is asked of the kernel. The numbers are its own.
    package enum Operation: UInt8, CaseIterable {
        case pollAdd = 6
        case accept = 13
        case asyncCancel = 14
        case send = 26
        case receive = 27
    }

    /// ENOSYS where the kernel has no io_uring, or not all of it that is used here; EPERM where it
    /// is forbidden; EMFILE, ENOMEM where there is no room.
    package init(entries: UInt32) throws(Errno) {
        var parameters = io_uring_params()
        let ring = try systemCall { unsafe rat_linux_uring_setup(entries, &parameters) }
        let needed = UInt32(RAT_LINUX_URING_FEATURES)
        guard parameters.features & needed == needed, Self.hasOperations(ring) else {
            _ = close(ring)
            throw Errno(rawValue: ENOSYS)
        }
        let requestIndices =
            Int(parameters.sq_off.array)
            + Int(parameters.sq_entries) * MemoryLayout<UInt32>.stride
        let answers =
            Int(parameters.cq_off.cqes)
            + Int(parameters.cq_entries) * MemoryLayout<io_uring_cqe>.stride
        let size = max(requestIndices, answers)
        let requestsSize = Int(parameters.sq_entries) * MemoryLayout<io_uring_sqe>.stride
        guard let rings = unsafe rat_linux_uring_map(ring, size, 0) else {
            _ = close(ring)
            throw Errno(rawValue: ENOMEM)
        }
        // IORING_OFF_SQES.
        guard let memory = unsafe rat_linux_uring_map(ring, requestsSize, 0x1000_0000) else {
            _ = unsafe munmap(rings, size)
            _ = close(ring)
            throw Errno(rawValue: ENOMEM)
        }
        self.ring = ring
        unsafe self.rings = rings
        unsafe requests = memory.assumingMemoryBound(to: io_uring_sqe.self)
        ringsSize = size
        self.requestsSize = requestsSize
        self.parameters = parameters
        // Request n stands in place n for ever.
        for index in 0..<parameters.sq_entries {
            unsafe (rings + Int(parameters.sq_off.array)).assumingMemoryBound(to: UInt32.self)[
                Int(index)
            ] = index
        }
    }

    deinit {
        _ = unsafe munmap(rings, ringsSize)
        _ = unsafe munmap(UnsafeMutableRawPointer(requests), requestsSize)
        _ = close(ring)
    }

    private static func hasOperations(_ ring: CInt) -> Bool {
        // struct io_uring_probe: a head of 16 bytes, then 8 for each operation: its number, a
        // reserved byte, 16 bits of flags of which the first says that it is there.
        let count = 64
        var probe = [UInt8](repeating: 0, count: 16 + count * 8)
        let result = unsafe probe.withUnsafeMutableBytes {
            unsafe rat_linux_uring_probe(ring, $0.baseAddress, UInt32(count))
        }
        guard result >= 0 else { return false }
        return Operation.allCases.allSatisfy { operation in
            probe[16 + Int(operation.rawValue) * 8 + 2] & 1 != 0
        }
    }

    // MARK: - Requests

    /// Has the kernel receive into memory that must stay until the answer came.
    package mutating func receive(
        _ descriptor: CInt,
        _ buffer: UnsafeMutableRawBufferPointer,
        tag: UInt64
    ) {
        let count = UInt32(clamping: min(buffer.count, Self.mostBytes))
        unsafe request(.receive, descriptor, buffer.baseAddress, count, 0, tag)
    }

    /// Has the kernel send from memory that must stay until the answer came. Raises no SIGPIPE.
    ///
    /// Answers EAGAIN where there is no room. Else the kernel may hand a large send to a thread of
    /// its own that sleeps until all of it is gone, and that a cancel may miss on its way there.
    package mutating func send(
        _ descriptor: CInt,
        _ bytes: UnsafeRawBufferPointer,
        tag: UInt64
    ) {
        let count = UInt32(clamping: min(bytes.count, Self.mostBytes))
        let flags = UInt32(MSG_NOSIGNAL) | UInt32(MSG_DONTWAIT)
        unsafe request(.send, descriptor, bytes.baseAddress, count, flags, tag)
    }

    package mutating func accept(_ descriptor: CInt, tag: UInt64) {
        unsafe request(.accept, descriptor, nil, 0, UInt32(SOCK_CLOEXEC.rawValue), tag)
    }

    package mutating func poll(_ descriptor: CInt, for events: PollEvents, tag: UInt64) {
        unsafe request(.pollAdd, descriptor, nil, 0, events.rawValue, tag)
    }

    /// Asks for the end of the request with that tag, which answers for itself.
    package mutating func cancel(_ target: UInt64, tag: UInt64) {
        let address = unsafe UnsafeRawPointer(bitPattern: UInt(target))
        unsafe request(.asyncCancel, -1, address, 0, 0, tag)
    }

    /// What one request takes at most; the kernel's own bound is a little above.
    private static let mostBytes = 1 << 30

    private mutating func request(
        _ operation: Operation,
        _ descriptor: CInt,
        _ address: UnsafeRawPointer?,
        _ length: UInt32,
        _ flags: UInt32,
        _ tag: UInt64
    ) {
        while unsafe tail &- rat_linux_load_acquire(word(parameters.sq_off.head))
            == parameters.sq_entries
        {
            enter(wanted: 0, until: .distantPast)
            // Some kernels take no more while answers have no room.
            collect()
        }
        let place = Int(tail & (parameters.sq_entries - 1))
        unsafe rat_linux_uring_fill(
            requests + place,
            operation.rawValue,
            descriptor,
            address,
            length,
            flags,
            tag
        )
        unsafe rat_linux_store_release(word(parameters.sq_off.tail), tail &+ 1)
        unsubmitted += 1
    }

    /// Where the next request goes; only this side writes it.
    private var tail: UInt32 { unsafe word(parameters.sq_off.tail).pointee }

    // MARK: - Answers

    /// Submits what was asked for, waits until there is an answer or `deadline` passes, and hands
    /// over all there are: tag and result, which is an errno when below zero. A signal may end it
    /// early.
    package mutating func wait(until deadline: Instant, _ body: (UInt64, Int) -> Void) {
        collect()
        enter(wanted: answers.isEmpty && deadline != .distantPast ? 1 : 0, until: deadline)
        collect()
        let answers = answers
        self.answers = []
        for (tag, result) in answers { body(tag, result) }
    }

    /// Takes what the kernel has answered out of the ring.
    private mutating func collect() {
        let head = unsafe word(parameters.cq_off.head)
        var place = unsafe head.pointee
        while unsafe place != rat_linux_load_acquire(word(parameters.cq_off.tail)) {
            let entries = unsafe (rings + Int(parameters.cq_off.cqes)).assumingMemoryBound(
                to: io_uring_cqe.self
            )
            let entry = unsafe entries + Int(place & (parameters.cq_entries - 1))
            unsafe answers.append((entry.pointee.user_data, Int(entry.pointee.res)))
            place &+= 1
            unsafe rat_linux_store_release(head, place)
        }
    }

    private mutating func enter(wanted: UInt32, until deadline: Instant) {
        let submitted: CInt
        if wanted == 0 || deadline == .distantFuture {
            submitted = rat_linux_uring_enter(ring, unsubmitted, wanted, nil)
        } else {
            let now = Instant.now()
            let rest = deadline > now ? deadline.nanoseconds - now.nanoseconds : 0
            var timeout = Instant(nanoseconds: rest).timespec
            submitted = unsafe rat_linux_uring_enter(ring, unsubmitted, wanted, &timeout)
        }
        // Below zero: nothing was taken, because of a signal, the deadline, or answers that have to
        // be fetched first. The caller comes back for the rest.
        if submitted > 0 { unsubmitted -= min(unsubmitted, UInt32(submitted)) }
    }

    private func word(_ offset: UInt32) -> UnsafeMutablePointer<UInt32> {
        unsafe (rings + Int(offset)).assumingMemoryBound(to: UInt32.self)
    }
}
