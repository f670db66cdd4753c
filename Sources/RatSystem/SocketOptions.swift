internal import CRatLinux

/// What can be set or read of a socket. The numbers are the C interface's.
package enum SocketOption: UInt32 {
    case reuseAddress = 1
    case reusePort = 2
    case keepAlive = 3
    case noDelay = 4
    case sendBuffer = 5
    case receiveBuffer = 6
    case broadcast = 7
    case ipv6Only = 8
    /// In seconds; below zero for none.
    case linger = 9
    /// The errno that waits to be told; reading takes it.
    case error = 10

    private var levelAndName: (CInt, CInt) {
        switch self {
        case .reuseAddress: (SOL_SOCKET, SO_REUSEADDR)
        case .reusePort: (SOL_SOCKET, SO_REUSEPORT)
        case .keepAlive: (SOL_SOCKET, SO_KEEPALIVE)
        case .noDelay: (CInt(IPPROTO_TCP), TCP_NODELAY)
        case .sendBuffer: (SOL_SOCKET, SO_SNDBUF)
        case .receiveBuffer: (SOL_SOCKET, SO_RCVBUF)
        case .broadcast: (SOL_SOCKET, SO_BROADCAST)
        case .ipv6Only: (CInt(IPPROTO_IPV6), IPV6_V6ONLY)
        case .linger: (SOL_SOCKET, SO_LINGER)
        case .error: (SOL_SOCKET, SO_ERROR)
        }
    }

    package func set(_ value: CInt, on descriptor: CInt) -> CallResult {
        let (level, name) = levelAndName
        if self == .linger {
            let linger = CRatLinux.linger(l_onoff: value < 0 ? 0 : 1, l_linger: max(0, value))
            return SocketOption.set(linger, level, name, on: descriptor)
        }
        return SocketOption.set(value, level, name, on: descriptor)
    }

    package func get(_ value: inout CInt, of descriptor: CInt) -> CallResult {
        let (level, name) = levelAndName
        if self == .linger {
            var linger = CRatLinux.linger()
            let result = SocketOption.get(&linger, level, name, of: descriptor)
            value = linger.l_onoff == 0 ? -1 : linger.l_linger
            return result
        }
        return SocketOption.get(&value, level, name, of: descriptor)
    }

    /// How long a call that sends or connects may sleep before it returns; 0 for as long as it takes.
    package static func setSendTimeout(_ milliseconds: Int, on descriptor: CInt) {
        let time = timeval(tv_sec: milliseconds / 1000, tv_usec: milliseconds % 1000 * 1000)
        // Fails for times out of range only.
        _ = set(time, SOL_SOCKET, SO_SNDTIMEO, on: descriptor)
    }

    private static func set<Value: BitwiseCopyable>(
        _ value: Value,
        _ level: CInt,
        _ name: CInt,
        on descriptor: CInt
    ) -> CallResult {
        unsafe withUnsafeBytes(of: value) { bytes in
            attempt {
                unsafe Int(
                    setsockopt(
                        descriptor,
                        level,
                        name,
                        bytes.baseAddress,
                        socklen_t(bytes.count)
                    )
                )
            }
        }
    }

    private static func get<Value: BitwiseCopyable>(
        _ value: inout Value,
        _ level: CInt,
        _ name: CInt,
        of descriptor: CInt
    ) -> CallResult {
        unsafe withUnsafeMutableBytes(of: &value) { bytes in
            var size = socklen_t(bytes.count)
            return attempt {
                unsafe Int(getsockopt(descriptor, level, name, bytes.baseAddress, &size))
            }
        }
    }
}
