package import RatCore
internal import RatSystem

/// Running the procedure that a message is meant for.
package enum Dispatch {
    package static func run(_ message: borrowing Message) throws(RatError) {
        let target = message.header.target
        if message.header.message == QueueMessage.timer, message.header.lparam != 0 {
            if let procedure = timerProcedure(of: message) {
                let window = target.isOfKind(.window) ? target.rawValue : 0
                procedure(
                    window,
                    message.header.message,
                    message.header.wparam,
                    message.header.time
                )
                return
            }
        }
        guard target.isOfKind(.window) || target.isOfKind(.messageQueue),
            let object = HandleTable.lookup(target)
        else { throw .notFound }
        let record = unsafe TargetReference(
            unsafe: object.raw.assumingMemoryBound(to: TargetRecord.self)
        )
        let kind = unsafe record.record.targetKind
        guard let payload = unsafe message.unsafePayload,
            let thread = ThreadRecord.currentIfAny,
            let holds = PayloadHolds.ifAny(thread),
            unsafe holds.beginDispatch(of: payload)
        else {
            try kind.dispatch(message)
            return
        }
        defer { unsafe holds.endDispatch(of: payload) }
        try kind.dispatch(message)
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
