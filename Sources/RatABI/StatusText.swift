internal import CRat

/// Names and explanations of the statuses.
enum StatusText {
    private static let table: [(name: StaticString, message: StaticString)] = [
        ("RAT_IPC_OK", "Done."),
        ("RAT_IPC_ERR_UNKNOWN", "The system failed in a way that no other status names."),
        ("RAT_IPC_ERR_NOT_FOUND", "There is none."),
        ("RAT_IPC_ERR_ACCESS_DENIED", "Access is denied."),
        ("RAT_IPC_ERR_NO_RESOURCES", "There is no room, memory or descriptor left for it."),
        ("RAT_IPC_ERR_INVALID_ARG", "An argument is NULL, out of range or contradicts another."),
        ("RAT_IPC_ERR_ALREADY_EXISTS", "It exists already."),
        ("RAT_IPC_ERR_NOT_CONNECTED", "The other side is not there, or not any more."),
        ("RAT_IPC_ERR_BUFFER_TOO_SMALL", "The buffer is too small."),
        ("RAT_IPC_ERR_TIMEOUT", "The time passed first."),
        ("RAT_IPC_ERR_INVALID_HANDLE", "The handle names nothing that this call can use."),
        ("RAT_IPC_QUIT", "A quit message was retrieved."),
        ("RAT_IPC_ERR_DEADLOCK", "The wait could only wait for itself."),
        ("RAT_IPC_ERR_CANCELLED", "It was closed or cancelled while in progress."),
        ("RAT_IPC_ERR_NOT_SUPPORTED", "This system or this build cannot do it."),
        ("RAT_IPC_ERR_WOULD_BLOCK", "Nothing could be done without waiting."),
        ("RAT_IPC_ERR_WRONG_THREAD", "Only the owning thread may do it."),
    ]

    static func name(_ status: RatIpcStatus) -> UnsafePointer<CChar>? {
        unsafe pointer(entry(status)?.name ?? "RAT_IPC_ERR_?")
    }

    static func message(_ status: RatIpcStatus) -> UnsafePointer<CChar>? {
        unsafe pointer(entry(status)?.message ?? "This number is no status.")
    }

    private static func entry(
        _ status: RatIpcStatus
    ) -> (name: StaticString, message: StaticString)? {
        let index = Int(status.rawValue)
        return table.indices.contains(index) ? table[index] : nil
    }

    /// Literals end in NUL and live as long as the library.
    private static func pointer(_ text: StaticString) -> UnsafePointer<CChar>? {
        unsafe UnsafeRawPointer(text.utf8Start).assumingMemoryBound(to: CChar.self)
    }
}
