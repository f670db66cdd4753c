package import RatCore
package import RatSystem

/// Directories in which the library keeps what processes find by name: each is its user's alone to write to.
package enum OwnDirectory {
    /// A directory that is the user's and nobody else's to write to, made if need be.
    package static func open(
        _ name: PathBytes,
        in parent: borrowing OpenFile,
        isCreating: Bool,
        mode: UInt32
    ) throws(Errno) -> OpenFile {
        if isCreating { _ = try parent.makeDirectory(name, mode: mode) }
        let directory: OpenFile
        do throws(Errno) {
            directory = try OpenFile.directory(name, in: parent)
        } catch {
            if error == .notDirectory || error == .tooManyLinks { throw deny() }
            throw error
        }
        let facts = try directory.facts()
        guard facts.owner == Process.effectiveUser, facts.mode & 0o022 == 0 else { throw deny() }
        // The process's mask may have taken from it.
        if isCreating, facts.mode & mode != mode { try directory.setMode(mode) }
        return directory
    }

    /// A path that a person wrote, without slashes at its end: one there would follow a link.
    package static func absolute(_ written: PathBytes) throws(RatError) -> PathBytes {
        let slash = CChar(bitPattern: UInt8(ascii: "/"))
        var path = written
        guard path.first == slash else { throw .invalidArgument }
        while path.count > 2, path[path.count - 2] == slash { path.remove(at: path.count - 2) }
        return path
    }

    private static func deny() -> Errno {
        Errno.lastOfThread = Errno.accessDenied.rawValue
        return .accessDenied
    }
}
