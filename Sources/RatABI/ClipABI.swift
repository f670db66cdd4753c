// swift-format-ignore-file: AllPublicDeclarationsHaveDocumentation

public import CRat
internal import RatCore
internal import RatDisplay
internal import RatMessaging
internal import RatRuntime
internal import RatWindowing

// One function per declaration in ratclip.h, in its order.

@c @implementation
public func RatOpenClipboard(_ window: RatWindow) -> RatStatus {
    status { () throws(RatError) in try Clipboards.shared.open(Handle(rawValue: window)) }
}

@c @implementation
public func RatCloseClipboard() -> RatStatus {
    status { () throws(RatError) in try Clipboards.shared.close() }
}

@c @implementation
public func RatEmptyClipboard() -> RatStatus {
    status { () throws(RatError) in try Clipboards.shared.empty() }
}

@c @implementation
public func RatSetClipboardData(
    _ format: UInt32,
    _ data: UnsafeRawPointer?,
    _ size: Int
) -> RatStatus {
    guard unsafe data != nil || size == 0 else { return RAT_IPC_ERR_INVALID_ARG }
    // Sizes above half the address space arrive as negative numbers.
    guard (0...ClipboardLimits.largest).contains(size) else { return RAT_IPC_ERR_NO_RESOURCES }
    return status { () throws(RatError) in
        let bytes = unsafe data.map {
            unsafe [UInt8](UnsafeRawBufferPointer(start: $0, count: size))
        }
        try Clipboards.shared.set(format, bytes)
    }
}

@c @implementation
public func RatGetClipboardData(
    _ format: UInt32,
    _ buffer: UnsafeMutableRawPointer?,
    _ size: Int,
    _ outSize: UnsafeMutablePointer<Int>?
) -> RatStatus {
    guard let outSize = unsafe outSize else { return RAT_IPC_ERR_INVALID_ARG }
    unsafe outSize.pointee = 0
    guard unsafe buffer != nil || size == 0 else { return RAT_IPC_ERR_INVALID_ARG }
    return status { () throws(RatError) in
        let data = try Clipboards.shared.data(format)
        unsafe outSize.pointee = data.count
        // Sizes above half the address space arrive as negative numbers, and are large enough.
        guard size < 0 || size >= data.count else { throw .bufferTooSmall }
        guard let buffer = unsafe buffer else { return }
        unsafe data.withUnsafeBytes { bytes in
            guard let start = bytes.baseAddress else { return }
            unsafe buffer.copyMemory(from: start, byteCount: bytes.count)
        }
    }
}

@c @implementation
public func RatIsClipboardFormatAvailable(_ format: UInt32) -> Bool {
    Clipboards.shared.isAvailable(format)
}

@c @implementation
public func RatCountClipboardFormats() -> UInt32 {
    UInt32(clamping: Clipboards.shared.count)
}

@c @implementation
public func RatEnumClipboardFormats(
    _ format: UInt32,
    _ outNext: UnsafeMutablePointer<UInt32>?
) -> RatStatus {
    guard let outNext = unsafe outNext else { return RAT_IPC_ERR_INVALID_ARG }
    unsafe outNext.pointee = 0
    return status { () throws(RatError) in
        let next = try Clipboards.shared.format(after: format)
        unsafe outNext.pointee = next
    }
}

@c @implementation
public func RatRegisterClipboardFormat(
    _ name: UnsafePointer<CChar>?,
    _ outFormat: UnsafeMutablePointer<UInt32>?
) -> RatStatus {
    unsafe RatRegisterWindowMessage(name, outFormat)
}

@c @implementation
public func RatGetClipboardFormatName(
    _ format: UInt32,
    _ buffer: UnsafeMutablePointer<CChar>?,
    _ size: Int,
    _ outSize: UnsafeMutablePointer<Int>?
) -> RatStatus {
    guard unsafe buffer != nil || size == 0 else { return RAT_IPC_ERR_INVALID_ARG }
    return status { () throws(RatError) in
        guard let name = unsafe RegisteredMessages.name(of: format) else { throw .notFound }
        try unsafe copy(String(cString: name), to: buffer, size, needed: outSize)
    }
}

@c @implementation
public func RatGetClipboardOwner(_ outWindow: UnsafeMutablePointer<RatWindow>?) -> RatStatus {
    unsafe handleStatus(outWindow) { Clipboards.shared.ownerWindow }
}

@c @implementation
public func RatGetOpenClipboardWindow(
    _ outWindow: UnsafeMutablePointer<RatWindow>?
) -> RatStatus {
    unsafe handleStatus(outWindow) { Clipboards.shared.openWindow }
}

@c @implementation
public func RatGetClipboardSequenceNumber() -> UInt32 {
    Clipboards.shared.sequenceNumber
}

@c @implementation
public func RatAddClipboardFormatListener(_ window: RatWindow) -> RatStatus {
    status { () throws(RatError) in
        try Clipboards.shared.addListener(Handle(rawValue: window))
    }
}

@c @implementation
public func RatRemoveClipboardFormatListener(_ window: RatWindow) -> RatStatus {
    status { () throws(RatError) in
        try Clipboards.shared.removeListener(Handle(rawValue: window))
    }
}
