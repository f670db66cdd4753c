internal import RatCore

/// Which messages are traced: what is asked for, or everything, less what is left out.
struct TraceFilter: Equatable, Sendable {
    private var included: [ClosedRange<UInt32>] = []
    private var excluded: [ClosedRange<UInt32>] = []

    /// Everything.
    init() {}

    /// A part of a text that is no filter.
    struct Malformed: Error {
        let part: Substring
    }

    /// Reads `WM_SIZE, WM_APP..0xBFFF, !WM_TIMER`: names or numbers, two of them for a range, `!` before what is
    /// left out. An empty text is everything.
    init(_ text: Substring) throws(Malformed) {
        for item in text.split(separator: ",") {
            let part = item.trimmed
            let isExcluded = part.hasPrefix("!")
            let ends = (isExcluded ? part.dropFirst() : part).split(
                separator: "..",
                omittingEmptySubsequences: false
            )
            guard (1...2).contains(ends.count),
                let first = MessageNames.number(of: ends[0]),
                let last = MessageNames.number(of: ends[ends.count - 1]), first <= last
            else { throw Malformed(part: part) }
            if isExcluded { excluded.append(first...last) } else { included.append(first...last) }
        }
    }

    /// The same for a program, which knows what it has written.
    static func of(_ text: String) throws(RatError) -> TraceFilter {
        do throws(Malformed) {
            return try TraceFilter(text[...])
        } catch {
            throw .invalidArgument
        }
    }

    func admits(_ number: UInt32) -> Bool {
        (included.isEmpty || included.contains { $0.contains(number) })
            && !excluded.contains { $0.contains(number) }
    }
}

extension Substring {
    /// Without the spaces around it.
    fileprivate var trimmed: Substring {
        let start = drop { $0 == " " }
        return start.prefix(
            upTo: start.lastIndex { $0 != " " }.map(start.index(after:)) ?? start.endIndex
        )
    }
}
