package import RatCore
internal import RatSystem

/// What is traced. The numbers are the C interface's.
package enum TraceKind: UInt32, Sendable {
    case post = 1
    case send = 2
    /// A procedure is called with a message that was retrieved, or that another thread sent.
    case dispatch = 3
    /// A procedure has returned, or the reply to what was sent elsewhere is there.
    case endOfCall = 4
    /// What was posted or sent elsewhere has come to nothing.
    case failure = 5
}

/// One line of the trace. Field for field the C interface's `RatTraceEvent`.
package struct TraceEvent: Sendable {
    /// A `TraceKind`.
    package let kind: UInt32
    package let message: UInt32
    package let target: Handle
    package let wparam: UInt
    package let lparam: Int
    /// What the procedure answered, of `endOfCall`; the status, of `failure`.
    package let result: Int
    /// Monotonic nanoseconds.
    package let time: UInt64
    /// The system's number of the thread.
    package let thread: UInt32
    /// How many procedures of the thread are running.
    package let depth: UInt32

    package init(
        kind: TraceKind,
        message: UInt32,
        target: Handle,
        wparam: UInt,
        lparam: Int,
        result: Int = 0,
        time: UInt64 = 0,
        thread: UInt32 = 0,
        depth: UInt32 = 0
    ) {
        self.kind = kind.rawValue
        self.message = message
        self.target = target
        self.wparam = wparam
        self.lparam = lparam
        self.result = result
        self.time = time
        self.thread = thread
        self.depth = depth
    }
}

/// Tells a person or the program what becomes of messages: each post, send, dispatch and return.
///
/// Off, it is a bit of the watch word. `RAT_TRACE=messages` prints to standard error; a program may have
/// itself called besides.
package enum Trace {
    package typealias Body = (UnsafePointer<TraceEvent>) -> Void

    /// Who is told, and of what.
    @safe private struct Listener {
        let filter: TraceFilter
        let body: Body
    }

    /// Sendable: the fields are guarded by `lock`.
    private final class State: ForkParticipant, @unchecked Sendable {
        let lock = Lock()
        var printer: TraceFilter?
        var listener: Listener?
        var recorderCount = 0

        init() {
            Fork.register(self)
        }

        func lockForFork() { lock.lock() }
        func unlockAfterFork() { lock.unlock() }
        func startAnewInChild() { lock.unlock() }

        /// Under the lock.
        func publish() {
            let isOn = printer != nil || listener != nil || recorderCount > 0
            Watch.set(isOn ? Watch.trace : 0, of: Watch.trace)
        }
    }

    private static let state = State()

    @inline(__always) package static var isOn: Bool { Watch.has(Watch.trace) }

    // MARK: - Who is told

    /// Has `body` called with what the filter lets through, in the place of who was told before; `nil` for
    /// nobody. `.invalidArgument` for a filter that is none.
    package static func listen(_ filter: String, _ body: Body?) throws(RatError) {
        let filter = try TraceFilter.of(filter)
        state.lock.lock()
        let before = state.listener
        state.listener = unsafe body.map { unsafe Listener(filter: filter, body: $0) }
        state.publish()
        state.lock.unlock()
        // What it holds on to ends outside of the lock.
        withExtendedLifetime(before) {}
    }

    /// Counts those who record, each on a thread of its own.
    static func addRecorders(_ count: Int) {
        state.lock.lock()
        state.recorderCount += count
        state.publish()
        state.lock.unlock()
    }

    /// Does what the environment asks for. Every queue comes here when it is made.
    static func readEnvironment() {
        _ = environment
    }

    private static let environment: Void = {
        guard let bytes = Process.environmentVariable("RAT_TRACE") else { return }
        let text = String(
            decoding: bytes.dropLast().map { UInt8(bitPattern: $0) },
            as: UTF8.self
        )
        let parts = text.split(separator: ",", maxSplits: 1)
        guard parts.first == "messages" || parts.first == "x11" else {
            StandardError.write(
                line: "rat: RAT_TRACE=\(text) is not messages[,filter] or x11[,filter]"
            )
            return
        }
        let filter: TraceFilter
        do throws(TraceFilter.Malformed) {
            filter = try TraceFilter(parts.count > 1 ? parts[1] : "")
        } catch {
            StandardError.write(line: "rat: RAT_TRACE=\(text): '\(error.part)' is no message")
            return
        }
        state.lock.lock()
        state.printer = filter
        state.publish()
        state.lock.unlock()
    }()

    /// Prints what a display has to say of its events, if the environment asks for it; else `nil`.
    package static var displayPrinter: (@Sendable (String) -> Void)? {
        guard let bytes = Process.environmentVariable("RAT_TRACE"),
            bytes.starts(with: "x11".utf8CString.dropLast()),
            bytes.count == 4 || bytes[3] == CChar(bitPattern: UInt8(ascii: ","))
        else { return nil }
        return { StandardError.write(line: "rat x11 " + $0) }
    }

    // MARK: - Telling

    /// Tells of a message that is posted or sent.
    @inline(never) static func note(
        _ kind: TraceKind,
        _ message: UnsafePointer<Message>,
        to target: Handle
    ) {
        let header = unsafe message.pointee.header
        note(kind, header.message, header.wparam, header.lparam, to: target)
    }

    /// Tells of what a message comes to; of a call that `isRunning`, among those that it is nested in.
    @inline(never) package static func note(
        _ kind: TraceKind,
        _ message: UInt32,
        _ wparam: UInt,
        _ lparam: Int,
        to target: Handle,
        result: Int = 0,
        isRunning: Bool = false
    ) {
        let thread = ThreadRecord.current
        // What the listener does itself is not told.
        guard !thread.record.isTracing else { return }
        state.lock.lock()
        let isPrinted = state.printer?.admits(message) == true
        let listener = state.listener?.filter.admits(message) == true ? state.listener : nil
        state.lock.unlock()
        let recorder = TraceRecorder.current
        guard isPrinted || listener != nil || recorder != nil else { return }
        var event = TraceEvent(
            kind: kind,
            message: message,
            target: target,
            wparam: wparam,
            lparam: lparam,
            result: result,
            time: Instant.now().nanoseconds,
            thread: thread.systemID,
            depth: depth(of: thread) - (isRunning ? 1 : 0)
        )
        if isPrinted { StandardError.write(line: line(event)) }
        recorder?.note(event)
        guard let listener else { return }
        thread.record.isTracing = true
        unsafe withUnsafePointer(to: &event) { unsafe listener.body($0) }
        thread.record.isTracing = false
    }

    /// Tells that a post or a send has failed.
    @inline(never) static func noteFailure(
        _ error: RatError,
        of message: UnsafePointer<Message>,
        to target: Handle
    ) {
        let header = unsafe message.pointee.header
        note(
            .failure,
            header.message,
            header.wparam,
            header.lparam,
            to: target,
            result: Int(error.rawValue)
        )
    }

    private static func depth(of thread: ThreadReference) -> UInt32 {
        var depth: UInt32 = 0
        var slot = unsafe thread.record.frameSlot
        while let current = unsafe slot {
            depth += 1
            unsafe slot = current.assumingMemoryBound(to: CallFrame.self).pointee.outer
        }
        return depth
    }

    /// Seconds, thread, nesting, and what happened.
    static func line(_ event: TraceEvent) -> String {
        let micros = event.time / 1000
        let fraction = String(micros % 1_000_000)
        let seconds = "\(micros / 1_000_000)." + String(repeating: "0", count: 6 - fraction.count)
        let start =
            "rat \(seconds)\(fraction) \(event.thread) "
            + String(repeating: "  ", count: Int(min(event.depth, 40)))
        let name = MessageNames.text(of: event.message)
        let target = event.target.traceName
        switch TraceKind(rawValue: event.kind) {
        case nil, .endOfCall: return start + "return \(name) from \(target): \(event.result)"
        case .failure: return start + "fail \(name) to \(target): \(event.statusName)"
        case .some(let kind): return start + "\(kind.word) \(name)\(event.parameters) to \(target)"
        }
    }
}

extension TraceEvent {
    /// Of `failure`.
    var statusName: String {
        RatError(rawValue: UInt32(truncatingIfNeeded: result)).map { "\($0)" } ?? String(result)
    }
}
