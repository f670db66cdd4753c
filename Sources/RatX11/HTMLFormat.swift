#if X11

/// Win32's "HTML Format": a page with a head of its own, which says by offsets into the whole where the page lies and
/// what of it was copied.
enum HTMLFormat {
    /// A page, or a piece of one, as programs of X send it: UTF-8, or UTF-16 with a mark of its byte order.
    static func wrap(_ page: [UInt8]) -> [UInt8] {
        var page = utf8(page)
        if find("<html", in: page) == nil {
            page = Array("<html><body>".utf8) + page + Array("</body></html>".utf8)
        }
        let fragment = body(of: page)
        let start = head(0, 0, 0, 0).count
        let head = head(
            start,
            start + page.count,
            start + fragment.lowerBound,
            start + fragment.upperBound
        )
        return head + page
    }

    /// The page in it; `nil` if its head does not say where one is.
    static func unwrap(_ data: [UInt8]) -> [UInt8]? {
        let range =
            range(from: "StartHTML:", to: "EndHTML:", in: data)
            ?? range(from: "StartFragment:", to: "EndFragment:", in: data)
        return range.map { Array(data[$0]) }
    }

    private static func head(_ start: Int, _ end: Int, _ from: Int, _ to: Int) -> [UInt8] {
        func line(_ name: String, _ offset: Int) -> String {
            let digits = String(offset)
            return name + ":" + String(repeating: "0", count: 10 - digits.count) + digits + "\r\n"
        }
        let text =
            "Version:0.9\r\n" + line("StartHTML", start) + line("EndHTML", end)
            + line("StartFragment", from) + line("EndFragment", to)
        return Array(text.utf8)
    }

    /// What is between the tags of the body; the whole if there are none.
    private static func body(of page: [UInt8]) -> Range<Int> {
        guard let open = find("<body", in: page),
            let begin = page[open...].firstIndex(of: UInt8(ascii: ">")),
            let end = find("</body", in: page, from: begin)
        else { return 0..<page.count }
        return begin + 1..<end
    }

    private static func range(from: String, to: String, in data: [UInt8]) -> Range<Int>? {
        guard let start = offset(from, in: data), let end = offset(to, in: data), start <= end,
            end <= data.count
        else { return nil }
        return start..<end
    }

    /// The number behind a word of the head.
    private static func offset(_ word: String, in data: [UInt8]) -> Int? {
        guard let place = find(word, in: data, before: longestHead) else { return nil }
        let digits = data[(place + word.utf8.count)...].prefix(10).prefix {
            (0x30...0x39).contains($0)
        }
        guard !digits.isEmpty else { return nil }
        return digits.reduce(0) { $0 * 10 + Int($1 - 0x30) }
    }

    private static let longestHead = 1024

    /// Where a word of ASCII begins, whatever its case.
    private static func find(
        _ word: String,
        in data: [UInt8],
        from start: Int = 0,
        before end: Int = .max
    ) -> Int? {
        let word = Array(word.utf8).map(lowercased)
        let last = min(end, data.count) - word.count
        guard start <= last else { return nil }
        return (start...last).first { place in
            word.indices.allSatisfy { lowercased(data[place + $0]) == word[$0] }
        }
    }

    private static func lowercased(_ byte: UInt8) -> UInt8 {
        (0x41...0x5A).contains(byte) ? byte + 0x20 : byte
    }

    private static func utf8(_ page: [UInt8]) -> [UInt8] {
        let isLittle = page.starts(with: [0xFF, 0xFE])
        guard isLittle || page.starts(with: [0xFE, 0xFF]) else { return page }
        let units = stride(from: 2, to: page.count - 1, by: 2).map { place in
            let (first, second) = (UInt16(page[place]), UInt16(page[place + 1]))
            return isLittle ? second << 8 | first : first << 8 | second
        }
        return Array(String(decoding: units, as: UTF16.self).utf8)
    }
}

#endif
