internal import RatCore
internal import RatMessaging

extension Window.Target {
    /// Sends Win32's WM_COPYDATA: bytes, with a number that says what they are. Blocks the thread.
    ///
    /// A window made in Swift finds the number and the bytes in `Message.copiedData`.
    @available(*, noasync, message: "post or send a message with a payload instead")
    @discardableResult
    public func copy(
        _ bytes: [UInt8],
        as data: UInt,
        timeout: Duration?
    ) throws(RatError) -> Int {
        guard let size = UInt32(exactly: bytes.count) else { throw RatError(.invalidArgument) }
        return try unsafe bytes.span.bytes.withUnsafeBytes { bytes throws(RatError) in
            let copied = unsafe CopyData(data: data, size: size, bytes: bytes.baseAddress)
            return try unsafe withUnsafePointer(to: copied) { pointer throws(RatError) in
                let number = QueueMessage.copyData
                return try send(
                    Message(number, lparam: Int(bitPattern: pointer)),
                    timeout: timeout
                )
            }
        }
    }
}

extension Message {
    /// What WM_COPYDATA carries, while it is handled; `nil` for other messages, and for those whose sender does not
    /// wait.
    public var copiedData: (data: UInt, bytes: [UInt8])? {
        guard number == QueueMessage.copyData, CallFrame.isBelieved(number, lparam),
            let copied = unsafe UnsafePointer<CopyData>(bitPattern: lparam)?.pointee
        else { return nil }
        let bytes = unsafe UnsafeRawBufferPointer(
            start: copied.bytes,
            count: copied.bytes == nil ? 0 : Int(copied.size)
        )
        return unsafe (copied.data, Array(bytes))
    }
}
