internal import CRatLinux

/// A NUL-terminated path or name of a file: any bytes.
package typealias PathBytes = [CChar]

/// An owned descriptor of a file or a directory.
package struct OpenFile: ~Copyable, Sendable {
    /// -1 for none.
    package let rawValue: CInt

    /// No file.
    package init() {
        rawValue = -1
    }

    private init(_ rawValue: CInt) {
        self.rawValue = rawValue
    }

    /// A descriptor that came from elsewhere and is this one's from now on; negative for none.
    init(owning rawValue: CInt) {
        self.rawValue = rawValue
    }

    deinit {
        // On Linux the descriptor is gone even when close reports EINTR.
        if rawValue >= 0 { _ = close(rawValue) }
    }

    // MARK: - Opening

    /// The directory of that name; a link to one is refused with ENOTDIR.
    package static func directory(
        _ name: PathBytes,
        in parent: borrowing OpenFile
    ) throws(Errno) -> OpenFile {
        let parent = parent.place
        return OpenFile(try systemCall { unsafe rat_linux_open_directory(parent, name) })
    }

    /// The file of that name, to read and, if that is asked for, to write; a link is refused with
    /// ELOOP.
    package static func file(
        _ name: PathBytes,
        in directory: borrowing OpenFile,
        isForWriting: Bool
    ) throws(Errno) -> OpenFile {
        let place = directory.place
        let isWritable: CInt = isForWriting ? 1 : 0
        return OpenFile(try systemCall { unsafe rat_linux_open_file(place, name, isWritable) })
    }

    /// A new file without a name, gone with its last descriptor unless it is given one.
    package static func nameless(in directory: borrowing OpenFile) throws(Errno) -> OpenFile {
        let place = directory.place
        return OpenFile(try systemCall { rat_linux_open_nameless(place) })
    }

    /// New memory that is in no directory.
    package static func memory() throws(Errno) -> OpenFile {
        let modern = try systemCall(orNilIf: .invalidArgument) {
            unsafe rat_linux_memory_file("rat", 1)
        }
        if let modern { return OpenFile(modern) }
        return OpenFile(try systemCall { unsafe rat_linux_memory_file("rat", 0) })
    }

    // MARK: - Names in a directory

    /// Makes a directory, with what the process's mask leaves of `mode`. `false` if the name is
    /// taken.
    package borrowing func makeDirectory(
        _ name: PathBytes,
        mode: UInt32
    ) throws(Errno) -> Bool {
        let place = place
        return try systemCall(orNilIf: .exists) { unsafe mkdirat(place, name, mode) } != nil
    }

    /// Gives a nameless file a name. `false` if the name is taken.
    package borrowing func link(
        _ file: borrowing OpenFile,
        as name: PathBytes
    ) throws(Errno) -> Bool {
        let place = place
        let source = "/proc/self/fd/\(file.rawValue)"
        return try systemCall(orNilIf: .exists) { unsafe rat_linux_link(source, place, name) }
            != nil
    }

    package borrowing func unlink(_ name: PathBytes) throws(Errno) {
        let place = place
        _ = try systemCall { unsafe unlinkat(place, name, 0) }
    }

    /// What the name stands for, without following a link; `nil` for nothing.
    package borrowing func facts(of name: PathBytes) throws(Errno) -> FileFacts? {
        let place = place
        var facts = stat()
        let found = try systemCall(orNilIf: .notFound) {
            unsafe rat_linux_stat_at(place, name, &facts)
        }
        return found == nil ? nil : FileFacts(facts)
    }

    // MARK: - The file itself

    package borrowing func facts() throws(Errno) -> FileFacts {
        let file = rawValue
        var facts = stat()
        _ = try systemCall { unsafe fstat(file, &facts) }
        return FileFacts(facts)
    }

    package borrowing func setMode(_ mode: UInt32) throws(Errno) {
        let file = rawValue
        _ = try systemCall { fchmod(file, mode) }
    }

    /// Gives an empty file a size, and the memory for all of it.
    package borrowing func reserve(byteCount: Int) throws(Errno) {
        let file = rawValue
        // In steps: a signal undoes the step that it interrupts, and a program with a fast timer
        // would never get through a large one.
        let step = 64 << 20
        var offset = 0
        while offset < byteCount {
            let count = Int64(min(step, byteCount - offset))
            let start = Int64(offset)
            _ = try systemCall { rat_linux_allocate(file, start, count) }
            offset += Int(count)
        }
    }

    /// Keeps everybody, for good, from changing the size of `memory()`.
    package borrowing func sealSize() throws(Errno) {
        let file = rawValue
        _ = try systemCall { rat_linux_seal_size(file) }
    }

    /// How much the file's file system has room for, for this user.
    package borrowing func freeByteCount() throws(Errno) -> UInt64 {
        let file = rawValue
        var facts = statvfs()
        _ = try systemCall { unsafe fstatvfs(file, &facts) }
        // A file system in memory without a limit says that it has no blocks at all.
        guard facts.f_blocks > 0 else { return .max }
        let (count, overflow) = UInt64(facts.f_bavail)
            .multipliedReportingOverflow(by: UInt64(facts.f_frsize))
        return overflow ? .max : count
    }

    /// Writes all of it, at the start of the file.
    package borrowing func write(_ bytes: [UInt8]) throws(Errno) {
        let file = rawValue
        let count = try systemCall {
            unsafe bytes.withUnsafeBytes { unsafe pwrite(file, $0.baseAddress, $0.count, 0) }
        }
        // A regular file takes all or says why not.
        guard count == bytes.count else { throw .noSpace }
    }

    /// What the file begins with.
    package borrowing func contents(atMost limit: Int) throws(Errno) -> [UInt8] {
        let file = rawValue
        var bytes = [UInt8](repeating: 0, count: limit)
        let count = try systemCall {
            unsafe bytes.withUnsafeMutableBytes { unsafe pread(file, $0.baseAddress, $0.count, 0) }
        }
        return Array(bytes.prefix(count))
    }

    /// The names in a directory, but for those that begin with a dot.
    package borrowing func names() throws(Errno) -> [PathBytes] {
        let file = rawValue
        let copy = try systemCall { unsafe rat_linux_open_directory(file, ".") }
        guard let stream = unsafe fdopendir(copy) else {
            _ = close(copy)
            return []
        }
        defer { unsafe closedir(stream) }
        var names: [PathBytes] = []
        while let entry = unsafe rat_linux_next_name(stream) {
            let name = unsafe UnsafeBufferPointer(start: entry, count: strlen(entry) + 1)
            if unsafe name.first != CChar(bitPattern: UInt8(ascii: ".")) {
                unsafe names.append(Array(name))
            }
        }
        return names
    }

    // MARK: - Locks

    /// What `flock` gives: a lock of this opening of the file, gone with its last descriptor.
    package enum LockKind: Sendable {
        case shared
        case exclusive
    }

    /// Takes the lock if nobody's lock is in the way. Whatever the answer, a lock held before is
    /// given up for it.
    package borrowing func tryLock(_ kind: LockKind) throws(Errno) -> Bool {
        let file = rawValue
        let operation = (kind == .shared ? LOCK_SH : LOCK_EX) | LOCK_NB
        return try systemCall(orNilIf: .wouldBlock) { flock(file, operation) } != nil
    }

    /// Takes the exclusive lock; `false` if others did not let it by the deadline.
    ///
    /// There is no `flock` with a deadline, and holders keep it for some microseconds unless they
    /// were stopped: so it asks again and again, ever more seldom.
    package borrowing func lock(until deadline: Instant) throws(Errno) -> Bool {
        var pause = 20_000
        while try !tryLock(.exclusive) {
            guard Instant.now() < deadline else { return false }
            Clock.pause(nanoseconds: pause)
            pause = min(2 * pause, 10_000_000)
        }
        return true
    }

    package borrowing func unlock() {
        // Fails for a bad descriptor only.
        _ = flock(rawValue, LOCK_UN)
    }

    /// What names are relative to: without a directory, the working one.
    private var place: CInt { rawValue < 0 ? AT_FDCWD : rawValue }
}

/// What the kernel knows of a file.
package struct FileFacts: Sendable {
    /// Tells a file from all others, as long as it exists.
    package struct Identity: Equatable, Sendable {
        let device: UInt64
        let number: UInt64
    }

    package let identity: Identity
    package let isDirectory: Bool
    package let isRegular: Bool
    package let owner: UInt32
    /// The permissions, with the three bits above them.
    package let mode: UInt32
    package let size: Int
    /// How many names it has.
    package let nameCount: Int

    init(_ facts: stat) {
        identity = Identity(device: UInt64(facts.st_dev), number: UInt64(facts.st_ino))
        isDirectory = facts.st_mode & mode_t(S_IFMT) == mode_t(S_IFDIR)
        isRegular = facts.st_mode & mode_t(S_IFMT) == mode_t(S_IFREG)
        owner = facts.st_uid
        mode = facts.st_mode & 0o7777
        size = Int(facts.st_size)
        nameCount = Int(facts.st_nlink)
    }
}
