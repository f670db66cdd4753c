import CRatFuzz
import Glibc
import RatCore
import RatWindowing
import Testing

@Suite struct FuzzTests {
    /// Random calls through the C interface, as Tests/C has them; here the library's own invariants are looked
    /// at too, and the sanitizers look on. In a process of its own: hooks and input doors are the whole
    /// process's.
    @Test func randomCallsFromThreeThreadsKeepTheInvariants() async {
        await #expect(processExitsWith: .success) {
            unsafe setenv("RAT_DISPLAY", "headless", 1)
            let plan = unsafe FuzzPlan(
                seed: 2,
                calls: 30_000,
                treeFault: { unsafe told(WindowTree.inconsistency()) },
                threadFault: { unsafe told(WindowThread.currentIfAny?.paintInconsistency()) },
                liveObjects: { Int64(HandleTable.liveCount) },
                measuresMemory: false
            )
            guard !runFuzz(plan) else { return }
            // What this process prints is not shown.
            Issue.record(Comment(rawValue: unsafe String(cString: fuzzReport())))
        }
    }
}

/// For C, for ever: a fault ends the test soon.
private func told(_ fault: String?) -> UnsafePointer<CChar>? {
    guard let fault else { return nil }
    return unsafe UnsafePointer(strdup(fault))
}
