import RatCore
import RatTestSupport
import Testing

@testable import RatMessaging

/// Strips beside arrays of numbers.
@Suite struct CellStripTests {
    private static let chunk = Int(ChunkReference.capacity)

    private static func append(_ number: UInt32, to strip: inout CellStrip) {
        let message = Message(MessageHeader(message: number))
        let cell = strip.append(ThreadRecord.current)
        unsafe withUnsafePointer(to: message) { message in
            unsafe cell.fill(from: message, target: .invalid, lane: 4, time: 0, position: 0)
        }
    }

    private static func numbers(_ strip: CellStrip) -> [UInt32] {
        var numbers: [UInt32] = []
        var cell = strip.firstCell
        while let current = cell {
            numbers.append(current.number)
            cell = strip.cell(after: current)
        }
        return numbers
    }

    @Test(arguments: [UInt64(1), 2, 3, 4])
    func stepsGiveWhatAnArrayGives(seed: UInt64) {
        let thread = ThreadRecord.current
        var random = SeededRandom(seed: seed)
        var strip = CellStrip()
        var model: [UInt32] = []
        var last: UInt32 = 0
        for step in 0..<6_000 {
            switch Int.random(in: 0..<20, using: &random) {
            case 0..<9:
                last += 1
                Self.append(last, to: &strip)
                model.append(last)
            case 9..<13 where !model.isEmpty:
                strip.removeFirst(thread)
                model.removeFirst()
            case 13..<17 where !model.isEmpty:
                let number = model.remove(at: Int.random(in: 0..<model.count, using: &random))
                guard let cell = strip.first(where: { $0.number == number }) else {
                    Issue.record("\(number) is gone in step \(step)")
                    return
                }
                strip.remove(cell, thread)
            case 17:
                var other = CellStrip()
                for _ in 0..<Int.random(in: 0...(2 * Self.chunk + 3), using: &random) {
                    last += 1
                    Self.append(last, to: &other)
                    model.append(last)
                }
                strip.append(other)
            case 18 where step % 50 == 0:
                strip.removeAll(thread)
                model = []
            default: break
            }
            let isSame = strip.count == model.count && strip.isEmpty == model.isEmpty
            guard isSame, Self.numbers(strip) == model else {
                Issue.record("step \(step): \(Self.numbers(strip)), not \(model)")
                return
            }
        }
        strip.removeAll(thread)
    }

    /// One message that nobody takes must not keep the chunks of all that come and go behind it.
    @Test func chunksOfNothingButGapsGo() async {
        await #expect(processExitsWith: .success) {
            let count = try onThreadOfItsOwn {
                let thread = ThreadRecord.current
                var strip = CellStrip()
                Self.append(1, to: &strip)
                for number in 2..<UInt32(1_000 * Self.chunk) {
                    Self.append(number, to: &strip)
                    if let cell = strip.first(where: { $0.number == number }) {
                        strip.remove(cell, thread)
                    }
                }
                var chunks = 0
                var chunk = strip.first
                while let current = chunk {
                    chunks += 1
                    chunk = current.head.next
                }
                strip.removeAll(thread)
                return chunks
            }
            try #require(count <= 2, "\(count)")
        }
    }

    @Test func chunksThatComeFromOneThreadAndGoToAnotherAreUsedAgain() async {
        await #expect(processExitsWith: .success) {
            for _ in 0..<100 {
                let taken = try onThreadOfItsOwn {
                    SendableChunks((0..<50).map { _ in ChunkPool.take(ThreadRecord.current) })
                }
                try onThreadOfItsOwn {
                    for chunk in taken.chunks { ChunkPool.giveBack(chunk, ThreadRecord.current) }
                }
            }
            let idle = ChunkPool.idleCount
            // 50 and no more were ever needed; what the second thread kept went with it.
            try #require(idle > 0 && idle <= 50, "\(idle)")
        }
    }

    private struct SendableChunks: @unchecked Sendable {
        let chunks: [ChunkReference]

        init(_ chunks: [ChunkReference]) { self.chunks = chunks }
    }
}
