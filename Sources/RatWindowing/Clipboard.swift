package import RatCore
internal import RatDisplay
internal import RatMessaging
internal import RatSystem
internal import Synchronization

/// The clipboard of all threads of the process, in Win32's terms, and of other programs where there is a display that
/// they share.
///
/// One thread at a time has it open, in the name of a window or of none. What it holds is a `ClipboardContents`:
///
///     emptied by a program ----> ours, being filled --close--> ours, offered to other programs
///     another program copies --> others', formats not told --told--> others'
///
/// While a thread has it open, what another program copies waits in `incoming`, so that nothing changes under a
/// reader; closing after a change drops that, since ours is the newer copy then.
///
/// Sendable: every field is guarded by `lock`, under which nothing is called but the exchange, which returns at
/// once and calls nobody back on this thread.
package final class Clipboard: ForkParticipant, @unchecked Sendable {
    package static let shared = Clipboard()

    struct Opener {
        let thread: UInt64
        let window: Handle
    }

    let lock = Lock()
    var opener: Opener?
    /// Whether the one who has it open has changed something.
    var isChanged = false
    /// The window that emptied it last; none if that was nobody's, or is gone, or another program has copied since.
    var owner = Handle.invalid
    var contents = ClipboardContents(id: 0)
    /// What other programs get: `contents`, or what it was before it was emptied by who has it open.
    var offered: ClipboardContents?
    /// How often the exchange was told of something to offer.
    var offersMade: UInt64 = 0
    /// What another program has copied while the clipboard is open here.
    var incoming: ClipboardContents?
    var sequence: UInt32 = 0
    var listeners: [Handle] = []
    /// Threads that have opened it, for which its end is seen to.
    private var threads: Set<UInt64> = []
    private var lastID: UInt64 = 0
    /// How many names of formats other programs have brought.
    var foreignNames = 0

    var exchange: (any ClipboardExchange)?

    /// Whether anything of it depends on a window. Only ever becomes true, so that windows of programs that have no
    /// clipboard go without a look at it.
    private let concernsWindows = Atomic<Bool>(false)

    private init() {
        Fork.register(self)
    }

    package func lockForFork() { lock.lock() }
    package func unlockAfterFork() { lock.unlock() }

    package func startAnewInChild() {
        // The child has no part in the parent's, whose thread it has not got.
        exchange = nil
        opener = nil
        isChanged = false
        owner = .invalid
        contents = ClipboardContents(id: nextID())
        offered = nil
        incoming = nil
        listeners = []
        threads = []
        lock.unlock()
    }

    func withLock<Value>(_ body: () throws(RatError) -> Value) throws(RatError) -> Value {
        lock.lock()
        defer { lock.unlock() }
        return try body()
    }

    func withLock<Value>(_ body: () -> Value) -> Value {
        lock.lock()
        defer { lock.unlock() }
        return body()
    }

    /// Under the lock. Even, so that it is never the number of another program's contents.
    func nextID() -> UInt64 {
        lastID += 2
        return lastID
    }

    // MARK: Opening

    /// Opens it for the calling thread, in the name of a window of any thread, or of none. Again is fine.
    package func open(_ window: Handle) throws(RatError) {
        guard window == .invalid || Window.exists(window) else { throw .invalidHandle }
        let thread = ThreadRecord.current
        let isNew = try withLock { () throws(RatError) in
            if let opener {
                guard opener.thread == thread.serial, opener.window == window else {
                    throw .accessDenied
                }
                return false
            }
            opener = Opener(thread: thread.serial, window: window)
            if window != .invalid { concernsWindows.store(true, ordering: .relaxed) }
            return threads.insert(thread.serial).inserted
        }
        guard isNew else { return }
        thread.callAtExit { [unowned self] thread in
            withLock { _ = threads.remove(thread.serial) }
            // A thread that ends closes what it has open.
            try? close()
        }
    }

    /// Closes it, and tells other programs and the listeners what is new. Other programs can paste then.
    package func close() throws(RatError) {
        let offering = ServedWait()
        let (told, isOffered) = try withLock { () throws(RatError) in
            try checkOpen()
            let isOffered = isChanged && exchange != nil
            return (closeUnderLock { offering.finish() }, isOffered)
        }
        if isOffered {
            // A server that hangs is waited for no longer.
            let limit = ClipboardExchangeTimes.step
            _ = offering.wait(until: Instant.now().advanced(byMilliseconds: limit))
        }
        tell(told)
    }

    private func closeUnderLock(_ offered: @escaping @Sendable () -> Void = {}) -> News {
        opener = nil
        if isChanged {
            isChanged = false
            incoming = nil
            contents.addMade()
            offerContents(offered)
            return News(listeners: listeners)
        }
        guard let incoming else { return News() }
        self.incoming = nil
        return adopt(incoming)
    }

    /// Under the lock: other programs get the contents from now on.
    func offerContents(_ completion: @escaping @Sendable () -> Void = {}) {
        guard let exchange else { return completion() }
        offered = contents
        offersMade += 1
        exchange.offer(contents.exchanged, as: contents.id, completion)
    }

    /// Under the lock: only who has it open may go on.
    func checkOpen() throws(RatError) {
        guard let opener, opener.thread == ThreadRecord.currentIfAny?.serial else {
            throw .wrongThread
        }
    }

    /// The window in whose name it is open.
    package var openWindow: Handle { withLock { opener?.window ?? .invalid } }
    package var ownerWindow: Handle { withLock { owner } }

    // MARK: Writing

    /// Empties it, after its owner was told; the window it was opened for owns it then.
    package func empty() throws(RatError) {
        let old = try withLock { () throws(RatError) in
            try checkOpen()
            return owner
        }
        if old != .invalid {
            // An owner that does not answer cannot keep others from copying.
            var message = Message(MessageHeader(message: ClipboardMessage.destroyClipboard))
            try? unsafe Sending.send(&message, to: old, until: Self.answerDeadline, reply: nil)
        }
        try withLock { () throws(RatError) in
            try checkOpen()
            contents = ClipboardContents(id: nextID())
            owner = opener?.window ?? .invalid
            noteChange()
        }
    }

    /// Puts data of a format on it; `nil` promises that the owner will render it.
    package func set(_ format: UInt32, _ data: [UInt8]?) throws(RatError) {
        guard ClipboardFormat.isKnown(format) else { throw .invalidArgument }
        guard data.map({ $0.count <= ClipboardLimits.largest }) ?? true else { throw .noResources }
        let isOwners = withLock { owner != .invalid } && (try? Window.find(ownerWindow)) != nil
        try withLock { () throws(RatError) in
            if isOwners, contents.isBeingRendered, let data, isRenderingHere(format) {
                contents.set(format, .given(data))
                return
            }
            try checkOpen()
            // Another program's contents cannot be added to.
            guard !contents.isOthers || contents.entries.isEmpty else { throw .accessDenied }
            guard data != nil || owner != .invalid else { throw .invalidArgument }
            if contents.isOthers { contents = ClipboardContents(id: nextID()) }
            contents.set(format, data.map { .given($0) } ?? .delayed)
            noteChange()
        }
    }

    /// Under the lock: whether the owner sets a format because it was asked for, and not as a change.
    private func isRenderingHere(_ format: UInt32) -> Bool {
        if case .delayed? = contents[format] { return true }
        return opener?.thread != ThreadRecord.currentIfAny?.serial
    }

    /// Under the lock.
    private func noteChange() {
        sequence &+= 1
        isChanged = true
    }

    static var answerDeadline: Instant {
        Instant.now().advanced(byMilliseconds: ClipboardExchangeTimes.render)
    }

    // MARK: Those who listen

    /// Whom to tell of a change, once the lock is free.
    struct News {
        var listeners: [Handle] = []
        /// Whose contents are gone.
        var formerOwner = Handle.invalid
    }

    func tell(_ news: News) {
        if news.formerOwner != .invalid {
            var message = Message(MessageHeader(message: ClipboardMessage.destroyClipboard))
            try? unsafe Sending.notify(&message, to: news.formerOwner)
        }
        for listener in news.listeners {
            // A full queue is one that has not looked at the news before.
            let header = MessageHeader(message: ClipboardMessage.clipboardUpdate)
            try? MessageQueue.post(Message(header), to: listener)
        }
    }

    /// Posts WM_CLIPBOARDUPDATE to a window whenever there is something else on the clipboard.
    package func addListener(_ window: Handle) throws(RatError) {
        guard Window.exists(window) else { throw .invalidHandle }
        concernsWindows.store(true, ordering: .relaxed)
        try withLock { () throws(RatError) in
            guard !listeners.contains(window) else { throw .alreadyExists }
            listeners.append(window)
        }
        // It may have gone before it was there to be forgotten.
        if !Window.exists(window) { forget(window) }
    }

    package func removeListener(_ window: Handle) throws(RatError) {
        guard Window.exists(window) else { throw .invalidHandle }
        try withLock { () throws(RatError) in
            guard let place = listeners.firstIndex(of: window) else { throw .notFound }
            listeners.remove(at: place)
        }
    }

    // MARK: The ends of windows

    /// A window, the calling thread's, is about to get WM_DESTROY: if it owns the clipboard, it is asked to render what
    /// it has promised, and what it does not render is gone.
    func ownerIsGoing(_ window: Window) {
        guard concernsWindows.load(ordering: .relaxed) else { return }
        let handle = window.handle
        guard ownerWindow == handle else { return }
        window.send(ClipboardMessage.renderAllFormats)
        disown(handle)
    }

    /// A window is gone.
    func forget(_ window: Handle) {
        guard concernsWindows.load(ordering: .relaxed) else { return }
        disown(window)
        let news = withLock { () -> News in
            listeners.removeAll { $0 == window }
            return opener?.window == window ? closeUnderLock() : News()
        }
        tell(news)
    }

    private func disown(_ window: Handle) {
        let news = withLock { () -> News in
            guard owner == window else { return News() }
            owner = .invalid
            guard contents.dropDelayed() else { return News() }
            sequence &+= 1
            if opener != nil {
                isChanged = true
                return News()
            }
            offerContents()
            return News(listeners: listeners)
        }
        tell(news)
    }
}
