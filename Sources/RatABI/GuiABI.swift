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
        unsafe given.reserved == 0,
        let procedure = unsafe given.proc,
        let cName = unsafe given.name,
        let name = unsafe String(cName, maximumSize: WindowClassTable.maximumNameSize)
    else { return RAT_IPC_ERR_INVALID_ARG }
    return status { () throws(RatError) in
        let registered = try WindowClassTable.register(
            name: name,
            style: unsafe given.style,
            procedure: procedure,
            background: unsafe given.background
        )
        unsafe outAtom?.pointee = registered.atom
    }
}

@c @implementation
public func RatUnregisterClass(_ name: UnsafePointer<CChar>?) -> RatStatus {
    guard let name = unsafe name else { return RAT_IPC_ERR_INVALID_ARG }
    return status { () throws(RatError) in
        guard let text = unsafe String(name, maximumSize: WindowClassTable.maximumNameSize) else {
            throw .notFound
        }
        try WindowClassTable.unregister(name: text)
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
        guard let className = unsafe className else { throw .invalidArgument }
        guard let name = unsafe String(className, maximumSize: WindowClassTable.maximumNameSize)
        else { throw .notFound }
        guard let text = unsafe text(title) else { throw .invalidArgument }
        guard parent == 0 else { throw .notSupported }
        let creation = unsafe WindowCreation(
            className: name,
            title: text,
            style: style,
            exStyle: exStyle,
            position: x == useDefault ? nil : Point(x: x, y: y),
            size: width == useDefault ? nil : Size(width: width, height: height),
            param: param
        )
        return try Window.create(creation, openDisplay: Displays.openChosen)
    }
}

@c @implementation
public func RatDestroyWindow(_ window: RatWindow) -> RatStatus {
    windowStatus(window) { $0.destroy() }
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
        let message = try CallFrame.currentMessage()
        unsafe UnsafeMutableRawPointer(outMsg).assumingMemoryBound(to: Message.self).pointee =
            message
    }
}

@c @implementation
public func RatTranslateMessage(_ msg: UnsafePointer<RatMessage>?) -> Bool {
    guard let msg = unsafe msg, let thread = WindowThread.currentIfAny else { return false }
    return unsafe thread.translate(msg.engine.pointee)
}

@c @implementation
public func RatShowWindow(_ window: RatWindow, _ command: Int32) -> RatStatus {
    guard [RAT_SW_HIDE, RAT_SW_SHOWNORMAL, RAT_SW_SHOW].contains(command) else {
        return RAT_IPC_ERR_INVALID_ARG
    }
    return windowStatus(window) { window throws(RatError) in
        try window.show(command != RAT_SW_HIDE)
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
    return windowStatus(window) { unsafe outRect.pointee = RatRect($0.outerRect) }
}

@c @implementation
public func RatGetClientRect(
    _ window: RatWindow,
    _ outRect: UnsafeMutablePointer<RatRect>?
) -> RatStatus {
    guard let outRect = unsafe outRect else { return RAT_IPC_ERR_INVALID_ARG }
    return windowStatus(window) { unsafe outRect.pointee = RatRect($0.clientRect) }
}

@c @implementation
public func RatSetWindowText(_ window: RatWindow, _ text: UnsafePointer<CChar>?) -> RatStatus {
    guard let text = unsafe RatABI.text(text) else { return RAT_IPC_ERR_INVALID_ARG }
    return windowStatus(window) { $0.setText(text) }
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
        let text = window.text
        let needed = text.utf8.count + 1
        unsafe outSize.pointee = needed
        // Sizes above half the address space arrive as negative numbers, and are large enough.
        guard size < 0 || size >= needed, let buffer = unsafe buffer else { throw .bufferTooSmall }
        unsafe text.withCString { unsafe buffer.update(from: $0, count: needed) }
    }
}

@c @implementation
public func RatGetWindowLong(
    _ window: RatWindow,
    _ index: Int32,
    _ outValue: UnsafeMutablePointer<Int>?
) -> RatStatus {
    let indices = [
        RAT_GWLP_USERDATA, RAT_GWLP_WNDPROC, RAT_GWL_STYLE, RAT_GWL_EXSTYLE,
    ]
    guard let outValue = unsafe outValue, indices.contains(index) else {
        return RAT_IPC_ERR_INVALID_ARG
    }
    return windowStatus(window) { window in
        unsafe outValue.pointee =
            switch index {
            case RAT_GWLP_USERDATA: window.userNumber
            case RAT_GWLP_WNDPROC: address(of: window.procedure)
            case RAT_GWL_STYLE: Int(window.styleBits)
            default: Int(window.extendedStyleBits)
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
    guard index == RAT_GWLP_USERDATA || (index == RAT_GWLP_WNDPROC && value != 0) else {
        return RAT_IPC_ERR_INVALID_ARG
    }
    return windowStatus(window) { window in
        if index == RAT_GWLP_USERDATA {
            unsafe outValue?.pointee = window.userNumber
            window.userNumber = value
        } else {
            unsafe outValue?.pointee = address(of: window.procedure)
            unsafe window.setProcedure(unsafeBitCast(value, to: WindowProcedure.self))
        }
    }
}

@c @implementation
public func RatSetFocus(_ window: RatWindow) -> RatStatus {
    if window == 0 {
        return status { () throws(RatError) in try WindowThread.currentIfAny?.takeFocus(nil) }
    }
    return windowStatus(window) { window throws(RatError) in
        try WindowThread.current().takeFocus(window)
    }
}

@c @implementation
public func RatGetFocus(_ outWindow: UnsafeMutablePointer<RatWindow>?) -> RatStatus {
    guard let outWindow = unsafe outWindow else { return RAT_IPC_ERR_INVALID_ARG }
    unsafe outWindow.pointee = WindowThread.currentIfAny?.focusHandle.rawValue ?? 0
    return RAT_IPC_OK
}

@c @implementation
public func RatInvalidateRect(
    _ window: RatWindow,
    _ rect: UnsafePointer<RatRect>?,
    _ erase: Bool
) -> RatStatus {
    let rect = unsafe rect.map { unsafe Rect($0.pointee) }
    return windowStatus(window) { $0.invalidate(rect ?? $0.clientRect, erases: erase) }
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
        let paint = try window.beginPaint()
        unsafe UnsafeMutableRawPointer(outPaint).assumingMemoryBound(to: Paint.self).pointee = paint
    }
}

@c @implementation
public func RatEndPaint(_ window: RatWindow, _ paint: UnsafePointer<RatPaint>?) -> RatStatus {
    guard let rect = unsafe paint?.pointee.rect else { return RAT_IPC_ERR_INVALID_ARG }
    return windowStatus(window) { window throws(RatError) in try window.endPaint(Rect(rect)) }
}

@c @implementation
public func RatSetTimer(
    _ window: RatWindow,
    _ id: UInt,
    _ elapse_ms: UInt32,
    _ proc: RatTimerProc?,
    _ outId: UnsafeMutablePointer<UInt>?
) -> RatStatus {
    guard window == 0 || id != 0 else { return RAT_IPC_ERR_INVALID_ARG }
    return status { () throws(RatError) in
        let handle = Handle(rawValue: window)
        if window != 0 { _ = try Window.find(handle) }
        let set = try ThreadQueue.current().timers.set(
            Timers.Key(window: handle, id: id),
            milliseconds: elapse_ms,
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
private func text(_ text: UnsafePointer<CChar>?) -> String? {
    guard let text = unsafe text else { return "" }
    return unsafe String(text, maximumSize: maximumTextSize)
}

/// A function's address; 0 for none.
private func address<Function>(of function: Function?) -> Int {
    guard let function else { return 0 }
    return unsafe unsafeBitCast(function, to: Int.self)
}
