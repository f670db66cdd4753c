#if X11

internal import CRatXCB
internal import RatDisplay

/// Gets one target of what another program has on the clipboard. ICCCM 2.4 and 2.7.2:
///
///     asked --SelectionNotify, a property--> done
///           --SelectionNotify, INCR -------> taking pieces --a property--> taking pieces
///                                                          --an empty one--> done
///           --SelectionNotify, none, or too late, too large--> failed
///
/// Each has a window of its own, so that what a program sends late, or twice, belongs to nothing.
final class ClipboardFetch {
    typealias Outcome = Result<WholeProperty, ExchangeError>

    let window: xcb_window_t
    private let connection: Connection
    private let names: Names
    private let completion: (Outcome) -> Void
    /// When it has waited too long, in milliseconds.
    private(set) var deadline: UInt64
    private let lastDeadline: UInt64
    /// What has come in pieces.
    private var pieces: WholeProperty?
    private(set) var isOver = false

    struct Names {
        var selection: xcb_atom_t
        let incremental: xcb_atom_t
        /// The property that the data comes in.
        let property: xcb_atom_t
    }

    init(
        _ target: xcb_atom_t,
        _ connection: Connection,
        _ names: Names,
        now: UInt64,
        _ completion: @escaping (Outcome) -> Void
    ) {
        self.connection = connection
        self.names = names
        self.completion = completion
        deadline = now + ClipboardExchangeTimes.step
        lastDeadline = now + ClipboardExchangeTimes.total
        window = connection.createHiddenWindow(
            events: XCB_EVENT_MASK_PROPERTY_CHANGE.rawValue
        )
        unsafe xcb_convert_selection(
            connection.raw,
            window,
            names.selection,
            target,
            names.property,
            xcb_timestamp_t(XCB_CURRENT_TIME)
        )
        connection.noteRequest()
    }

    /// The owner has answered.
    func answered(property: xcb_atom_t, now: UInt64) {
        guard !isOver, pieces == nil else { return }
        guard property == names.property else { return finish(.failure(.refused)) }
        guard let whole = take(most: ClipboardLimits.largest) else {
            return finish(.failure(.refused))
        }
        guard whole.type == names.incremental else { return finish(.success(whole)) }
        // The size that it says is a lower bound.
        if let size = whole.items.first, Int(size) > ClipboardLimits.largest {
            return finish(.failure(.tooLarge))
        }
        pieces = WholeProperty(type: 0, format: 0, data: [])
        goOn(now)
    }

    /// A property was written to the window.
    func propertyWritten(_ property: xcb_atom_t, now: UInt64) {
        guard !isOver, property == names.property, let before = pieces else { return }
        // What is not there any more came with the piece before.
        guard let piece = take(most: ClipboardLimits.largest - before.data.count) else { return }
        if piece.data.isEmpty { return finish(.success(before)) }
        if before.data.isEmpty {
            pieces = piece
        } else {
            pieces?.data += piece.data
        }
        goOn(now)
    }

    /// Ends it where it has waited too long.
    func expire(now: UInt64) {
        if !isOver, deadline <= now { finish(.failure(.timedOut)) }
    }

    func finish(_ outcome: Outcome) {
        guard !isOver else { return }
        isOver = true
        pieces = nil
        unsafe xcb_destroy_window(connection.raw, window)
        connection.noteRequest()
        completion(outcome)
    }

    private func goOn(_ now: UInt64) {
        deadline = min(now + ClipboardExchangeTimes.step, lastDeadline)
    }

    /// The property, which is gone then; `nil` if there is none, or if that ended the fetch.
    private func take(most: Int) -> WholeProperty? {
        do throws(ExchangeError) {
            return try connection.takeProperty(window, names.property, most: most)
        } catch {
            finish(.failure(error))
        }
        return nil
    }
}

#endif
