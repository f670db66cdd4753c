import Foundation
import Rat
import Testing

/// Names of a test's own, unlinked when it ends.
private func withName(_ body: (String) throws -> Void) rethrows {
    let name = "rat-test-\(UUID().uuidString)"
    defer { try? SharedMemory.unlink(name) }
    try body(name)
}

@Suite struct SharedMemoryTests {
    @Test func whatOneMappingIsGivenAnotherLends() throws {
        try withName { name in
            let created = try SharedMemory(named: name, size: 10000)
            let opened = try SharedMemory(opening: "/" + name)
            #expect(opened.size == 10000)
            var first = try created.map()
            let second = try opened.map(isWritable: false)
            let facts = (first.byteCount, first.isWritable, second.isWritable)
            #expect(facts == (10000, true, false))
            first.withMutableBytes { $0.storeBytes(of: 42, toByteOffset: 9992, as: Int.self) }
            let seen = second.withBytes { unsafe $0.unsafeLoad(fromByteOffset: 9992, as: Int.self) }
            #expect(seen == 42)
        }
    }

    @Test func aMappingOutlivesItsMemory() throws {
        var mapping = try SharedMemory(size: 5).map()
        mapping.withMutableBytes { $0.storeBytes(of: 7, toByteOffset: 4, as: UInt8.self) }
        let bytes = unsafe mapping.withUnsafeBytes { unsafe Array($0) }
        #expect(bytes == [0, 0, 0, 0, 7])
    }

    @Test func aPartIsMappedAlone() throws {
        let page = 4096
        let memory = try SharedMemory(size: 3 * page)
        var whole = try memory.map()
        whole.withMutableBytes { $0.storeBytes(of: 9, toByteOffset: page, as: UInt8.self) }
        let part = try memory.map(isWritable: false, offset: page, size: 1)
        let size = part.byteCount
        #expect(size == 1)
        let first = part.withBytes { unsafe $0.unsafeLoad(as: UInt8.self) }
        #expect(first == 9)
        #expect(code { _ = try memory.map(size: 0).byteCount } == .invalidArgument)
        #expect(code { _ = try memory.map(offset: 1).byteCount } == .invalidArgument)
        #expect(code { _ = try memory.map(offset: 3 * page).byteCount } == .invalidArgument)
        #expect(code { _ = try memory.map(size: -1).byteCount } == .invalidArgument)
    }

    @Test func anObjectWhileOpenGoesWithItsLastHolder() throws {
        try withName { name in
            try withExtendedLifetime(
                SharedMemory(named: name, size: 1, lifetime: .whileOpen)
            ) { _ in
                _ = try SharedMemory(opening: name)
                #expect(code { _ = try SharedMemory(named: name, size: 1) } == .alreadyExists)
            }
            #expect(code { _ = try SharedMemory(opening: name) } == .notFound)
        }
    }

    @Test(arguments: ["", "/", "a/b", "a\0b", String(repeating: "n", count: 256)])
    func whatIsNoNameIsRefused(name: String) {
        #expect(code { _ = try SharedMemory(named: name, size: 1) } == .invalidArgument)
        #expect(code { _ = try SharedMemory(opening: name) } == .invalidArgument)
        #expect(code { try SharedMemory.unlink(name) } == .invalidArgument)
    }

    @Test func writingToAMappingForReadingTraps() async throws {
        let end = try await #require(
            processExitsWith: .failure,
            observing: [\.standardErrorContent]
        ) {
            var mapping = try SharedMemory(size: 1).map(isWritable: false)
            mapping.withMutableBytes { $0.storeBytes(of: 1, as: UInt8.self) }
        }
        let said = String(decoding: end.standardErrorContent, as: UTF8.self)
        #expect(said.contains("This mapping is for reading only."))
    }

    /// Why a call failed; `nil` if it did not.
    private func code(_ body: () throws -> Void) -> RatError.Code? {
        do {
            try body()
            return nil
        } catch {
            return (error as? RatError)?.code
        }
    }
}
