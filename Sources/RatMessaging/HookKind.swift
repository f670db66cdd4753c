internal import RatSystem

/// What a hook is called for. Win32's numbers.
package enum HookKind: Int32, Sendable, CaseIterable {
    case messageFilter = -1
    case keyboard = 2
    case getMessage = 3
    case callProcedure = 4
    /// What becomes of windows: creation, destruction, activation, focus, states.
    case windows = 5
    case mouse = 7
    case foregroundIdle = 11
    case callProcedureReturn = 12

    /// Win32's that are refused: journals, shells, debuggers, and input before it is queued.
    package static let unsupported: Set<Int32> = [0, 1, 6, 8, 9, 10, 13, 14]

    /// Its bit of the watch word.
    @inline(__always) package var bit: UInt32 { Watch.hooks(ofKind: rawValue) }

    /// Every hook's.
    static let allBits = allCases.reduce(0) { $0 | $1.bit }

    /// Whether any is set in the process. Whether one is set for the calling thread, `Hooks` knows.
    @inline(__always) package var isWatched: Bool { Watch.has(bit) }
}

/// What hooks are told.
package enum HookCode {
    package static let action: Int32 = 0
    /// The message stays in the queue.
    package static let noRemove: Int32 = 3

    // Of `HookKind.windows`.
    package static let minimizeOrMaximize: Int32 = 1
    package static let createWindow: Int32 = 3
    package static let destroyWindow: Int32 = 4
    package static let activate: Int32 = 5
    package static let clickSkipped: Int32 = 6
    package static let keySkipped: Int32 = 7
    package static let systemCommand: Int32 = 8
    package static let setFocus: Int32 = 9
}
