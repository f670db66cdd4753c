import RatSystem
import RatTestSupport
import Testing

@testable import RatCore

@Suite struct ObjectsTests {
    private func timesRecycled(_ object: ObjectReference) -> Int {
        Fake.recycled.withLock { list in list.filter { $0 == object }.count }
    }

    @Test func lastCloseEndsTheObject() throws {
        let (object, handle) = try Fake.insert()
        try Objects.retain(handle)
        try Objects.retain(handle)
        for _ in 0..<2 {
            try Objects.close(handle)
            #expect(HandleTable.lookup(handle) == object)
            #expect(timesRecycled(object) == 0)
        }
        try Objects.close(handle)
        #expect(timesRecycled(object) == 1)
        #expect(throws: RatError.invalidHandle) { try Objects.close(handle) }
        #expect(throws: RatError.invalidHandle) { try Objects.retain(handle) }
        #expect(throws: RatError.invalidHandle) { try Objects.withLocked(handle) { _ in } }
        #expect(timesRecycled(object) == 1)
    }

    @Test func objectsThatLiveAsTheirOwnerSaysAreNeitherRetainedNorClosed() throws {
        let (object, handle) = try Fake.insert(Fake.unshared)
        #expect(throws: RatError.notSupported) { try Objects.retain(handle) }
        #expect(throws: RatError.notSupported) { try Objects.close(handle) }
        #expect(HandleTable.lookup(handle) == object)
        object.record.lock.lock()
        Objects.retireLocked(object)
        object.record.lock.unlock()
        #expect(HandleTable.lookup(handle) == nil)
        #expect(object.record.handle == .invalid)
    }

    @Test func referencesDoNotOverflow() throws {
        let (object, handle) = try Fake.insert()
        object.record.references = .max
        #expect(throws: RatError.noResources) { try Objects.retain(handle) }
        object.record.references = 1
        try Objects.close(handle)
    }

    @Test func closesByManyThreadsEndTheObjectOnce() throws {
        for _ in 0..<200 {
            let (object, handle) = try Fake.insert()
            for _ in 0..<3 { try Objects.retain(handle) }
            let threads = (0..<2).map { _ in
                TestThread { (0..<4).filter { _ in (try? Objects.close(handle)) != nil }.count }
            }
            let closed = try threads.reduce(0) { try $0 + $1.join() }
            #expect(closed == 4)
            #expect(timesRecycled(object) == 1)
        }
    }
}
