import Glibc
import RatCore
import RatSystem
import RatTestSupport

@testable import RatMessaging

/// What the long stresses share: numbered messages, and books about what became of each.
enum Storm {
    /// Each stress goes round after round until then: a minute where RAT_STRESS=1 asks for it, or a part of
    /// that.
    static func deadline(parts: UInt64) -> Instant {
        let isLong = unsafe getenv("RAT_STRESS").map { unsafe String(cString: $0) } == "1"
        return Instant.now().advanced(byMilliseconds: (isLong ? 60_000 : 3_000) / parts)
    }

    /// Ends a consumer.
    static let end: UInt32 = 2000
    /// Kinds of messages, told by their numbers. The last one's replace each other.
    static let kinds: UInt32 = 4
    static let replacing = firstKind + kinds - 1
    static let firstKind: UInt32 = 1000

    static func message(
        _ producer: Int,
        _ serial: Int,
        _ random: inout SeededRandom
    ) -> Received {
        let size = [0, 0, 8, 64, 65, 200].randomElement(using: &random) ?? 0
        return Received(
            firstKind + UInt32.random(in: 0..<kinds, using: &random),
            wparam: UInt(producer) << 32 | UInt(serial),
            priority: Int32.random(in: -4...3, using: &random),
            payload: pattern(size, seed: UInt8(producer))
        )
    }

    /// A filter that lets whole kinds through, so that it leaves order alone.
    static func filter(_ random: inout SeededRandom) -> MessageFilter {
        let first = firstKind + UInt32.random(in: 0..<kinds, using: &random)
        switch Int.random(in: 0..<4, using: &random) {
        case 0: return MessageFilter(range: first...end)
        case 1: return MessageFilter(range: 0...end, classes: QueueStatus.posted)
        case 2: return MessageFilter(range: first...first)
        default: return .all
        }
    }
}

extension MessageFilter {
    /// Whether a consumer may wait with it: a full queue of what it is not for would never change.
    var letsAllThrough: Bool {
        target == .any && range.lowerBound == 0 && range.contains(Storm.end)
    }
}

/// What one producer knows of its messages, and finds out.
struct Ledger: Sendable {
    let producer: Int
    /// By serial: whether the queue took it.
    var accepted: [Bool] = []
    var cancelled: Set<Int> = []
    /// Those whose place others may take.
    var replaceable: Set<Int> = []
    var refusals: UInt64 = 0
    var failure: RatError?
    private var tokens: [(token: UInt64, serial: Int, target: Handle)] = []

    init(_ producer: Int) {
        self.producer = producer
    }

    /// Posts a message in one way or another, and at times takes one back.
    mutating func post(
        to target: Handle,
        deadline: Instant,
        _ random: inout SeededRandom
    ) {
        let serial = accepted.count
        let message = Storm.message(producer, serial, &random)
        var options = PostOptions()
        options.deadline = deadline
        options.wantsToken = Int.random(in: 0..<4, using: &random) == 0
        if message.number == Storm.replacing {
            options.replaces = true
            options.key = UInt64(producer) << 8 | UInt64.random(in: 0..<3, using: &random)
            replaceable.insert(serial)
        }
        let isPlain = !options.wantsToken && !options.replaces && deadline == .distantPast
        do throws(RatError) {
            if isPlain {
                try Queue.post(message, to: target)
            } else {
                let token = try Queue.post(message, to: target, options)
                if options.wantsToken { tokens.append((token, serial, target)) }
            }
            accepted.append(true)
        } catch {
            accepted.append(false)
            if error == .noResources { refusals += 1 } else { failure = error }
            sched_yield()
        }
        if tokens.count > 6 {
            let choice = tokens.remove(at: Int.random(in: 0..<tokens.count, using: &random))
            let isThere = (try? MessageQueue.cancel(choice.token, of: choice.target)) != nil
            if isThere { cancelled.insert(choice.serial) }
        }
    }
}

/// What one consumer received.
struct Receipts: Sendable {
    private struct Lane: Hashable {
        let producer: UInt32
        let priority: Int32
        let number: UInt32
        let target: Handle
    }

    /// By producer, each as often as it came.
    private(set) var serials: [Int: [Int]] = [:]
    private(set) var count: UInt64 = 0
    private(set) var failure: String?
    private var last: [Lane: Int] = [:]

    /// Notes a message, which has to be whole and in order.
    mutating func note(_ message: Message, isInOrder: Bool) {
        let (producer, serial) = (
            Int(message.header.wparam >> 32), Int(message.header.wparam & 0xFFFF_FFFF)
        )
        count += 1
        serials[producer, default: []].append(serial)
        let bytes = message.bytes
        if bytes != pattern(bytes.count, seed: UInt8(producer)) { failure = "bytes of \(serial)" }
        // What takes the place of another comes when that would have.
        guard isInOrder, message.header.message != Storm.replacing else { return }
        let lane = Lane(
            producer: UInt32(producer),
            priority: message.header.priority,
            number: message.header.message,
            target: message.header.target
        )
        if let before = last.updateValue(serial, forKey: lane), before >= serial {
            failure = "\(serial) of \(producer) after \(before)"
        }
    }
}

extension Storm {
    /// Compares what was posted, what was received and what the queue says. What is wrong, or `nil`.
    static func audit(
        _ ledgers: [Ledger],
        _ receipts: [Receipts],
        _ info: QueueInfo,
        mayLose: (Ledger, Int) -> Bool
    ) -> String? {
        if let failure = receipts.lazy.compactMap(\.failure).first { return failure }
        var posted: UInt64 = 0
        var lost: UInt64 = 0
        for ledger in ledgers {
            if let failure = ledger.failure { return "\(failure) in a post" }
            var seen = [Bool](repeating: false, count: ledger.accepted.count)
            for serial in receipts.lazy.flatMap({ $0.serials[ledger.producer] ?? [] }) {
                guard seen.indices.contains(serial), ledger.accepted[serial] else {
                    return "\(serial) was never accepted"
                }
                if seen[serial] { return "\(serial) came twice" }
                if ledger.cancelled.contains(serial) { return "\(serial) was cancelled" }
                seen[serial] = true
            }
            for (serial, isAccepted) in ledger.accepted.enumerated() where isAccepted {
                posted += 1
                if seen[serial] || ledger.cancelled.contains(serial) { continue }
                lost += 1
                if !mayLose(ledger, serial) { return "\(serial) of \(ledger.producer) is lost" }
            }
        }
        let cancelled = ledgers.reduce(0) { $0 + UInt64($1.cancelled.count) }
        let received = receipts.reduce(0) { $0 + $1.count }
        let isRight =
            info.isBalanced && info.queued == 0 && info.delayed == 0 && info.queuedBytes == 0
            && info.posted == posted && info.retrieved == received && info.cancelled == cancelled
            && info.refused == ledgers.reduce(0) { $0 + $1.refusals }
            && info.dropped + info.replaced + info.discarded == lost
        return isRight ? nil : "\(info) with \(posted) posted, \(received) received, \(lost) lost"
    }
}
