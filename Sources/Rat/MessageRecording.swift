internal import RatCore
internal import RatMessaging

/// Records what becomes of messages on the thread that makes it, to be compared with what was expected.
///
///     let recording = try MessageRecording()
///     try window.show()
///     try recording.expect("... WM_SHOWWINDOW(1) ... [WM_PAINT]", windows: [window.target])
///
/// A thread has one recording; a new one takes the place of the one before. While any thread records, the trace is on
/// for all of them, at its cost.
public final class MessageRecording {
    private let recorder: TraceRecorder

    /// Records the messages of one window, or of all, from now until nobody has this object. `filter` is a list as
    /// `MessageTrace.start(_:_:)` takes it.
    public init(of window: Window.Target? = nil, _ filter: String = "") throws(RatError) {
        recorder = try call { () throws(RatCore.RatError) in
            try TraceRecorder.start(of: window?.handle ?? .invalid, filter)
        }
    }

    deinit {
        TraceRecorder.stop(recorder)
    }

    /// What was recorded since this was asked last; it is forgotten. Throws `.noResources` if that was more than
    /// 65,536 events.
    public func take() throws(RatError) -> [MessageTrace.Event] {
        try call { () throws(RatCore.RatError) in try recorder.take() }.map {
            MessageTrace.Event($0)
        }
    }

    /// Compares what was recorded since the last look with a sequence, written as `MessageSequence` takes it.
    public func expect(
        _ sequence: String,
        windows: [Window.Target] = [],
        _ extent: MessageSequence.Extent = .exactly
    ) throws {
        let sequence = try MessageSequence(sequence, windows: windows)
        try sequence.expect(take(), extent)
    }
}

@available(*, unavailable)
extension MessageRecording: Sendable {}

/// The messages that are expected, in their order.
///
///     WM_NCCREATE WM_NCCALCSIZE WM_CREATE [WM_SIZE] WM_MOVE(0, 10:20) ...
///
/// Where only a name or a number stands, any call with that message is meant, and `_` means any call.
///
/// - `WM_SIZE(0, 300:200)`: its parameters, in decimals or after 0x; `_` is any. Two numbers with a colon are the
///   halves of the low 32 bits, the low one first.
/// - `WM_CLOSE=0`: its answer.
/// - `WM_SIZE@1`: its window, the first of those that are given.
/// - `post WM_APP`: its kind, which is `send`, `dispatch`, `post` or `return`. Posts and returns are looked at where a
///   sequence names one of them.
/// - `WM_CHAR|WM_DEADCHAR`: one or the other.
/// - `[WM_A WM_B]`: all in brackets, or nothing of it.
/// - `{WM_A WM_B [WM_C]}`: in any order.
/// - `WM_MOUSEMOVE*`: any number of it; `...`: any number of anything.
public struct MessageSequence: Sendable {
    /// How much of what came a sequence is about.
    public enum Extent: Sendable {
        /// These messages and no others.
        case exactly
        /// These, in this order, with anything before, between and after them.
        case inOrder
    }

    /// Why messages are not what was expected, or a text is no sequence. For a person to read.
    public struct Mismatch: Error, CustomStringConvertible {
        /// What came, what was expected, and all that was compared, with the place marked.
        public let description: String
    }

    private let engine: RatMessaging.MessageSequence

    /// Reads a sequence; what it calls @1, @2 and so on are the windows.
    public init(_ text: String, windows: [Window.Target] = []) throws(Mismatch) {
        do throws(RatMessaging.MessageSequence.Malformed) {
            engine = try RatMessaging.MessageSequence(text, targets: windows.map(\.handle))
        } catch {
            throw Mismatch(description: "no sequence: \(error)")
        }
    }

    /// Compares what came with the sequence.
    public func expect(
        _ events: [MessageTrace.Event],
        _ extent: Extent = .exactly
    ) throws(Mismatch) {
        let report = engine.mismatch(events.map(\.engine), skipsOthers: extent == .inOrder)
        if let report { throw Mismatch(description: report) }
    }
}

extension MessageTrace.Event {
    init(_ event: TraceEvent) {
        self.init(
            kind: MessageTrace.Kind(rawValue: event.kind) ?? .post,
            message: Message(event.message, wparam: event.wparam, lparam: event.lparam),
            target: event.target.rawValue,
            result: event.result,
            thread: event.thread,
            depth: Int(event.depth)
        )
    }

    fileprivate var engine: TraceEvent {
        TraceEvent(
            kind: TraceKind(rawValue: kind.rawValue) ?? .post,
            message: message.number,
            target: Handle(rawValue: target),
            wparam: message.wparam,
            lparam: message.lparam,
            result: result,
            thread: thread,
            depth: UInt32(clamping: depth)
        )
    }
}
