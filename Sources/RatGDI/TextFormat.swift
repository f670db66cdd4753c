#if GDI

/// What `RatGdiDrawText` is asked for.
struct TextFormat: OptionSet, Sendable {
    let rawValue: UInt32

    static let center = TextFormat(rawValue: 0x0001)
    static let right = TextFormat(rawValue: 0x0002)
    static let vcenter = TextFormat(rawValue: 0x0004)
    static let bottom = TextFormat(rawValue: 0x0008)
    static let wordBreak = TextFormat(rawValue: 0x0010)
    static let singleLine = TextFormat(rawValue: 0x0020)
    static let expandTabs = TextFormat(rawValue: 0x0040)
    static let tabStop = TextFormat(rawValue: 0x0080)
    static let noClip = TextFormat(rawValue: 0x0100)
    static let externalLeading = TextFormat(rawValue: 0x0200)
    static let calcRect = TextFormat(rawValue: 0x0400)
    static let noPrefix = TextFormat(rawValue: 0x0800)
    static let editControl = TextFormat(rawValue: 0x2000)
    static let pathEllipsis = TextFormat(rawValue: 0x4000)
    static let endEllipsis = TextFormat(rawValue: 0x8000)
    static let wordEllipsis = TextFormat(rawValue: 0x4_0000)
    static let hidePrefix = TextFormat(rawValue: 0x10_0000)
    static let prefixOnly = TextFormat(rawValue: 0x20_0000)

    static let known: UInt32 = 0x003E_FFFF

    /// Characters from one tab stop to the next.
    var tabSize: Int {
        contains(.tabStop) ? Int(rawValue >> 8 & 0xFF) : 8
    }

    /// Without the bits that are a tab's size.
    var cleaned: TextFormat {
        contains(.tabStop) ? TextFormat(rawValue: rawValue & ~0xFF00) : self
    }
}

/// A text in lines.
struct TextLayout {
    struct Line {
        var text: TextLine
        /// The character that the prefix underlines.
        var prefixed: Int?
    }

    private(set) var lines: [Line] = []
    private let format: TextFormat
    private let tabWidth: Int
    private let limit: Int
    private let font: FoundFont

    /// Breaks a text into lines, none wider than `limit` if it can be broken.
    init(_ bytes: UnsafeRawBufferPointer, _ font: FoundFont, _ given: TextFormat, limit: Int) {
        format = given.cleaned
        tabWidth = max(given.tabSize, 1) * font.metrics.averageWidth
        self.limit = limit
        self.font = font
        let whole = unsafe TextLine(bytes, font).characters
        if format.contains(.singleLine) {
            insert(whole.filter { $0.scalar != "\n" && $0.scalar != "\r" })
        } else {
            var index = 0
            while index < whole.count {
                let start = index
                while index < whole.count, whole[index].scalar != "\n", whole[index].scalar != "\r"
                {
                    index += 1
                }
                insert(Array(whole[start..<index]))
                if index < whole.count, whole[index].scalar == "\r" {
                    index += 1
                    if index < whole.count, whole[index].scalar == "\n" { index += 1 }
                } else {
                    index += 1
                }
            }
        }
        let ellipses: TextFormat = [.endEllipsis, .wordEllipsis, .pathEllipsis]
        guard !format.isDisjoint(with: ellipses) else { return }
        for index in lines.indices where lines[index].text.width > limit {
            // Win32 shortens by the end only what is the last line.
            guard format.contains(.wordEllipsis) || index == lines.count - 1 else { continue }
            shorten(index)
        }
    }

    var width: Int { lines.map(\.text.width).max() ?? 0 }

    /// Takes a line of the text without its end, and makes lines of it.
    private mutating func insert(_ characters: [TextLine.Character]) {
        var line = Line(text: TextLine())
        /// Where the line can be broken: how many characters stay.
        var lastBreak: Int?
        var isPrefix = false
        for character in characters {
            if character.scalar == "&", !isPrefix, !format.contains(.noPrefix) {
                isPrefix = true
                continue
            }
            if isPrefix, character.scalar != "&" { line.prefixed = line.text.characters.count }
            isPrefix = false
            var shown = character
            if character.scalar == "\t", format.contains(.expandTabs) {
                shown.advance = tabWidth - line.text.width % tabWidth
            } else if character.scalar == "\t" {
                shown.advance = font.glyph(" ").advance
            }
            if format.contains(.wordBreak), !format.contains(.singleLine), character.scalar != " ",
                line.text.width + shown.advance > limit, !line.text.characters.isEmpty
            {
                if let at = lastBreak {
                    line = breakLine(line, at: at)
                } else if format.contains(.editControl) {
                    line = breakLine(line, at: line.text.characters.count)
                }
                lastBreak = nil
            }
            line.text.append(shown)
            if character.scalar == " " || character.scalar == "\t" || character.scalar == "-" {
                lastBreak = line.text.characters.count
            }
        }
        lines.append(line)
    }

    /// Ends a line before the word that is too much, and begins the next one with it. Spaces between go.
    private mutating func breakLine(_ line: Line, at index: Int) -> Line {
        var head = Line(text: TextLine())
        var rest = Line(text: TextLine())
        var count = index
        while count > 0, line.text.characters[count - 1].scalar == " " { count -= 1 }
        for character in line.text.characters[..<count] { head.text.append(character) }
        for character in line.text.characters[index...] { rest.text.append(character) }
        if let prefixed = line.prefixed {
            if prefixed < count { head.prefixed = prefixed }
            if prefixed >= index { rest.prefixed = prefixed - index }
        }
        lines.append(head)
        return rest
    }

    /// Puts "..." in the place of what is too much.
    private mutating func shorten(_ index: Int) {
        let dot = TextLine.Character(scalar: ".", advance: font.glyph(".").advance, end: 0)
        let dots = 3 * dot.advance
        let whole = lines[index].text.characters
        var tail: ArraySlice<TextLine.Character> = []
        if format.contains(.pathEllipsis), !format.contains(.endEllipsis),
            let slash = whole.lastIndex(where: { $0.scalar == "\\" || $0.scalar == "/" })
        {
            tail = whole[slash...]
        }
        let tailWidth = tail.reduce(0) { $0 + $1.advance }
        var head = TextLine()
        for character in whole.dropLast(tail.count) {
            guard head.width + character.advance + dots + tailWidth <= limit else { break }
            head.append(character)
        }
        // The first character stays, however narrow the line is.
        if head.characters.isEmpty, let first = whole.first { head.append(first) }
        for _ in 0..<3 { head.append(dot) }
        for character in tail { head.append(character) }
        if let prefixed = lines[index].prefixed, prefixed >= head.characters.count - 3 - tail.count
        {
            lines[index].prefixed = nil
        }
        lines[index].text = head
    }
}

extension Canvas {
    /// Draws a text in lines, or finds how large it is. Returns its height, from the top of `box`.
    mutating func drawText(
        _ bytes: UnsafeRawBufferPointer,
        _ font: FoundFont,
        _ format: TextFormat,
        in box: inout Box
    ) -> Int {
        let layout = unsafe TextLayout(bytes, font, format, limit: max(box.width, 0))
        let metrics = font.metrics
        let flags = format.cleaned
        let lineHeight =
            metrics.height + (flags.contains(.externalLeading) ? metrics.externalLeading : 0)
        var height = lineHeight * layout.lines.count
        var top = box.top
        if flags.contains(.singleLine) {
            if flags.contains(.bottom) {
                top = box.bottom - height
            } else if flags.contains(.vcenter) {
                top = box.top + (box.height - height) / 2
            }
        }
        if flags.contains(.calcRect) {
            if flags.contains(.right) {
                box.left = box.right - layout.width
            } else if flags.contains(.center) {
                box.left += (box.width - layout.width) / 2
            }
            box.right = box.left + layout.width
            if flags.contains(.singleLine), !flags.isDisjoint(with: [.bottom, .vcenter]) {
                height += top - box.top
                box.top = top
                box.bottom = top + lineHeight
                return height
            }
            box.bottom = box.top + height
            return height
        }
        height += top - box.top
        let limit = flags.contains(.noClip) ? nil : device(box)
        for line in layout.lines {
            defer { top += lineHeight }
            if flags.contains(.editControl), top + lineHeight > box.bottom { break }
            if limit != nil, top >= box.bottom { break }
            var left = box.left
            if flags.contains(.right) {
                left = box.right - line.text.width
            } else if flags.contains(.center) {
                left = box.left + (box.width - line.text.width) / 2
            }
            let spot = device(Spot(x: left, y: top))
            if !flags.contains(.prefixOnly) { draw(line.text, font, at: spot, limit: limit) }
            guard let prefixed = line.prefixed, !flags.contains(.hidePrefix) else { continue }
            underline(line.text, prefixed, font, spot, limit)
        }
        return height
    }

    private func underline(
        _ line: TextLine,
        _ index: Int,
        _ font: FoundFont,
        _ spot: Spot,
        _ limit: Box?
    ) {
        let before = line.characters[..<index].reduce(0) { $0 + $1.advance }
        let y = spot.y + font.metrics.ascent + 1
        var rule = Box(
            left: spot.x + before,
            top: y,
            right: spot.x + before + line.characters[index].advance,
            bottom: y + 1
        )
        if let limit { rule = rule.intersection(limit) }
        fill(rule, .solid(state.textColor | opaque), .copy)
    }
}

#endif
