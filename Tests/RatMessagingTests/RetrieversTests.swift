import RatCore
import RatTestSupport
import Testing

@testable import RatMessaging

@Suite struct RetrieversTests {
    /// A thread that lives until it is let go.
    private final class Living {
        private let over = Semaphore()
        private let thread: TestThread<Bool>

        init() {
            let over = over
            thread = TestThread { over.wait() }
        }

        var record: ThreadReference { thread.record }

        func end() throws {
            over.signal()
            #expect(try thread.join())
        }
    }

    @Test func threadIsTheOnlyOneUntilAnotherComesAndAgainWhenThatHasEnded() throws {
        var retrievers = Retrievers()
        let (first, second) = (Living(), Living())
        #expect(!retrievers.isOnly(first.record))
        for _ in 0..<3 { retrievers.add(first.record) }
        #expect(retrievers.isOnly(first.record) && !retrievers.isOnly(second.record))
        #expect(retrievers.living.map(\.id) == [first.record.systemID])
        retrievers.add(second.record)
        #expect(!retrievers.isOnly(first.record) && retrievers.living.count == 2)
        try second.end()
        #expect(retrievers.isOnly(first.record))
        try first.end()
        #expect(retrievers.living.isEmpty)
    }

    @Test func nobodyIsTheOnlyOneOfMany() throws {
        var retrievers = Retrievers()
        let threads = (0..<5).map { _ in Living() }
        for thread in threads.prefix(4) { retrievers.add(thread.record) }
        #expect(!retrievers.areMany && retrievers.living.count == 4)
        retrievers.add(threads[4].record)
        #expect(retrievers.areMany && retrievers.living.isEmpty)
        for thread in threads.dropFirst() { try thread.end() }
        // How many others have come and gone nobody knows any more.
        #expect(!retrievers.isOnly(threads[0].record))
        retrievers.removeAll()
        retrievers.add(threads[0].record)
        #expect(retrievers.isOnly(threads[0].record))
        try threads[0].end()
    }

    @Test func threadsThatHaveEndedMakeNoMany() throws {
        var retrievers = Retrievers()
        let staying = Living()
        retrievers.add(staying.record)
        for _ in 0..<10 {
            let passing = Living()
            retrievers.add(passing.record)
            try passing.end()
        }
        #expect(!retrievers.areMany && retrievers.isOnly(staying.record))
        try staying.end()
    }
}
