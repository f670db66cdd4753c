internal import RatCore

/// Which messages are traced: what is asked for, or everything, less what is left out.
struct TraceFilter: Equatable, Sendable {
    private var included: [ClosedRange<UInt32>] = []
    private var excluded: [ClosedRange<UInt32>] = []

    /// Everything.
    init() {}

    /// Reads `WM_SIZE,WM_APP..0xBFFF,!WM_TIMER`: names or numbers, two of them for a range, `!` before what is
    /// left out. An empty text is everything; `nil` for what is none of it.
    init?(_ text: Substring) {
        for part in text.split(separator: ",") {
            let isExcluded = part.hasPrefix("!")
            let ends = (isExcluded ? part.dropFirst() : part).split(
                separator: "..",
                omittingEmptySubsequences: false
            )
            guard (1...2).contains(ends.count),
                let first = MessageNames.number(of: ends[0]),
                let last = MessageNames.number(of: ends[ends.count - 1]), first <= last
            else { return nil }
            if isExcluded { excluded.append(first...last) } else { included.append(first...last) }
        }
    }

    func admits(_ number: UInt32) -> Bool {
        (included.isEmpty || included.contains { $0.contains(number) })
            && !excluded.contains { $0.contains(number) }
    }
}
