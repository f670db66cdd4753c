internal import RatCore
internal import RatDisplay
internal import RatMessaging
internal import RatSystem
internal import RatTestSupport
internal import Testing

@testable internal import RatWindowing

/// The clipboard beside another program that a test plays. It is the process's, so each test has a process of its own.
@Suite struct ClipboardTests {
    /// Another program's side. Sendable: the fields are guarded by `lock`.
    private final class Others: ClipboardExchange, @unchecked Sendable {
        private let lock = Lock()
        private var offers: [[ExchangeFormat]] = []
        private var supplied: [UInt64: [UInt8]?] = [:]
        private var held: [@Sendable () -> Void] = []
        /// Whether offers are answered only when `release` is called.
        private let holds: Bool

        init(holds: Bool = false) { self.holds = holds }

        func offer(
            _ formats: [ExchangeFormat],
            as offer: UInt64,
            _ completion: @escaping @Sendable () -> Void
        ) {
            lock.lock()
            offers.append(formats)
            if holds { held.append(completion) }
            lock.unlock()
            if !holds { completion() }
        }

        func fetch(
            _ format: ExchangeFormat,
            of offer: UInt64,
            _ completion: @escaping @Sendable (Result<[UInt8], ExchangeError>) -> Void
        ) {
            completion(offer % 4 == 1 ? .success(Array("theirs".utf8)) : .failure(.refused))
        }

        func supply(_ data: [UInt8]?, for ticket: UInt64) {
            lock.lock()
            supplied[ticket] = data
            lock.unlock()
        }

        func taken<Value>(_ body: (Others) -> Value) -> Value {
            lock.lock()
            defer { lock.unlock() }
            return body(self)
        }

        var offerCount: Int { taken { $0.offers.count } }
        var lastOffer: [ExchangeFormat]? { taken { $0.offers.last } }
        func answer(_ ticket: UInt64) -> [UInt8]?? { taken { $0.supplied[ticket] } }
    }

    private static func copy(_ text: String) throws(RatError) {
        let clipboard = Clipboard.shared
        try clipboard.open(.invalid)
        defer { try? clipboard.close() }
        try clipboard.empty()
        try clipboard.set(ClipboardFormat.unicodeText, ClipboardText.imported(Array(text.utf8)))
    }

    private static func paste() throws(RatError) -> String {
        let clipboard = Clipboard.shared
        try clipboard.open(.invalid)
        defer { try? clipboard.close() }
        let data = try clipboard.data(ClipboardFormat.unicodeText)
        let plain = ClipboardText.exported(data, from: ClipboardFormat.unicodeText)
        return String(decoding: plain, as: UTF8.self)
    }

    @Test func aCopyOnItsWayIsNewerThanTheNewsItCrosses() async {
        await #expect(processExitsWith: .success) {
            let (clipboard, others) = (Clipboard.shared, Others())
            clipboard.join { _ in others }
            clipboard.formats([], of: 0, isNobodys: true)
            try ClipboardTests.copy("mine")
            clipboard.othersOffer(3, after: 0)
            clipboard.formats([.text], of: 3, isNobodys: false)
            #expect(try ClipboardTests.paste() == "mine")
            clipboard.othersOffer(5, after: 1)
            clipboard.formats([.text], of: 5, isNobodys: false)
            #expect(try ClipboardTests.paste() == "theirs")
            #expect(others.offerCount == 1)
        }
    }

    @Test func onlyWhatIsOfferedNowIsGivenAway() async {
        await #expect(processExitsWith: .success) {
            let (clipboard, others) = (Clipboard.shared, Others())
            clipboard.join { _ in others }
            clipboard.formats([], of: 0, isNobodys: true)
            try ClipboardTests.copy("a\nb")
            let first = clipboard.contents.id
            #expect(others.lastOffer == [.text])
            clipboard.wanted(.text, of: first, ticket: 1)
            #expect(others.answer(1) == .some(Array("a\nb".utf8)))
            clipboard.wanted(.bitmap, of: first, ticket: 2)
            #expect(others.answer(2) == .some(nil))
            // While it is emptied and filled anew, others get what was there.
            try clipboard.open(.invalid)
            try clipboard.empty()
            clipboard.wanted(.text, of: first, ticket: 3)
            #expect(others.answer(3) == .some(Array("a\nb".utf8)))
            try clipboard.close()
            clipboard.wanted(.text, of: first, ticket: 4)
            #expect(others.answer(4) == .some(nil))
        }
    }

    @Test func aCopyFromBeforeThereWasADisplayIsOfferedWhenNobodyElseHasOne() async {
        await #expect(processExitsWith: .success) {
            let (clipboard, others) = (Clipboard.shared, Others())
            try ClipboardTests.copy("early")
            clipboard.join { _ in others }
            #expect(others.offerCount == 0)
            clipboard.formats([], of: 0, isNobodys: true)
            #expect(others.lastOffer == [.text])
            clipboard.exchangeEnded()
            #expect(try ClipboardTests.paste() == "early" && !clipboard.isJoined)
        }
    }

    @Test func namesThatStrangersBringHaveAnEnd() async {
        await #expect(processExitsWith: .success) {
            let (clipboard, others) = (Clipboard.shared, Others())
            clipboard.join { _ in others }
            for round in 0..<20 {
                let offer = UInt64(round) * 2 + 3
                clipboard.othersOffer(offer, after: 0)
                let names = (0..<200).map { ExchangeFormat.named("\(round).\($0)") }
                clipboard.formats(names, of: offer, isNobodys: false)
            }
            #expect(clipboard.foreignNames == 2048)
            _ = try RegisteredMessages.register("the program's own")
        }
    }

    /// Made for the thread sanitizer.
    @Test func threadsAndOtherProgramsCopyAndPasteAtOnce() async {
        await #expect(processExitsWith: .success) {
            let (clipboard, others) = (Clipboard.shared, Others())
            clipboard.join { _ in others }
            clipboard.formats([], of: 0, isNobodys: true)
            let threads = (0..<3).map { (number: Int) in
                TestThread { () -> Void in ClipboardTests.copyAndPaste(number) }
            }
            for round in 0..<600 {
                let offer = UInt64(round) * 2 + 3
                clipboard.wanted(
                    .text,
                    of: clipboard.withLock { clipboard.contents.id },
                    ticket: offer
                )
                clipboard.othersOffer(offer, after: UInt64(others.offerCount))
                clipboard.formats([.text, .named("x")], of: offer, isNobodys: false)
            }
            for thread in threads { try thread.join() }
            _ = clipboard.sequenceNumber
        }
    }

    private static func copyAndPaste(_ number: Int) {
        for round in 0..<300 {
            do throws(RatError) {
                if (round + number) % 2 == 0 {
                    try copy("thread \(number)")
                } else {
                    let text = try paste()
                    precondition(text.hasPrefix("thread") || text == "theirs", text)
                }
            } catch {
                // Another one has it open, or there is nothing, or no more.
                precondition(error == .accessDenied || error == .notFound, "\(error)")
            }
            _ = Clipboard.shared.isAvailable(ClipboardFormat.text)
            _ = Clipboard.shared.count
        }
    }
}
