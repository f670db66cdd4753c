package import RatCore

/// The name of an object that other processes can find: 1 to 255 bytes, of which none is NUL and
/// none a slash. One slash before them changes nothing: `/foo` and `foo` are one name.
package struct ObjectName: Equatable, Sendable {
    package static let maximumSize = 255

    /// Without the slash.
    package let bytes: [UInt8]

    /// The name that a program wrote.
    package init(_ written: some Collection<UInt8>) throws(RatError) {
        let slash = UInt8(ascii: "/")
        let rest = written.first == slash ? Array(written.dropFirst()) : Array(written)
        guard (1...Self.maximumSize).contains(rest.count), !rest.contains(slash),
            !rest.contains(0)
        else { throw .invalidArgument }
        bytes = rest
    }

    /// Whether it is `.` or `..`, which are good names here and none for a file.
    package var isDots: Bool {
        bytes.count <= 2 && bytes.allSatisfy { $0 == UInt8(ascii: ".") }
    }
}
