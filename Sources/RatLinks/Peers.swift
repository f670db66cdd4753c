internal import RatCore
package import RatSystem
internal import Synchronization

/// Who messages of other processes come from, by numbers: a message's head carries its sender's, so that a copy of
/// the message tells as well as the original.
package enum Peers {
    private static let limit = 1 << 24

    private struct Table {
        var numbers: [PacketSocket.Peer: UInt32] = [:]
        var peers: [PacketSocket.Peer] = []
    }

    private static let table = Mutex(Table())

    /// The number of a process; 0 if there were too many.
    static func number(of peer: PacketSocket.Peer) -> UInt32 {
        table.withLock { table in
            if let known = table.numbers[peer] { return known }
            guard table.peers.count < limit else { return 0 }
            table.peers.append(peer)
            let number = UInt32(table.peers.count)
            table.numbers[peer] = number
            return number
        }
    }

    /// The process of a number; `nil` for none, which is this process.
    package static func peer(_ number: UInt32) -> PacketSocket.Peer? {
        table.withLock { table in
            number > 0 && number <= table.peers.count ? table.peers[Int(number) - 1] : nil
        }
    }
}
