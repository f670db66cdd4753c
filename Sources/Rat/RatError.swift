internal import RatCore
internal import RatMessaging

/// Why a call of the library failed.
public struct RatError: Error, Equatable, Sendable, CustomStringConvertible {
    /// What went wrong, as the C interface counts it (`RatIpcStatus`).
    public enum Code: UInt32, Sendable {
        /// The system failed in a way that no other code names.
        case unknown = 1
        /// There is none: no such class, window, message.
        case notFound = 2
        /// It exists and you may not.
        case accessDenied = 3
        /// Full: memory, descriptors, or the capacity asked for.
        case noResources = 4
        /// An argument is out of range or contradicts another.
        case invalidArgument = 5
        /// The name is taken.
        case alreadyExists = 6
        /// The other side is gone: the display, a receiver.
        case notConnected = 7
        /// A buffer does not suffice.
        case bufferTooSmall = 8
        /// The time passed first.
        case timedOut = 9
        /// The object is gone.
        case invalidHandle = 10
        /// A quit message was retrieved.
        case quit = 11
        /// The wait could only wait for itself.
        case deadlock = 12
        /// Closed or refused while in progress.
        case cancelled = 13
        /// This system or this build cannot do it.
        case notSupported = 14
        /// Nothing could be done without waiting.
        case wouldBlock = 15
        /// Only the owning thread may do it.
        case wrongThread = 16
    }

    /// What went wrong.
    public let code: Code
    /// For `.deadlock`: the waits that would have closed a cycle, one a line. For a person to read.
    public let report: String?

    /// For a log: a word, and the report if there is one.
    public var description: String {
        guard let report else { return "Rat: \(code)" }
        return "Rat: \(code)\n\(report)"
    }

    /// To be called on the thread that failed.
    init(_ error: RatCore.RatError) {
        code = Code(rawValue: error.rawValue) ?? .unknown
        report = error == .deadlock ? DeadlockSearch.lastReport : nil
    }

    /// Errors are equal if their codes are.
    public static func == (left: RatError, right: RatError) -> Bool { left.code == right.code }
}

/// Runs a call of the engine and throws its failure as the public type.
func call<Value>(_ body: () throws(RatCore.RatError) -> Value) throws(RatError) -> Value {
    do throws(RatCore.RatError) {
        return try body()
    } catch {
        throw RatError(error)
    }
}
