/// The messages of Win32 whose parameters point to something, or say how large it is.
///
/// Their sender has to wait: what is posted, or sent without waiting, would arrive when the memory is gone.
/// So windows are only sent them. The list is what Windows answers with ERROR_MESSAGE_SYNC_ONLY.
package enum PointerMessages {
    @inline(__always) package static func has(_ number: UInt32, _ wparam: UInt) -> Bool {
        number < 0x0400 && isListed(number, wparam)
    }

    @inline(never) private static func isListed(_ number: UInt32, _ wparam: UInt) -> Bool {
        switch number {
        // Creation, texts, limits, positions, copied data, styles, the non-client area.
        case 0x0001, 0x000C...0x000D, 0x001A...0x001B, 0x0024, 0x002B...0x002D, 0x0039,
            0x0046...0x0047, 0x004A, 0x0053, 0x007C...0x007D, 0x0081, 0x0083, 0x0087:
            true
        // Those of Win32's own controls.
        case 0x00B0, 0x00B2...0x00B4, 0x00C2, 0x00C4, 0x00CB, 0x00E3, 0x00E9...0x00EB, 0x0140,
            0x0143, 0x0145, 0x0148, 0x014A, 0x014C...0x014D, 0x0152, 0x0158, 0x0180...0x0181,
            0x0189, 0x018C...0x018D, 0x018F, 0x0191...0x0192, 0x0196, 0x0198, 0x01A2:
            true
        // Menus, sizing, several documents, the clipboard.
        case 0x0213...0x0214, 0x0216, 0x0220, 0x0229...0x022B, 0x022D...0x022F, 0x030C:
            true
        // WM_DEVICECHANGE says itself whether it points.
        case 0x0219: wparam & 0x8000 != 0
        default: false
        }
    }
}
