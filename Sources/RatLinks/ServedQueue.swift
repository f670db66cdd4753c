internal import RatCore
internal import RatIPC
internal import RatMessaging
internal import RatSystem
internal import Synchronization

/// A queue of this process that has a name, with those of other processes who wait for it.
///
/// Sendable: the name's file is guarded by the port's lock; the rest, but for what is constant, is the port's
/// thread's.
final class ServedQueue: @unchecked Sendable {
    let handle: Handle
    let name: ObjectName
    let options: QueueOptions
    private let names: QueueNames
    /// Holds the name.
    private var file: OpenFile?
    /// Those who use the queue. Guarded by the port's lock.
    var hosts: [Host] = []

    private let arrivals: Bell
    private let room: Bell
    private var visits: [Visit] = []
    private var stalled: [Host] = []
    private var waiting: [WaitingPost] = []
    /// When a delayed message is due that somebody waits for.
    private var nextDue = Instant.distantFuture

    /// More than that do not wait at once.
    private static let mostWaiting = 4096

    init(
        _ handle: Handle,
        _ name: ObjectName,
        _ options: QueueOptions,
        _ names: consuming QueueNames,
        _ file: consuming OpenFile,
        _ port: Port
    ) {
        self.handle = handle
        self.name = name
        self.options = options
        self.names = names
        self.file = consume file
        arrivals = Bell(port)
        room = Bell(port)
        arrivals.queue = self
        room.queue = self
    }

    var byteBudget: Int { options.byteBudget }
    /// What the name's file is open as, for children to give up.
    var descriptor: CInt { file?.rawValue ?? -1 }

    /// Whether it has given its name up. Under the port's lock.
    var hasEnded: Bool { file == nil }

    /// Whether the name still stands for this queue. Under the port's lock.
    var hasName: Bool { ((try? file?.facts().nameCount) ?? 0) > 0 }

    /// Gives the name up. Under the port's lock.
    func releaseName() {
        guard let file = file.take() else { return }
        names.release(file)
    }

    // MARK: - The port's thread

    /// When to look again in any case.
    var nextLook: Instant {
        var next = nextDue
        for visit in visits { next = min(next, visit.wish.deadline) }
        for post in waiting { next = min(next, post.deadline) }
        return next
    }

    /// Somebody wants a message.
    func take(_ visit: Visit) {
        guard visits.count < Self.mostWaiting else {
            return visit.host.fail(visit.token, .noResources)
        }
        visits.append(visit)
        look()
    }

    /// Who asked for that does not wait any more: it is answered all the same, once.
    func withdraw(_ host: Host, _ token: UInt64) {
        guard let index = visits.firstIndex(where: { $0.host === host && $0.token == token }) else {
            return
        }
        visits.remove(at: index)
        host.fail(token, .timedOut)
    }

    func forget(_ host: Host) {
        visits.removeAll { $0.host === host }
        waiting.removeAll { post in
            guard post.host === host else { return false }
            post.message.discard()
            return true
        }
        stalled.removeAll { $0 === host }
        look()
    }

    func post(_ post: WaitingPost) {
        if tryPost(post, isLast: post.deadline <= Instant.now()) { return }
        guard waiting.count < Self.mostWaiting else {
            post.message.discard()
            return post.host.fail(post.frame.token, .noResources)
        }
        waiting.append(post)
        lookForRoom()
    }

    /// Whether it is over.
    private func tryPost(_ post: WaitingPost, isLast: Bool) -> Bool {
        do throws(RatError) {
            var frame = Frame(.answer, token: post.frame.token)
            frame.extra.2 = try post.host.post(post)
            post.host.answer(frame)
            return true
        } catch {
            let isHopeless = Int(post.frame.size) > byteBudget || post.frame.extra.0 == 0
            guard error == .noResources, !isHopeless else {
                if error == .noResources { post.message.discard() }
                post.host.fail(post.frame.token, error == .invalidHandle ? .notConnected : error)
                return true
            }
            guard isLast else { return false }
            post.message.discard()
            post.host.fail(post.frame.token, .timedOut)
            return true
        }
    }

    /// Has a connection go on when there is room for so many bytes; `false` if there is now.
    func waitForRoom(_ host: Host, _ size: Int) -> Bool {
        if !stalled.contains(where: { $0 === host }) { stalled.append(host) }
        let isWatching = unsafe room.watch { unsafe MessageQueue.watchForRoom(handle, size, $0) }
        guard isWatching else {
            stalled.removeAll { $0 === host }
            return false
        }
        return true
    }

    /// A bell has rung, or it is time.
    func didRing(_ port: Port) {
        // There may be room for others too, or those whom it was for are gone.
        room.passOn { MessageQueue.passOnRoom(handle) }
        let hosts = stalled
        stalled = []
        for host in hosts {
            host.resume()
            port.activate(host)
        }
        lookForRoom()
        look()
    }

    private func lookForRoom() {
        guard !waiting.isEmpty else { return }
        repeat {
            let now = Instant.now()
            waiting.removeAll { tryPost($0, isLast: $0.deadline <= now) }
            // Room for the smallest, or it would find room at once that none can use.
            guard !room.isWatching, let size = waiting.map(\.message.size).min() else { return }
            let isWatching = unsafe room.watch {
                unsafe MessageQueue.watchForRoom(handle, size, $0)
            }
            if isWatching { return }
        } while true
    }

    /// Gives visitors what there is.
    private func look() {
        nextDue = .distantFuture
        serveVisits()
        // A signal that was given for a message which is not wanted here is another's.
        arrivals.passOn { MessageQueue.passOnSignal(handle) }
        guard !visits.isEmpty else { return stopWatching() }
        var due: Instant?
        _ = unsafe arrivals.watch { node in
            due = unsafe MessageQueue.watchForPost(handle, node)
            return due != nil
        }
        nextDue = due ?? .distantFuture
        // What came before the watch began.
        serveVisits()
        if visits.isEmpty { stopWatching() }
    }

    private func stopWatching() {
        unsafe arrivals.unwatch { unsafe MessageQueue.unwatch(handle, $0) }
        // It may have been told before that.
        arrivals.passOn { MessageQueue.passOnSignal(handle) }
        nextDue = .distantFuture
    }

    private func serveVisits() {
        let now = Instant.now()
        visits.removeAll { visit in
            do throws(RatError) {
                let isServed: Void? = try MessageQueue.takeForVisitor(from: handle, visit.wish) {
                    message,
                    isWhole in
                    guard !visit.isWatch else {
                        return visit.host.answer(Frame(.answer, token: visit.token))
                    }
                    visit.host.give(
                        message,
                        isWhole: isWhole,
                        isTaken: visit.wish.isRemoving,
                        to: visit.token
                    )
                }
                if isServed != nil { return true }
            } catch {
                visit.host.fail(visit.token, .notConnected)
                return true
            }
            guard visit.wish.deadline <= now else { return false }
            visit.host.fail(visit.token, .timedOut)
            return true
        }
    }
}

/// Has the port's thread look at a queue when somebody else posts to it, or makes room.
///
/// Sendable: the node is guarded by the queue's lock while it is linked; the rest is atomic or constant.
@safe final class Bell: WaitObserver, @unchecked Sendable {
    private unowned let port: Port
    fileprivate(set) unowned var queue: ServedQueue!
    private let node: UnsafeMutablePointer<WaitNode>
    /// 0: not linked; 1: linked; 2: told, with a signal that is ours.
    private let state = Atomic<UInt8>(0)

    init(_ port: Port) {
        self.port = port
        unsafe node = .allocate(capacity: 1)
    }

    deinit {
        unsafe node.deallocate()
    }

    var isWatching: Bool { state.load(ordering: .acquiring) == 1 }

    /// Links the node by `link`, unless it is linked. Whether it is.
    func watch(_ link: (UnsafeMutablePointer<WaitNode>) -> Bool) -> Bool {
        if isWatching { return true }
        unsafe node.initialize(to: WaitNode(unsafeObserver: self))
        state.store(1, ordering: .releasing)
        if unsafe link(node) { return true }
        // It may have been told already.
        _ = state.compareExchange(expected: 1, desired: 0, ordering: .acquiringAndReleasing)
        return false
    }

    func unwatch(_ unlink: (UnsafeMutablePointer<WaitNode>) -> Void) {
        guard isWatching else { return }
        unsafe unlink(node)
        _ = state.compareExchange(expected: 1, desired: 0, ordering: .acquiringAndReleasing)
    }

    /// Gives a signal that was taken to somebody else.
    func passOn(_ tellAnother: () -> Void) {
        let (isOurs, _) = state.compareExchange(
            expected: 2,
            desired: 0,
            ordering: .acquiringAndReleasing
        )
        if isOurs { tellAnother() }
    }

    func waitDidEnd(_ state: WaitState) {
        self.state.store(state.isGranted ? 2 : 0, ordering: .releasing)
        port.order(.look(queue))
    }
}
