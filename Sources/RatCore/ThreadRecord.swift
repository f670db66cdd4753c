public import RatSystem
package import Synchronization

/// What the library knows of a thread. Type-stable, so that a late wake of a thread that has ended finds
/// a word it may write to.
@safe @usableFromInline package struct ThreadRecord: ~Copyable {
    /// A `WaitState`. Written by the thread itself and by whoever ends its wait.
    let waitWord = Atomic<UInt32>(WaitState.withdrawn.rawValue)
    /// What a parked poll wakes on. Made by the thread before its first poll; read by those who end a wait
    /// that is parked in a poll. It stays with the record when the thread ends: who ends a wait writes to
    /// it a moment later, and its number must not be another file's by then.
    let wakeDescriptor = Atomic<CInt>(-1)

    // From here on used by the thread itself only.
    var ownedDescriptor: EventDescriptor?
    /// Nodes for the next wait, while no wait has them: `spareNodeCount` of them, kept so that a wait of a
    /// usual size allocates nothing.
    var spareNodes: UnsafeMutablePointer<WaitNode>?
    var exitHandlers: [(ThreadReference) -> Void] = []
    var spinBudget = SpinBudget()
    /// What the upper layers keep for the thread; each is one layer's own.
    package var queueSlot: UnsafeMutableRawPointer?
    /// The thread's own queue: its handle, and its record.
    package var ownQueueHandle = Handle.invalid
    package var ownQueue: UnsafeMutableRawPointer?
    /// What messaging keeps: free nodes and cells of messages, retrieved payloads, the last reply, and whether each of
    /// these is seen to when the thread ends.
    package var freeNodes: UnsafeMutableRawPointer?
    package var freeNodeCount = 0
    package var spareNodeBatch: UnsafeMutableRawPointer?
    package var slabNodes: UnsafeMutableRawPointer?
    package var slabNodeCount = 0
    package var keepsNodes = false
    package var freeChunks: UnsafeMutableRawPointer?
    package var freeChunkCount = 0
    package var keepsChunks = false
    package var heldNodes: UnsafeMutableRawPointer?
    package var keepsHolds = false
    package var peekBuffer: UnsafeMutableRawPointer?
    package var peekBufferSize = 0
    package var lastReply: UnsafeMutableRawPointer?
    package var keepsReply = false
    package var spareRequest: UnsafeMutableRawPointer?
    package var keepsRequest = false
    package var begunRequests: [UInt64] = []
    package var keepsRequests = false
    package var deadlockReport = ""
    package var matchReport = ""
    package var hasUsedMutexes = false
    package var hasUsedSharedMutexes = false
    /// Whether the thread's last sleep for shared objects was brief, because a signal was coming.
    var hasSleptBriefly = false
    /// The system's number of the thread; 0 before it was asked for.
    var systemID: UInt32 = 0
    /// The handle of the thread as an object, if it was started as one.
    package var ownHandle = Handle.invalid
    package var windowSlot: UnsafeMutableRawPointer?
    package var frameSlot: UnsafeMutableRawPointer?
    /// Where procedures begin to be refused, and how much is kept for those that were called; the highest address
    /// before the stack was looked at.
    @usableFromInline package var stackFloor = UInt.max
    @usableFromInline package var stackReserve: UInt = 0
    /// The running call of a hook, and whether the program is being told of a traced event.
    package var hookSlot: UnsafeMutableRawPointer?
    package var isTracing = false

    // Written by the thread or for it, read by any.
    /// Tells the thread from others that have used, or will use, its record; 0 between them.
    let serial = Atomic<UInt64>(0)
    /// The kinds of hooks that are set for the thread, as bits. Written under the lock of the hooks.
    package let hookKinds = Atomic<UInt32>(0)
    /// The request whose reply the thread waits for, as messaging knows it; 0 for none.
    package let sendEdge = Atomic<UInt>(0)

    init() {
        unsafe spareNodes = nil
    }
}

@usableFromInline package typealias ThreadReference = StableReference<ThreadRecord>

extension ThreadRecord {
    /// As many as Win32 can wait for.
    static let spareNodeCount = 64

    private static let pool = StablePool<ThreadRecord>(recordsPerSlab: 32)
    private static let lastSerial = Atomic<UInt64>(0)
    private static let exitKey = unsafe ThreadExitKey { record in
        guard let record = unsafe record else { return }
        let pointer = unsafe record.assumingMemoryBound(to: ThreadRecord.self)
        unsafe ThreadRecord.end(StableReference(unsafe: pointer))
    }

    /// The calling thread's record, made at the first call.
    @inlinable package static var current: ThreadReference {
        @inline(__always) get { currentIfAny ?? makeCurrent() }
    }

    /// The calling thread's record, if it has one.
    @inlinable package static var currentIfAny: ThreadReference? {
        @inline(__always) get {
            guard let pointer = unsafe ThreadLocal.pointer else { return nil }
            return unsafe StableReference(
                unsafe: pointer.assumingMemoryBound(to: ThreadRecord.self)
            )
        }
    }

    @inline(never) @usableFromInline static func makeCurrent() -> ThreadReference {
        let record = unsafe pool.take { memory in unsafe memory.initialize(to: ThreadRecord()) }
        unsafe ThreadLocal.pointer = record.raw
        record.record.systemID = 0
        record.record.stackFloor = .max
        record.record.stackReserve = 0
        // What the thread before had to say.
        record.record.deadlockReport = ""
        record.record.matchReport = ""
        let serial = lastSerial.wrappingAdd(1, ordering: .relaxed).newValue
        record.record.serial.store(serial, ordering: .relaxed)
        unsafe ThreadLocal.callAtExit(of: record.raw, exitKey)
        return record
    }

    /// Runs as the thread ends. A handler that calls into the library uses the same record again.
    private static func end(_ record: ThreadReference) {
        unsafe ThreadLocal.pointer = record.raw
        // A thread may end inside calls, whose memory is gone with its stack.
        unsafe record.record.frameSlot = nil
        unsafe record.record.hookSlot = nil
        record.record.isTracing = false
        record.record.sendEdge.store(0, ordering: .releasing)
        while let handler = record.record.exitHandlers.popLast() {
            handler(record)
        }
        record.record.serial.store(0, ordering: .relaxed)
        unsafe ThreadLocal.pointer = nil
        pool.giveBack(record)
    }

    /// In a forked child: its only thread starts without a record.
    static func forgetParent() {
        unsafe ThreadLocal.pointer = nil
    }
}

extension StableReference where Record == ThreadRecord {
    /// Has `handler` called on this thread, which is the calling one, when it ends; the last one first.
    package func callAtExit(_ handler: @escaping (ThreadReference) -> Void) {
        record.exitHandlers.append(handler)
    }

    /// Tells the thread from all others there ever were.
    package var serial: UInt64 { record.serial.load(ordering: .relaxed) }

    /// The system's number of the thread, which is the calling one.
    package var systemID: UInt32 {
        if record.systemID == 0 { record.systemID = NativeThread.currentID }
        return record.systemID
    }

    /// Opens a wait of this thread, the calling one. Before it, no object can know of the wait.
    package func beginWait() {
        record.waitWord.store(WaitState.open.rawValue, ordering: .relaxed)
    }

    package var waitState: WaitState {
        WaitState(rawValue: record.waitWord.load(ordering: .acquiring))
    }

    /// Ends the wait in `state` if nothing else has; says whether it did. Called by the thread itself, so
    /// nobody sleeps.
    package func decideOwnWait(_ state: WaitState) -> Bool {
        record.waitWord.compareExchange(
            expected: WaitState.open.rawValue,
            desired: state.rawValue,
            ordering: .acquiring
        ).exchanged
    }

    /// Says more exactly how the thread's own wait, which it has just decided itself, ended.
    package func correctOwnWait(_ state: WaitState) {
        record.waitWord.store(state.rawValue, ordering: .relaxed)
    }

    /// Ends the wait in `state` if nothing else has. Called under the lock of an object that the thread
    /// waits for, where it is known to be waiting. The thread still sleeps if it is to be woken.
    package func decideWait(_ state: WaitState) -> (isDecided: Bool, needsWake: Bool) {
        var current = waitState
        while current.isUndecided {
            let (exchanged, original) = record.waitWord.compareExchange(
                expected: current.rawValue,
                desired: state.rawValue,
                ordering: .acquiringAndReleasing
            )
            if exchanged {
                if current == .parkedInPoll {
                    EventDescriptor.signal(record.wakeDescriptor.load(ordering: .relaxed))
                }
                return (true, current == .parkedOnFutex)
            }
            current = WaitState(rawValue: original)
        }
        return (false, false)
    }

    /// Wakes the thread if it sleeps on its futex. Best called without locks; wakes it for nothing at
    /// worst.
    package func wake() {
        Futex.wake(record.waitWord)
    }

    /// Sleeps until the wait is decided or the deadline passes. The wait is open again if nothing decided
    /// it.
    package func sleep(until deadline: Instant) {
        guard isOpenAfterLook(until: deadline), decideOwnWait(.parkedOnFutex) else { return }
        let start = Instant.nowCoarse()
        while waitState == .parkedOnFutex {
            let isInTime = Futex.wait(
                on: record.waitWord,
                while: WaitState.parkedOnFutex.rawValue,
                until: deadline
            )
            if !isInTime { break }
        }
        reopen(from: .parkedOnFutex)
        noteSleep(since: start)
    }

    /// Sleeps until the wait is decided, the deadline passes or one of `polls` is ready. The wait is open again
    /// if nothing decided it.
    package func sleep(until deadline: Instant, polling polls: inout PollSet) {
        var deadline = deadline
        if record.ownedDescriptor == nil {
            do throws(Errno) {
                let owned = try EventDescriptor()
                record.wakeDescriptor.store(owned.rawValue, ordering: .relaxed)
                record.ownedDescriptor = consume owned
            } catch {
                // No descriptor is left to be woken by. Look at the wait every tick instead: slow, but
                // nothing is lost.
                deadline = min(deadline, Instant.now().advanced(byMilliseconds: 10))
            }
        }
        guard isOpenAfterLook(until: deadline), decideOwnWait(.parkedInPoll) else { return }
        let start = Instant.nowCoarse()
        polls.setWakeUp(record.wakeDescriptor.load(ordering: .relaxed))
        polls.wait(until: deadline)
        reopen(from: .parkedInPoll)
        noteSleep(since: start)
        // A wake-up that comes later ends a later sleep early, which looks and sleeps again.
        if polls.hasWokenUp { record.ownedDescriptor?.drain() }
    }

    /// Sleeps once, until the wait is decided, a word changes or the deadline passes. The wait is
    /// open again if nothing decided it.
    package func sleep(until deadline: Instant, watching words: SharedWordSet) {
        guard decideOwnWait(.parkedOnFutex) else { return }
        words.wait(
            beside: record.waitWord,
            while: WaitState.parkedOnFutex.rawValue,
            until: deadline
        )
        reopen(from: .parkedOnFutex)
    }

    /// Looks at the wait for a moment, if that has paid lately. Whether it is still open.
    private func isOpenAfterLook(until deadline: Instant) -> Bool {
        let look = record.spinBudget.look
        guard look > 0, deadline != .distantPast, Processors.count > 1 else { return true }
        let end = min(deadline, Instant.now().advanced(byNanoseconds: look))
        let open = WaitState.open.rawValue
        let isOpen = Futex.spin(on: record.waitWord, while: open, until: end)
        if isOpen { record.spinBudget.lookWasInVain() } else { record.spinBudget.lookPaid() }
        return isOpen
    }

    /// A sleep that no tick of the clock fell into was a short one.
    func noteSleep(since start: Instant) {
        record.spinBudget.didSleep(isShort: Instant.nowCoarse() == start)
    }

    func reopen(from state: WaitState) {
        _ = record.waitWord.compareExchange(
            expected: state.rawValue,
            desired: WaitState.open.rawValue,
            ordering: .acquiring
        )
    }
}
