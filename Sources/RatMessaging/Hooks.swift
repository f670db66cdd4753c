package import RatCore
internal import RatSystem
internal import Synchronization

/// Procedures that are called where something happens to messages, windows or input.
///
/// A hook is one thread's or the whole process's. It runs on the thread where the thing happens: first that
/// thread's hooks, then the process's, the youngest first; each calls the next, or does not.
///
/// Each has a number that grows. A running call remembers the number that it is at, and goes on to the highest
/// one below it that is there *then*: so hooks can be set and removed from inside any of them, those that are
/// set meanwhile are not called, and nobody holds on to one that is gone.
package enum Hooks {
    /// What is to be done is the kind's: a code, and two parameters.
    package typealias Body = (_ code: Int32, _ wparam: UInt, _ lparam: Int) -> Int

    private struct Entry {
        let number: UInt64
        let kind: HookKind
        /// `nil` for all threads.
        let thread: ThreadReference?
        let body: Body
    }

    /// Hooks that call hooks are not followed further.
    private static let maximumDepth = 25

    /// Sendable: the fields are guarded by `lock`, but for `processKinds`.
    private final class State: ForkParticipant, @unchecked Sendable {
        let lock = Lock()
        /// In the order of their numbers.
        var entries: [Entry] = []
        var lastNumber: UInt64 = 0
        /// The kinds that are set for all threads, as bits. Written under the lock.
        let processKinds = Atomic<UInt32>(0)

        init() {
            Fork.register(self)
        }

        func lockForFork() { lock.lock() }
        func unlockAfterFork() { lock.unlock() }

        func startAnewInChild() {
            entries = []
            processKinds.store(0, ordering: .relaxed)
            Watch.set(0, of: HookKind.allBits)
            lock.unlock()
        }

        /// Tells those who ask without the lock what there is. Under it.
        func publish(_ thread: ThreadReference?) {
            let all = entries.reduce(0) { $0 | $1.kind.bit }
            let kinds = entries.reduce(0) { $1.thread == thread ? $0 | $1.kind.bit : $0 }
            if let thread {
                thread.record.hookKinds.store(kinds, ordering: .relaxed)
            } else {
                processKinds.store(kinds, ordering: .relaxed)
            }
            Watch.set(all, of: HookKind.allBits)
        }
    }

    private static let state = State()

    // MARK: - Setting

    /// Sets a hook, of the thread whose own queue is named, or of the process. Its number, which is never used
    /// again.
    package static func set(
        _ kind: HookKind,
        of queue: Handle?,
        _ body: @escaping Body
    ) throws(RatError) -> UInt64 {
        state.lock.lock()
        defer { state.lock.unlock() }
        var thread: ThreadReference?
        if let queue {
            // A thread that ends retires its queue before it takes its hooks away, so that one which is
            // found here still sees this one.
            guard let owner = MessageQueue.owner(of: queue) else { throw .invalidHandle }
            thread = owner
        }
        state.lastNumber += 1
        let entry = Entry(number: state.lastNumber, kind: kind, thread: thread, body: body)
        state.entries.append(entry)
        state.publish(thread)
        return entry.number
    }

    /// Removes a hook. A call of it that runs goes on to its end.
    package static func remove(_ number: UInt64) throws(RatError) {
        state.lock.lock()
        guard let place = state.entries.firstIndex(where: { $0.number == number }) else {
            state.lock.unlock()
            throw .invalidHandle
        }
        // What it holds on to ends outside of the lock.
        let entry = state.entries.remove(at: place)
        state.publish(entry.thread)
        state.lock.unlock()
    }

    /// Removes the hooks of a thread that ends, which is the calling one. Its queue is gone already.
    static func removeAll(of thread: ThreadReference) {
        guard thread.record.hookKinds.load(ordering: .relaxed) != 0 else { return }
        state.lock.lock()
        let gone = state.entries.filter { $0.thread == thread }
        state.entries.removeAll { $0.thread == thread }
        state.publish(thread)
        state.lock.unlock()
        withExtendedLifetime(gone) {}
    }

    // MARK: - Calling

    /// A running call of a chain. Lives in the call; linked to the one it is nested in.
    @safe private struct Call {
        let kind: HookKind
        let depth: Int
        let outer: UnsafeMutableRawPointer?
        /// What was there when the call began.
        let newest: UInt64
        /// The entry that has it.
        var place: Place
    }

    private struct Place {
        var isInProcessPart: Bool
        /// Those above have had it.
        var number: UInt64
    }

    /// Whether a hook of that kind would be called on the calling thread.
    package static func has(_ kind: HookKind) -> Bool {
        guard kind.isWatched, let thread = ThreadRecord.currentIfAny else { return false }
        let kinds =
            thread.record.hookKinds.load(ordering: .relaxed)
            | state.processKinds.load(ordering: .relaxed)
        return kinds & kind.bit != 0
    }

    /// Calls the first hook of a kind; 0 if there is none.
    package static func call(
        _ kind: HookKind,
        _ code: Int32,
        _ wparam: UInt,
        _ lparam: Int
    ) -> Int {
        guard has(kind) else { return 0 }
        let thread = ThreadRecord.current
        let outer = unsafe thread.record.hookSlot
        let depth = unsafe outer?.assumingMemoryBound(to: Call.self).pointee.depth ?? 0
        guard depth < maximumDepth else { return 0 }
        state.lock.lock()
        let newest = state.lastNumber
        state.lock.unlock()
        var call = unsafe Call(
            kind: kind,
            depth: depth + 1,
            outer: outer,
            newest: newest,
            place: Place(isInProcessPart: false, number: newest + 1)
        )
        return unsafe withUnsafeMutablePointer(to: &call) { pointer in
            unsafe thread.record.hookSlot = UnsafeMutableRawPointer(pointer)
            let result = unsafe next(pointer, thread, code, wparam, lparam)
            unsafe thread.record.hookSlot = pointer.pointee.outer
            return result
        }
    }

    /// Calls the hook after the one that runs on the calling thread; 0 if there is none, or none runs.
    package static func callNext(_ code: Int32, _ wparam: UInt, _ lparam: Int) -> Int {
        guard let thread = ThreadRecord.currentIfAny, let slot = unsafe thread.record.hookSlot
        else { return 0 }
        return unsafe next(
            slot.assumingMemoryBound(to: Call.self),
            thread,
            code,
            wparam,
            lparam
        )
    }

    private static func next(
        _ call: UnsafeMutablePointer<Call>,
        _ thread: ThreadReference,
        _ code: Int32,
        _ wparam: UInt,
        _ lparam: Int
    ) -> Int {
        let before = unsafe call.pointee.place
        guard let entry = unsafe entry(after: before, of: call.pointee, thread) else { return 0 }
        // Whoever passes on twice passes on to the same hook twice.
        defer { unsafe call.pointee.place = before }
        unsafe call.pointee.place = Place(
            isInProcessPart: entry.thread == nil,
            number: entry.number
        )
        return entry.body(code, wparam, lparam)
    }

    private static func entry(
        after place: Place,
        of call: Call,
        _ thread: ThreadReference
    ) -> Entry? {
        state.lock.lock()
        defer { state.lock.unlock() }
        func last(of owner: ThreadReference?, below number: UInt64) -> Entry? {
            state.entries.last {
                $0.kind == call.kind && $0.thread == owner && $0.number < number
            }
        }
        if place.isInProcessPart { return last(of: nil, below: place.number) }
        return last(of: thread, below: place.number) ?? last(of: nil, below: call.newest + 1)
    }
}
