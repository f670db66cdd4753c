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
    var text = ""
    if let filter = unsafe filter {
        guard let given = unsafe String(filter, maximumSize: maximumFilterSize) else {
            return RAT_IPC_ERR_INVALID_ARG
        }
        text = given
    }
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
