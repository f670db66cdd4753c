// swift-format-ignore-file: AllPublicDeclarationsHaveDocumentation

public import CRat
internal import RatCore
internal import RatDisplay
internal import RatMessaging
internal import RatRuntime
internal import RatSystem
internal import RatWindowing

// One function per declaration in ratgui.h, in its order.

private let maximumTextSize = 1 << 20
private let useDefault = Int32.min

@c @implementation
public func RatAttachDisplay(_ name: UnsafePointer<CChar>?) -> RatStatus {
    status { () throws(RatError) in
        guard let name = unsafe name else {
            try Displays.attach(nil)
            return
        }
        guard let text = unsafe String(name, maximumSize: 4096) else { throw .invalidArgument }
        try Displays.attach(text)
    }
}

@c @implementation
public func RatRegisterClass(
    _ windowClass: UnsafePointer<RatWindowClass>?,
    _ outAtom: UnsafeMutablePointer<RatAtom>?
) -> RatStatus {
    guard let given = unsafe windowClass?.pointee,
        unsafe Int(given.size) == MemoryLayout<RatWindowClass>.size,
        unsafe Cursor(rawValue: UInt64(given.cursor)).isKnown,
        let procedure = unsafe given.proc,
        let cName = unsafe given.name
    else { return RAT_IPC_ERR_INVALID_ARG }
    return status { () throws(RatError) in
        guard case .name(let name) = try unsafe ClassName(cName) else { throw .invalidArgument }
        let traits = unsafe WindowClassTraits(
            style: given.style,
            procedure: procedure,
            background: given.background,
            cursor: Cursor(rawValue: UInt64(given.cursor)),
            classExtra: Int(given.classExtra),
            windowExtra: Int(given.windowExtra)
        )
        let registered = try WindowClassTable.register(name: name, traits)
        unsafe outAtom?.pointee = registered.atom
    }
}

@c @implementation
public func RatUnregisterClass(_ name: UnsafePointer<CChar>?) -> RatStatus {
    guard let name = unsafe name else { return RAT_IPC_ERR_INVALID_ARG }
    return status { () throws(RatError) in
        guard let known = unsafe ClassName.known(name) else { throw .notFound }
        try WindowClassTable.unregister(known)
    }
}

@c @implementation
public func RatCreateWindow(
    _ exStyle: UInt32,
    _ className: UnsafePointer<CChar>?,
    _ title: UnsafePointer<CChar>?,
    _ style: UInt32,
    _ x: Int32,
    _ y: Int32,
    _ width: Int32,
    _ height: Int32,
    _ parent: RatWindow,
    _ param: UnsafeMutableRawPointer?,
    _ outWindow: UnsafeMutablePointer<RatWindow>?
) -> RatStatus {
    unsafe handleStatus(outWindow) { () throws(RatError) in
        try unsafe createWindow(
            RatWindowCreation(
                size: UInt32(MemoryLayout<RatWindowCreation>.size),
                exStyle: exStyle,
                className: className,
                title: title,
                style: style,
                x: x,
                y: y,
                width: width,
                height: height,
                reserved: 0,
                parent: parent,
                id: 0,
                param: param
            )
        )
    }
}

/// What both ways of creating a window do.
func createWindow(_ given: RatWindowCreation) throws(RatError) -> Handle {
    guard let className = unsafe given.className else { throw .invalidArgument }
    guard let known = unsafe ClassName.known(className) else { throw .notFound }
    guard let text = unsafe text(given.title) else { throw .invalidArgument }
    var creation = unsafe WindowCreation(
        className: "",
        title: text,
        style: given.style,
        exStyle: given.exStyle,
        position: given.x == useDefault ? nil : Point(x: given.x, y: given.y),
        size: given.width == useDefault
            ? nil : Size(width: given.width, height: given.height),
        param: given.param
    )
    switch known {
    case .name(let name): creation.className = name
    case .atom(let atom): creation.classAtom = atom
    }
    creation.parent = unsafe Handle(rawValue: given.parent)
    creation.identifier = unsafe given.id
    return try Window.create(creation, openDisplay: Displays.openChosen)
}

@c @implementation
public func RatDestroyWindow(_ window: RatWindow) -> RatStatus {
    windowStatus(window) { window throws(RatError) in
        guard window.destroy() else { throw .cancelled }
    }
}

@c @implementation
public func RatIsWindow(_ window: RatWindow) -> Bool {
    Window.exists(Handle(rawValue: window))
}

@c @implementation
public func RatDefWindowProc(
    _ window: RatWindow,
    _ message: UInt32,
    _ wparam: UInt,
    _ lparam: Int
) -> RatResult {
    Window.defaultProcedure(Handle(rawValue: window), message, wparam, lparam)
}

@c @implementation
public func RatGetCurrentMessage(_ outMsg: UnsafeMutablePointer<RatMessage>?) -> RatStatus {
    guard let outMsg = unsafe outMsg else { return RAT_IPC_ERR_INVALID_ARG }
    return status { () throws(RatError) in
        unsafe outMsg.engine.pointee = try CallFrame.currentMessage()
    }
}

@c @implementation
public func RatTranslateMessage(_ msg: UnsafePointer<RatMessage>?) -> Bool {
    guard let msg = unsafe msg, let thread = WindowThread.currentIfAny else { return false }
    return unsafe thread.translate(msg.engine.pointee)
}

@c @implementation
public func RatShowWindow(_ window: RatWindow, _ command: Int32) -> RatStatus {
    guard let command = ShowCommand(rawValue: command) else { return RAT_IPC_ERR_INVALID_ARG }
    return windowStatus(window) { window throws(RatError) in
        try window.show(command)
    }
}

@c @implementation
public func RatMoveWindow(
    _ window: RatWindow,
    _ x: Int32,
    _ y: Int32,
    _ width: Int32,
    _ height: Int32
) -> RatStatus {
    windowStatus(window) { window throws(RatError) in
        let origin = Point(x: x, y: y)
        try window.move(to: origin, size: Size(width: width, height: height))
    }
}

@c @implementation
public func RatGetWindowRect(
    _ window: RatWindow,
    _ outRect: UnsafeMutablePointer<RatRect>?
) -> RatStatus {
    guard let outRect = unsafe outRect else { return RAT_IPC_ERR_INVALID_ARG }
    return status { () throws(RatError) in
        let handle = Handle(rawValue: window)
        // A thread's own windows need no lock.
        if let own = try? Window.find(handle) {
            unsafe outRect.pointee = RatRect(own.outerRect)
        } else {
            unsafe outRect.pointee = RatRect(try WindowTree.outerRect(of: handle))
        }
    }
}

@c @implementation
public func RatGetClientRect(
    _ window: RatWindow,
    _ outRect: UnsafeMutablePointer<RatRect>?
) -> RatStatus {
    guard let outRect = unsafe outRect else { return RAT_IPC_ERR_INVALID_ARG }
    return status { () throws(RatError) in
        let handle = Handle(rawValue: window)
        if let own = try? Window.find(handle) {
            unsafe outRect.pointee = RatRect(own.clientRect)
        } else {
            let size = try WindowTree.clientSize(of: handle)
            unsafe outRect.pointee = RatRect(Rect(origin: Point(x: 0, y: 0), size: size))
        }
    }
}

@c @implementation
public func RatSetWindowText(_ window: RatWindow, _ text: UnsafePointer<CChar>?) -> RatStatus {
    guard let text = unsafe RatABI.text(text) else { return RAT_IPC_ERR_INVALID_ARG }
    return windowStatus(window) { window throws(RatError) in
        guard window.requestText(text) else { throw .cancelled }
    }
}

@c @implementation
public func RatGetWindowText(
    _ window: RatWindow,
    _ buffer: UnsafeMutablePointer<CChar>?,
    _ size: Int,
    _ outSize: UnsafeMutablePointer<Int>?
) -> RatStatus {
    guard let outSize = unsafe outSize, unsafe buffer != nil || size == 0 else {
        return RAT_IPC_ERR_INVALID_ARG
    }
    return windowStatus(window) { window throws(RatError) in
        let needed = window.requestTextSize() + 1
        guard window.exists else { throw .invalidHandle }
        unsafe outSize.pointee = needed
        // Sizes above half the address space arrive as negative numbers, and are large enough.
        guard size < 0 || size >= needed, let buffer = unsafe buffer else { throw .bufferTooSmall }
        unsafe outSize.pointee = window.requestText(into: buffer, size: needed) + 1
    }
}

@c @implementation
public func RatGetWindowLong(
    _ window: RatWindow,
    _ index: Int32,
    _ outValue: UnsafeMutablePointer<Int>?
) -> RatStatus {
    guard let outValue = unsafe outValue, isLong(index) else { return RAT_IPC_ERR_INVALID_ARG }
    let handle = Handle(rawValue: window)
    return status { () throws(RatError) in
        if let own = try? Window.find(handle) {
            unsafe outValue.pointee = try own.long(index)
            return
        }
        switch index {
        case RAT_GWL_STYLE: unsafe outValue.pointee = Int(try WindowTree.style(of: handle))
        case RAT_GWL_EXSTYLE: unsafe outValue.pointee = Int(try WindowTree.exStyle(of: handle))
        case RAT_GWLP_ID:
            unsafe outValue.pointee = Int(bitPattern: try WindowTree.identifier(of: handle))
        default: unsafe outValue.pointee = try Window.find(handle).long(index)
        }
    }
}

@c @implementation
public func RatSetWindowLong(
    _ window: RatWindow,
    _ index: Int32,
    _ value: Int,
    _ outValue: UnsafeMutablePointer<Int>?
) -> RatStatus {
    guard isLong(index), index != RAT_GWLP_WNDPROC || value != 0 else {
        return RAT_IPC_ERR_INVALID_ARG
    }
    return windowStatus(window) { window throws(RatError) in
        let old: Int
        if index == RAT_GWLP_HWNDPARENT, window.isChildOfWindow {
            old = try window.long(index)
            let parent = Handle(rawValue: UInt64(truncatingIfNeeded: value))
            _ = try window.setParent(parent, openDisplay: Displays.openChosen)
        } else {
            old = try window.setLong(index, value)
        }
        unsafe outValue?.pointee = old
    }
}

/// Whether a window can have a number at that index.
private func isLong(_ index: Int32) -> Bool {
    index >= 0
        || [
            RAT_GWLP_USERDATA, RAT_GWLP_WNDPROC, RAT_GWLP_HWNDPARENT, RAT_GWLP_ID, RAT_GWL_STYLE,
            RAT_GWL_EXSTYLE,
        ].contains(index)
}

@c @implementation
public func RatSetFocus(_ window: RatWindow) -> RatStatus {
    status { () throws(RatError) in _ = try onThread(of: window, WindowThread.takeFocus) }
}

@c @implementation
public func RatGetFocus(_ outWindow: UnsafeMutablePointer<RatWindow>?) -> RatStatus {
    unsafe handleStatus(outWindow) { WindowThread.currentIfAny?.focusHandle ?? .invalid }
}

@c @implementation
public func RatInvalidateRect(
    _ window: RatWindow,
    _ rect: UnsafePointer<RatRect>?,
    _ erase: Bool
) -> RatStatus {
    let rect = unsafe Rect(rect)
    return status { () throws(RatError) in
        try Window.redraw(
            Handle(rawValue: window),
            rect.map { Region($0) },
            erase ? [.invalidate, .erase] : .invalidate
        )
    }
}

@c @implementation
public func RatUpdateWindow(_ window: RatWindow) -> RatStatus {
    windowStatus(window) { $0.updateNow() }
}

@c @implementation
public func RatBeginPaint(
    _ window: RatWindow,
    _ outPaint: UnsafeMutablePointer<RatPaint>?
) -> RatStatus {
    guard let outPaint = unsafe outPaint else { return RAT_IPC_ERR_INVALID_ARG }
    return windowStatus(window) { window throws(RatError) in
        unsafe outPaint.engine.pointee = try window.beginPaint()
    }
}

@c @implementation
public func RatEndPaint(_ window: RatWindow, _ paint: UnsafePointer<RatPaint>?) -> RatStatus {
    guard unsafe paint != nil else { return RAT_IPC_ERR_INVALID_ARG }
    return windowStatus(window) { window throws(RatError) in try window.endPaint() }
}

@c @implementation
public func RatSetTimer(
    _ window: RatWindow,
    _ id: UInt,
    _ elapse_ms: UInt32,
    _ proc: RatTimerProc?,
    _ outId: UnsafeMutablePointer<UInt>?
) -> RatStatus {
    unsafe RatSetCoalescableTimer(window, id, elapse_ms, proc, 0, outId)
}

@c @implementation
public func RatSetCoalescableTimer(
    _ window: RatWindow,
    _ id: UInt,
    _ elapse_ms: UInt32,
    _ proc: RatTimerProc?,
    _ tolerance_ms: UInt32,
    _ outId: UnsafeMutablePointer<UInt>?
) -> RatStatus {
    // RAT_TIMERV_NO_COALESCING.
    let tolerance = tolerance_ms == .max ? 0 : tolerance_ms
    guard tolerance <= Timers.maximumTolerance else { return RAT_IPC_ERR_INVALID_ARG }
    return status { () throws(RatError) in
        let handle = Handle(rawValue: window)
        if window != 0 { _ = try Window.find(handle) }
        let set = try ThreadQueue.current().timers.set(
            Timers.Key(window: handle, id: id),
            milliseconds: elapse_ms,
            tolerance: tolerance,
            procedure: UInt(bitPattern: address(of: proc)),
            now: Instant.now()
        )
        unsafe outId?.pointee = set
    }
}

@c @implementation
public func RatKillTimer(_ window: RatWindow, _ id: UInt) -> RatStatus {
    status { () throws(RatError) in
        let handle = Handle(rawValue: window)
        if window != 0 { _ = try Window.find(handle) }
        let key = Timers.Key(window: handle, id: id)
        guard ThreadQueue.currentIfAny?.timers.kill(key) == true else { throw .notFound }
    }
}

/// A title: "" for NULL; `nil` if it is no UTF-8 or too long.
func text(_ text: UnsafePointer<CChar>?) -> String? {
    guard let text = unsafe text else { return "" }
    return unsafe String(text, maximumSize: maximumTextSize)
}

/// A function's address; 0 for none.
private func address<Function>(of function: Function?) -> Int {
    guard let function else { return 0 }
    return unsafe unsafeBitCast(function, to: Int.self)
}
