// swift-format-ignore-file: AllPublicDeclarationsHaveDocumentation

public import CRat
internal import RatCore
internal import RatMessaging

// One function per declaration in rathook.h, in its order.

@c @implementation
public func RatSetHook(
    _ kind: Int32,
    _ proc: RatHookProc?,
    _ thread: RatMessageQueue,
    _ outHook: UnsafeMutablePointer<RatHook>?
) -> RatStatus {
    unsafe outHook?.pointee = 0
    guard let proc else { return RAT_IPC_ERR_INVALID_ARG }
    guard let kind = HookKind(rawValue: kind) else {
        return HookKind.unsupported.contains(kind)
            ? RAT_IPC_ERR_NOT_SUPPORTED : RAT_IPC_ERR_INVALID_ARG
    }
    return status { () throws(RatError) in
        let queue = thread == 0 ? nil : Handle(rawValue: thread)
        let number = try Hooks.set(kind, of: queue) { proc($0, $1, $2) }
        unsafe outHook?.pointee = number
    }
}

@c @implementation
public func RatUnhook(_ hook: RatHook) -> RatStatus {
    status { () throws(RatError) in try Hooks.remove(hook) }
}

@c @implementation
public func RatCallNextHook(_ code: Int32, _ wparam: UInt, _ lparam: Int) -> RatResult {
    Hooks.callNext(code, wparam, lparam)
}

@c @implementation
public func RatCallMsgFilter(_ msg: UnsafeMutablePointer<RatMessage>?, _ code: Int32) -> Bool {
    guard let msg = unsafe msg else { return false }
    return unsafe ThreadQueue.callFilter(msg.engine, code: code)
}
