internal import RatCore
internal import RatIPC
internal import RatSystem

/// Where processes of one user find each other: a directory of names, and one of sockets.
///
///     $RAT_RUNTIME_DIR, $XDG_RUNTIME_DIR/rat or /tmp/rat-<uid>   ours, no link, 0700
///         q/<name>       a queue; d/1 and d/2 are those named "." and ".."
///         p/<number>     the socket of a process
///
/// A name is a small file that says which socket to ask. Whoever owns the queue holds an exclusive lock of the
/// file, from before it has its name; the kernel drops the lock of a process that dies. Everybody else tries for
/// a shared lock only: who gets one knows that the owner is gone, and several may know it at once. Names are
/// removed under the lock of their directory by those who have seen that under it, or by their owner.
struct QueueNames: ~Copyable, Sendable {
    private let names: OpenFile
    private let sockets: OpenFile
    private let name: PathBytes

    /// How long a process that was stopped in the middle of removing a name can keep others waiting.
    private static let patience: UInt64 = 5000
    private static let mode: UInt32 = 0o700
    /// What a name's file begins with.
    private static let mark: [UInt8] = Array("RatQueue1 ".utf8)

    init(of name: ObjectName, isCreating: Bool) throws(RatError) {
        let home = try Self.home(isCreating: isCreating)
        let names = try Self.call { () throws(Errno) in
            try OwnDirectory.open(
                Self.path(name.isDots ? "d" : "q"),
                in: home,
                isCreating: isCreating,
                mode: Self.mode
            )
        }
        let sockets = try Self.call { () throws(Errno) in
            try Self.sockets(in: home, isCreating: isCreating)
        }
        self.names = names
        self.sockets = sockets
        self.name =
            name.isDots
            ? Self.path("\(name.bytes.count)") : name.bytes.map { CChar(bitPattern: $0) } + [0]
    }

    // MARK: - Owners

    /// Takes the name for a queue of this process, whose socket that is. The file holds the name until `release`.
    func take(for socket: String) throws(RatError) -> OpenFile {
        Self.removeDeadSockets(in: sockets)
        do throws(Errno) {
            let file = try OpenFile.nameless(in: names)
            try file.setMode(0o600)
            _ = try file.tryLock(.exclusive)
            try file.write(Self.mark + Array(socket.utf8))
            while try !names.link(file, as: name) {
                guard try removeIfDead() else { throw Self.fail(.exists) }
            }
            return file
        } catch {
            throw RatError(error)
        }
    }

    /// Removes the name, if it still stands for that file.
    func release(_ file: borrowing OpenFile) {
        let before = Errno.lastOfThread
        defer { Errno.lastOfThread = before }
        guard let facts = try? file.facts(), facts.nameCount > 0 else { return }
        try? remove(facts.identity)
    }

    // MARK: - Everybody else

    /// The socket to ask for the queue of that name.
    func find() throws(RatError) -> PacketSocket {
        do throws(Errno) {
            while true {
                let file = try OpenFile.file(name, in: names, isForWriting: false)
                if try file.tryLock(.shared) {
                    _ = try removeIfDead()
                    throw Self.fail(.notFound)
                }
                let bytes = try file.contents(atMost: 128)
                guard bytes.starts(with: Self.mark) else { throw Self.fail(.accessDenied) }
                let socket = bytes.dropFirst(Self.mark.count).map { CChar(bitPattern: $0) } + [0]
                return try connect(socket)
            }
        } catch {
            // Its socket is gone, or nobody listens there: it is about to end.
            throw error == .connectionRefused ? .notFound : RatError(error)
        }
    }

    /// Waits while more connect at once than the owner has room for.
    private func connect(_ socket: PathBytes) throws(Errno) -> PacketSocket {
        let deadline = Instant.now().advanced(byMilliseconds: Self.patience)
        while true {
            do throws(Errno) {
                return try PacketSocket.connected(to: socket, in: sockets)
            } catch {
                guard error == .wouldBlock else { throw error }
                guard Instant.now() < deadline else { throw Self.fail(.timedOut) }
                Clock.pause(nanoseconds: 1_000_000)
            }
        }
    }

    /// Takes the name away, whoever has handles.
    func unlink() throws(RatError) {
        do throws(Errno) {
            guard let facts = try names.facts(of: name), try !removeIfDead() else {
                throw Self.fail(.notFound)
            }
            try remove(facts.identity)
        } catch {
            throw RatError(error)
        }
    }

    // MARK: - Removing

    /// Whether nobody has the name, by now.
    private func removeIfDead() throws(Errno) -> Bool {
        let before = Errno.lastOfThread
        let file: OpenFile
        do throws(Errno) {
            file = try OpenFile.file(name, in: names, isForWriting: false)
        } catch {
            guard error == .notFound else { throw error }
            Errno.lastOfThread = before
            return true
        }
        guard try file.tryLock(.shared) else { return false }
        // The name of one that is being made is not there yet, so this one's owner has gone.
        try remove(try file.facts().identity)
        return true
    }

    private func remove(_ identity: FileFacts.Identity) throws(Errno) {
        let deadline = Instant.now().advanced(byMilliseconds: Self.patience)
        guard try names.lock(until: deadline) else { throw Self.fail(.timedOut) }
        defer { names.unlock() }
        guard try names.facts(of: name)?.identity == identity else { return }
        try names.unlink(name)
    }

    // MARK: - Sockets

    /// A socket, and the name that others find it by.
    struct Listener: ~Copyable {
        let socket: PacketSocket
        let name: String
    }

    /// A socket of this process's own that others find by the name that it is given with. What processes that
    /// died have left there goes.
    static func listen() throws(RatError) -> Listener {
        let home = try home(isCreating: true)
        do throws(Errno) {
            let sockets = try sockets(in: home, isCreating: true)
            let name = "\(Process.id)-\(String(Process.randomNumber(), radix: 16))"
            let socket = try PacketSocket.listening(as: path(name), in: sockets)
            return Listener(socket: socket, name: name)
        } catch {
            throw RatError(error)
        }
    }

    private static func removeDeadSockets(in sockets: borrowing OpenFile) {
        let before = Errno.lastOfThread
        defer { Errno.lastOfThread = before }
        for name in (try? sockets.names()) ?? [] where !Process.seemsAlive(numberOf(name)) {
            do throws(Errno) {
                _ = try PacketSocket.connected(to: name, in: sockets)
            } catch {
                if error == .connectionRefused { try? sockets.unlink(name) }
            }
        }
    }

    /// The process that a socket's name begins with.
    private static func numberOf(_ name: PathBytes) -> UInt32 {
        let digits = name.prefix { (48...57).contains($0) }
        return digits.prefix(9).reduce(0) { 10 * $0 + UInt32($1 - 48) }
    }

    // MARK: - Directories

    private static func home(isCreating: Bool) throws(RatError) -> OpenFile {
        let path: PathBytes
        if let chosen = Process.environmentVariable("RAT_RUNTIME_DIR") {
            path = try OwnDirectory.absolute(chosen)
        } else if let session = Process.environmentVariable("XDG_RUNTIME_DIR"),
            let absolute = try? OwnDirectory.absolute(session)
        {
            path = absolute.dropLast() + Self.path("/rat")
        } else {
            path = Self.path("/tmp/rat-\(Process.effectiveUser)")
        }
        do throws(Errno) {
            return try OwnDirectory.open(
                path,
                in: OpenFile(),
                isCreating: isCreating,
                mode: mode
            )
        } catch {
            throw RatError(error)
        }
    }

    private static func sockets(
        in home: borrowing OpenFile,
        isCreating: Bool
    ) throws(Errno) -> OpenFile {
        try OwnDirectory.open(path("p"), in: home, isCreating: isCreating, mode: mode)
    }

    private static func path(_ text: String) -> PathBytes { Array(text.utf8CString) }

    /// Runs calls into the kernel and turns what they throw into the library's error.
    static func call<Value: ~Copyable>(
        _ body: () throws(Errno) -> Value
    ) throws(RatError) -> Value {
        do throws(Errno) {
            return try body()
        } catch {
            throw RatError(error)
        }
    }

    /// A failure found here that the kernel would have told by the same number.
    private static func fail(_ error: Errno) -> Errno {
        Errno.lastOfThread = error.rawValue
        return error
    }
}
