package import RatCore
internal import RatSystem

/// Running the procedure that a message is meant for.
package enum Dispatch {
    package static func run(_ message: Message) throws(RatError) {
        try unsafe withUnsafePointer(to: message) { pointer throws(RatError) in
            try unsafe run(pointer)
        }
    }

    /// The same for a message in memory.
    package static func run(_ message: UnsafePointer<Message>) throws(RatError) {
        if unsafe message.pointee.header.message == QueueMessage.timer,
            unsafe message.pointee.header.lparam != 0,
            let procedure = unsafe timerProcedure(of: message.pointee)
        {
            let header = unsafe message.pointee.header
            let window = header.target.isOfKind(.window) ? header.target.rawValue : 0
            procedure(window, header.message, header.wparam, header.time)
            return
        }
        let target = unsafe message.pointee.header.target
        guard target.isOfKind(.window) || target.isOfKind(.messageQueue),
            let object = HandleTable.lookup(target)
        else { throw .notFound }
        let record = unsafe TargetReference(
            unsafe: object.raw.assumingMemoryBound(to: TargetRecord.self)
        )
        guard let dispatch = unsafe record.record.dispatch else { throw .notFound }
        let error: UInt32
        if let payload = unsafe message.pointee.unsafePayload,
            let thread = ThreadRecord.currentIfAny,
            let holds = PayloadHolds.ifAny(thread),
            unsafe holds.beginDispatch(of: payload)
        {
            error = unsafe dispatch(UnsafeRawPointer(message))
            unsafe holds.endDispatch(of: payload)
        } else {
            error = unsafe dispatch(UnsafeRawPointer(message))
        }
        guard error == 0 else { throw RatError(rawValue: error) ?? .unknown }
    }

    package typealias TimerProcedure = @convention(c) (UInt64, UInt32, UInt, UInt64) -> Void

    /// The procedure that a timer message names, if that timer runs on this thread with it: anybody can post
    /// a message that looks like a timer's, and its parameter must not become a call.
    private static func timerProcedure(of message: borrowing Message) -> TimerProcedure? {
        let header = message.header
        let window = header.target.isOfKind(.window) ? header.target : .invalid
        let address = UInt(bitPattern: header.lparam)
        guard let threadQueue = ThreadQueue.currentIfAny,
            threadQueue.timers.has(
                Timers.Key(window: window, id: header.wparam),
                procedure: address
            )
        else { return nil }
        return unsafe unsafeBitCast(address, to: TimerProcedure.self)
    }
}
