/// Why a call failed: one vocabulary for all modules, which is the statuses' of the C interface.
///
/// Plain numbers, so that throwing one costs a register. The errno behind a failure of the system is
/// kept per thread (`Errno.lastOfThread`).
@usableFromInline package enum RatError: UInt32, Error, Equatable, CaseIterable {
    case unknown = 1
    case notFound = 2
    case accessDenied = 3
    case noResources = 4
    case invalidArgument = 5
    case alreadyExists = 6
    case notConnected = 7
    case bufferTooSmall = 8
    case timedOut = 9
    case invalidHandle = 10
    case quit = 11
    case deadlock = 12
    case cancelled = 13
    case notSupported = 14
    case wouldBlock = 15
    case wrongThread = 16
}
