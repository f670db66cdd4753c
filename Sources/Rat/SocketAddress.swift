internal import RatCore
internal import RatSystem

/// Where a socket is.
public enum SocketAddress: Equatable, Sendable {
    /// A path in the file system, at most 107 bytes.
    case path(String)
    /// A name that only sockets know and that leaves nothing behind, at most 106 bytes.
    case name(String)
    /// An IPv4 address as a number, 127.0.0.1 being 0x7F000001. Port 0 lets the system choose.
    case ipv4(UInt32, port: UInt16)
    /// An IPv6 address in its eight groups. Port 0 lets the system choose.
    case ipv6([UInt16], port: UInt16)

    /// This machine, by IPv4.
    public static func loopback(port: UInt16) -> SocketAddress {
        .ipv4(0x7F00_0001, port: port)
    }

    /// This machine, by IPv6.
    public static func loopback6(port: UInt16) -> SocketAddress {
        .ipv6([0, 0, 0, 0, 0, 0, 0, 1], port: port)
    }

    func engine() throws(RatCore.RatError) -> RatSystem.SocketAddress {
        let address: RatSystem.SocketAddress? =
            switch self {
            case .path(let path): .init(unix: path, isAbstract: false)
            case .name(let name): .init(unix: name, isAbstract: true)
            case .ipv4(let number, let port): .init(ipv4: number, port: port)
            case .ipv6(let groups, let port): .init(ipv6: groups, port: port)
            }
        guard let address else { throw .invalidArgument }
        return address
    }
}
