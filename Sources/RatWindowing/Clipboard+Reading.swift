package import RatCore
internal import RatDisplay
internal import RatMessaging
internal import RatSystem

extension Clipboard {
    // MARK: What there is

    /// Counts all changes, of this program and of others.
    package var sequenceNumber: UInt32 { withLock { sequence } }

    package func isAvailable(_ format: UInt32) -> Bool {
        let contents = settledContents()
        return withLock { contents[format] != nil }
    }

    package var count: Int {
        let contents = settledContents()
        return withLock { contents.entries.count }
    }

    /// The format behind another one, or the first one behind 0; 0 behind the last one. The calling thread must have
    /// opened the clipboard.
    package func format(after format: UInt32) throws(RatError) -> UInt32 {
        try withLock { () throws(RatError) in try checkOpen() }
        let contents = settledContents()
        return withLock { contents.next(after: format) }
    }

    /// The contents, once it is known what is in them. Another program that does not say has nothing.
    private func settledContents() -> ClipboardContents {
        let wait = ServedWait()
        let pending = withLock { () -> ClipboardContents? in
            guard contents.isPending else { return nil }
            contents.waits.append(wait)
            return contents
        }
        if let pending {
            // The exchange says something sooner, unless its server hangs.
            let limit = ClipboardExchangeTimes.step * 3 / 2
            if !wait.wait(until: Instant.now().advanced(byMilliseconds: limit)) {
                withLock {
                    pending.isPending = false
                    pending.waits = []
                }
            }
        }
        return withLock { contents }
    }

    // MARK: Data

    /// The data of a format. The calling thread must have opened the clipboard. May run procedures, and waits for other
    /// programs, for a bounded time.
    package func data(_ format: UInt32) throws(RatError) -> [UInt8] {
        try withLock { () throws(RatError) in try checkOpen() }
        let contents = settledContents()
        // Others may change it while it is waited for, but not what was opened.
        return try data(format, of: contents)
    }

    private func data(
        _ format: UInt32,
        of contents: ClipboardContents
    ) throws(RatError) -> [UInt8] {
        switch withLock({ contents[format] }) {
        case nil:
            throw .notFound
        case .given(let data), .made(_, .some(let data)):
            return data
        case .made(let source, nil):
            let data = ClipboardText.converted(
                try self.data(source, of: contents),
                from: source,
                to: format
            )
            keep(.made(from: source, data), as: format, in: contents)
            return data
        case .delayed:
            try render(format, of: contents)
            guard case .given(let data)? = withLock({ contents[format] }) else { throw .notFound }
            return data
        case .others(let exchanged):
            let data = ClipboardFormat.adopted(try fetch(exchanged, of: contents), format)
            keep(.given(data), as: format, in: contents)
            return data
        }
    }

    private func keep(
        _ data: ClipboardContents.Data,
        as format: UInt32,
        in contents: ClipboardContents
    ) {
        withLock {
            // What was set meanwhile is newer.
            switch contents[format] {
            case .made, .others: contents.set(format, data)
            case .given, .delayed, nil: break
            }
        }
    }

    /// Has the owner put data of a format on the clipboard.
    private func render(
        _ format: UInt32,
        of contents: ClipboardContents
    ) throws(RatError) {
        let owner = try withLock { () throws(RatError) in
            // An owner that asks for what it is to render has not got it.
            guard contents === self.contents, !contents.rendering.contains(format) else {
                throw .notFound
            }
            contents.rendering.append(format)
            return self.owner
        }
        defer { withLock { contents.rendering.removeAll { $0 == format } } }
        let header = MessageHeader(message: ClipboardMessage.renderFormat, wparam: UInt(format))
        var message = Message(header)
        do throws(RatError) {
            try unsafe Sending.send(&message, to: owner, until: Self.answerDeadline, reply: nil)
        } catch .timedOut {
            throw .timedOut
        } catch {
            throw .notFound
        }
    }

    /// Waits for another program's data.
    private func fetch(
        _ format: ExchangeFormat,
        of contents: ClipboardContents
    ) throws(RatError) -> [UInt8] {
        guard let exchange = withLock({ exchange }) else { throw .notConnected }
        let fetch = Fetch()
        exchange.fetch(format, of: contents.id) { result in fetch.finish(result) }
        // The exchange keeps to its own limit, unless its server hangs.
        let limit = ClipboardExchangeTimes.total + ClipboardExchangeTimes.step
        guard fetch.wait.wait(until: Instant.now().advanced(byMilliseconds: limit)) else {
            throw .timedOut
        }
        switch fetch.takeResult() {
        case .success(let data): return data
        case .failure(.refused): throw .notFound
        case .failure(.timedOut): throw .timedOut
        case .failure(.tooLarge): throw .noResources
        case .failure(.notConnected): throw .notConnected
        }
    }

    /// Sendable: `result` is written before the wait is finished, and read after it is over, by the waiting thread.
    private final class Fetch: @unchecked Sendable {
        let wait = ServedWait()
        private var result: Result<[UInt8], ExchangeError> = .failure(.timedOut)

        func finish(_ result: Result<[UInt8], ExchangeError>) {
            self.result = result
            wait.finish()
        }

        func takeResult() -> Result<[UInt8], ExchangeError> { result }
    }
}
