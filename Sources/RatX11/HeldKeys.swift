#if X11

/// Which keys are down, by the server's codes, as a KeymapNotify says it.
struct HeldKeys: Equatable, CustomStringConvertible {
    /// A bit for each code; those of the first byte, where the event has its number, are no keys'.
    private let bytes: SIMD32<UInt8>

    init(_ event: SIMD32<UInt8>) {
        bytes = event
    }

    init(_ codes: some Sequence<UInt8>) {
        var bytes = SIMD32<UInt8>(repeating: 0)
        for code in codes { bytes[Int(code >> 3)] |= 1 << (code & 7) }
        self.bytes = bytes
    }

    func contains(_ code: UInt8) -> Bool {
        code >= 8 && bytes[Int(code >> 3)] >> (code & 7) & 1 != 0
    }

    var description: String {
        let codes = (8...255).filter { contains(UInt8($0)) }
        return codes.isEmpty ? "-" : codes.map { "\($0)" }.joined(separator: ",")
    }
}

#endif
