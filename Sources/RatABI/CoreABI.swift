// swift-format-ignore-file: AllPublicDeclarationsHaveDocumentation

public import CRat
internal import RatCore
internal import RatIPC
internal import RatMessaging
internal import RatRuntime
internal import RatSystem
internal import RatWindowing

// One function per declaration in ratcore.h, in its order. A function here only checks pointers, converts
// values and maps errors; behaviour lives in the engine. What each does, the header says.

@c @implementation
public func RatStatusName(_ status: RatIpcStatus) -> UnsafePointer<CChar>? {
    unsafe StatusText.name(status)
}

@c @implementation
public func RatStatusMessage(_ status: RatIpcStatus) -> UnsafePointer<CChar>? {
    unsafe StatusText.message(status)
}

@c @implementation
public func RatGetLastErrno() -> CInt {
    Errno.lastOfThread
}

@c @implementation
public func RatGetHandleKind(_ handle: RatHandle) -> RatHandleKind {
    let handle = Handle(rawValue: handle)
    guard let kind = handle.kind, HandleTable.lookup(handle) != nil else { return RAT_HANDLE_NONE }
    if kind == .distantQueue { return RAT_HANDLE_MESSAGE_QUEUE }
    return RatHandleKind(rawValue: UInt32(kind.rawValue))
}

@c @implementation
public func RatRetainHandle(_ handle: RatHandle) -> RatIpcStatus {
    status { () throws(RatError) in
        let handle = Handle(rawValue: handle)
        if MessageQueue.owner(of: handle) != nil { throw .notSupported }
        try Objects.retain(handle)
    }
}

@c @implementation
public func RatCloseHandle(_ handle: RatHandle) -> RatIpcStatus {
    status { () throws(RatError) in
        let handle = Handle(rawValue: handle)
        switch handle.kind {
        case .window: try Window.findToAct(handle).destroy()
        case .messageQueue, .distantQueue: try MessageQueue.close(handle)
        case .completionQueue: try CompletionQueue.close(handle)
        default: try Objects.close(handle)
        }
    }
}
