internal import RatCore
internal import RatSystem

/// Where the shared memory of one name is kept: a file in a directory of the user's.
///
///     $RAT_SHM_DIR or /dev/shm/rat-<uid>  ours, no link, nobody else may write: 0711
///         m/<name>                    an object, 0600; 01600 if it goes with its last handle
///         d/1, d/2                    the objects named "." and ".."
///         s/<name>, t/1, t/2          the same for what is waited for, which never goes by itself
///
/// Invariants:
/// - An object gets its name when it is whole, in one call that exactly one creator wins. Until
///   then its file has no name and dies with its creator.
/// - Names are removed under the lock of the directory only, by those who have seen under it that
///   the name still stands for the file they mean. Creating and opening need no such lock.
/// - Who has a handle of an object that goes with its last handle holds a shared lock of its file,
///   from before it has a name. The kernel drops the lock of a process that dies. An exclusive lock
///   of the file is thus had only when no handle is left; who gets it removes the name, and who
///   finds it taken may help, for nobody can join any more.
struct SharedMemoryPlace: ~Copyable, Sendable {
    private let directory: OpenFile
    private let name: PathBytes

    /// How long a process that was stopped in the middle of removing a name can keep others
    /// waiting.
    private static let patience: UInt64 = 5000
    private static let mode: UInt32 = 0o711
    private static let removedWithLastHandle: UInt32 = 0o1000

    /// Which space of names is meant.
    enum Space {
        case memory
        case synchronization

        /// The folders of its objects: for all names, and for dots.
        fileprivate var folders: (String, dots: String) {
            switch self {
            case .memory: ("m", dots: "d")
            case .synchronization: ("s", dots: "t")
            }
        }
    }

    init(of name: ObjectName, in space: Space = .memory, isCreating: Bool) throws(RatError) {
        let base = try Self.base()
        do throws(Errno) {
            let home = try OwnDirectory.open(
                base,
                in: OpenFile(),
                isCreating: isCreating,
                mode: Self.mode
            )
            let folder = Self.path(name.isDots ? space.folders.dots : space.folders.0)
            directory = try OwnDirectory.open(
                folder,
                in: home,
                isCreating: isCreating,
                mode: Self.mode
            )
        } catch {
            throw RatError(error)
        }
        self.name =
            name.isDots
            ? Self.path("\(name.bytes.count)")
            : name.bytes.map { CChar(bitPattern: $0) } + [0]
    }

    // MARK: - Opening

    /// An object that was found.
    struct Opened: ~Copyable {
        let file: OpenFile
        let size: Int
        let isWritable: Bool
        let goesWithLastHandle: Bool
    }

    /// The object of the name; the caller has become a holder.
    func open() throws(RatError) -> Opened {
        do throws(Errno) {
            while true {
                var isWritable = true
                let file = try openFile(&isWritable)
                let facts = try file.facts()
                guard facts.isRegular, facts.size > 0 else { throw Self.deny() }
                let goesWithLastHandle = Self.goesWithLastHandle(facts)
                let isAlive = goesWithLastHandle ? try join(file) : true
                if isAlive {
                    return Opened(
                        file: file,
                        size: facts.size,
                        isWritable: isWritable,
                        goesWithLastHandle: goesWithLastHandle
                    )
                }
                try remove(facts.identity)
            }
        } catch {
            throw RatError(error)
        }
    }

    private static func goesWithLastHandle(_ facts: FileFacts) -> Bool {
        facts.mode & removedWithLastHandle != 0
    }

    private func openFile(_ isWritable: inout Bool) throws(Errno) -> OpenFile {
        let before = Errno.lastOfThread
        do throws(Errno) {
            return try OpenFile.file(name, in: directory, isForWriting: true)
        } catch {
            switch error {
            case .accessDenied, .readOnly: break
            // A directory or a link, which nobody but the user can have put there.
            case .isDirectory, .tooManyLinks: throw Self.deny()
            default: throw error
            }
        }
        isWritable = false
        let file = try OpenFile.file(name, in: directory, isForWriting: false)
        Errno.lastOfThread = before
        return file
    }

    // MARK: - Creating

    /// An empty file that `publish` can give the name.
    func makeFile(goesWithLastHandle: Bool) throws(RatError) -> OpenFile {
        do throws(Errno) {
            let file = try OpenFile.nameless(in: directory)
            try file.setMode(0o600 | (goesWithLastHandle ? Self.removedWithLastHandle : 0))
            if goesWithLastHandle { _ = try file.tryLock(.shared) }
            return file
        } catch {
            throw RatError(error)
        }
    }

    /// Gives a whole object the name, if that is free.
    func publish(_ file: borrowing OpenFile) throws(RatError) {
        do throws(Errno) {
            while try !directory.link(file, as: name) {
                guard try !isTaken() else { throw Self.fail(.exists) }
            }
        } catch {
            throw RatError(error)
        }
    }

    /// Fails if the name is taken, at the moment.
    func checkIsFree() throws(RatError) {
        do throws(Errno) {
            guard try !isTaken() else { throw Self.fail(.exists) }
        } catch {
            throw RatError(error)
        }
    }

    /// Whether there is an object of the name. One that lost its last holder is none, and goes.
    private func isTaken() throws(Errno) -> Bool {
        while let facts = try directory.facts(of: name) {
            guard Self.goesWithLastHandle(facts), facts.isRegular else { return true }
            let before = Errno.lastOfThread
            let file: OpenFile
            do throws(Errno) {
                file = try OpenFile.file(name, in: directory, isForWriting: false)
            } catch {
                Errno.lastOfThread = before
                if error == .notFound { continue }
                return true
            }
            let opened = try file.facts()
            guard opened.identity == facts.identity else { continue }
            if try join(file) {
                leave(file)
                return true
            }
            try remove(facts.identity)
        }
        return false
    }

    // MARK: - Removing

    /// Takes the name away, whoever has handles.
    func unlink() throws(RatError) {
        do throws(Errno) {
            guard try isTaken() else { throw Self.fail(.notFound) }
            try lock()
            defer { directory.unlock() }
            try directory.unlink(name)
        } catch {
            throw RatError(error)
        }
    }

    /// Ends what `open` or `makeFile` began for an object that goes with its last handle. Should
    /// the name stay because the directory could not be locked, the next who looks for it removes
    /// it.
    func leave(_ file: borrowing OpenFile) {
        let before = Errno.lastOfThread
        defer { Errno.lastOfThread = before }
        guard (try? file.tryLock(.exclusive)) == true, let facts = try? file.facts(),
            facts.nameCount > 0
        else { return }
        try? remove(facts.identity)
    }

    /// Becomes a holder; `false` if there is none left, and the name is to be removed.
    private func join(_ file: borrowing OpenFile) throws(Errno) -> Bool {
        if try file.tryLock(.exclusive) { return false }
        guard try file.tryLock(.shared) else { return false }
        // The last holder may have left, and the name with it, before the lock was ours.
        return try file.facts().nameCount > 0
    }

    private func remove(_ identity: FileFacts.Identity) throws(Errno) {
        try lock()
        defer { directory.unlock() }
        guard try directory.facts(of: name)?.identity == identity else { return }
        try directory.unlink(name)
    }

    private func lock() throws(Errno) {
        let deadline = Instant.now().advanced(byMilliseconds: Self.patience)
        guard try directory.lock(until: deadline) else { throw Self.fail(.timedOut) }
    }

    // MARK: - Directories

    private static func base() throws(RatError) -> PathBytes {
        guard let path = Process.environmentVariable("RAT_SHM_DIR") else {
            return Self.path("/dev/shm/rat-\(Process.effectiveUser)")
        }
        return try OwnDirectory.absolute(path)
    }

    private static func path(_ text: String) -> PathBytes { Array(text.utf8CString) }

    private static func deny() -> Errno { fail(.accessDenied) }

    /// A failure found here that the kernel would have told by the same number.
    private static func fail(_ error: Errno) -> Errno {
        Errno.lastOfThread = error.rawValue
        return error
    }
}
