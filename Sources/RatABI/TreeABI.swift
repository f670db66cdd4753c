// swift-format-ignore-file: AllPublicDeclarationsHaveDocumentation

public import CRat
internal import RatCore
internal import RatMessaging
internal import RatRuntime
internal import RatSystem
internal import RatWindowing

// One function per declaration in rattree.h, in its order.

@c @implementation
public func RatCreateWindowEx(
    _ creation: UnsafePointer<RatWindowCreation>?,
    _ outWindow: UnsafeMutablePointer<RatWindow>?
) -> RatStatus {
    unsafe handleStatus(outWindow) { () throws(RatError) in
        guard let given = unsafe creation?.pointee,
            unsafe Int(given.size) == MemoryLayout<RatWindowCreation>.size,
            unsafe given.reserved == 0
        else { throw .invalidArgument }
        return try unsafe createWindow(given)
    }
}

@c @implementation
public func RatGetDesktopWindow(_ outWindow: UnsafeMutablePointer<RatWindow>?) -> RatStatus {
    unsafe handleStatus(outWindow) { () throws(RatError) in try WindowTree.desktop() }
}

@c @implementation
public func RatGetParent(
    _ window: RatWindow,
    _ outParent: UnsafeMutablePointer<RatWindow>?
) -> RatStatus {
    unsafe handleStatus(outParent) { () throws(RatError) in
        try WindowTree.parent(of: Handle(rawValue: window))
    }
}

@c @implementation
public func RatSetParent(
    _ window: RatWindow,
    _ parent: RatWindow,
    _ outOld: UnsafeMutablePointer<RatWindow>?
) -> RatStatus {
    unsafe outOld?.pointee = 0
    return windowStatus(window) { window throws(RatError) in
        let old = try window.setParent(
            Handle(rawValue: parent),
            openDisplay: Displays.openChosen
        )
        unsafe outOld?.pointee = old.rawValue
    }
}

@c @implementation
public func RatGetAncestor(
    _ window: RatWindow,
    _ which: UInt32,
    _ outAncestor: UnsafeMutablePointer<RatWindow>?
) -> RatStatus {
    unsafe handleStatus(outAncestor) { () throws(RatError) in
        guard let which = WindowAncestor(rawValue: which) else { throw .invalidArgument }
        return try WindowTree.ancestor(of: Handle(rawValue: window), which)
    }
}

@c @implementation
public func RatGetWindow(
    _ window: RatWindow,
    _ relation: UInt32,
    _ outWindow: UnsafeMutablePointer<RatWindow>?
) -> RatStatus {
    unsafe handleStatus(outWindow) { () throws(RatError) in
        guard let relation = WindowRelation(rawValue: relation) else { throw .invalidArgument }
        return try WindowTree.related(to: Handle(rawValue: window), relation)
    }
}

@c @implementation
public func RatIsChild(_ parent: RatWindow, _ window: RatWindow) -> Bool {
    WindowTree.isChild(Handle(rawValue: window), of: Handle(rawValue: parent))
}

@c @implementation
public func RatIsWindowVisible(_ window: RatWindow) -> Bool {
    WindowTree.isShown(Handle(rawValue: window))
}

@c @implementation
public func RatGetChildById(
    _ window: RatWindow,
    _ id: UInt,
    _ outChild: UnsafeMutablePointer<RatWindow>?
) -> RatStatus {
    unsafe handleStatus(outChild) { () throws(RatError) in
        try WindowTree.child(of: Handle(rawValue: window), identifier: id)
    }
}

@c @implementation
public func RatGetWindowThread(
    _ window: RatWindow,
    _ outQueue: UnsafeMutablePointer<RatMessageQueue>?
) -> RatStatus {
    unsafe handleStatus(outQueue) { () throws(RatError) in
        try WindowTree.queue(of: Handle(rawValue: window))
    }
}

@c @implementation
public func RatEnumWindows(_ proc: RatEnumWindowProc?, _ param: Int) -> RatStatus {
    enumerate(proc, param) { () throws(RatError) in try WindowTree.topLevel(of: nil) }
}

@c @implementation
public func RatEnumThreadWindows(
    _ queue: RatMessageQueue,
    _ proc: RatEnumWindowProc?,
    _ param: Int
) -> RatStatus {
    enumerate(proc, param) { () throws(RatError) in
        guard queue != 0 else {
            return try WindowTree.topLevel(of: ThreadQueue.current().handle)
        }
        let handle = Handle(rawValue: queue)
        guard handle.isOfKind(.messageQueue), HandleTable.lookup(handle) != nil else {
            throw .invalidHandle
        }
        return try WindowTree.topLevel(of: handle)
    }
}

@c @implementation
public func RatEnumChildWindows(
    _ window: RatWindow,
    _ proc: RatEnumWindowProc?,
    _ param: Int
) -> RatStatus {
    enumerate(proc, param) { () throws(RatError) in
        let desktop = try WindowTree.desktop()
        if window == 0 || window == desktop.rawValue { return try WindowTree.topLevel(of: nil) }
        return try WindowTree.descendants(of: Handle(rawValue: window))
    }
}

@c @implementation
public func RatFindWindow(
    _ className: UnsafePointer<CChar>?,
    _ title: UnsafePointer<CChar>?,
    _ outWindow: UnsafeMutablePointer<RatWindow>?
) -> RatStatus {
    unsafe RatFindWindowEx(0, 0, className, title, outWindow)
}

@c @implementation
public func RatFindWindowEx(
    _ parent: RatWindow,
    _ after: RatWindow,
    _ className: UnsafePointer<CChar>?,
    _ title: UnsafePointer<CChar>?,
    _ outWindow: UnsafeMutablePointer<RatWindow>?
) -> RatStatus {
    unsafe handleStatus(outWindow) { () throws(RatError) in
        var wanted: String?
        if unsafe title != nil {
            wanted = unsafe text(title)
            guard wanted != nil else { throw .invalidArgument }
        }
        // The handles are looked at first: an unknown class is no excuse for a dead window.
        var atom: UInt16? = 0
        if let className = unsafe className {
            let known = unsafe ClassName.known(className)
            atom = known.flatMap { try? WindowClassTable.atom(of: $0) } ?? 0
        } else {
            atom = nil
        }
        return try WindowTree.find(
            in: Handle(rawValue: parent),
            after: Handle(rawValue: after),
            atom: atom,
            text: wanted
        )
    }
}

/// Calls a function for each window of a list that still exists when its turn comes.
private func enumerate(
    _ proc: RatEnumWindowProc?,
    _ param: Int,
    _ list: () throws(RatError) -> [Handle]
) -> RatStatus {
    guard let proc else { return RAT_IPC_ERR_INVALID_ARG }
    return status { () throws(RatError) in
        let windows = try list()
        for window in windows where Window.exists(window) {
            guard proc(window.rawValue, param) else { throw .cancelled }
        }
    }
}
