import Glibc
import RatCore
import RatIPC
import RatMessaging
import RatSystem
import RatTestSupport
import Testing

@testable import RatLinks

/// Whatever a process writes that has a connection, the other side loses at most that connection.
///
/// RAT_FUZZ_FRAMES: how many frames each test writes; RAT_FUZZ_SEED repeats a run.
@Suite(.serialized) struct HostileTests {
    private static func number(_ name: String) -> UInt64? {
        unsafe getenv(name).flatMap { unsafe UInt64(String(cString: $0)) }
    }

    private static let frames = number("RAT_FUZZ_FRAMES") ?? 20_000
    private static let seed = number("RAT_FUZZ_SEED") ?? UInt64(getpid())

    // MARK: - Against owners

    @Test func aVisitorThatWritesAnythingHarmsNobodyElse() throws {
        print("seed \(Self.seed)")
        var random = SeededRandom(seed: Self.seed)
        let name = try Place.newName()
        let queue = try Place.make(name)
        let friend = try Place.visit(name)
        var written: UInt64 = 0
        while written < Self.frames {
            let line = try Line.connect(to: name)
            let stranger = try Stranger(line.file)
            written += Self.write(by: stranger, &random, line.socket)
            // What it asked for is not taken for what the friend asks.
            while (try? Place.take(queue, until: .distantPast)) != nil {}
            #expect(try MessageQueue.info(friend).capacity > 0)
        }
        try Place.post(4242, to: friend)
        var header: MessageHeader
        repeat { header = try Place.take(queue).header } while header.message != 4242
        try MessageQueue.close(friend)
        try MessageQueue.close(queue)
    }

    /// Frames that are nearly right, or nothing of the kind, until the owner hangs up or has had enough of them.
    private static func write(
        by stranger: Stranger,
        _ random: inout SeededRandom,
        _ socket: borrowing PacketSocket
    ) -> UInt64 {
        let rings = [
            (words: 0, first: 4096, size: 1 << 18), (words: 256, first: 266_240, size: 1 << 16),
        ]
        var positions: [UInt64] = [0, 0]
        let count = Int.random(in: 1...600, using: &random)
        let isWild = Int.random(in: 0..<4, using: &random) == 0
        for _ in 0..<count {
            let number = Int.random(in: 0..<2, using: &random)
            let ring = rings[number]
            let read = stranger.word(at: ring.words + 64).load()
            if positions[number] &- read > UInt64(ring.size / 2) {
                Self.ring(socket)
                if Self.hasEnded(socket) { break }
                sched_yield()
                continue
            }
            let offset = Int(truncatingIfNeeded: positions[number])
            if isWild, Int.random(in: 0..<8, using: &random) == 0 {
                stranger.scribble(128, at: offset, in: ring.size, from: ring.first, &random)
                positions[number] &+= UInt64.random(in: 0...300, using: &random)
            } else {
                let frame = frame(&random, isCall: number == 1)
                stranger.write(frame, at: offset, in: ring.size, from: ring.first)
                positions[number] &+= 128 + UInt64(min(frame.size, 4000))
            }
            stranger.word(at: ring.words).store(positions[number])
            if isWild, Int.random(in: 0..<100, using: &random) == 0 {
                // Any word of the head, the owner's own too.
                let place = 64 * Int.random(in: 0..<13, using: &random)
                stranger.word(at: place).store(
                    random.next() >> UInt64.random(in: 0..<64, using: &random)
                )
            }
            if Int.random(in: 0..<16, using: &random) == 0 { Self.ring(socket) }
        }
        Self.ring(socket)
        return UInt64(count)
    }

    private static func frame(_ random: inout SeededRandom, isCall: Bool) -> Frame {
        var frame = Frame(.post)
        frame.kind = isCall ? UInt32.random(in: 2...9, using: &random) : 1
        if Int.random(in: 0..<200, using: &random) == 0 {
            frame.kind = UInt32.random(in: 0...20, using: &random)
        }
        frame.token = random.next() >> UInt64.random(in: 0..<64, using: &random)
        frame.message = UInt32.random(in: 0...1000, using: &random)
        frame.priority = Int32.random(in: -8...8, using: &random)
        frame.wparam = random.next()
        frame.sender = random.next() >> UInt64.random(in: 0..<64, using: &random)
        frame.size = UInt32.random(in: 0...64, using: &random)
        if Int.random(in: 0..<100, using: &random) == 0 {
            frame.size = UInt32.random(in: 0...4000, using: &random)
        }
        if Int.random(in: 0..<300, using: &random) == 0 {
            frame.size = UInt32.random(in: 0 ... .max, using: &random)
        }
        frame.flags = UInt32.random(in: 0 ... .max, using: &random)
        let soon = Instant.now().nanoseconds &+ UInt64.random(in: 0...2_000_000, using: &random)
        frame.extra.0 = Bool.random(using: &random) ? 0 : soon
        if Int.random(in: 0..<8, using: &random) == 0 { frame.extra.0 = random.next() }
        // In a post: not before then. One that is due in a year fills the queue for as long.
        frame.extra.1 = isCall && frame.kind != 2 ? random.next() : soon
        frame.extra.2 = random.next() >> UInt64.random(in: 0..<64, using: &random)
        frame.extra.3 = random.next() >> UInt64.random(in: 0..<64, using: &random)
        frame.extra.4 = random.next()
        frame.extra.5 = random.next()
        return frame
    }

    @Test func whoSaysNothingSensibleAtFirstIsHungUpOn() throws {
        var random = SeededRandom(seed: Self.seed)
        let name = try Place.newName()
        let queue = try Place.make(name)
        for round in 0..<300 {
            let socket = try QueueNames(of: name, isCreating: false).find()
            let size = Int.random(in: 0...600, using: &random)
            var bytes = (0..<size).map { _ in UInt8.random(in: 0...255, using: &random) }
            if round % 3 == 0 {
                bytes.replaceSubrange(0..<min(8, size), with: Array("RatLink1".utf8.prefix(size)))
            }
            // With a descriptor where none belongs.
            let file = round % 2 == 0 ? try LinkMemory.makeFile() : OpenFile()
            unsafe bytes.withUnsafeBytes { _ = unsafe socket.send($0, with: file) }
            if round % 5 != 0 {
                let isRefused = Self.isAnsweredWithoutMemory(socket)
                #expect(isRefused)
            }
        }
        let friend = try Place.visit(name)
        #expect(try MessageQueue.info(friend).queued == 0)
        try MessageQueue.close(friend)
        try MessageQueue.close(queue)
    }

    // MARK: - Against visitors

    @Test func anOwnerThatAnswersAnythingHarmsOnlyThoseWhoAskIt() throws {
        var random = SeededRandom(seed: Self.seed &+ 1)
        // Whoever has opened a queue can reach others.
        try MessageQueue.close(Place.make(Place.newName()))
        var written: UInt64 = 0
        while written < Self.frames {
            let ends = try Ends.make()
            let file = try LinkMemory.makeFile()
            let stranger = try Stranger(file)
            let owner = ends.owner
            let peer = try owner.peer()
            let visitor = try Visitor(ends.visitor, LinkMemory(file), peer, overflowWait: 0)
            let handle = try DistantQueue.insert(visitor, byteBudget: 1 << 20)
            let callers = (0..<2).map { number in
                TestThread { () -> Int in
                    var ends = 0
                    for _ in 0..<1000 {
                        do throws(RatError) {
                            switch number {
                            case 0: _ = try MessageQueue.info(handle)
                            default: _ = try Place.take(handle)
                            }
                        } catch {
                            ends += 1
                            if error == .notConnected { break }
                        }
                    }
                    return ends
                }
            }
            var position: UInt64 = 0
            let count = Int.random(in: 1...400, using: &random)
            for _ in 0..<count {
                let read = stranger.word(at: 512 + 64).load()
                if position &- read > 1 << 15 {
                    Self.ring(owner)
                    if Self.hasEnded(owner) { break }
                    sched_yield()
                    continue
                }
                var frame = Self.frame(&random, isCall: true)
                frame.kind = Int.random(in: 0..<100, using: &random) == 0 ? 3 : 16
                frame.status = UInt32.random(in: 0...3, using: &random)
                // The number of a request that may be under way: it is in the ring of calls.
                let asked = Int.random(in: 0..<8, using: &random)
                frame.token = stranger.word(at: 266_240 + 128 * asked + 8).load()
                frame.extra.0 = UInt64.random(in: 0...1, using: &random)
                frame.extra.1 = UInt64.random(in: 0...1, using: &random)
                frame.extra.3 = UInt64.random(in: 0...1, using: &random)
                stranger.write(
                    frame,
                    at: Int(truncatingIfNeeded: position),
                    in: 1 << 16,
                    from: 331_776
                )
                position &+= 128 + UInt64(min(frame.size, 4000))
                stranger.word(at: 512).store(position)
                if Int.random(in: 0..<16, using: &random) == 0 { Self.ring(owner) }
            }
            written += UInt64(count)
            owner.shutDown()
            for caller in callers { _ = try caller.join() }
            try MessageQueue.close(handle)
        }
    }

    @Test func aPartOfAHeadKeepsNoConnectionFromEnding() throws {
        try MessageQueue.close(Place.make(Place.newName()))
        let ends = try Ends.make()
        let file = try LinkMemory.makeFile()
        let stranger = try Stranger(file)
        let owner = ends.owner
        let peer = try owner.peer()
        let visitor = try Visitor(ends.visitor, LinkMemory(file), peer, overflowWait: 0)
        let handle = try DistantQueue.insert(visitor, byteBudget: 1 << 20)
        stranger.word(at: 512).store(100)
        Self.ring(owner)
        let caller = TestThread { () -> RatError? in
            do throws(RatError) {
                _ = try Place.take(handle)
                return nil
            } catch {
                return error
            }
        }
        try caller.waitUntilParked()
        owner.shutDown()
        #expect(try caller.join() == .notConnected)
        try MessageQueue.close(handle)
    }

    // MARK: -

    private static func ring(_ socket: borrowing PacketSocket) {
        var bell: UInt8 = 1
        _ = unsafe withUnsafeBytes(of: &bell) { unsafe socket.send($0) }
    }

    private static func hasEnded(_ socket: borrowing PacketSocket) -> Bool {
        unsafe withUnsafeTemporaryAllocation(byteCount: 64, alignment: 8) { buffer in
            while true {
                switch unsafe socket.receive(into: buffer) {
                case .bytes: continue
                case .nothingYet: return false
                case .end: return true
                }
            }
        }
    }

    /// Whether the owner has answered, or hung up, and given nothing.
    private static func isAnsweredWithoutMemory(_ socket: borrowing PacketSocket) -> Bool {
        let deadline = Patience.deadline
        while Instant.now() < deadline {
            let isRefused: Bool? = unsafe withUnsafeTemporaryAllocation(
                byteCount: 64,
                alignment: 8
            ) { buffer in
                switch unsafe socket.receive(into: buffer) {
                case .bytes(_, let file): file.rawValue < 0
                case .end: true
                case .nothingYet: nil
                }
            }
            if let isRefused { return isRefused }
            _ = SocketCalls.poll(socket.rawValue, for: .readable, until: deadline)
        }
        return false
    }
}

/// A connection to an owner, with its memory, and nobody who keeps to rules.
private struct Line: ~Copyable {
    let socket: PacketSocket
    let file: OpenFile

    static func connect(to name: ObjectName) throws -> Line {
        let socket = try QueueNames(of: name, isCreating: false).find()
        guard Hello.ask(for: name, by: socket) else { throw RatError.notFound }
        let deadline = Patience.deadline
        var answer = Hello.Answer()
        while true {
            switch unsafe withUnsafeMutableBytes(of: &answer, { unsafe socket.receive(into: $0) }) {
            case .bytes(_, let file): return Line(socket: socket, file: file)
            case .end: throw RatError.notConnected
            case .nothingYet:
                _ = SocketCalls.poll(socket.rawValue, for: .readable, until: deadline)
            }
        }
    }
}

/// A pair of connected sockets.
private struct Ends: ~Copyable {
    var owner: PacketSocket
    var visitor: PacketSocket

    static func make() throws -> Ends {
        let place = try OpenFile.directory(Array("/tmp".utf8CString), in: OpenFile())
        let name = Array("rat-links-pair-\(getpid())".utf8CString)
        try? place.unlink(name)
        let listener = try PacketSocket.listening(as: name, in: place)
        let visitor = try PacketSocket.connected(to: name, in: place)
        try place.unlink(name)
        guard let owner = listener.accept() else { throw RatError.notConnected }
        return Ends(owner: owner, visitor: visitor)
    }
}
