internal import CRat
internal import Glibc
internal import RatCore
internal import RatDisplay
internal import RatMessaging
internal import RatSystem
internal import RatWindowing

// Where the C interface's types and the engine's meet. The structs that both have are laid out field for
// field alike, which a test holds them to; so they are seen as one another, not copied.

extension RatIpcStatus {
    init(_ error: RatError) {
        self.init(rawValue: error.rawValue)
    }
}

/// Runs a call of the engine and turns what it throws into a status.
@inline(__always) func status(_ body: () throws(RatError) -> Void) -> RatIpcStatus {
    do throws(RatError) {
        try body()
        return RAT_IPC_OK
    } catch {
        return RatIpcStatus(error)
    }
}

/// The same for a call that gives a handle.
func handleStatus(
    _ out: UnsafeMutablePointer<RatHandle>?,
    _ body: () throws(RatError) -> Handle
) -> RatIpcStatus {
    guard let out = unsafe out else { return RAT_IPC_ERR_INVALID_ARG }
    unsafe out.pointee = 0
    return status { () throws(RatError) in
        let handle = try body()
        unsafe out.pointee = handle.rawValue
    }
}

/// Drops a reference to an object of that kind.
func closeStatus(_ handle: RatHandle, _ kind: HandleKind) -> RatIpcStatus {
    status { () throws(RatError) in
        let handle = Handle(rawValue: handle)
        guard handle.isOfKind(kind) else { throw .invalidHandle }
        try Objects.close(handle)
    }
}

/// Runs `body` with the calling thread's window of that handle; it may run procedures.
func windowStatus(
    _ window: RatHandle,
    _ body: (Window) throws(RatError) -> Void
) -> RatIpcStatus {
    status { () throws(RatError) in try body(Window.findToAct(Handle(rawValue: window))) }
}

/// Copies the calling thread's last report of something, if there is one.
func reportStatus(
    _ report: String?,
    _ buffer: UnsafeMutablePointer<CChar>?,
    _ size: Int,
    _ outSize: UnsafeMutablePointer<Int>?
) -> RatIpcStatus {
    guard unsafe buffer != nil || size == 0 else { return RAT_IPC_ERR_INVALID_ARG }
    return status { () throws(RatError) in
        guard let report else { throw .notFound }
        try unsafe copy(report, to: buffer, size, needed: outSize)
    }
}

/// Copies a text to a C program, whole or not at all, and says what room it needs.
func copy(
    _ text: String,
    to buffer: UnsafeMutablePointer<CChar>?,
    _ size: Int,
    needed: UnsafeMutablePointer<Int>?
) throws(RatError) {
    let count = text.utf8.count + 1
    unsafe needed?.pointee = count
    // Sizes above half the address space arrive as negative numbers, and are large enough.
    guard size < 0 || size >= count, let buffer = unsafe buffer else { throw .bufferTooSmall }
    unsafe text.withCString { unsafe buffer.update(from: $0, count: count) }
}

/// Has the calling thread do something with a window, or with none, where it has anything to do with windows.
func onThread(
    of window: RatHandle,
    _ body: (WindowThread) -> (Handle) throws(RatError) -> Handle
) throws(RatError) -> Handle {
    let window = Handle(rawValue: window)
    guard let thread = WindowThread.currentIfAny else {
        if window != .invalid { _ = try Window.find(window) }
        return .invalid
    }
    guard ThreadRecord.current.hasStack else { throw .noResources }
    return try body(thread)(window)
}

extension Instant {
    /// A deadline from now. UINT32_MAX and UINT64_MAX mean never, 0 means at once.
    init(timeoutMilliseconds timeout: UInt64) {
        self =
            switch timeout {
            case 0: .distantPast
            case UInt64(UInt32.max), UInt64.max: .distantFuture
            default: Instant.now().advanced(byMilliseconds: timeout)
            }
    }

    /// The same for timeouts where a negative number means never.
    init(signedTimeoutMilliseconds timeout: Int32) {
        self =
            switch timeout {
            case ..<0: .distantFuture
            case 0: .distantPast
            default: Instant.now().advanced(byMilliseconds: UInt64(timeout))
            }
    }
}

extension UnsafePointer<RatMessage> {
    /// The message as the engine's.
    var engine: UnsafePointer<Message> {
        unsafe UnsafeRawPointer(self).assumingMemoryBound(to: Message.self)
    }
}

extension UnsafeMutablePointer<RatMessage> {
    /// The message as the engine's.
    var engine: UnsafeMutablePointer<Message> {
        unsafe UnsafeMutableRawPointer(self).assumingMemoryBound(to: Message.self)
    }
}

extension String {
    /// A C string of UTF-8, or `nil` if it is none or longer than `maximumSize` bytes.
    init?(_ text: UnsafePointer<CChar>, maximumSize: Int) {
        let size = unsafe strnlen(text, maximumSize + 1)
        guard size <= maximumSize else { return nil }
        let bytes = unsafe UnsafeRawBufferPointer(start: text, count: size)
        guard let text = unsafe String(validating: bytes, as: UTF8.self) else { return nil }
        self = text
    }
}

extension ClassName {
    /// What a C program names a class by: a string, or an atom in its place. Throws what registering does.
    init(_ pointer: UnsafePointer<CChar>) throws(RatError) {
        guard let known = unsafe ClassName.known(pointer) else { throw .invalidArgument }
        self = known
    }

    /// The same; `nil` for what no class can be called.
    static func known(_ pointer: UnsafePointer<CChar>) -> ClassName? {
        let address = UInt(bitPattern: pointer)
        // No string lies in the first 64 KiB, which the kernel keeps free.
        if address <= UInt(UInt16.max) { return .atom(UInt16(address)) }
        return unsafe String(pointer, maximumSize: WindowClassTable.maximumNameSize)
            .map { .name($0) }
    }
}

extension UnsafeMutablePointer<RatPaint> {
    /// The paint as the engine's.
    var engine: UnsafeMutablePointer<Paint> {
        unsafe UnsafeMutableRawPointer(self).assumingMemoryBound(to: Paint.self)
    }
}

extension RatPoint {
    init(_ point: Point) {
        self.init(x: point.x, y: point.y)
    }
}

extension Point {
    init(_ point: RatPoint) {
        self.init(x: point.x, y: point.y)
    }
}

extension RatRect {
    init(_ rect: Rect) {
        self.init(left: rect.left, top: rect.top, right: rect.right, bottom: rect.bottom)
    }
}

extension Rect {
    init(_ rect: RatRect) {
        self.init(left: rect.left, top: rect.top, right: rect.right, bottom: rect.bottom)
    }

    /// The rectangle, or `nil` where there is none.
    init?(_ rect: UnsafePointer<RatRect>?) {
        guard let rect = unsafe rect else { return nil }
        self.init(unsafe rect.pointee)
    }
}
