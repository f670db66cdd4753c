#if X11

internal import CRatXCB
internal import RatDisplay

/// Answers other programs that ask for what we have on the clipboard. ICCCM 2.2, 2.6.2 and 2.7.2.
///
/// A request becomes one conversion, or many of MULTIPLE. A conversion waits for its data by a ticket. What is too
/// large for one request goes out in pieces, each when the one before was taken. Nobody's slowness keeps others.
final class ClipboardServing {
    /// What we offer.
    struct Offer {
        let id: UInt64
        let formats: [ExchangeFormat]
        /// When the server made us the owner; 0 until it has said so.
        var time: xcb_timestamp_t = 0
    }

    /// One target, to be written to one property.
    private struct Conversion {
        let request: SelectionRequest
        let target: xcb_atom_t
        let property: xcb_atom_t
        /// The MULTIPLE that it is a part of, and which part.
        var whole: (job: Multiple, part: Int)?
    }

    /// A request for many targets, as pairs of a target and a property. Property None (0) stands for what failed.
    private final class Multiple {
        var pairs: [UInt32]
        var left: Int

        init(_ pairs: [UInt32]) {
            self.pairs = pairs
            left = pairs.count / 2
        }
    }

    private struct Waiting {
        let conversion: Conversion
        let format: ExchangeFormat
        let target: String
        let deadline: UInt64
    }

    /// What goes out in pieces.
    private struct Transfer {
        let requestor: xcb_window_t
        let property: xcb_atom_t
        let type: xcb_atom_t
        let data: [UInt8]
        var sent = 0
        var deadline: UInt64
    }

    var offer: Offer?
    private let connection: Connection
    private let user: any ClipboardExchangeUser
    private let names: Names
    private var atoms: AtomNames
    private var waiting: [UInt64: Waiting] = [:]
    private var lastTicket: UInt64 = 0
    private var transfers: [Transfer] = []
    /// Bytes of a piece.
    private let piece: Int

    struct Names {
        let atom: xcb_atom_t
        let incremental: xcb_atom_t
        let integer: xcb_atom_t
        let multiple: xcb_atom_t
        let targets: xcb_atom_t
        let timestamp: xcb_atom_t
    }

    private static let mostWaiting = 256
    private static let mostTransfers = 32
    private static let mostPairs = 64

    init(_ connection: Connection, _ names: Names, _ user: any ClipboardExchangeUser) {
        self.connection = connection
        self.names = names
        self.user = user
        atoms = AtomNames(connection)
        piece = min(1 << 18, connection.largestRequest - 256)
    }

    // MARK: Requests

    func receive(_ request: SelectionRequest, now: UInt64) {
        // ICCCM 2.2: not from before we had it. The clock wraps.
        guard let offer,
            request.time == 0 || offer.time == 0
                || Int32(bitPattern: request.time &- offer.time) >= 0
        else { return connection.answer(request, property: 0) }
        guard request.target == names.multiple else {
            let conversion = Conversion(
                request: request,
                target: request.target,
                property: request.property,
                whole: nil
            )
            return convert(conversion, offer, now)
        }
        let list = try? connection.takeProperty(
            request.requestor,
            request.property,
            most: Self.mostPairs * 8
        )
        let pairs = list?.items ?? []
        guard !pairs.isEmpty, pairs.count % 2 == 0 else {
            return connection.answer(request, property: 0)
        }
        let job = Multiple(pairs)
        for part in 0..<pairs.count / 2 {
            let conversion = Conversion(
                request: request,
                target: pairs[part * 2],
                property: pairs[part * 2 + 1],
                whole: (job, part)
            )
            convert(conversion, offer, now)
        }
    }

    private func convert(_ conversion: Conversion, _ offer: Offer, _ now: UInt64) {
        let window = conversion.request.requestor
        guard conversion.property != 0 else { return end(conversion, isDone: false) }
        switch conversion.target {
        case names.targets:
            let known = [names.targets, names.timestamp, names.multiple]
            let offered = ClipboardTargets.offered(offer.formats).map { atoms.atom($0) }
            let items = known + offered
            connection.writeProperty(window, conversion.property, type: names.atom, items: items)
            end(conversion, isDone: true)
        case names.timestamp:
            let type = names.integer
            connection.writeProperty(window, conversion.property, type: type, items: [offer.time])
            end(conversion, isDone: true)
        case names.multiple:
            end(conversion, isDone: false)
        default:
            let target = atoms.names(of: [conversion.target])[0]
            guard let format = ClipboardTargets.format(for: target, among: offer.formats),
                waiting.count < Self.mostWaiting
            else { return end(conversion, isDone: false) }
            lastTicket += 1
            waiting[lastTicket] = Waiting(
                conversion: conversion,
                format: format,
                target: target,
                deadline: now + ClipboardExchangeTimes.render
            )
            user.wanted(format, of: offer.id, ticket: lastTicket)
        }
    }

    /// Data for a ticket has come, or the word that there is none.
    func supply(_ data: [UInt8]?, for ticket: UInt64, now: UInt64) {
        guard let waiting = waiting.removeValue(forKey: ticket) else { return }
        let conversion = waiting.conversion
        guard let data,
            let (bytes, type) = ClipboardTargets.encoded(
                data,
                of: waiting.format,
                for: waiting.target
            )
        else { return end(conversion, isDone: false) }
        let number = atoms.atom(type)
        if bytes.count <= piece {
            let window = conversion.request.requestor
            connection.writeProperty(window, conversion.property, type: number, bytes[...])
            end(conversion, isDone: true)
        } else {
            end(conversion, isDone: begin(bytes, number, conversion, now))
        }
    }

    private func end(_ conversion: Conversion, isDone: Bool) {
        let request = conversion.request
        guard let (job, part) = conversion.whole else {
            return connection.answer(request, property: isDone ? conversion.property : 0)
        }
        if !isDone { job.pairs[part * 2 + 1] = 0 }
        job.left -= 1
        guard job.left == 0 else { return }
        let type = atoms.atom("ATOM_PAIR")
        connection.writeProperty(
            request.requestor,
            request.property,
            type: type,
            items: job.pairs
        )
        connection.answer(request, property: request.property)
    }

    // MARK: Pieces

    private func begin(
        _ data: [UInt8],
        _ type: xcb_atom_t,
        _ conversion: Conversion,
        _ now: UInt64
    ) -> Bool {
        let (window, property) = (conversion.request.requestor, conversion.property)
        transfers.removeAll { $0.requestor == window && $0.property == property }
        guard transfers.count < Self.mostTransfers else { return false }
        transfers.append(
            Transfer(
                requestor: window,
                property: property,
                type: type,
                data: data,
                deadline: now + ClipboardExchangeTimes.reading
            )
        )
        // Before the property is there, so that its end cannot be missed.
        let events =
            XCB_EVENT_MASK_PROPERTY_CHANGE.rawValue | XCB_EVENT_MASK_STRUCTURE_NOTIFY.rawValue
        connection.change(window, mask: XCB_CW_EVENT_MASK.rawValue, [events])
        connection.writeProperty(
            window,
            property,
            type: names.incremental,
            items: [UInt32(clamping: data.count)]
        )
        return true
    }

    /// Somebody has taken a property from a window.
    func propertyTaken(_ property: xcb_atom_t, from window: xcb_window_t, now: UInt64) {
        guard
            let place = transfers.firstIndex(where: {
                $0.requestor == window && $0.property == property
            })
        else { return }
        let transfer = transfers[place]
        let end = min(transfer.sent + piece, transfer.data.count)
        let bytes = transfer.data[transfer.sent..<end]
        connection.writeProperty(window, property, type: transfer.type, bytes)
        if bytes.isEmpty {
            stop(at: place)
        } else {
            transfers[place].sent = end
            transfers[place].deadline = now + ClipboardExchangeTimes.reading
        }
    }

    func windowGone(_ window: xcb_window_t) {
        transfers.removeAll { $0.requestor == window }
    }

    private func stop(at place: Int) {
        let window = transfers.remove(at: place).requestor
        guard !transfers.contains(where: { $0.requestor == window }) else { return }
        connection.change(window, mask: XCB_CW_EVENT_MASK.rawValue, [0])
    }

    // MARK: Time

    var nextDeadline: UInt64? {
        let tickets = waiting.values.lazy.map(\.deadline).min()
        let pieces = transfers.lazy.map(\.deadline).min()
        return [tickets, pieces].compactMap { $0 }.min()
    }

    func expire(now: UInt64) {
        for (ticket, waiting) in waiting where waiting.deadline <= now {
            self.waiting[ticket] = nil
            end(waiting.conversion, isDone: false)
        }
        while let place = transfers.firstIndex(where: { $0.deadline <= now }) { stop(at: place) }
    }
}

#endif
