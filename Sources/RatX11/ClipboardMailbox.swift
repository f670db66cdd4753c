#if X11

internal import CRatXCB
internal import Glibc
internal import RatDisplay
internal import Synchronization

/// What threads ask of the clipboard's thread, in order, with a bell that ends its poll.
final class ClipboardMailbox: Sendable {
    enum Command: Sendable {
        case offer([ExchangeFormat], UInt64, @Sendable () -> Void)
        case fetch(
            ExchangeFormat,
            UInt64,
            @Sendable (Result<[UInt8], ExchangeError>) -> Void
        )
        case supply([UInt8]?, UInt64)
        /// The process ends.
        case leave(@Sendable () -> Void)
    }

    private struct State {
        var commands: [Command] = []
        var isClosed = false
    }

    private let state = Mutex(State())
    /// An event descriptor; readable when there may be commands.
    let bell: CInt

    /// `nil` if no descriptor is left.
    init?() {
        bell = rat_xcb_make_bell()
        guard bell >= 0 else { return nil }
    }

    deinit {
        close(bell)
    }

    /// `false` once nobody reads it any more.
    func put(_ command: Command) -> Bool {
        let wasEmpty = state.withLock { state -> Bool? in
            guard !state.isClosed else { return nil }
            state.commands.append(command)
            return state.commands.count == 1
        }
        guard let wasEmpty else { return false }
        if wasEmpty {
            var one: UInt64 = 1
            // Full is rung enough.
            _ = unsafe write(bell, &one, MemoryLayout<UInt64>.size)
        }
        return true
    }

    var isClosed: Bool { state.withLock { $0.isClosed } }

    func takeAll() -> [Command] {
        var count: UInt64 = 0
        // Before the commands are taken: what comes later rings again.
        _ = unsafe read(bell, &count, MemoryLayout<UInt64>.size)
        return state.withLock { state in
            let commands = state.commands
            state.commands = []
            return commands
        }
    }

    /// Nobody reads it any more; what is left.
    func close() -> [Command] {
        state.withLock { state in
            state.isClosed = true
            let commands = state.commands
            state.commands = []
            return commands
        }
    }

    private func close(_ descriptor: CInt) {
        _ = Glibc.close(descriptor)
    }
}

#endif
