internal import CRatLinux
package import Synchronization

/// A word of memory that processes share, changed in single steps. Its lower half is what threads
/// sleep on.
///
/// Whoever else maps the memory may write anything there at any moment: a value is looked at once.
@safe package struct SharedWord: Equatable, @unchecked Sendable {
    // Sendable: the pointee is atomic.
    private let pointer: UnsafeMutablePointer<Atomic<UInt64>>

    /// The address must be aligned to 8 bytes, and stay mapped while the word is used.
    package init(unsafeAt address: UnsafeMutableRawPointer) {
        unsafe pointer = address.assumingMemoryBound(to: Atomic<UInt64>.self)
    }

    package static func == (left: SharedWord, right: SharedWord) -> Bool {
        unsafe left.pointer == right.pointer
    }

    package func load() -> UInt64 {
        unsafe pointer.pointee.load(ordering: .acquiring)
    }

    /// The half that threads sleep on; the machines that this builds for keep it first.
    package var low: UInt32 { UInt32(truncatingIfNeeded: load()) }

    package func store(_ value: UInt64) {
        unsafe pointer.pointee.store(value, ordering: .releasing)
    }

    package func exchange(_ expected: UInt64, for desired: UInt64) -> Bool {
        unsafe pointer.pointee.compareExchange(
            expected: expected,
            desired: desired,
            ordering: .sequentiallyConsistent
        ).exchanged
    }

    /// Makes the lower half 0, or 1 << 30, and wakes all who sleep on it, in one step: whoever is
    /// killed, both are done or neither.
    package func setLowAndWake(isMarked: Bool) {
        // EFAULT: the file behind the memory was cut short. Then there is nobody to wake either.
        _ = unsafe rat_linux_futex_set_and_wake(pointer, isMarked ? 1 : 0)
    }

    package func wakeAll() {
        _ = unsafe rat_linux_futex_wake_shared(pointer)
    }

    /// Whether the memory can be written to.
    package var isWritable: Bool {
        unsafe rat_linux_futex_probe(pointer) >= 0
    }

    /// From here to `endPending`, should the calling thread die when it has been woken on this word
    /// and nobody's number stands in the lower half, the kernel wakes another.
    package func beginPending() {
        unsafe rat_linux_set_pending_word(pointer)
    }

    /// Wakes the others, should the kernel have woken the calling thread alone: it does where it
    /// marks a word whose owner died, and leaves the sleepers' bit and no number.
    package func passOn() {
        let isOwned = low & UInt32(FUTEX_TID_MASK) != 0
        if !isOwned, low & FUTEX_WAITERS != 0 { wakeAll() }
    }

    package static func endPending() {
        rat_linux_set_pending_word(nil)
    }

    fileprivate var address: UInt { UInt(bitPattern: unsafe pointer) }
}

/// A view of our own of the page that a caller's block lies in, so that the caller may unmap his.
@safe package struct SharedPage: ~Copyable, @unchecked Sendable {
    // Sendable: only the address is kept here.
    private let base: UnsafeMutableRawPointer
    private let offset: Int

    /// EINVAL if the memory is not shared between processes, EFAULT if there is none.
    package init(viewing block: UnsafeMutableRawPointer) throws(Errno) {
        let size = SharedMapping.pageSize
        offset = Int(bitPattern: UInt(bitPattern: block) % UInt(size))
        let page = unsafe block - offset
        let address = try systemCall {
            // A failure as every other call tells it.
            unsafe rat_linux_view_shared_page(page, size).map { Int(bitPattern: $0) } ?? -1
        }
        guard let base = unsafe UnsafeMutableRawPointer(bitPattern: address) else {
            fatalError("a mapping has an address")
        }
        unsafe self.base = base
    }

    /// Whether the block can be written to.
    package var isWritable: Bool { unsafe SharedWord(unsafeAt: unsafeBlock).isWritable }

    deinit {
        _ = unsafe munmap(base, 2 * SharedMapping.pageSize)
    }

    /// Where the block is in this view.
    package var unsafeBlock: UnsafeMutableRawPointer { unsafe base + offset }
}

/// The words that a thread sleeps on beside its own, with the values that they must have for it to
/// sleep.
package struct SharedWordSet: Sendable {
    /// The kernel's limit is 128, with the thread's own.
    private static let limit = 127
    /// How long a sleep is at most where the kernel cannot watch all the words.
    package static let recheckNanoseconds: UInt64 = 5_000_000

    private var entries: [(word: SharedWord, value: UInt32)] = []
    /// Whether there are words that have to be looked at now and then, because nothing wakes on
    /// them.
    package private(set) var needsRecheck = false

    package init() {}

    package var isEmpty: Bool { entries.isEmpty && !needsRecheck }

    package mutating func append(_ word: SharedWord, while value: UInt32) {
        if entries.count < Self.limit {
            entries.append((word, value))
        } else {
            needsRecheck = true
        }
    }

    /// A word that nothing wakes on.
    package mutating func appendUnwatched() {
        needsRecheck = true
    }

    package mutating func append(contentsOf others: SharedWordSet) {
        for entry in others.entries { append(entry.word, while: entry.value) }
        needsRecheck = needsRecheck || others.needsRecheck
    }

    /// Whether a word has another value by now.
    package var hasChanged: Bool {
        entries.contains { $0.word.low != $0.value }
    }

    /// Sleeps until a word changes, `own` does, or the deadline passes. May wake for no reason.
    package func wait(
        beside own: borrowing Atomic<UInt32>,
        while expected: UInt32,
        until deadline: Instant
    ) {
        let soon = Instant.now().advanced(byNanoseconds: Self.recheckNanoseconds)
        let end = needsRecheck ? min(deadline, soon) : deadline
        var waiters = [
            rat_linux_futex_waiter(
                value: UInt64(expected),
                address: UInt64(Futex.number(of: own)),
                flags: rat_linux_futex_private,
                reserved: 0
            )
        ]
        waiters.reserveCapacity(entries.count + 1)
        for entry in entries {
            waiters.append(
                rat_linux_futex_waiter(
                    value: UInt64(entry.value),
                    address: UInt64(entry.word.address),
                    flags: rat_linux_futex_shared,
                    reserved: 0
                )
            )
        }
        let count = UInt32(waiters.count)
        let result =
            if end == .distantFuture {
                unsafe rat_linux_futex_wait_many(waiters, count, nil)
            } else {
                unsafe withUnsafePointer(to: end.timespec) {
                    unsafe rat_linux_futex_wait_many(waiters, count, $0)
                }
            }
        guard result == -1 else { return }
        switch rat_linux_errno() {
        case ETIMEDOUT, EAGAIN, EINTR: return
        // ENOSYS or EPERM: a kernel before 5.16, or one that is told not to. EFAULT: a word that is
        // not there any more. Looking again soon is slow, but nothing is lost.
        default: _ = Futex.wait(on: own, while: expected, until: min(end, soon))
        }
    }
}

/// A few words that a thread sleeps on beside its own, without any allocation.
package struct NearWords {
    /// With the thread's own.
    private static let limit = 17

    private var waiters = InlineArray<17, rat_linux_futex_waiter>(
        repeating: rat_linux_futex_waiter()
    )
    private var count = 1

    package init() {}

    /// Adds a word that must have that value for the thread to sleep; `false` if there are too many.
    package mutating func append(_ word: SharedWord, while value: UInt32) -> Bool {
        guard count < Self.limit else { return false }
        waiters[count] = rat_linux_futex_waiter(
            value: UInt64(value),
            address: UInt64(word.address),
            flags: rat_linux_futex_shared,
            reserved: 0
        )
        count += 1
        return true
    }

    /// Sleeps until a word changes, `own` does, or the deadline passes. May wake for no reason.
    package mutating func wait(
        beside own: borrowing Atomic<UInt32>,
        while expected: UInt32,
        until deadline: Instant
    ) {
        waiters[0] = rat_linux_futex_waiter(
            value: UInt64(expected),
            address: UInt64(Futex.number(of: own)),
            flags: rat_linux_futex_private,
            reserved: 0
        )
        let count = UInt32(count)
        let result = unsafe waiters.span.withUnsafeBufferPointer { waiters in
            if deadline == .distantFuture {
                return unsafe rat_linux_futex_wait_many(waiters.baseAddress, count, nil)
            }
            return unsafe withUnsafePointer(to: deadline.timespec) {
                unsafe rat_linux_futex_wait_many(waiters.baseAddress, count, $0)
            }
        }
        guard result == -1 else { return }
        switch rat_linux_errno() {
        case ETIMEDOUT, EAGAIN, EINTR: return
        // As in `SharedWordSet`.
        default:
            let soon = Instant.now().advanced(byNanoseconds: SharedWordSet.recheckNanoseconds)
            _ = Futex.wait(on: own, while: expected, until: min(deadline, soon))
        }
    }
}

/// What the kernel marks when the thread that registered it dies: the words that hold the thread's
/// number.
///
/// The list is in this process's own memory, where no other can lead the kernel astray: an entry
/// lies one page above its word, in the private page that every `SharedPage` has after it. A word
/// is in the list for as long as it is known here, whoever owns it: the kernel looks for itself.
@safe package struct RobustList: ~Copyable {
    /// The kernel follows no more than 2,048.
    private static let limit = 2000

    private let head: UnsafeMutablePointer<robust_list_head>
    private var words: [SharedWord] = []

    package init() {
        unsafe head = UnsafeMutablePointer<robust_list_head>.allocate(capacity: 1)
        unsafe head.initialize(to: robust_list_head())
        unsafe head.pointee.futex_offset = -SharedMapping.pageSize
        removeAll()
    }

    /// Has the kernel look at the list when the calling thread dies.
    package func register() {
        _ = unsafe rat_linux_set_robust_list(head)
    }

    /// `false` if there are too many.
    package mutating func append(_ word: SharedWord) -> Bool {
        guard words.count < Self.limit else { return false }
        // Each link is written when what it leads to is whole: the thread may die at any moment.
        unsafe set(nextOf: entry(word), to: next(of: words.last))
        unsafe set(nextOf: entry(words.last), to: entry(word))
        words.append(word)
        return true
    }

    package mutating func remove(_ word: SharedWord) {
        guard let index = words.firstIndex(of: word) else { return }
        let previous = index == 0 ? nil : words[index - 1]
        unsafe set(nextOf: entry(previous), to: next(of: word))
        words.remove(at: index)
    }

    package mutating func removeAll() {
        words = []
        unsafe set(nextOf: entry(nil), to: entry(nil))
    }

    /// The head stands for no word.
    private func entry(_ word: SharedWord?) -> UnsafeMutableRawPointer {
        guard let word,
            let entry = unsafe UnsafeMutableRawPointer(
                bitPattern: word.address + UInt(SharedMapping.pageSize)
            )
        else { return unsafe UnsafeMutableRawPointer(head) }
        return unsafe entry
    }

    private func next(of word: SharedWord?) -> UnsafeMutableRawPointer {
        guard let next = unsafe UnsafeMutableRawPointer(bitPattern: link(entry(word))) else {
            return unsafe UnsafeMutableRawPointer(head)
        }
        return unsafe next
    }

    /// Both the head and an entry begin with the link.
    private func link(_ entry: UnsafeMutableRawPointer) -> UInt {
        unsafe entry.assumingMemoryBound(to: Atomic<UInt>.self).pointee.load(ordering: .relaxed)
    }

    private func set(
        nextOf entry: UnsafeMutableRawPointer,
        to next: UnsafeMutableRawPointer
    ) {
        unsafe entry.assumingMemoryBound(to: Atomic<UInt>.self).pointee.store(
            UInt(bitPattern: next),
            ordering: .sequentiallyConsistent
        )
    }
}

/// Making sure of other processors.
package enum Barrier {
    /// Has `interruptAll` of other processes reach this one.
    package static func join() {
        _ = rat_linux_membarrier_register()
    }

    /// Interrupts every processor that runs a process which joined: a thread that is to be killed
    /// has run its last instruction then.
    package static func interruptAll() {
        _ = rat_linux_membarrier()
    }
}
