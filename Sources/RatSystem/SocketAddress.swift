internal import CRatLinux

/// A socket's address, copied from or for whoever wrote it: a family and what belongs to it.
@safe package struct SocketAddress {
    /// The largest that the kernel knows.
    package static let maximumSize = MemoryLayout<sockaddr_storage>.size

    private var storage = sockaddr_storage()
    /// How many bytes of it count.
    package private(set) var size: Int

    /// An empty address, to be filled in by a call.
    package init() {
        size = 0
    }

    /// A copy of an address, or `nil` if it cannot be one: shorter than a family, or longer than any.
    package init?(_ bytes: UnsafeRawBufferPointer) {
        guard (MemoryLayout<sa_family_t>.size...Self.maximumSize).contains(bytes.count) else {
            return nil
        }
        size = bytes.count
        unsafe withUnsafeMutableBytes(of: &storage) { unsafe $0.copyMemory(from: bytes) }
    }

    /// A path, or a name in Linux's abstract space; `nil` if it is too long, empty or has a NUL in it.
    package init?(unix name: String, isAbstract: Bool) {
        let bytes = Array(name.utf8)
        let room = MemoryLayout<sockaddr_un>.size - MemoryLayout<sa_family_t>.size
        guard !bytes.isEmpty, bytes.count < room, !bytes.contains(0) else { return nil }
        var address = unsafe withUnsafeBytes(of: sa_family_t(AF_UNIX)) { unsafe Array($0) }
        if isAbstract { address.append(0) }
        address += bytes
        if !isAbstract { address.append(0) }
        guard let copy = unsafe address.withUnsafeBytes({ unsafe SocketAddress($0) }) else {
            return nil
        }
        self = copy
    }

    /// An IPv4 address, the first number's byte on top.
    package init(ipv4 number: UInt32, port: UInt16) {
        size = MemoryLayout<sockaddr_in>.size
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = port.bigEndian
        address.sin_addr.s_addr = number.bigEndian
        unsafe withUnsafeMutableBytes(of: &storage) { bytes in
            unsafe bytes.storeBytes(of: address, as: sockaddr_in.self)
        }
    }

    /// An IPv6 address of eight groups.
    package init?(ipv6 groups: [UInt16], port: UInt16) {
        guard groups.count == 8 else { return nil }
        size = MemoryLayout<sockaddr_in6>.size
        var address = sockaddr_in6()
        address.sin6_family = sa_family_t(AF_INET6)
        address.sin6_port = port.bigEndian
        unsafe withUnsafeMutableBytes(of: &address.sin6_addr) { bytes in
            for (index, group) in groups.enumerated() {
                unsafe bytes.storeBytes(
                    of: group.bigEndian,
                    toByteOffset: 2 * index,
                    as: UInt16.self
                )
            }
        }
        unsafe withUnsafeMutableBytes(of: &storage) { bytes in
            unsafe bytes.storeBytes(of: address, as: sockaddr_in6.self)
        }
    }

    /// The port of an IPv4 or IPv6 address.
    package var port: UInt16? {
        guard
            storage.ss_family == sa_family_t(AF_INET) || storage.ss_family == sa_family_t(AF_INET6)
        else { return nil }
        // Both have it behind the family.
        return unsafe withUnsafeBytes(of: storage) { bytes in
            unsafe UInt16(
                bigEndian: bytes.load(
                    fromByteOffset: MemoryLayout<sa_family_t>.size,
                    as: UInt16.self
                )
            )
        }
    }

    /// The path in the file system with a NUL behind it, if it is a Unix address with one. Any bytes.
    package var path: [CChar]? {
        guard storage.ss_family == sa_family_t(AF_UNIX) else { return nil }
        let bytes = unsafe withBytes { unsafe Array($0) }
        let name = bytes.dropFirst(MemoryLayout<sa_family_t>.size).prefix { $0 != 0 }
        return name.isEmpty ? nil : name.map { CChar(bitPattern: $0) } + [0]
    }

    /// Runs `body` with the bytes that count.
    package func withBytes<Value>(_ body: (UnsafeRawBufferPointer) -> Value) -> Value {
        unsafe withUnsafeBytes(of: storage) { bytes in
            unsafe body(UnsafeRawBufferPointer(rebasing: bytes[0..<size]))
        }
    }

    /// Runs a system call that fills an address in.
    mutating func fill(
        _ call: (UnsafeMutableRawPointer, UnsafeMutablePointer<socklen_t>) -> Int
    ) -> CallResult {
        var length = socklen_t(Self.maximumSize)
        let result = unsafe withUnsafeMutablePointer(to: &storage) { pointer in
            attempt { unsafe call(UnsafeMutableRawPointer(pointer), &length) }
        }
        if result.count != nil { size = min(Int(length), Self.maximumSize) }
        return result
    }
}

/// The families of addresses that sockets are made for here.
package enum SocketDomain {
    package static var unix: CInt { CInt(AF_UNIX) }
    package static var ipv4: CInt { CInt(AF_INET) }
    package static var ipv6: CInt { CInt(AF_INET6) }
}

/// What a socket carries, from a type as the system has it.
package struct SocketType {
    package static var stream: CInt { CInt(SOCK_STREAM.rawValue) }
    package static var datagram: CInt { CInt(SOCK_DGRAM.rawValue) }
    package static var messages: CInt { CInt(SOCK_SEQPACKET.rawValue) }

    /// The type without its flags.
    package let base: CInt
    package let isNonblocking: Bool

    /// Takes the flags off a type.
    package init(_ type: CInt) {
        let nonblocking = CInt(SOCK_NONBLOCK.rawValue)
        base = type & ~(nonblocking | CInt(SOCK_CLOEXEC.rawValue))
        isNonblocking = type & nonblocking != 0
    }
}
