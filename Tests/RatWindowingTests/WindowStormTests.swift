import Glibc
import RatCore
import RatMessaging
import RatSystem
import RatTestSupport
import RatWindowing
import Testing

@Suite struct WindowStormTests {
    /// Three seconds, or as many as RAT_STRESS_SECONDS says. Made for the thread sanitizer. In a process of its
    /// own, where all windows and all input are its.
    @Test func twoThreadsWithWindowsDisturbEachOtherInNothing() async {
        await #expect(processExitsWith: .success) {
            let seconds = unsafe getenv("RAT_STRESS_SECONDS").flatMap { text in
                unsafe UInt64(String(cString: text))
            }
            // The roots come with the first question and stay.
            _ = try WindowTree.desktop()
            let objects = HandleTable.liveCount
            let end = Instant.now().advanced(byMilliseconds: (seconds ?? 3) * 1000)
            let storm = WindowStorm(until: end)
            var violations = storm.run()
            if let fault = WindowTree.inconsistency() { violations.append(fault) }
            let left = HandleTable.liveCount - objects
            if left != 0 { violations.append("\(left) objects are left") }
            // What this process expects in vain is told without the values.
            for violation in violations.prefix(20) { Issue.record(Comment(rawValue: violation)) }
        }
    }
}
