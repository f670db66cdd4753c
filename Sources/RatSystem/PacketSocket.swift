internal import CRatLinux

/// An owned socket of packets between processes of one machine. It never makes its caller wait.
package struct PacketSocket: ~Copyable, Sendable {
    package let rawValue: CInt

    /// Who is at the other end, as the kernel saw it when the connection was made.
    package struct Peer: Hashable, Sendable {
        package let process: UInt32
        package let user: UInt32
    }

    /// What a packet was.
    package enum Packet: ~Copyable {
        /// So many bytes of the buffer, and the file that came with them, if there was one.
        case bytes(Int, OpenFile)
        case nothingYet
        case end
    }

    private init(_ rawValue: CInt) {
        self.rawValue = rawValue
    }

    deinit {
        _ = close(rawValue)
    }

    /// A socket that others connect to by its name, of less than 80 bytes, in a directory.
    package static func listening(
        as name: PathBytes,
        in directory: borrowing OpenFile
    ) throws(Errno) -> PacketSocket {
        let folder = directory.rawValue
        let socket = PacketSocket(try systemCall { rat_linux_packet_socket() })
        let descriptor = socket.rawValue
        _ = try systemCall { unsafe rat_linux_packet_bind(descriptor, folder, name) }
        _ = try systemCall { listen(descriptor, 4096) }
        return socket
    }

    /// A connection to who listens there; EAGAIN while more wait for it than it has room for.
    package static func connected(
        to name: PathBytes,
        in directory: borrowing OpenFile
    ) throws(Errno) -> PacketSocket {
        let folder = directory.rawValue
        let socket = PacketSocket(try systemCall { rat_linux_packet_socket() })
        let descriptor = socket.rawValue
        _ = try systemCall { unsafe rat_linux_packet_connect(descriptor, folder, name) }
        return socket
    }

    /// The next who wants to connect, if there is one.
    package func accept() -> PacketSocket? {
        let descriptor = rawValue
        guard let accepted = try? systemCall({ rat_linux_packet_accept(descriptor) }) else {
            return nil
        }
        return PacketSocket(accepted)
    }

    package func peer() throws(Errno) -> Peer {
        let descriptor = rawValue
        var (process, user): (UInt32, UInt32) = (0, 0)
        _ = try systemCall { unsafe rat_linux_packet_peer(descriptor, &process, &user) }
        return Peer(process: process, user: user)
    }

    /// Sends one packet, with a copy of a file's descriptor unless that is none. `false` if there is no room, or
    /// nobody to get it.
    @discardableResult package func send(
        _ bytes: UnsafeRawBufferPointer,
        with file: borrowing OpenFile = OpenFile()
    ) -> Bool {
        let (descriptor, carried) = (rawValue, file.rawValue)
        let before = Errno.lastOfThread
        let sent = try? systemCall {
            unsafe rat_linux_packet_send(descriptor, bytes.baseAddress, bytes.count, carried)
        }
        Errno.lastOfThread = before
        return sent != nil
    }

    /// Takes the next packet.
    package func receive(into buffer: UnsafeMutableRawBufferPointer) -> Packet {
        let descriptor = rawValue
        let before = Errno.lastOfThread
        defer { Errno.lastOfThread = before }
        var carried: CInt = -1
        do throws(Errno) {
            let count = try systemCall {
                unsafe rat_linux_packet_receive(
                    descriptor,
                    buffer.baseAddress,
                    buffer.count,
                    &carried
                )
            }
            return count == 0 && carried < 0 ? .end : .bytes(count, OpenFile(owning: carried))
        } catch {
            return error == .wouldBlock ? .nothingYet : .end
        }
    }

    /// Ends the connection for both sides, whoever has copies of the descriptor.
    package func shutDown() {
        _ = shutdown(rawValue, CInt(SHUT_RDWR))
    }

    /// In a forked child: gives up the copy of a descriptor that is the parent's.
    package static func forget(_ descriptor: CInt) {
        _ = close(descriptor)
    }
}

extension OpenFile {
    /// Whether nobody can ever change the size of the memory.
    package borrowing func hasSealedSize() -> Bool {
        let file = rawValue
        // F_SEAL_SHRINK | F_SEAL_GROW.
        return (try? systemCall { rat_linux_seals(file) }).map { $0 & 6 == 6 } ?? false
    }
}
