#if X11

package import Glibc

/// A program started by a test, which ends with this object.
package final class ChildProcess {
    package let pid: pid_t
    private var isRunning = true

    /// What could not be done to start a program or to reach it.
    package struct Failure: Error {
        package let what: String

        package init(_ what: String) {
            self.what = what
        }
    }

    /// Starts `arguments[0]` from the path. `environment` is added to ours. The child gets `inherited`
    /// under the number 3, and its output is dropped.
    package init(
        _ arguments: [String],
        environment: [String: String] = [:],
        inherited: CInt? = nil
    ) throws {
        var actions = unsafe posix_spawn_file_actions_t()
        unsafe posix_spawn_file_actions_init(&actions)
        defer { unsafe posix_spawn_file_actions_destroy(&actions) }
        unsafe posix_spawn_file_actions_addopen(&actions, 1, "/dev/null", O_WRONLY, 0)
        unsafe posix_spawn_file_actions_addopen(&actions, 2, "/dev/null", O_WRONLY, 0)
        if let inherited { unsafe posix_spawn_file_actions_adddup2(&actions, inherited, 3) }

        // The thread that opened a display blocks SIGPIPE; a child must not start like that.
        var attributes = posix_spawnattr_t()
        unsafe posix_spawnattr_init(&attributes)
        defer { unsafe posix_spawnattr_destroy(&attributes) }
        var none = sigset_t()
        unsafe sigemptyset(&none)
        unsafe posix_spawnattr_setsigmask(&attributes, &none)
        unsafe posix_spawnattr_setflags(&attributes, Int16(POSIX_SPAWN_SETSIGMASK))

        var variables: [String] = []
        var next = unsafe environ
        while let entry = unsafe next.pointee {
            let text = unsafe String(cString: entry)
            let name = text.prefix { $0 != "=" }
            if environment[String(name)] == nil { variables.append(text) }
            unsafe next += 1
        }
        variables += environment.map { "\($0)=\($1)" }

        var pid: pid_t = 0
        let result = unsafe Self.withCStrings(arguments) { words in
            unsafe Self.withCStrings(variables) { variables in
                unsafe posix_spawnp(&pid, arguments[0], &actions, &attributes, words, variables)
            }
        }
        guard result == 0 else { throw Failure("cannot start \(arguments[0]): \(result)") }
        self.pid = pid
    }

    deinit {
        kill(SIGTERM)
        waitForEnd()
    }

    package func kill(_ signal: CInt) {
        if isRunning { _ = Glibc.kill(pid, signal) }
    }

    /// Waits until the program has ended.
    package func waitForEnd() {
        guard isRunning else { return }
        isRunning = false
        while waitpid(pid, nil, 0) < 0, errno == EINTR {}
    }

    private static func withCStrings<R>(
        _ strings: [String],
        _ body: ([UnsafeMutablePointer<CChar>?]) -> R
    ) -> R {
        let copies = unsafe strings.map { unsafe strdup($0) } + [nil]
        defer { unsafe copies.forEach { unsafe free($0) } }
        return unsafe body(copies)
    }
}

#endif
