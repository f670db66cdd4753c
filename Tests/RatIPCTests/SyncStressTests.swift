internal import Glibc
internal import RatSystem
internal import Synchronization
internal import Testing

@Suite struct SyncStressTests {
    /// Five seconds, or as many as RAT_STRESS_SECONDS says. Made for the thread sanitizer.
    @Test func nothingIsLostOrMadeWhenThreadsDoEverythingAtOnce() throws {
        let seconds = unsafe getenv("RAT_STRESS_SECONDS").flatMap { text in
            unsafe UInt64(String(cString: text))
        }
        let deadline = Instant.now().advanced(byMilliseconds: (seconds ?? 5) * 1000)
        let stress = try SyncStress(until: deadline)
        let violations = try stress.run()
        #expect(violations.prefix(5) == [])
        #expect(stress.waits.load(ordering: .relaxed) > 100)
    }
}
