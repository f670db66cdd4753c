// swift-format-ignore-file: AllPublicDeclarationsHaveDocumentation

public import CRat
internal import RatCore
internal import RatDisplay
internal import RatWindowing

// One function per declaration in ratpos.h, in its order.

@c @implementation
public func RatSetWindowPos(
    _ window: RatWindow,
    _ insertAfter: RatWindow,
    _ x: Int32,
    _ y: Int32,
    _ width: Int32,
    _ height: Int32,
    _ flags: UInt32
) -> RatStatus {
    guard flags & ~PositionFlag.all == 0 else { return RAT_IPC_ERR_INVALID_ARG }
    return windowStatus(window) { window throws(RatError) in
        try window.setPosition(position(insertAfter, x, y, width, height, flags))
    }
}

@c @implementation
public func RatBeginDeferWindowPos(
    _ count: Int32,
    _ outDeferred: UnsafeMutablePointer<RatDeferredPos>?
) -> RatStatus {
    guard let outDeferred = unsafe outDeferred else { return RAT_IPC_ERR_INVALID_ARG }
    unsafe outDeferred.pointee = 0
    guard count >= 0 else { return RAT_IPC_ERR_INVALID_ARG }
    return status { () throws(RatError) in
        unsafe outDeferred.pointee = try WindowThread.current().beginDeferring()
    }
}

@c @implementation
public func RatDeferWindowPos(
    _ deferred: RatDeferredPos,
    _ window: RatWindow,
    _ insertAfter: RatWindow,
    _ x: Int32,
    _ y: Int32,
    _ width: Int32,
    _ height: Int32,
    _ flags: UInt32
) -> RatStatus {
    guard flags & ~PositionFlag.all == 0 else { return RAT_IPC_ERR_INVALID_ARG }
    return windowStatus(window) { window throws(RatError) in
        let position = position(insertAfter, x, y, width, height, flags)
        try WindowThread.current().deferPosition(position, of: window, to: deferred)
    }
}

@c @implementation
public func RatEndDeferWindowPos(_ deferred: RatDeferredPos) -> RatStatus {
    status { () throws(RatError) in try WindowThread.current().endDeferring(deferred) }
}

@c @implementation
public func RatGetWindowPlacement(
    _ window: RatWindow,
    _ outPlacement: UnsafeMutablePointer<RatWindowPlacement>?
) -> RatStatus {
    let size = MemoryLayout<RatWindowPlacement>.size
    guard let outPlacement = unsafe outPlacement,
        unsafe Int(outPlacement.pointee.size) == size
    else { return RAT_IPC_ERR_INVALID_ARG }
    return windowStatus(window) { window in
        let placement = window.placement
        unsafe outPlacement.pointee = RatWindowPlacement(
            size: UInt32(size),
            flags: placement.restoresToMaximized ? restoreToMaximized : 0,
            command: placement.command.rawValue,
            minPosition: RatPoint(placement.minimizedPosition),
            maxPosition: RatPoint(placement.maximizedPosition),
            normal: RatRect(placement.normal)
        )
    }
}

@c @implementation
public func RatSetWindowPlacement(
    _ window: RatWindow,
    _ placement: UnsafePointer<RatWindowPlacement>?
) -> RatStatus {
    guard let given = unsafe placement?.pointee,
        Int(given.size) == MemoryLayout<RatWindowPlacement>.size,
        given.flags & ~restoreToMaximized == 0,
        let command = ShowCommand(rawValue: given.command)
    else { return RAT_IPC_ERR_INVALID_ARG }
    let placement = WindowPlacement(
        command: command,
        restoresToMaximized: given.flags != 0,
        minimizedPosition: Point(given.minPosition),
        maximizedPosition: Point(given.maxPosition),
        normal: Rect(given.normal)
    )
    return windowStatus(window) { window throws(RatError) in
        try window.setPlacement(placement)
        guard window.exists else { throw .cancelled }
    }
}

@c @implementation
public func RatIsIconic(_ window: RatWindow) -> Bool {
    style(of: window).map { $0 & WindowStyle.minimized != 0 } ?? false
}

@c @implementation
public func RatIsZoomed(_ window: RatWindow) -> Bool {
    style(of: window).map { $0 & WindowStyle.maximized != 0 } ?? false
}

@c @implementation
public func RatEnableWindow(
    _ window: RatWindow,
    _ enable: Bool,
    _ outWasDisabled: UnsafeMutablePointer<Bool>?
) -> RatStatus {
    windowStatus(window) { window in
        let wasDisabled = window.enable(enable)
        unsafe outWasDisabled?.pointee = wasDisabled
    }
}

@c @implementation
public func RatIsWindowEnabled(_ window: RatWindow) -> Bool {
    style(of: window).map { $0 & WindowStyle.disabled == 0 } ?? false
}

@c @implementation
public func RatMapWindowPoints(
    _ from: RatWindow,
    _ to: RatWindow,
    _ points: UnsafeMutablePointer<RatPoint>?,
    _ count: Int
) -> RatStatus {
    // No memory holds as many as arrive as negative numbers.
    guard unsafe points != nil || count == 0, count >= 0 else { return RAT_IPC_ERR_INVALID_ARG }
    return status { () throws(RatError) in
        let old = try WindowTree.clientOrigin(of: Handle(rawValue: from))
        let new = try WindowTree.clientOrigin(of: Handle(rawValue: to))
        guard let points = unsafe points else { return }
        for index in 0..<count {
            unsafe points[index].x = points[index].x &+ old.x &- new.x
            unsafe points[index].y = points[index].y &+ old.y &- new.y
        }
    }
}

@c @implementation
public func RatClientToScreen(
    _ window: RatWindow,
    _ point: UnsafeMutablePointer<RatPoint>?
) -> RatStatus {
    guard let point = unsafe point else { return RAT_IPC_ERR_INVALID_ARG }
    guard window != 0 else { return RAT_IPC_ERR_INVALID_HANDLE }
    return unsafe RatMapWindowPoints(window, 0, point, 1)
}

@c @implementation
public func RatScreenToClient(
    _ window: RatWindow,
    _ point: UnsafeMutablePointer<RatPoint>?
) -> RatStatus {
    guard let point = unsafe point else { return RAT_IPC_ERR_INVALID_ARG }
    guard window != 0 else { return RAT_IPC_ERR_INVALID_HANDLE }
    return unsafe RatMapWindowPoints(0, window, point, 1)
}

@c @implementation
public func RatWindowFromPoint(
    _ point: RatPoint,
    _ outWindow: UnsafeMutablePointer<RatWindow>?
) -> RatStatus {
    unsafe handleStatus(outWindow) { () throws(RatError) in WindowTree.windowAt(Point(point)) }
}

@c @implementation
public func RatChildWindowFromPoint(
    _ window: RatWindow,
    _ point: RatPoint,
    _ flags: UInt32,
    _ outWindow: UnsafeMutablePointer<RatWindow>?
) -> RatStatus {
    unsafe handleStatus(outWindow) { () throws(RatError) in
        guard flags & ~7 == 0 else { throw .invalidArgument }
        return try WindowTree.childAt(
            Point(point),
            of: Handle(rawValue: window),
            skipping: flags
        )
    }
}

/// RAT_WPF_RESTORETOMAXIMIZED, which is no number to Swift.
private let restoreToMaximized: UInt32 = 2

private func position(
    _ insertAfter: RatWindow,
    _ x: Int32,
    _ y: Int32,
    _ width: Int32,
    _ height: Int32,
    _ flags: UInt32
) -> WindowPosition {
    var position = WindowPosition(flags: flags)
    position.insertAfter = insertAfter
    position.x = x
    position.y = y
    position.width = width
    position.height = height
    return position
}

/// `nil` if there is no such window.
private func style(of window: RatWindow) -> UInt32? {
    try? WindowTree.style(of: Handle(rawValue: window))
}
