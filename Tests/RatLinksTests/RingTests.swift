import RatSystem
import RatTestSupport
import Testing

@testable import RatLinks

/// What a ring promises to who writes and who reads, whatever the other one does.
struct RingTests {
    @Test func whatIsWrittenIsReadInOrderAcrossTheRingsEnd() throws {
        let memory = try LinkMemory(LinkMemory.makeFile())
        var writer = RingWriter(memory, .calls)
        var reader = RingReader(memory, .calls)
        var random = SeededRandom(seed: 1)
        var (written, read) = (UInt8(0), UInt8(0))
        for _ in 0..<100 {
            let count = Int.random(in: 0...(try writer.room()), using: &random)
            let bytes = (0..<count).map { UInt8(truncatingIfNeeded: $0) &+ written }
            written &+= UInt8(truncatingIfNeeded: count)
            unsafe bytes.withUnsafeBytes { unsafe writer.put($0) }
            _ = writer.show()
            let taken = Int.random(in: 0...(try reader.available()), using: &random)
            var copy = [UInt8](repeating: 0, count: taken)
            unsafe copy.withUnsafeMutableBytes { copy in
                if let start = copy.baseAddress { unsafe reader.take(taken, to: start) }
            }
            _ = reader.release()
            #expect(copy == (0..<taken).map { UInt8(truncatingIfNeeded: $0) &+ read })
            read &+= UInt8(truncatingIfNeeded: taken)
        }
    }

    @Test func nothingIsSeenBeforeItIsShown() throws {
        let memory = try LinkMemory(LinkMemory.makeFile())
        var writer = RingWriter(memory, .posts)
        var reader = RingReader(memory, .posts)
        unsafe [1, 2, 3].withUnsafeBytes { unsafe writer.put($0) }
        #expect(try reader.available() == 0)
        #expect(try reader.beginSleeping(Sleep.untilBell) == 0)
        #expect(writer.show())
        #expect(try reader.available() == 24)
        // It was told once, and has not slept since.
        #expect(!writer.show())
        #expect(try reader.beginSleeping(Sleep.untilBell) == 24)
    }

    @Test(arguments: [UInt64(1 << 16) + 1, 1 << 32, UInt64.max - 1 << 17])
    func aPositionThatCannotBeIsABrokenRing(claim: UInt64) throws {
        let file = try LinkMemory.makeFile()
        let (memory, stranger) = (try LinkMemory(file), try Stranger(file))
        let writer = RingWriter(memory, .calls)
        let reader = RingReader(memory, .calls)
        stranger.word(at: 256).store(claim)
        #expect(throws: RingIsBroken.self) { try reader.available() }
        stranger.word(at: 256 + 64).store(claim)
        #expect(throws: RingIsBroken.self) { try writer.room() }
    }

    @Test func aHeadIsAsLongAsTheProtocolSays() {
        #expect(MemoryLayout<Frame>.size == Frame.headSize)
        #expect(MemoryLayout<Hello.Answer>.size == Hello.Answer.byteCount)
        #expect(LinkMemory.byteCount == 397_312)
    }
}

/// Somebody who has the memory of a link and keeps to no rule.
@safe final class Stranger: @unchecked Sendable {
    // Sendable: what it writes is atomic words, or bytes that nobody trusts.
    let start: UnsafeMutableRawPointer

    init(_ file: borrowing OpenFile) throws {
        let mapped = try unsafe SharedMapping.map(
            file,
            isWritable: true,
            offset: 0,
            byteCount: LinkMemory.byteCount
        )
        guard let address = unsafe mapped else { throw Errno.noMemory }
        unsafe start = address
    }

    deinit {
        try? unsafe SharedMapping.unmap(start, byteCount: LinkMemory.byteCount)
    }

    func word(at offset: Int) -> SharedWord { unsafe SharedWord(unsafeAt: start + offset) }

    /// Writes so many random bytes from there on, within a ring of that size that begins at `first`.
    func scribble(
        _ count: Int,
        at offset: Int,
        in size: Int,
        from first: Int,
        _ random: inout SeededRandom
    ) {
        for index in 0..<count {
            let place = first + (offset + index) & (size - 1)
            unsafe start.storeBytes(
                of: UInt8.random(in: 0...255, using: &random),
                toByteOffset: place,
                as: UInt8.self
            )
        }
    }

    func write(_ frame: Frame, at offset: Int, in size: Int, from first: Int) {
        var copy = frame
        unsafe withUnsafeBytes(of: &copy) { bytes in
            for index in 0..<bytes.count {
                let place = first + (offset + index) & (size - 1)
                unsafe start.storeBytes(of: bytes[index], toByteOffset: place, as: UInt8.self)
            }
        }
    }
}
