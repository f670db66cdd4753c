internal import RatCore
internal import RatMessaging
internal import RatSystem

/// A sent message, as hooks see it before its procedure runs. Field for field the C interface's
/// `RatCallHook`.
package struct HookedCall {
    package var lparam: Int
    package var wparam: UInt
    package var message: UInt32
    package var window: UInt64
}

/// The same after it has run. Field for field the C interface's `RatReturnHook`.
package struct HookedReturn {
    package var result: Int
    package var lparam: Int
    package var wparam: UInt
    package var message: UInt32
    package var window: UInt64
}

extension StableReference where Record == WindowRecord {
    /// Runs a procedure where somebody looks: the trace, or hooks. The frame is the thread's innermost.
    @inline(never) static func callWatched(
        _ frame: CallFrame,
        _ procedure: WindowProcedure
    ) -> Int {
        let isFromElsewhere = frame.isFromElsewhere
        // Hooks see what is sent, and not what was posted.
        let isSent = !frame.isWhole || isFromElsewhere
        if Trace.isOn {
            Trace.note(
                frame.isWhole ? .dispatch : .send,
                frame.message,
                frame.wparam,
                frame.lparam,
                to: frame.target,
                isRunning: true
            )
        }
        let result = isSent ? callHooked(frame, procedure, isFromElsewhere) : run(frame, procedure)
        if Trace.isOn {
            Trace.note(
                .endOfCall,
                frame.message,
                frame.wparam,
                frame.lparam,
                to: frame.target,
                result: result,
                isRunning: true
            )
        }
        return result
    }

    private static func callHooked(
        _ frame: CallFrame,
        _ procedure: WindowProcedure,
        _ isFromElsewhere: Bool
    ) -> Int {
        var procedure = procedure
        if Hooks.has(.callProcedure) {
            var call = HookedCall(
                lparam: frame.lparam,
                wparam: frame.wparam,
                message: frame.message,
                window: frame.target.rawValue
            )
            tell(.callProcedure, &call, isFromElsewhere)
            // The hooks may have destroyed the window, or given it another procedure.
            guard let window = try? find(frame.target) else { return 0 }
            procedure = window.record.procedure
        }
        let result = run(frame, procedure)
        if Hooks.has(.callProcedureReturn) {
            var end = HookedReturn(
                result: result,
                lparam: frame.lparam,
                wparam: frame.wparam,
                message: frame.message,
                window: frame.target.rawValue
            )
            tell(.callProcedureReturn, &end, isFromElsewhere)
        }
        return result
    }

    private static func run(_ frame: CallFrame, _ procedure: WindowProcedure) -> Int {
        procedure(frame.target.rawValue, frame.message, frame.wparam, frame.lparam)
    }

    private static func tell<Told>(
        _ kind: HookKind,
        _ told: inout Told,
        _ isFromElsewhere: Bool
    ) {
        unsafe withUnsafeMutablePointer(to: &told) { pointer in
            _ = Hooks.call(
                kind,
                HookCode.action,
                isFromElsewhere ? 0 : 1,
                Int(bitPattern: pointer)
            )
        }
    }
}
