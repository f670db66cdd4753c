internal import RatCore
internal import RatIPC
internal import RatMessaging
internal import RatSystem
internal import Synchronization

/// Where a process meets the others: one socket, and one thread that reads what comes by every connection.
///
/// The thread runs no application code but the functions of tasks that wait for replies, lets no signal in, and
/// never ends. It sleeps while nobody writes: a writer rings when the reader has said that it sleeps.
///
/// Sendable: what is guarded by `lock` is above the line; below it is the thread's own.
final class Port: ForkParticipant, @unchecked Sendable {
    enum Order {
        case join(Link)
        case leave(Link)
        case look(ServedQueue)
        case close(ServedQueue)
        /// There is something to read.
        case attend(Link)
        /// Threads read it for a while, and may stop without a word.
        case lookAfter(Link)
    }

    static let shared = Port()

    private let lock = Lock()
    // Guarded by `lock`.
    private var served: [Handle: ServedQueue] = [:]
    private var inbox: [Order] = []
    private var isWoken = false
    private var socketName: String?
    private var descriptors: Set<CInt> = []
    private var thread: PortThread?

    init() {
        Fork.register(self)
    }

    func lockForFork() { lock.lock() }

    func unlockAfterFork() { lock.unlock() }

    /// The connections are the parent's, who would not notice their end while a child has them open.
    func startAnewInChild() {
        for descriptor in descriptors { PacketSocket.forget(descriptor) }
        for queue in served.values { PacketSocket.forget(queue.descriptor) }
        // Nothing of it may be closed again, by numbers that are somebody else's then.
        if let thread { _ = unsafe Unmanaged.passRetained(thread) }
        for queue in served.values { _ = unsafe Unmanaged.passRetained(queue) }
        for order in inbox {
            if case .join(let link) = order { _ = unsafe Unmanaged.passRetained(link) }
        }
        served = [:]
        inbox = []
        isWoken = false
        socketName = nil
        descriptors = []
        thread = nil
        lock.unlock()
    }

    // MARK: - Any thread

    /// Makes a queue reachable by a name.
    func serve(
        _ handle: Handle,
        _ name: ObjectName,
        _ options: QueueOptions
    ) throws(RatError) {
        let names = try QueueNames(of: name, isCreating: true)
        try start(isListening: true)
        lock.lock()
        let socket = socketName ?? ""
        lock.unlock()
        let file = try names.take(for: socket)
        let queue = ServedQueue(handle, name, options, names, file, self)
        lock.lock()
        served[handle] = queue
        lock.unlock()
    }

    /// A queue that is reachable ends: its name is free, and who posts to it is told at once.
    func willEnd(_ handle: Handle) {
        lock.lock()
        defer { lock.unlock() }
        guard let queue = served[handle] else { return }
        queue.releaseName()
        for host in queue.hosts { host.refusePosts() }
    }

    /// It has ended.
    func didEnd(_ handle: Handle) {
        lock.lock()
        let queue = served.removeValue(forKey: handle)
        lock.unlock()
        if let queue { order(.close(queue)) }
    }

    func queue(of name: ObjectName) -> ServedQueue? {
        lock.lock()
        defer { lock.unlock() }
        return served.values.first { $0.name == name && $0.hasName }
    }

    /// Has the thread read what comes by a connection.
    func join(_ link: Link) throws(RatError) {
        try start(isListening: false)
        order(.join(link))
    }

    /// May be called under objects' locks.
    func order(_ order: Order) {
        lock.lock()
        inbox.append(order)
        let isToWake = !isWoken
        isWoken = true
        let thread = thread
        lock.unlock()
        if isToWake { thread?.wake() }
    }

    func takeOrders() -> [Order] {
        lock.lock()
        defer { lock.unlock() }
        let orders = inbox
        inbox = []
        isWoken = false
        return orders
    }

    func note(_ descriptor: CInt, isOpen: Bool) {
        lock.lock()
        if isOpen { descriptors.insert(descriptor) } else { descriptors.remove(descriptor) }
        lock.unlock()
    }

    /// Counts a connection among those of its queue; `false` if the queue ends.
    func add(_ host: Host) -> Bool {
        lock.lock()
        defer { lock.unlock() }
        guard served[host.queue.handle] != nil, !host.queue.hasEnded else { return false }
        host.queue.hosts.append(host)
        return true
    }

    func remove(_ host: Host) {
        lock.lock()
        host.queue.hosts.removeAll { $0 === host }
        lock.unlock()
    }

    /// Has threads that wait for the queue read what its visitors write, unless those are many.
    func updateNear(of queue: ServedQueue) {
        lock.lock()
        let hosts = queue.hosts
        lock.unlock()
        let isFew = (1...NearLinks.most).contains(hosts.count)
        MessageQueue.setNear(isFew ? NearLinks(hosts) : nil, of: queue.handle)
    }

    func activate(_ link: Link) {
        lock.lock()
        let thread = thread
        lock.unlock()
        thread?.activate(link)
    }

    private func start(isListening: Bool) throws(RatError) {
        lock.lock()
        defer { lock.unlock() }
        do throws(Errno) {
            if thread == nil {
                let new = try PortThread(self)
                descriptors.formUnion(new.descriptors)
                let context = unsafe Unmanaged.passRetained(new).toOpaque()
                try unsafe NativeThread.startWithoutSignals(
                    { context in
                        guard let context = unsafe context else { return nil }
                        unsafe Unmanaged<PortThread>.fromOpaque(context).takeUnretainedValue().run()
                        return nil
                    },
                    context
                )
                thread = new
            }
        } catch {
            throw RatError(error)
        }
        if isListening, socketName == nil, let thread {
            let listener = try QueueNames.listen()
            descriptors.insert(listener.socket.rawValue)
            socketName = listener.name
            thread.listen(listener.socket)
        }
    }
}

/// The port's thread, and what is its own.
final class PortThread: @unchecked Sendable {
    private unowned let port: Port
    private let epoll: EpollSet
    private let wakeUp: EventDescriptor
    /// Set before the set of descriptors has it, and then the thread's.
    private var listener: PacketSocket?
    private let listenerDescriptor = Atomic<CInt>(-1)
    private var greetings: [CInt: Greeting] = [:]
    private var links: [CInt: Link] = [:]
    /// Links that may have something to read.
    private var active: [Link] = []
    /// Those that are over, and have something that cannot be handled yet.
    private var ending: [Link] = []
    private var queues: [ObjectIdentifier: ServedQueue] = [:]
    /// Those that threads read for a while, and when to look whether they still do.
    private var lookedAfter: [Link] = []
    private var nextRound = Instant.distantFuture
    private static let round: UInt64 = 1
    private var budget = SpinBudget()

    private struct Greeting {
        let socket: SharedSocket
        let deadline: Instant
    }

    /// A socket that can be in a dictionary.
    private final class SharedSocket {
        var socket: PacketSocket?

        init(_ socket: consuming PacketSocket) {
            self.socket = consume socket
        }
    }

    init(_ port: Port) throws(Errno) {
        self.port = port
        epoll = try EpollSet()
        wakeUp = try EventDescriptor()
        try epoll.add(wakeUp.rawValue, for: .readable)
    }

    var descriptors: [CInt] { [epoll.descriptor, wakeUp.rawValue] }

    func wake() { EventDescriptor.signal(wakeUp.rawValue) }

    /// Once. Under the port's lock.
    func listen(_ socket: consuming PacketSocket) {
        let descriptor = socket.rawValue
        listener = consume socket
        listenerDescriptor.store(descriptor, ordering: .releasing)
        try? epoll.add(descriptor, for: .readable)
    }

    // MARK: - The thread

    func run() {
        while true {
            for order in port.takeOrders() { carryOut(order) }
            readActive()
            if !active.isEmpty {
                poll(until: .distantPast)
                continue
            }
            if look() { continue }
            let sleep = Instant.now()
            let hasCome = poll(until: min(nextLook, nextRound))
            budget.didSleep(
                isShort: hasCome && Instant.now() < sleep.advanced(byNanoseconds: 200_000)
            )
            lookAtQueues()
            if nextRound <= Instant.now() { goRound() }
        }
    }

    private func carryOut(_ order: Port.Order) {
        switch order {
        case .join(let link): join(link)
        case .leave(let link): end(link)
        case .attend(let link): activate(link)
        case .lookAfter(let link): lookAfter(link)
        case .look(let queue):
            queues[ObjectIdentifier(queue)] = queue
            queue.didRing(port)
        case .close(let queue):
            for link in links.values where (link as? Host)?.queue === queue {
                // The answers of what was open went before this.
                link.shutDown()
            }
            queue.didRing(port)
            queues[ObjectIdentifier(queue)] = nil
        }
    }

    private func join(_ link: Link) {
        let descriptor = link.socket.rawValue
        port.note(descriptor, isOpen: true)
        links[descriptor] = link
        if let host = link as? Host { queues[ObjectIdentifier(host.queue)] = host.queue }
        do throws(Errno) {
            try epoll.add(descriptor, for: .readable)
            activate(link)
        } catch {
            end(link)
        }
    }

    func activate(_ link: Link) {
        if !active.contains(where: { $0 === link }) { active.append(link) }
    }

    /// Reads a part of what every link has, so that none waits for another to be done.
    private func readActive() {
        let links = active
        active = []
        for link in links {
            do throws(RingIsBroken) {
                if try link.read() { activate(link) }
            } catch {
                link.shutDown()
            }
            finishIfOver(link)
        }
    }

    /// Looks at the links for a moment, if that has paid lately. Whether there is something.
    private func look() -> Bool {
        let time = budget.look
        guard time > 0, Processors.count > 1, !links.isEmpty, links.count <= 16,
            lookedAfter.isEmpty
        else { return false }
        let end = Instant.now().advanced(byNanoseconds: time)
        repeat {
            for link in links.values where !link.isWaitedForNear && link.hasCome() {
                activate(link)
                budget.lookPaid()
                return true
            }
        } while Instant.now() < end
        budget.lookWasInVain()
        return false
    }

    private func lookAfter(_ link: Link) {
        guard links[link.socket.rawValue] === link,
            !lookedAfter.contains(where: { $0 === link })
        else { return }
        link.beginLookingAfter()
        lookedAfter.append(link)
        if lookedAfter.count == 1 {
            nextRound = Instant.now().advanced(byMilliseconds: Self.round)
        }
    }

    /// Takes over the reading of those that threads have left.
    private func goRound() {
        lookedAfter.removeAll { link in
            if link.isStillNear() { return false }
            // Also if threads wait: not all of them need have told the writers to wake them.
            activate(link)
            return true
        }
        nextRound =
            lookedAfter.isEmpty
            ? .distantFuture : Instant.now().advanced(byMilliseconds: Self.round)
    }

    private var nextLook: Instant {
        var next = Instant.distantFuture
        for queue in queues.values { next = min(next, queue.nextLook) }
        for greeting in greetings.values { next = min(next, greeting.deadline) }
        return next
    }

    private func lookAtQueues() {
        let now = Instant.now()
        for queue in queues.values where queue.nextLook <= now { queue.didRing(port) }
        for (descriptor, greeting) in greetings where greeting.deadline <= now { drop(descriptor) }
    }

    @discardableResult private func poll(until deadline: Instant) -> Bool {
        var hasCome = false
        epoll.wait(until: deadline) { descriptor, _ in
            hasCome = true
            if descriptor == wakeUp.rawValue {
                wakeUp.drain()
            } else if descriptor == listenerDescriptor.load(ordering: .acquiring) {
                accept()
            } else if let link = links[descriptor] {
                hear(link)
            } else if greetings[descriptor] != nil {
                greet(descriptor)
            }
        }
        return hasCome
    }

    /// Bells, or the end.
    private func hear(_ link: Link) {
        var isOver = false
        var bells = 0
        unsafe withUnsafeTemporaryAllocation(byteCount: 64, alignment: 8) { buffer in
            while bells < 64 {
                switch unsafe link.socket.receive(into: buffer) {
                case .bytes: bells += 1
                case .nothingYet: return
                case .end:
                    isOver = true
                    return
                }
            }
        }
        link.didRing()
        activate(link)
        if isOver { end(link) }
    }

    // MARK: - Ends

    /// Takes a link out. What came by it before is still handled.
    private func end(_ link: Link) {
        let descriptor = link.socket.rawValue
        guard links[descriptor] === link else { return }
        epoll.remove(descriptor)
        links[descriptor] = nil
        link.shutDown()
        link.markEnded()
        // It is read to its end here.
        lookedAfter.removeAll { $0 === link }
        link.endLookingAfter()
        ending.append(link)
        activate(link)
    }

    private func finishIfOver(_ link: Link) {
        guard let index = ending.firstIndex(where: { $0 === link }), !link.isHeldBack,
            !active.contains(where: { $0 === link })
        else { return }
        ending.remove(at: index)
        link.finish()
        if let host = link as? Host {
            port.remove(host)
            port.updateNear(of: host.queue)
        }
        port.note(link.socket.rawValue, isOpen: false)
    }

    // MARK: - Those who come

    private func accept() {
        while let socket = listener?.accept() {
            let descriptor = socket.rawValue
            port.note(descriptor, isOpen: true)
            greetings[descriptor] = Greeting(
                socket: SharedSocket(socket),
                deadline: Instant.now().advanced(byMilliseconds: Visitor.patience)
            )
            do throws(Errno) {
                try epoll.add(descriptor, for: .readable)
            } catch {
                drop(descriptor)
            }
        }
    }

    private func drop(_ descriptor: CInt) {
        epoll.remove(descriptor)
        port.note(descriptor, isOpen: false)
        greetings[descriptor] = nil
    }

    private func greet(_ descriptor: CInt) {
        guard let socket = greetings[descriptor]?.socket.socket.take() else { return }
        var name: ObjectName?
        var isOver = false
        unsafe withUnsafeTemporaryAllocation(byteCount: 512, alignment: 8) { buffer in
            switch unsafe socket.receive(into: buffer) {
            case .bytes(let count, _):
                name = unsafe Hello.name(in: UnsafeRawBufferPointer(buffer), count)
            case .nothingYet: isOver = false
            case .end: isOver = true
            }
        }
        epoll.remove(descriptor)
        greetings[descriptor] = nil
        guard !isOver, let name, let peer = try? socket.peer() else {
            port.note(descriptor, isOpen: false)
            return
        }
        var answer = Hello.Answer()
        guard peer.user == Process.effectiveUser else {
            answer.status = RatError.accessDenied.rawValue
            answer.send(by: socket)
            port.note(descriptor, isOpen: false)
            return
        }
        let queue = port.queue(of: name)
        let file = queue == nil ? OpenFile() : (try? LinkMemory.makeFile()) ?? OpenFile()
        guard let queue, file.rawValue >= 0, let memory = try? LinkMemory(file) else {
            answer.status = (queue == nil ? RatError.notFound : .noResources).rawValue
            answer.send(by: socket)
            port.note(descriptor, isOpen: false)
            return
        }
        answer.byteBudget = UInt64(queue.options.byteBudget)
        if queue.options.policy == .wait {
            answer.overflowWait = queue.options.waitMilliseconds.map { UInt64($0) } ?? .max
        }
        let host = Host(socket, memory, peer, queue)
        // Before the visitor knows: from the answer on it is told at once when the queue ends.
        guard port.add(host) else {
            answer.status = RatError.notFound.rawValue
            answer.send(by: host.socket)
            port.note(descriptor, isOpen: false)
            return
        }
        port.updateNear(of: queue)
        answer.send(by: host.socket, with: file)
        join(host)
    }
}

/// The packets by which a connection begins.
enum Hello {
    /// "RatLink1".
    private static let mark: UInt64 = 0x316B_6E69_4C74_6152

    /// What the owner answers, with the memory of the link if the status is 0.
    struct Answer {
        private var mark = Hello.mark
        var status: UInt32 = 0
        private var unused: UInt32 = 0
        var overflowWait: UInt64 = 0
        var byteBudget: UInt64 = 0

        static let byteCount = 32

        init() {}

        func send(by socket: borrowing PacketSocket, with file: borrowing OpenFile = OpenFile()) {
            var copy = self
            _ = unsafe withUnsafeBytes(of: &copy) { unsafe socket.send($0, with: file) }
        }

        var isOfThisProtocol: Bool { mark == Hello.mark }
    }

    static func ask(for name: ObjectName, by socket: borrowing PacketSocket) -> Bool {
        var bytes: [UInt8] = []
        unsafe withUnsafeBytes(of: mark) { unsafe bytes.append(contentsOf: $0) }
        bytes.append(contentsOf: name.bytes)
        return unsafe bytes.withUnsafeBytes { unsafe socket.send($0) }
    }

    static func name(in buffer: UnsafeRawBufferPointer, _ count: Int) -> ObjectName? {
        guard count > 8, count <= buffer.count, unsafe buffer.loadUnaligned(as: UInt64.self) == mark
        else { return nil }
        return try? ObjectName(unsafe Array(UnsafeRawBufferPointer(rebasing: buffer[8..<count])))
    }
}
