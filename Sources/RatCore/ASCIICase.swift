// Names are compared as Win32 does for its usual ones: without regard to ASCII case.

extension UInt8 {
    /// An ASCII capital's small letter; everything else is itself.
    package var lowercased: UInt8 { (0x41...0x5A).contains(self) ? self | 0x20 : self }
}

extension String {
    /// The name as a key.
    package var lowercasedASCII: String {
        guard utf8.contains(where: { $0 != $0.lowercased }) else { return self }
        return String(decoding: utf8.map(\.lowercased), as: UTF8.self)
    }
}
