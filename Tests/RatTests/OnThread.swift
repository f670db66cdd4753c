internal import Rat
internal import RatWindowingTestSupport
internal import Synchronization

/// Runs `body` on a fresh thread that shows its windows on a headless display.
func onThread(_ body: @Sendable () throws -> Void) async throws {
    try await onFreshThread {
        try Display.attach("headless")
        try Hands.takeOwnSeat()
        try body()
    }
}

private let classNumber = Atomic<Int>(0)

/// A class of a name that no other test has.
func makeClass(
    style: WindowClass.Style = [],
    background: UInt32 = 0,
    _ handler: @escaping WindowClass.Handler = { _, _ in nil }
) throws -> WindowClass {
    let number = classNumber.add(1, ordering: .relaxed).newValue
    return try WindowClass(
        "RatTests\(number)",
        style: style,
        background: background,
        handler: handler
    )
}
