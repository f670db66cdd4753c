#if X11

import RatDisplay
import Testing

@testable import RatX11

/// What data of the clipboard is called and how it is encoded, in both directions; and that nothing which strangers
/// send does harm. Run under the address sanitizer.
@Suite struct ClipboardTargetTests {
    @Test func theBestTextIsAskedForAndQuestionsAreNoFormats() {
        let understood = ClipboardTargets.understood([
            "TIMESTAMP", "TARGETS", "MULTIPLE", "STRING", "x/y", "TEXT", "text/plain;charset=UTF-8",
            "COMPOUND_TEXT", "", String(repeating: "n", count: 256),
        ])
        #expect(understood.map(\.format) == [.text, .named("x/y")])
        #expect(understood.map(\.target) == ["text/plain;charset=UTF-8", "x/y"])
    }

    @Test func pagesAndPicturesHaveBothNamesUnlessTheOwnerHasWin32s() {
        let understood = ClipboardTargets.understood(["text/html", "image/bmp", "image/png"])
        let formats: [ExchangeFormat] = [
            .named("HTML Format"), .named("text/html"), .bitmap, .named("image/bmp"), .named("PNG"),
            .named("image/png"),
        ]
        #expect(understood.map(\.format) == formats)
        let own = ClipboardTargets.understood(["text/html", "HTML Format"])
        #expect(own.first { $0.format == .named("HTML Format") }?.target == "HTML Format")
    }

    @Test func whatIsOfferedCanBeAskedFor() {
        let formats: [ExchangeFormat] = [.text, .bitmap, .named("HTML Format"), .named("x/y")]
        let targets = ClipboardTargets.offered(formats)
        #expect(Set(targets).count == targets.count)
        for target in targets {
            #expect(ClipboardTargets.format(for: target, among: formats) != nil, "\(target)")
        }
        #expect(ClipboardTargets.format(for: "UTF8_STRING", among: [.bitmap]) == nil)
        #expect(ClipboardTargets.format(for: "image/png", among: formats) == nil)
        #expect(ClipboardTargets.format(for: "", among: formats) == nil)
    }

    @Test func textIsReadByItsTypeAndIsAlwaysUTF8() {
        func text(_ bytes: [UInt8], _ type: String) -> [UInt8]? {
            ClipboardTargets.decoded(bytes, type: type, target: "UTF8_STRING", as: .text)
        }
        #expect(text([0x61, 0xE4], "STRING") == Array("aä".utf8))
        #expect(text(Array("ä".utf8), "UTF8_STRING") == Array("ä".utf8))
        #expect(text([0x61, 0xE4], "UTF8_STRING") == Array("a\u{FFFD}".utf8))
        #expect(text([0x61, 0xE4], "text/plain") == Array("aä".utf8))
        #expect(text([0x61, 0, 0x62], "UTF8_STRING") == [0x61])
        #expect(text([], "") == [])
    }

    @Test func aPageSurvivesBothWays() throws {
        let page = Array("<html><body class=x>a <b>b</b></body></html>".utf8)
        let wrapped = HTMLFormat.wrap(page)
        #expect(HTMLFormat.unwrap(wrapped) == page)
        #expect(number("StartFragment:", in: wrapped).map { wrapped[$0] } == UInt8(ascii: "a"))
        let end = try #require(number("EndFragment:", in: wrapped))
        #expect(wrapped[end...].starts(with: Array("</body>".utf8)))
        let piece = HTMLFormat.wrap(Array("<i>ä</i>".utf8))
        let whole = try #require(HTMLFormat.unwrap(piece))
        #expect(String(decoding: whole, as: UTF8.self) == "<html><body><i>ä</i></body></html>")
        let wide: [UInt8] =
            [0xFF, 0xFE] + "<b>ä</b>".utf16.flatMap { [UInt8($0 & 255), UInt8($0 >> 8)] }
        #expect(String(decoding: HTMLFormat.wrap(wide), as: UTF8.self).contains("<b>ä</b>"))
    }

    private func number(_ word: String, in data: [UInt8]) -> Int? {
        let text = String(decoding: data, as: UTF8.self)
        guard let range = text.firstRange(of: word) else { return nil }
        return Int(text[range.upperBound...].prefix(10))
    }

    @Test func aPictureSurvivesBothWaysWithItsColours() {
        var bitmap = [UInt8](repeating: 0, count: 40 + 2 * 4 + 4)
        (bitmap[0], bitmap[4], bitmap[8], bitmap[12], bitmap[14], bitmap[32]) = (40, 1, 1, 1, 1, 2)
        bitmap[50] = 77
        let file = BitmapFile.wrap(bitmap)
        #expect(file?.count == bitmap.count + 14)
        #expect(file.map { Array($0[10..<14]) } == [62, 0, 0, 0])
        #expect(file.flatMap { BitmapFile.unwrap($0) } == bitmap)
        // A file may have room before its pixels.
        var loose = file ?? []
        loose.insert(contentsOf: [9, 9, 9], at: 62)
        loose[10] = 65
        #expect(BitmapFile.unwrap(loose) == bitmap)
        #expect(BitmapFile.wrap([]) == nil && BitmapFile.unwrap([0x42, 0x4D]) == nil)
        #expect(BitmapFile.wrap(Array(bitmap[..<40])) == nil)
    }

    @Test func nothingThatStrangersSendDoesHarm() {
        var random = Random(state: 4711)
        let formats: [(ExchangeFormat, String)] = [
            (.text, "UTF8_STRING"), (.bitmap, "image/bmp"), (.named("HTML Format"), "text/html"),
            (.named("HTML Format"), "HTML Format"),
        ]
        let heads: [[UInt8]] = [
            [], [0x42, 0x4D], [40, 0, 0, 0], [12, 0, 0, 0], [124, 0, 0, 0], [0xFF, 0xFE],
            [0xFE, 0xFF],
            Array("StartHTML:9999999999 EndHTML:9999999999".utf8), Array("StartHTML:".utf8),
            Array("StartFragment:0000000000 EndFragment:0000000030".utf8),
            Array("<html <body".utf8),
            Array("</body<body>".utf8),
        ]
        for round in 0..<5_000 {
            let head = heads[round % heads.count]
            let length = Int.random(in: 0...90, using: &random)
            let isSparse = round % 2 == 0
            let tail = (0..<length).map { _ in
                isSparse && Bool.random(using: &random)
                    ? 0 : UInt8.random(in: 0...255, using: &random)
            }
            for (format, target) in formats {
                let type = round % 3 == 0 ? "STRING" : target
                let decoded = ClipboardTargets.decoded(
                    head + tail,
                    type: type,
                    target: target,
                    as: format
                )
                _ = decoded.flatMap { ClipboardTargets.encoded($0, of: format, for: target) }
                _ = ClipboardTargets.encoded(head + tail, of: format, for: target)
            }
        }
    }
}

private struct Random: RandomNumberGenerator {
    var state: UInt64

    mutating func next() -> UInt64 {
        state ^= state << 13
        state ^= state >> 7
        state ^= state << 17
        return state
    }
}

#endif
