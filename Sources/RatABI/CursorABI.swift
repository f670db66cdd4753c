// swift-format-ignore-file: AllPublicDeclarationsHaveDocumentation

public import CRat
internal import RatCore
internal import RatWindowing

// One function per declaration in ratcursor.h, in its order.

@c @implementation
public func RatSetCursor(
    _ cursor: RatCursor,
    _ outPrevious: UnsafeMutablePointer<RatCursor>?
) -> RatStatus {
    let cursor = Cursor(rawValue: cursor)
    guard cursor.isKnown else { return RAT_IPC_ERR_INVALID_ARG }
    return status { () throws(RatError) in
        let previous = try WindowThread.current().setCursor(cursor)
        unsafe outPrevious?.pointee = previous.rawValue
    }
}

@c @implementation
public func RatGetCursor(_ outCursor: UnsafeMutablePointer<RatCursor>?) -> RatStatus {
    guard let outCursor = unsafe outCursor else { return RAT_IPC_ERR_INVALID_ARG }
    unsafe outCursor.pointee = (WindowThread.currentIfAny?.cursor ?? .arrow).rawValue
    return RAT_IPC_OK
}

@c @implementation
public func RatShowCursor(_ show: Bool, _ outCount: UnsafeMutablePointer<Int32>?) -> RatStatus {
    status { () throws(RatError) in
        let count = try WindowThread.current().countCursor(isShown: show)
        unsafe outCount?.pointee = count
    }
}
