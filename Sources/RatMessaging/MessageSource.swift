package import RatSystem

/// Where a thread's queue gets what nobody posts: the windows of the thread, and their display.
package protocol MessageSource: AnyObject {
    /// Readable when the display has something to read.
    var descriptor: CInt? { get }
    /// Takes in what other threads have told and, if it `readsDisplay`, what the display has sent. Runs no
    /// application code.
    func refresh(readsDisplay: Bool)
    /// Whether there is input that what the display sends next cannot change.
    var hasSettledInput: Bool { get }
    /// When to look at the display again in any case.
    var nextLook: Instant { get }
    /// The last call before sleeping on `descriptor`; `false` to look again instead.
    func prepareToSleep() -> Bool
    /// Facts that become calls of window procedures inside the retrieval, as sent messages do.
    var hasSent: Bool { get }
    /// Makes one such call.
    func deliverSent()
    /// Whether one of the thread's windows is the active one.
    var isForeground: Bool { get }
    /// What there is to retrieve: bits of `QueueStatus.input` and `.paint`.
    var pending: UInt32 { get }
    /// What of it has come since the thread last looked.
    var fresh: UInt32 { get }
    /// The thread looks at what is of these kinds: that is not fresh any more.
    func look(at kinds: UInt32)
    /// The next input message that the filter lets through; it stays unless `isRemoving`. May call window
    /// procedures.
    func nextInput(_ filter: MessageFilter, isRemoving: Bool) -> Message?
    /// A paint message for a window that needs painting. It comes again until the window is painted.
    func nextPaint(_ filter: MessageFilter) -> Message?
}
