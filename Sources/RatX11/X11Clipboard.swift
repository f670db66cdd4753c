#if X11

internal import CRatXCB
internal import Glibc
package import RatDisplay
internal import Synchronization

/// The clipboard of an X server: its selection CLIPBOARD.
///
/// A connection and a thread of its own, so that other programs are served whatever our windows are doing. All that is
/// asked for goes to that thread by a mailbox; it lives until the server is lost.
package final class X11Clipboard: ClipboardExchange {
    private let mailbox: ClipboardMailbox

    /// Begins to share the clipboard with the display of that name, or with what DISPLAY names. Waits for nothing:
    /// where there is no such server, `user` hears that the exchange has ended. `nil` if no thread or descriptor is
    /// left.
    package static func open(
        _ name: String?,
        user: any ClipboardExchangeUser,
        using capabilities: Capabilities = .ofEnvironment(),
        trace: (@Sendable (String) -> Void)? = nil
    ) -> X11Clipboard? {
        guard let mailbox = ClipboardMailbox() else { return nil }
        let start = Start(
            name: name,
            capabilities: capabilities,
            mailbox: mailbox,
            user: user,
            trace: trace
        )
        let context = unsafe Unmanaged.passRetained(start).toOpaque()
        let error = unsafe rat_xcb_start_thread(
            nil,
            { context in
                guard let context = unsafe context else { return nil }
                let start = unsafe Unmanaged<Start>.fromOpaque(context).takeRetainedValue()
                start.run()
                return nil
            },
            context
        )
        guard error == 0 else {
            unsafe Unmanaged<Start>.fromOpaque(context).release()
            return nil
        }
        ClipboardFarewell.register(mailbox)
        return X11Clipboard(mailbox)
    }

    private init(_ mailbox: ClipboardMailbox) {
        self.mailbox = mailbox
    }

    package func offer(
        _ formats: [ExchangeFormat],
        as offer: UInt64,
        _ completion: @escaping @Sendable () -> Void
    ) {
        if !mailbox.put(.offer(formats, offer, completion)) { completion() }
    }

    package func fetch(
        _ format: ExchangeFormat,
        of offer: UInt64,
        _ completion: @escaping @Sendable (Result<[UInt8], ExchangeError>) -> Void
    ) {
        if !mailbox.put(.fetch(format, offer, completion)) { completion(.failure(.notConnected)) }
    }

    package func supply(_ data: [UInt8]?, for ticket: UInt64) {
        _ = mailbox.put(.supply(data, ticket))
    }

    /// What the thread begins with.
    private final class Start {
        let name: String?
        let capabilities: Capabilities
        let mailbox: ClipboardMailbox
        let user: any ClipboardExchangeUser
        /// Gets a line for each thing that happens.
        let trace: ((String) -> Void)?

        init(
            name: String?,
            capabilities: Capabilities,
            mailbox: ClipboardMailbox,
            user: any ClipboardExchangeUser,
            trace: ((String) -> Void)?
        ) {
            self.name = name
            self.capabilities = capabilities
            self.mailbox = mailbox
            self.user = user
            self.trace = trace
        }

        func run() {
            let loop = try? ClipboardLoop(name, capabilities, mailbox, user, trace)
            loop?.run()
            let left = mailbox.close()
            // Whoever waited finds the clipboard without another program's contents.
            user.exchangeEnded()
            loop?.end()
            for command in left {
                switch command {
                case .offer(_, _, let completion), .leave(let completion): completion()
                case .fetch(_, _, let completion): completion(.failure(.notConnected))
                case .supply: break
                }
            }
        }
    }
}

#endif
