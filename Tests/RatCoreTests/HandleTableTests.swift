import RatSystem
import RatTestSupport
import Testing

@testable import RatCore

@Suite struct HandleTableTests {
    @Test func handleFindsItsObjectUntilItIsRemoved() throws {
        let (object, handle) = try Fake.insert()
        #expect(HandleTable.lookup(handle) == object)
        #expect(object.record.handle == handle)
        #expect(handle.process == Process.id)
        HandleTable.remove(handle)
        #expect(HandleTable.lookup(handle) == nil)
    }

    @Test func handleOfNothingFindsNothing() async {
        // In a process of its own, where the first slots are these.
        await #expect(processExitsWith: .success) {
            for _ in 0..<4 { HandleTable.remove(try Fake.insert().1) }
            #expect(HandleTable.lookup(.invalid) == nil)
            #expect(throws: RatError.invalidHandle) { try Objects.close(.invalid) }
        }
        #expect(HandleTable.lookup(.invalid) == nil)
        #expect(HandleTable.lookup(Handle(rawValue: .max)) == nil)
        #expect(HandleTable.lookup(Handle(rawValue: 0xFFFFF)) == nil)
    }

    @Test func handleOfTheSameSlotThatDiffersFindsNothing() throws {
        let (_, handle) = try Fake.insert()
        defer { HandleTable.remove(handle) }
        for bit in Handle.indexBits..<64 {
            let other = HandleTable.lookup(Handle(rawValue: handle.rawValue ^ (1 << bit)))
            #expect(other == nil, "bit \(bit)")
        }
    }

    @Test func twoObjectsNeverShareAHandle() throws {
        let handles = try (0..<500).map { _ in try Fake.insert().1 }
        #expect(Set(handles).count == 500)
        #expect(Set(handles.map(\.index)).count == 500)
        for handle in handles { HandleTable.remove(handle) }
    }

    @Test func slotIsReusedOnlyOnceAThousandOthersAreFree() async {
        // In a process of its own, where nobody else uses slots.
        await #expect(processExitsWith: .success) {
            let (_, first) = try Fake.insert()
            HandleTable.remove(first)
            for index in 1...1024 {
                let (_, handle) = try Fake.insert()
                #expect(handle.index == first.index + index)
                HandleTable.remove(handle)
            }
            let (object, again) = try Fake.insert()
            #expect(again.index == first.index)
            #expect(again != first)
            #expect(HandleTable.lookup(first) == nil)
            #expect(HandleTable.lookup(again) == object)
        }
    }

    @Test func lookUpsBesideInsertionsAndRemovalsFindTheRightObjectOrNone() throws {
        let shared = Guarded<[(ObjectReference, Handle)]>([])
        let isOver = Guarded(false)
        let reader = TestThread {
            var wrong = 0
            while !isOver.current {
                for (object, handle) in shared.current {
                    if let found = HandleTable.lookup(handle), found != object { wrong += 1 }
                }
            }
            return wrong
        }
        for _ in 0..<2_000 {
            let inserted = try Fake.insert()
            let old = shared.withLock { list in
                list.append(inserted)
                return list.count > 8 ? list.removeFirst() : nil
            }
            if let old { HandleTable.remove(old.1) }
        }
        isOver.withLock { $0 = true }
        #expect(try reader.join() == 0)
        for (_, handle) in shared.current { HandleTable.remove(handle) }
    }
}
