internal import Glibc
internal import Rat
internal import Testing

/// The environment is the process's, so each of these has one of its own.
@Suite struct EnvironmentTests {
    /// Makes a window under these variables, and says how that went.
    private static func codeOfCreation(display: String?, ratDisplay: String?) -> RatError.Code? {
        for (name, value) in [("DISPLAY", display), ("RAT_DISPLAY", ratDisplay)] {
            if let value { unsafe setenv(name, value, 1) } else { unsafe unsetenv(name) }
        }
        do {
            let windowClass = try WindowClass("RatTests.environment") { _, _ in nil }
            _ = try Window(windowClass, title: "environment")
            return nil
        } catch {
            return error.code
        }
    }

    @Test func theVariableChoosesTheDisplay() async {
        await #expect(processExitsWith: .success) {
            exit(Self.codeOfCreation(display: ":4711", ratDisplay: "headless") == nil ? 0 : 1)
        }
    }

    @Test func withoutVariablesWindowsAreHeadless() async {
        await #expect(processExitsWith: .success) {
            exit(Self.codeOfCreation(display: nil, ratDisplay: nil) == nil ? 0 : 1)
        }
    }

    @Test func anUnknownDisplayIsRefused() async {
        await #expect(processExitsWith: .success) {
            let code = Self.codeOfCreation(display: nil, ratDisplay: "paper")
            exit(code == .invalidArgument ? 0 : 1)
        }
    }

    @Test func aDisplayThatIsNamedAndNotReachedIsAnError() async {
        await #expect(processExitsWith: .success) {
            let code = Self.codeOfCreation(display: ":4711", ratDisplay: nil)
            exit(code == .notConnected || code == .notSupported ? 0 : 1)
        }
    }
}
