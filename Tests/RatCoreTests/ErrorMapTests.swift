import Glibc
import RatSystem
import Testing

@testable import RatCore

@Suite struct ErrorMapTests {
    @Test func everyErrnoMeansSomething() {
        for number in CInt(1)...133 {
            let error = RatError(Errno(rawValue: number))
            #expect(RatError.allCases.contains(error))
            // Quit and the wrong thread are the library's own.
            #expect(error != .quit && error != .wrongThread)
        }
        for number in [CInt.min, -1, 0, 134, .max] {
            #expect(RatError(Errno(rawValue: number)) == .unknown)
        }
    }

    @Test(arguments: [
        (ENOENT, RatError.notFound), (EACCES, .accessDenied), (EPERM, .accessDenied),
        (ENOMEM, .noResources), (EMFILE, .noResources), (ENFILE, .noResources),
        (ENOSPC, .noResources), (EINVAL, .invalidArgument), (ENAMETOOLONG, .invalidArgument),
        (EFAULT, .invalidArgument), (EEXIST, .alreadyExists), (EADDRINUSE, .alreadyExists),
        (EPIPE, .notConnected), (ECONNRESET, .notConnected), (ENOTCONN, .notConnected),
        (ECONNREFUSED, .notConnected), (EOWNERDEAD, .notConnected), (EMSGSIZE, .bufferTooSmall),
        (ETIMEDOUT, .timedOut), (EBADF, .invalidHandle), (EDEADLK, .deadlock),
        (ECANCELED, .cancelled), (ENOSYS, .notSupported), (EAFNOSUPPORT, .notSupported),
        (EOPNOTSUPP, .notSupported), (EAGAIN, .wouldBlock), (EINPROGRESS, .wouldBlock),
        (EIO, .unknown), (EINTR, .unknown),
    ])
    func errnoMeansWhatTheTableSays(number: CInt, error: RatError) {
        #expect(RatError(Errno(rawValue: number)) == error)
    }

    @Test func numbersOfErrorsAreTheStatusesOfTheContract() {
        #expect(RatError.allCases.map(\.rawValue) == Array(1...16))
    }
}
