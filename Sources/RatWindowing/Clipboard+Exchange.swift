internal import RatCore
package import RatDisplay
internal import RatMessaging
internal import RatSystem

// How the clipboard is joined with those of other programs, and what these do.

extension Clipboard: ClipboardExchangeUser {
    /// Joins the clipboard with what `open` opens, unless it is joined already.
    package func join(_ open: (any ClipboardExchangeUser) -> (any ClipboardExchange)?) {
        withLock {
            guard exchange == nil, let opened = open(self) else { return }
            exchange = opened
            offersMade = 0
            offered = nil
            // Until the exchange says what there is, nobody knows.
            guard contents.entries.isEmpty, opener == nil else { return }
            contents = pendingContents(id: nextID())
        }
    }

    package var isJoined: Bool { withLock { exchange != nil } }

    private func pendingContents(id: UInt64) -> ClipboardContents {
        let contents = ClipboardContents(id: id, isOthers: true)
        contents.isPending = true
        return contents
    }

    // MARK: Others copy

    package func othersOffer(_ offer: UInt64, after ours: UInt64) {
        let news = withLock { () -> News in
            // What is on its way to the display is newer.
            guard ours == offersMade else { return News() }
            let new = pendingContents(id: offer)
            offered = nil
            // Who waited for what another one offers gets the new one's.
            (new.waits, contents.waits) = (contents.waits, [])
            // What nobody can have looked at may change under who has it open.
            let isUnknown = contents.isPending
            contents.isPending = false
            if opener != nil, !isUnknown {
                finishWaits(of: new)
                incoming = new
                return News()
            }
            return adopt(new)
        }
        tell(news)
    }

    /// Under the lock: another program's contents are the clipboard's. The listeners hear of it once it is known what
    /// there is.
    func adopt(_ new: ClipboardContents) -> News {
        let former = owner
        owner = .invalid
        contents = new
        sequence &+= 1
        return News(listeners: new.isPending ? [] : listeners, formerOwner: former)
    }

    package func formats(_ formats: [ExchangeFormat], of offer: UInt64, isNobodys: Bool) {
        let news = withLock { () -> News in
            // Nobody has copied anything since the server began: what is here is all there is.
            if isNobodys, offered == nil, !contents.isOthers, !contents.entries.isEmpty,
                opener == nil
            {
                offerContents()
                return News()
            }
            let isIncoming = incoming?.id == offer
            let told = isIncoming ? incoming ?? contents : contents
            guard told.isPending, isNobodys || told.id == offer else { return News() }
            fill(told, formats)
            told.isPending = false
            finishWaits(of: told)
            return isIncoming ? News() : News(listeners: listeners)
        }
        tell(news)
    }

    private func fill(_ contents: ClipboardContents, _ formats: [ExchangeFormat]) {
        for exchanged in formats {
            guard let format = number(of: exchanged) else { continue }
            contents.set(format, .others(exchanged))
        }
        contents.addMade()
    }

    /// Under the lock. Names that other programs bring are kept as long as the process lives, so that there is an end
    /// to them.
    private func number(of format: ExchangeFormat) -> UInt32? {
        switch format {
        case .text: return ClipboardFormat.unicodeText
        case .bitmap: return ClipboardFormat.deviceIndependentBitmap
        case .named(let name):
            if let known = RegisteredMessages.known(name) { return known }
            guard foreignNames < Self.mostForeignNames else { return nil }
            foreignNames += 1
            return try? RegisteredMessages.register(name)
        }
    }

    private static let mostForeignNames = 2048

    private func finishWaits(of contents: ClipboardContents) {
        for wait in contents.waits { wait.finish() }
        contents.waits = []
    }

    package func exchangeEnded() {
        let news = withLock { () -> News in
            exchange = nil
            offered = nil
            incoming = nil
            let old = contents
            old.isPending = false
            finishWaits(of: old)
            guard old.isOthers, !old.entries.isEmpty else { return News() }
            let nothing = ClipboardContents(id: nextID())
            if opener == nil { return adopt(nothing) }
            incoming = nothing
            return News()
        }
        tell(news)
    }

    // MARK: Others paste

    package func wanted(_ format: ExchangeFormat, of offer: UInt64, ticket: UInt64) {
        lock.lock()
        guard let exchange else { return lock.unlock() }
        guard let contents = offered, contents.id == offer,
            let source = contents.source(for: format), let data = contents[source]
        else {
            lock.unlock()
            return exchange.supply(nil, for: ticket)
        }
        switch data {
        case .given(let bytes):
            lock.unlock()
            exchange.supply(
                format == .text ? ClipboardText.exported(bytes, from: source) : bytes,
                for: ticket
            )
        case .delayed where contents === self.contents:
            let isRendering = contents.asked[source] != nil
            contents.asked[source, default: []].append(ticket)
            let owner = owner
            lock.unlock()
            if !isRendering { askOwner(owner, for: source, of: contents) }
        case .delayed, .made, .others:
            lock.unlock()
            exchange.supply(nil, for: ticket)
        }
    }

    /// What the owner is asked to render for other programs.
    private final class Rendering {
        let format: UInt32
        let contents: ClipboardContents

        init(_ format: UInt32, _ contents: ClipboardContents) {
            self.format = format
            self.contents = contents
        }
    }

    /// Has the owner render a format without waiting for it: its procedure runs on its own thread.
    private func askOwner(_ owner: Handle, for format: UInt32, of contents: ClipboardContents) {
        let header = MessageHeader(message: ClipboardMessage.renderFormat, wparam: UInt(format))
        var message = Message(header)
        let rendering = unsafe Unmanaged.passRetained(Rendering(format, contents))
        let context = unsafe rendering.toOpaque()
        do throws(RatError) {
            let ended = unsafe Self.renderingEnded
            _ = try unsafe Sending.sendForTask(
                &message,
                to: owner,
                context: context,
                callback: ended
            )
        } catch {
            unsafe rendering.release()
            endRendering(format, of: contents)
        }
    }

    private static let renderingEnded: SendCallback = { _, _, context, _, _ in
        guard let context = unsafe context else { return }
        let rendering = unsafe Unmanaged<Rendering>.fromOpaque(context).takeRetainedValue()
        Clipboard.shared.endRendering(rendering.format, of: rendering.contents)
    }

    /// The owner has handled WM_RENDERFORMAT, or is gone: who waits for the format gets it, or hears that there is
    /// none.
    private func endRendering(_ format: UInt32, of contents: ClipboardContents) {
        lock.lock()
        let tickets = contents.asked.removeValue(forKey: format) ?? []
        let rendered = contents[format]
        let exchange = exchange
        lock.unlock()
        guard let exchange else { return }
        var data: [UInt8]?
        if case .given(let bytes)? = rendered {
            let isText = ClipboardFormat.texts.contains(format)
            data = isText ? ClipboardText.exported(bytes, from: format) : bytes
        }
        for ticket in tickets { exchange.supply(data, for: ticket) }
    }
}

extension ClipboardFormat {
    /// Another program's data as the clipboard has it.
    static func adopted(_ data: [UInt8], _ format: UInt32) -> [UInt8] {
        format == unicodeText ? ClipboardText.imported(data) : data
    }
}
