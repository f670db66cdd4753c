#if X11

import CRatSoak
import Glibc
import RatABI
import RatX11TestSupport
import Testing

@Suite struct SoakTests {
    /// 100 rounds, or as many as RAT_SOAK_ROUNDS says. Made for the thread sanitizer. In a process of its own, where
    /// all windows and all input are its.
    @Test func eightThreadsWithWindowsLoseNothingWhileAPersonUsesThemAll() async {
        await #expect(processExitsWith: .success) {
            let server = try XServer()
            unsafe setenv("DISPLAY", server.displayName, 1)
            unsafe unsetenv("RAT_DISPLAY")
            let rounds = unsafe getenv("RAT_SOAK_ROUNDS").flatMap { text in
                unsafe CInt(String(cString: text))
            }
            guard !runSoak(rounds ?? 100) else { return }
            // What this process prints is not shown.
            Issue.record(Comment(rawValue: unsafe String(cString: soakReport())))
        }
    }
}

#endif
