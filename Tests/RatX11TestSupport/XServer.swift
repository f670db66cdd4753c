#if X11

internal import Glibc

/// An X server without a screen, for one test. Needs Xvfb: a test that lacks it fails.
package final class XServer {
    package let displayName: String
    private let process: ChildProcess

    /// Starts a server, which is ready when this returns: it writes its number when it listens.
    package init(screen: String = "800x600x24", options extra: [String] = []) throws {
        var ends: [CInt] = [-1, -1]
        guard unsafe pipe(&ends) == 0 else { throw ChildProcess.Failure("no pipe") }
        for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
        defer { close(ends[0]) }
        do {
            defer { close(ends[1]) }
            let options = "-displayfd 3 -noreset -nolisten tcp -screen 0 \(screen)"
            let words = options.split(separator: " ").map { String($0) }
            process = try ChildProcess(["Xvfb"] + words + extra, inherited: ends[1])
        }
        var digits: [UInt8] = []
        var byte: UInt8 = 0
        while unsafe read(ends[0], &byte, 1) == 1, byte != 0x0A { digits.append(byte) }
        guard byte == 0x0A else { throw ChildProcess.Failure("Xvfb did not start") }
        displayName = ":" + String(decoding: digits, as: UTF8.self)
    }

    /// Ends the server without giving it a chance to say so to anybody.
    package func crash() {
        process.kill(SIGKILL)
        process.waitForEnd()
    }

    /// As `crash`, but does not wait until it is dead.
    package func beginCrash() {
        process.kill(SIGKILL)
    }

    /// Runs a tool on this display until it ends.
    package func run(_ arguments: [String]) throws {
        try start(arguments).waitForEnd()
    }

    /// Starts a program on this display.
    package func start(_ arguments: [String]) throws -> ChildProcess {
        try ChildProcess(arguments, environment: ["DISPLAY": displayName])
    }
}

#endif
