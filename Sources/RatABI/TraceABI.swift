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
    return status { () throws(RatError) in
        guard let callback = unsafe callback else { return try Trace.listen(text, nil) }
        try Trace.listen(text) { event in
            // The same struct, field for field.
            unsafe callback(
                UnsafeRawPointer(event).assumingMemoryBound(to: RatTraceEvent.self),
                context
            )
        }
    }
}

@c @implementation
public func RatGetMessageName(_ message: UInt32) -> UnsafePointer<CChar>? {
    unsafe MessageNames.name(of: message)
}
