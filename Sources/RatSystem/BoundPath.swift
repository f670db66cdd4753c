internal import CRatLinux

/// A socket's entry in the file system, by which it is known whether the name is still that socket's.
package struct BoundPath {
    // 47 is the slash.
    private let path: [CChar]
    private let device: dev_t
    private let file: ino_t

    /// What the path, which ends in a NUL, names now; `nil` if it names nothing. A relative path is kept as
    /// an absolute one, for programs that change their directory.
    package init?(_ path: [CChar]) {
        var information = stat()
        guard unsafe stat(path, &information) == 0 else { return nil }
        self.path = path.first == 47 ? path : Self.directory + path
        device = information.st_dev
        file = information.st_ino
    }

    /// Removes the name, unless somebody else's has taken its place.
    package func remove() {
        var information = stat()
        guard unsafe lstat(path, &information) == 0, information.st_dev == device,
            information.st_ino == file
        else { return }
        _ = unsafe unlink(path)
    }

    /// The working directory, with a slash; nothing if it has no path.
    private static var directory: [CChar] {
        guard let text = unsafe getcwd(nil, 0) else { return [] }
        defer { unsafe free(text) }
        return unsafe UnsafeBufferPointer(start: text, count: strlen(text)) + [47]
    }
}
