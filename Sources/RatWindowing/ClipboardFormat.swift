internal import RatDisplay
internal import RatMessaging

/// Numbers of formats, which are Win32's, and what of them is made from what.
package enum ClipboardFormat {
    package static let text: UInt32 = 1
    package static let oemText: UInt32 = 7
    package static let deviceIndependentBitmap: UInt32 = 8
    package static let unicodeText: UInt32 = 13
    package static let locale: UInt32 = 16

    /// Numbers that there are: standard ones, those of one program, and those with a name.
    static func isKnown(_ format: UInt32) -> Bool {
        (1..<0x400).contains(format) || RegisteredMessages.numbers.contains(format)
    }

    /// Each can be made from each other; the best to make others from first.
    static let texts = [unicodeText, text, oemText]

    /// What is added to a text, in this order.
    static let addedToText = [locale, text, oemText, unicodeText]

    /// LOCALE_INVARIANT, as 4 bytes: texts are Unicode, whatever language they are in.
    static let localeData: [UInt8] = [0x7F, 0, 0, 0]

    /// What other programs know a format as; `nil` if they do not.
    static func exchanged(_ format: UInt32) -> ExchangeFormat? {
        switch format {
        case text, oemText, unicodeText: return .text
        case deviceIndependentBitmap: return .bitmap
        default:
            guard let name = unsafe RegisteredMessages.name(of: format) else { return nil }
            return unsafe .named(String(cString: name))
        }
    }
}
