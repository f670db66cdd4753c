/// A kind of data that programs exchange.
package enum ExchangeFormat: Hashable, Sendable {
    /// UTF-8 without a 0 at its end; lines end with a line feed.
    case text
    /// A picture as in Win32's CF_DIB: a BITMAPINFOHEADER or a later one, its colours, its pixels.
    case bitmap
    /// What programs have agreed on by a name.
    case named(String)
}

/// Why another program's data did not come.
package enum ExchangeError: Error, Equatable, Sendable {
    /// It has none of that kind, or it is no longer the one that offers something.
    case refused
    /// It did not go on for too long.
    case timedOut
    /// More than `ClipboardLimits.largest`.
    case tooLarge
    /// The display is lost.
    case notConnected
}

/// Bounds of what is exchanged with other programs.
package enum ClipboardLimits {
    /// Bytes of one format.
    package static let largest = 256 << 20
    /// How many formats of another program are looked at.
    package static let mostFormats = 256
    /// How long a name of a format may be, in bytes.
    package static let longestName = 255
}

/// How the clipboard of this process and those of other programs are one.
///
/// It has a thread of its own, so that other programs are served while all of ours are busy. Each call returns at once
/// and may come from any thread. What follows from it is told to the `ClipboardExchangeUser`.
package protocol ClipboardExchange: AnyObject, Sendable {
    /// The clipboard is ours from now on, with these formats. `offer` names it. `completion` is called once, on any
    /// thread, when other programs can paste, or when they will not; it may not block.
    func offer(
        _ formats: [ExchangeFormat],
        as offer: UInt64,
        _ completion: @escaping @Sendable () -> Void
    )
    /// Gets data of what another program offers. `completion` is called once, on any thread, within
    /// `ClipboardExchangeTimes.total`, and may not block.
    func fetch(
        _ format: ExchangeFormat,
        of offer: UInt64,
        _ completion: @escaping @Sendable (Result<[UInt8], ExchangeError>) -> Void
    )
    /// Answers `wanted`; `nil` if there is no such data. An answer that comes late is passed over.
    func supply(_ data: [UInt8]?, for ticket: UInt64)
}

/// How long an exchange waits, in milliseconds.
package enum ClipboardExchangeTimes {
    /// For another program to do the next step.
    package static let step: UInt64 = 2_000
    /// For all the data of one format.
    package static let total: UInt64 = 30_000
    /// For a procedure of ours to render a format that another program wants.
    package static let render: UInt64 = 5_000
    /// For another program to take the next piece of what it has asked for.
    package static let reading: UInt64 = 5_000
}

/// Who is told what happens to the clipboard outside of this process. Called on the exchange's own thread; may not
/// block.
package protocol ClipboardExchangeUser: AnyObject, Sendable {
    /// Another program has the clipboard, or nobody has. What ours offered is gone; `ours` says how many of our offers
    /// were made by then, for one may be on its way that is newer.
    func othersOffer(_ offer: UInt64, after ours: UInt64)
    /// What it offers; comes after each `othersOffer`, if only to say that it is nothing. `isNobodys` says that
    /// no program has the clipboard.
    func formats(_ formats: [ExchangeFormat], of offer: UInt64, isNobodys: Bool)
    /// Another program wants data of our offer: to be answered by `supply`.
    func wanted(_ format: ExchangeFormat, of offer: UInt64, ticket: UInt64)
    /// The server is gone, or there was none. Nothing else comes after this.
    func exchangeEnded()
}
