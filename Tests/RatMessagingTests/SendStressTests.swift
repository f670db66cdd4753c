import Glibc
import RatCore
import RatSystem
import RatTestSupport
import Synchronization
import Testing

@testable import RatMessaging

@Suite struct SendStressTests {
    /// Ten seconds, or as many as RAT_STRESS_SECONDS says. Made for the thread sanitizer. In a process of its
    /// own, where all requests are its.
    @Test func everySendEndsOnceAndNothingIsLeftBehind() async {
        await #expect(processExitsWith: .success) {
            let seconds = unsafe getenv("RAT_STRESS_SECONDS").flatMap { text in
                unsafe UInt64(String(cString: text))
            }
            let end = Instant.now().advanced(byMilliseconds: (seconds ?? 10) * 1000)
            let stress = try SendStress(until: end)
            var violations = try stress.run()
            if RequestTable.inUse != 0 {
                violations.append("\(RequestTable.inUse) requests are given back by nobody")
            }
            let sends = stress.sends.load(ordering: .relaxed)
            if sends < 1000 { violations.append("only \(sends) sends") }
            // What this process expects in vain is told without the values.
            for violation in violations.prefix(20) { Issue.record(Comment(rawValue: violation)) }
        }
    }
}
