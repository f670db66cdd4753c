// swift-format-ignore-file: AllPublicDeclarationsHaveDocumentation

public import CRat
internal import RatCore
internal import RatMessaging

// One function per declaration in rattrace.h, in its order.

private let maximumFilterSize = 65_536

@c @implementation
public func RatTraceMessages(
    _ callback: RatTraceCallback?,
    _ context: UnsafeMutableRawPointer?,
    _ filter: UnsafePointer<CChar>?
) -> RatStatus {
    guard let text = unsafe filterText(filter) else { return RAT_IPC_ERR_INVALID_ARG }
    guard let callback = unsafe callback else {
        return status { () throws(RatError) in try unsafe Trace.listen(text, nil) }
    }
    let listener = unsafe Listener(callback: callback, context: context)
    return status { () throws(RatError) in
        try unsafe Trace.listen(text) { unsafe listener.tell($0) }
    }
}

/// A program's function, and what it is handed.
@safe private struct Listener {
    let callback: RatTraceCallback
    let context: UnsafeMutableRawPointer?

    init(callback: RatTraceCallback, context: UnsafeMutableRawPointer?) {
        unsafe self.callback = unsafe callback
        unsafe self.context = context
    }

    func tell(_ event: UnsafePointer<TraceEvent>) {
        // The same struct, field for field.
        let event = unsafe UnsafeRawPointer(event).assumingMemoryBound(to: RatTraceEvent.self)
        unsafe callback(event, context)
    }
}

@c @implementation
public func RatGetMessageName(_ message: UInt32) -> UnsafePointer<CChar>? {
    unsafe MessageNames.name(of: message)
}

@c @implementation
public func RatStartRecording(_ target: RatHandle, _ filter: UnsafePointer<CChar>?) -> RatStatus {
    guard let text = unsafe filterText(filter) else { return RAT_IPC_ERR_INVALID_ARG }
    return status { () throws(RatError) in
        try TraceRecorder.start(of: Handle(rawValue: target), text)
    }
}

@c @implementation
public func RatStopRecording() -> RatStatus {
    TraceRecorder.stop()
    return RAT_IPC_OK
}

@c @implementation
public func RatTakeRecording(
    _ events: UnsafeMutablePointer<RatTraceEvent>?,
    _ capacity: Int,
    _ outCount: UnsafeMutablePointer<Int>?
) -> RatStatus {
    guard let outCount = unsafe outCount, unsafe events != nil || capacity == 0 else {
        return RAT_IPC_ERR_INVALID_ARG
    }
    return status { () throws(RatError) in
        guard let recorder = TraceRecorder.current else { throw .invalidArgument }
        let count = recorder.events.count
        unsafe outCount.pointee = count
        // Capacities above half the address space arrive as negative numbers, and are large enough.
        guard recorder.isIncomplete || capacity < 0 || capacity >= count else {
            throw .bufferTooSmall
        }
        let taken = try recorder.take()
        // The same struct, field for field.
        let room = unsafe UnsafeMutableRawPointer(events)?.assumingMemoryBound(to: TraceEvent.self)
        unsafe room?.update(from: taken, count: count)
    }
}

@c @implementation
public func RatExpectMessages(
    _ sequence: UnsafePointer<CChar>?,
    _ targets: UnsafePointer<RatHandle>?,
    _ targetCount: Int,
    _ flags: UInt32
) -> RatStatus {
    unsafe matchStatus(sequence, targets, targetCount, flags) { () throws(RatError) in
        guard let recorder = TraceRecorder.current else { throw .invalidArgument }
        return try recorder.take()
    }
}

@c @implementation
public func RatMatchMessages(
    _ events: UnsafePointer<RatTraceEvent>?,
    _ count: Int,
    _ sequence: UnsafePointer<CChar>?,
    _ targets: UnsafePointer<RatHandle>?,
    _ targetCount: Int,
    _ flags: UInt32
) -> RatStatus {
    // No memory holds as many as arrive as negative numbers.
    guard unsafe events != nil || count == 0, count >= 0 else { return RAT_IPC_ERR_INVALID_ARG }
    return unsafe matchStatus(sequence, targets, targetCount, flags) {
        // The same struct, field for field.
        let events = unsafe UnsafeRawPointer(events)?.assumingMemoryBound(to: TraceEvent.self)
        return unsafe Array(UnsafeBufferPointer(start: events, count: count))
    }
}

@c @implementation
public func RatGetMatchReport(
    _ buffer: UnsafeMutablePointer<CChar>?,
    _ size: Int,
    _ outSize: UnsafeMutablePointer<Int>?
) -> RatStatus {
    unsafe reportStatus(MessageSequence.lastReport, buffer, size, outSize)
}

/// Compares what `events` gives with a sequence, and leaves a report where they differ. What is no sequence
/// takes no events.
private func matchStatus(
    _ sequence: UnsafePointer<CChar>?,
    _ targets: UnsafePointer<RatHandle>?,
    _ targetCount: Int,
    _ flags: UInt32,
    _ events: () throws(RatError) -> [TraceEvent]
) -> RatStatus {
    guard let sequence = unsafe sequence, unsafe targets != nil || targetCount == 0,
        targetCount >= 0, flags & ~UInt32(RAT_MATCH_IN_ORDER.rawValue) == 0,
        let text = unsafe String(sequence, maximumSize: MessageSequence.maximumTextSize)
    else { return RAT_IPC_ERR_INVALID_ARG }
    MessageSequence.lastReport = nil
    let handles = unsafe UnsafeBufferPointer(start: targets, count: targetCount)
    return status { () throws(RatError) in
        let expected: MessageSequence
        do throws(MessageSequence.Malformed) {
            expected = try unsafe MessageSequence(
                text,
                targets: handles.map(Handle.init(rawValue:))
            )
        } catch {
            MessageSequence.lastReport = "no sequence: \(error)"
            throw .invalidArgument
        }
        let skipsOthers = flags & UInt32(RAT_MATCH_IN_ORDER.rawValue) != 0
        if let report = expected.mismatch(try events(), skipsOthers: skipsOthers) {
            MessageSequence.lastReport = report
            throw .notFound
        }
    }
}

/// "" for NULL; `nil` for what is too long for a filter.
private func filterText(_ filter: UnsafePointer<CChar>?) -> String? {
    guard let filter = unsafe filter else { return "" }
    return unsafe String(filter, maximumSize: maximumFilterSize)
}
