#if GDI

internal import CRat

/// Why drawing refuses.
enum DrawingError: Error {
    case invalidArgument, invalidHandle, noResources, notFound, accessDenied

    var status: RatStatus {
        switch self {
        case .invalidArgument: RAT_IPC_ERR_INVALID_ARG
        case .invalidHandle: RAT_IPC_ERR_INVALID_HANDLE
        case .noResources: RAT_IPC_ERR_NO_RESOURCES
        case .notFound: RAT_IPC_ERR_NOT_FOUND
        case .accessDenied: RAT_IPC_ERR_ACCESS_DENIED
        }
    }
}

#endif
