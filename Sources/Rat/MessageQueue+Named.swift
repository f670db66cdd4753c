internal import RatCore
internal import RatIPC
internal import RatLinks
internal import RatSystem

/// Queues that other processes of the same user find by name.
///
/// A name is 1 to 255 bytes of UTF-8 without NUL and without `/`, but for one at the start that changes nothing.
/// Where names are kept, `RAT_RUNTIME_DIR` says, else `XDG_RUNTIME_DIR`; a directory that is not the user's alone
/// to write to makes everything here throw `.accessDenied`.
extension MessageQueue {
    /// An empty queue of a name that is free, or `.alreadyExists`. The name goes with the queue, or is unlinked.
    ///
    /// For this process it is a queue like any other.
    public convenience init(
        named name: String,
        _ options: Options = Options()
    ) throws(RatError) {
        let options = try options.engine()
        self.init(
            try call { () throws(RatCore.RatError) in
                try NamedQueue.create(ObjectName(name.utf8), options)
            }
        )
    }

    /// The queue of that name, `.notFound` if there is none; `.timedOut` if the process that has it does not answer
    /// for 5 seconds.
    ///
    /// It posts, sends, takes and waits as in the process that has it; each message goes to one of all who take. What
    /// differs: what it takes is what was posted; when that process ends or closes the queue, everything throws
    /// `.notConnected`, and `messages` ends. A post is accepted when the connection has it, which holds 256 KiB beyond
    /// what the queue holds, and then arrives whatever becomes of this process. One
    /// with more to say about how has a way of its own, and may overtake those without. Looking and taking ask the other
    /// process, and `messages` blocks its thread for so long: some microseconds, unless that process is stopped.
    public convenience init(opening name: String) throws(RatError) {
        self.init(
            try call { () throws(RatCore.RatError) in
                try NamedQueue.open(ObjectName(name.utf8))
            }
        )
    }

    /// Takes a name away; `.notFound` if there is no such queue. The queue goes on for those who have it.
    public static func unlink(_ name: String) throws(RatError) {
        try call { () throws(RatCore.RatError) in
            try NamedQueue.unlink(ObjectName(name.utf8))
        }
    }
}

/// A process that messages come from, by the system's word and not its own.
public struct MessageSender: Hashable, Sendable {
    /// Its process id. It may have ended by now.
    public let process: UInt32
    /// Its effective user id.
    public let user: UInt32

    init(_ origin: UInt32) {
        let peer = Peers.peer(origin)
        process = peer?.process ?? Process.id
        user = peer?.user ?? Process.effectiveUser
    }
}

extension Message {
    /// The process that it came from; this one, unless it was retrieved from a queue.
    public var sender: MessageSender { MessageSender(origin) }
}

extension ReceivedMessage {
    /// The process that it came from.
    public var sender: MessageSender { MessageSender(origin) }
}
