#if X11

/// A file of image/bmp: a head of 14 bytes before what Win32's CF_DIB is.
enum BitmapFile {
    private static let headSize = 14

    /// The file of a bitmap; `nil` if it is none.
    static func wrap(_ bitmap: [UInt8]) -> [UInt8]? {
        guard let offset = pixels(of: bitmap) else { return nil }
        var file: [UInt8] = [UInt8(ascii: "B"), UInt8(ascii: "M")]
        file.reserveCapacity(headSize + bitmap.count)
        file += bytes(UInt32(clamping: headSize + bitmap.count))
        file += [0, 0, 0, 0]
        file += bytes(UInt32(clamping: headSize + offset))
        return file + bitmap
    }

    /// The bitmap in a file; `nil` if there is none.
    static func unwrap(_ file: [UInt8]) -> [UInt8]? {
        guard file.starts(with: [UInt8(ascii: "B"), UInt8(ascii: "M")]),
            file.count > headSize, let offset = number(file, at: 10)
        else { return nil }
        let bitmap = Array(file[headSize...])
        guard let pixels = pixels(of: bitmap) else { return nil }
        let gap = offset - headSize - pixels
        guard gap > 0, offset < file.count else { return bitmap }
        // A file may have something before its pixels; on the clipboard they follow at once.
        return Array(bitmap[..<pixels]) + Array(file[offset...])
    }

    /// Where the pixels of a bitmap begin: behind its head, its masks and its colours.
    private static func pixels(of bitmap: [UInt8]) -> Int? {
        guard let size = number(bitmap, at: 0), size <= bitmap.count else { return nil }
        if size == 12 {
            let depth = Int(bitmap[10]) | Int(bitmap[11]) << 8
            return within(bitmap, size + (depth <= 8 ? 3 << depth : 0))
        }
        guard size >= 40, let compression = number(bitmap, at: 16),
            let used = number(bitmap, at: 32)
        else { return nil }
        let depth = Int(bitmap[14]) | Int(bitmap[15]) << 8
        let colors = used != 0 ? used : depth <= 8 ? 1 << depth : 0
        // Later heads have the masks inside.
        let masks = size > 40 ? 0 : compression == 3 ? 12 : compression == 6 ? 16 : 0
        guard colors <= bitmap.count / 4 else { return nil }
        return within(bitmap, size + masks + colors * 4)
    }

    private static func within(_ bitmap: [UInt8], _ offset: Int) -> Int? {
        offset <= bitmap.count ? offset : nil
    }

    private static func number(_ data: [UInt8], at place: Int) -> Int? {
        guard place + 4 <= data.count else { return nil }
        return (0..<4).reduce(0) { $0 | Int(data[place + $1]) << ($1 * 8) }
    }

    private static func bytes(_ number: UInt32) -> [UInt8] {
        (0..<4).map { UInt8(truncatingIfNeeded: number >> ($0 * 8)) }
    }
}

#endif
