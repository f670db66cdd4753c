internal import RatCore
internal import RatDisplay
internal import RatSystem

/// A window's text. Programs set and ask for it through the procedure, which may keep one of its own.
extension Window {
    package static let maximumTextSize = 1 << 20

    /// Asks the procedure to take a text. Whether it did.
    @discardableResult
    package func requestText(_ text: String) -> Bool {
        let result = unsafe text.withCString { text in
            send(WindowMessage.setText, 0, Int(bitPattern: text))
        }
        return result > 0
    }

    /// How many bytes the procedure says that the text has, without a NUL.
    package func requestTextSize() -> Int {
        max(0, min(send(WindowMessage.getTextLength), Window.maximumTextSize))
    }

    /// Asks the procedure to copy the text with a NUL to `buffer`. Gives how many bytes it has without that.
    package func requestText(into buffer: UnsafeMutablePointer<CChar>, size: Int) -> Int {
        guard size > 0 else { return 0 }
        unsafe buffer.pointee = 0
        let count = send(
            WindowMessage.getText,
            UInt(bitPattern: size),
            Int(bitPattern: buffer)
        )
        let used = max(0, min(count, size - 1))
        unsafe buffer[used] = 0
        return used
    }

    // MARK: - By default

    /// Keeps a text that WM_SETTEXT carries.
    func takeText(_ lparam: Int) -> Int {
        guard let text = unsafe UnsafePointer<CChar>(bitPattern: lparam) else {
            setText("")
            return 1
        }
        let size = unsafe text.count(upTo: Window.maximumTextSize)
        guard size <= Window.maximumTextSize else { return 0 }
        let bytes = unsafe UnsafeRawBufferPointer(start: text, count: size)
        setText(unsafe String(decoding: bytes, as: UTF8.self))
        return 1
    }

    /// Copies as much of the text as has room with a NUL, whole characters only.
    func giveText(_ wparam: UInt, _ lparam: Int) -> Int {
        guard wparam > 0, let buffer = unsafe UnsafeMutablePointer<UInt8>(bitPattern: lparam) else {
            return 0
        }
        let room = Int(clamping: wparam) - 1
        let text = Array(title.utf8)
        var count = min(text.count, room)
        // Not in the middle of a character: its further bytes begin with the bits 10.
        while count < text.count, count > 0, text[count] & 0xC0 == 0x80 { count -= 1 }
        for index in 0..<count { unsafe buffer[index] = text[index] }
        unsafe buffer[count] = 0
        return count
    }
}

extension UnsafePointer<CChar> {
    /// How long the C string is; one more than `most` if it is longer than that.
    fileprivate func count(upTo most: Int) -> Int {
        var count = 0
        while count <= most, unsafe self[count] != 0 { count += 1 }
        return count
    }
}
