internal import Glibc
package import RatSystem

extension RatError {
    /// What an errno means to a caller of this library: the one table for all of them.
    package init(_ error: Errno) {
        self =
            switch error.rawValue {
            case ENOENT, ENOTDIR, ESRCH, ENXIO, ENODEV, EADDRNOTAVAIL: .notFound
            case EACCES, EPERM, EROFS: .accessDenied
            case ENOMEM, ENOSPC, EMFILE, ENFILE, ENOBUFS, EDQUOT, EUSERS, EFBIG: .noResources
            case EINVAL, EFAULT, ENAMETOOLONG, ELOOP, EDOM, ERANGE, EPROTOTYPE: .invalidArgument
            case EEXIST, EADDRINUSE, EALREADY, EISCONN: .alreadyExists
            case EPIPE, ECONNRESET, ENOTCONN, EDESTADDRREQ, ECONNREFUSED, ECONNABORTED, EOWNERDEAD,
                EHOSTUNREACH, EHOSTDOWN, ENETUNREACH, ENETDOWN, ENETRESET:
                .notConnected
            case EMSGSIZE, EOVERFLOW: .bufferTooSmall
            case ETIMEDOUT, ETIME: .timedOut
            case EBADF: .invalidHandle
            case EDEADLK: .deadlock
            case ECANCELED: .cancelled
            case ENOSYS, EOPNOTSUPP, EAFNOSUPPORT, EPROTONOSUPPORT, EPFNOSUPPORT, ESOCKTNOSUPPORT,
                ENOPROTOOPT, ENOTTY:
                .notSupported
            case EAGAIN, EINPROGRESS, EBUSY: .wouldBlock
            default: .unknown
            }
    }
}
