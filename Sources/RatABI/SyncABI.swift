// swift-format-ignore-file: AllPublicDeclarationsHaveDocumentation

public import CRat
internal import RatCore
internal import RatIPC
internal import RatRuntime
internal import RatSystem

// One function per declaration in ratsync.h, in its order.

@c @implementation
public func RatCreateEvent(
    _ manualReset: Bool,
    _ initialState: Bool,
    _ out: UnsafeMutablePointer<RatEvent>?
) -> RatIpcStatus {
    unsafe handleStatus(out) { () throws(RatError) in
        try Event.create(isManualReset: manualReset, isSignaled: initialState)
    }
}

@c @implementation
public func RatSetEvent(_ ev: RatEvent) -> RatIpcStatus {
    status { () throws(RatError) in try Event.set(Handle(rawValue: ev)) }
}

@c @implementation
public func RatResetEvent(_ ev: RatEvent) -> RatIpcStatus {
    status { () throws(RatError) in try Event.reset(Handle(rawValue: ev)) }
}

@c @implementation
public func RatCloseEvent(_ ev: RatEvent) -> RatIpcStatus {
    closeStatus(ev, .event)
}

@c @implementation
public func RatWaitForObject(_ handle: RatHandle, _ timeout_ms: UInt64) -> RatWaitResult {
    let deadline = Instant(timeoutMilliseconds: timeout_ms)
    return result(Waiting.forOne(Handle(rawValue: handle), until: deadline), nil)
}

@c @implementation
public func RatWaitForMultipleObjects(
    _ handles: UnsafePointer<RatHandle>?,
    _ count: Int,
    _ waitAll: Bool,
    _ timeout_ms: UInt64,
    _ index: UnsafeMutablePointer<Int>?
) -> RatWaitResult {
    guard let handles = unsafe handles, (1...Wait.maximumCount).contains(count) else {
        return RAT_WAIT_FAILED
    }
    let list = unsafe UnsafeBufferPointer(start: handles, count: count).map(Handle.init(rawValue:))
    let deadline = Instant(timeoutMilliseconds: timeout_ms)
    let outcome = Waiting.forMany(list, isForAll: waitAll, until: deadline)
    if waitAll, case .signaled = outcome { return RAT_WAIT_OK }
    return unsafe result(outcome, index)
}

// MARK: - Mutexes

@c @implementation
public func RatCreateMutex(
    _ initiallyOwned: Bool,
    _ out: UnsafeMutablePointer<RatMutex>?
) -> RatIpcStatus {
    unsafe handleStatus(out) { () throws(RatError) in try Mutex.create(isOwned: initiallyOwned) }
}

@c @implementation
public func RatReleaseMutex(_ mutex: RatMutex) -> RatIpcStatus {
    status { () throws(RatError) in try Mutex.release(Handle(rawValue: mutex)) }
}

@c @implementation
public func RatCloseMutex(_ mutex: RatMutex) -> RatIpcStatus {
    closeStatus(mutex, .mutex)
}

// MARK: - Semaphores

@c @implementation
public func RatCreateSemaphore(
    _ initialCount: UInt32,
    _ maximumCount: UInt32,
    _ out: UnsafeMutablePointer<RatSemaphore>?
) -> RatIpcStatus {
    unsafe handleStatus(out) { () throws(RatError) in
        try Semaphore.create(count: initialCount, maximum: maximumCount)
    }
}

@c @implementation
public func RatReleaseSemaphore(
    _ semaphore: RatSemaphore,
    _ count: UInt32,
    _ outPrevious: UnsafeMutablePointer<UInt32>?
) -> RatIpcStatus {
    guard count > 0 else { return RAT_IPC_ERR_INVALID_ARG }
    return status { () throws(RatError) in
        let previous = try Semaphore.release(Handle(rawValue: semaphore), by: count)
        unsafe outPrevious?.pointee = previous
    }
}

@c @implementation
public func RatCloseSemaphore(_ semaphore: RatSemaphore) -> RatIpcStatus {
    closeStatus(semaphore, .semaphore)
}

// MARK: - Waitable timers

@c @implementation
public func RatCreateWaitableTimer(
    _ manualReset: Bool,
    _ out: UnsafeMutablePointer<RatWaitableTimer>?
) -> RatIpcStatus {
    unsafe handleStatus(out) { () throws(RatError) in
        try WaitableTimer.create(isManualReset: manualReset)
    }
}

@c @implementation
public func RatSetWaitableTimer(
    _ timer: RatWaitableTimer,
    _ due_ns: UInt64,
    _ period_ns: UInt64
) -> RatIpcStatus {
    status { () throws(RatError) in
        try WaitableTimer.set(
            Handle(rawValue: timer),
            due: Instant.now().advanced(byNanoseconds: due_ns),
            periodNanoseconds: period_ns
        )
    }
}

@c @implementation
public func RatCancelWaitableTimer(_ timer: RatWaitableTimer) -> RatIpcStatus {
    status { () throws(RatError) in
        try WaitableTimer.set(
            Handle(rawValue: timer),
            due: .distantFuture,
            periodNanoseconds: 0
        )
    }
}

@c @implementation
public func RatCloseWaitableTimer(_ timer: RatWaitableTimer) -> RatIpcStatus {
    closeStatus(timer, .timer)
}

// MARK: - Threads and processes

@c @implementation
public func RatCreateThread(
    _ proc: RatThreadProc?,
    _ argument: UnsafeMutableRawPointer?,
    _ stackSize: Int,
    _ out: UnsafeMutablePointer<RatThread>?
) -> RatIpcStatus {
    unsafe handleStatus(out) { () throws(RatError) in
        // Sizes above half the address space arrive as negative numbers.
        guard let proc = unsafe proc, stackSize >= 0 else { throw .invalidArgument }
        return try unsafe ThreadObject.start(stackSize: stackSize, proc, argument)
    }
}

@c @implementation
public func RatJoinThread(
    _ thread: RatThread,
    _ timeout_ms: UInt64,
    _ outExitCode: UnsafeMutablePointer<UInt32>?
) -> RatIpcStatus {
    status { () throws(RatError) in
        let deadline = Instant(timeoutMilliseconds: timeout_ms)
        let exitCode = try ThreadObject.join(Handle(rawValue: thread), until: deadline)
        unsafe outExitCode?.pointee = exitCode
    }
}

@c @implementation
public func RatCloseThread(_ thread: RatThread) -> RatIpcStatus {
    closeStatus(thread, .thread)
}

@c @implementation
public func RatOpenProcess(
    _ pid: UInt32,
    _ out: UnsafeMutablePointer<RatProcess>?
) -> RatIpcStatus {
    unsafe handleStatus(out) { () throws(RatError) in try ProcessObject.open(processID: pid) }
}

@c @implementation
public func RatGetProcessExitCode(
    _ process: RatProcess,
    _ outExitCode: UnsafeMutablePointer<Int32>?
) -> RatIpcStatus {
    guard let outExitCode = unsafe outExitCode else { return RAT_IPC_ERR_INVALID_ARG }
    return status { () throws(RatError) in
        let exitCode = try ProcessObject.exitCode(Handle(rawValue: process))
        unsafe outExitCode.pointee = exitCode
    }
}

@c @implementation
public func RatCloseProcess(_ process: RatProcess) -> RatIpcStatus {
    closeStatus(process, .process)
}

func result(
    _ outcome: WaitOutcome,
    _ index: UnsafeMutablePointer<Int>?
) -> RatWaitResult {
    switch outcome {
    case .signaled(let place):
        unsafe index?.pointee = place
        return RAT_WAIT_OK
    case .abandoned(let place):
        unsafe index?.pointee = place
        return RAT_WAIT_ABANDONED
    case .timedOut:
        return RAT_WAIT_TIMEOUT
    case .failed(let place):
        if let place { unsafe index?.pointee = place }
        return RAT_WAIT_FAILED
    }
}
