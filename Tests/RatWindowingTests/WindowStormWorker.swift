import Glibc
import RatCore
import RatDisplay
import RatHeadless
import RatMessaging
import RatSystem
import RatTestSupport
import RatWindowing

/// One life of a thread of the storm. Used by that thread only.
final class WindowStormWorker {
    @safe private static let key: pthread_key_t = {
        var key = pthread_key_t()
        unsafe pthread_key_create(&key, nil)
        return key
    }()

    /// The calling thread's.
    static var current: WindowStormWorker? {
        guard let pointer = unsafe pthread_getspecific(key) else { return nil }
        return unsafe Unmanaged<WindowStormWorker>.fromOpaque(pointer).takeUnretainedValue()
    }

    private let storm: WindowStorm
    private let place: Int
    private let life: UInt64
    private var random: SeededRandom
    private let display = HeadlessDisplay()
    private var depth = 0
    private var serial: UInt = 0
    /// The number that came last, by who posted it and the window.
    private var last: [Lane: UInt] = [:]

    private struct Lane: Hashable {
        let sender: UInt
        let window: Handle
    }

    init(_ storm: WindowStorm, _ place: Int, seed: UInt64) {
        self.storm = storm
        self.place = place
        life = seed & 0xFFFF
        random = SeededRandom(seed: seed)
    }

    /// How many steps it took.
    func live() -> Int {
        unsafe pthread_setspecific(Self.key, Unmanaged.passUnretained(self).toOpaque())
        defer { pthread_setspecific(Self.key, nil) }
        let count = Int.random(in: 100...3000, using: &random)
        var steps = 0
        while steps < count, Instant.now() < storm.end {
            act()
            steps += 1
        }
        return steps
    }

    // MARK: - Its windows' procedure

    func handle(_ message: UInt32, _ wparam: UInt, _ lparam: Int, for window: Handle) -> Int {
        if (try? Window.find(window)) == nil, message != 0x0082 {
            storm.note("a procedure runs on another thread")
        }
        // Before anything else is done, which may handle later ones.
        if message == WindowStorm.posted { noteOrder(wparam, for: window) }
        if depth < 2, chance(16) {
            depth += 1
            act()
            depth -= 1
        }
        switch message {
        case WindowStorm.posted: return 0
        case WindowStorm.sent: return answer(wparam)
        default: return Window.defaultProcedure(window, message, wparam, lparam)
        }
    }

    private func noteOrder(_ wparam: UInt, for window: Handle) {
        let lane = Lane(sender: wparam >> 32, window: window)
        let number = wparam & 0xFFFF_FFFF
        if let before = last.updateValue(number, forKey: lane), before >= number {
            storm.note("\(number) comes after \(before)")
        }
    }

    private func answer(_ wparam: UInt) -> Int { Int(wparam) * 2 + 1 }

    // MARK: - What it does

    private func chance(_ count: Int) -> Bool { Int.random(in: 0..<count, using: &random) == 0 }

    private var anybodys: Handle {
        let (thread, slot) = (
            Int.random(in: 0..<WindowStorm.threads, using: &random),
            Int.random(in: 0..<WindowStorm.windowsEach, using: &random)
        )
        return storm.windows.withLock { $0[thread][slot] }
    }

    private var ownHandle: Handle {
        let slot = Int.random(in: 0..<WindowStorm.windowsEach, using: &random)
        return storm.windows.withLock { $0[place][slot] }
    }

    private func act() {
        switch Int.random(in: 0..<100, using: &random) {
        case 0..<10: create()
        case 10..<14: _ = try? Window.find(ownHandle).destroy()
        case 14..<17: destroyAnothers()
        case 17..<30: send()
        case 30..<44: post()
        case 44..<50: move()
        case 50..<56: lookAtPlace()
        case 56..<62: redraw()
        case 62..<70: changeProperty()
        case 70..<74: changeText()
        case 74..<80: readText()
        case 80..<83: changeSubclass()
        case 83..<86: activate()
        case 86..<88: searchTree()
        default: retrieve()
        }
    }

    private func create() {
        let parent = chance(3) ? .invalid : anybodys
        let isChild = parent != .invalid && !chance(4)
        var creation = unsafe WindowCreation(
            className: WindowStorm.className,
            title: "aaaa",
            style: isChild ? 0x5000_0000 : 0x9000_0000,
            position: Point(x: Int32.random(in: 0...50, using: &random), y: 5),
            size: Size(width: 20, height: 20)
        )
        creation.parent = parent
        let display = display
        let made: Handle
        do throws(RatError) {
            made = try Window.create(creation) { () throws(RatError) in display }
        } catch {
            // The parent is another thread's, dead or dying, or the new window was destroyed at once.
            if error != .wrongThread, error != .invalidHandle, error != .cancelled {
                storm.note("a creation gives \(error)")
            }
            return
        }
        let slot = Int.random(in: 0..<WindowStorm.windowsEach, using: &random)
        let old = storm.windows.withLock { windows in
            defer { windows[place][slot] = made }
            return windows[place][slot]
        }
        _ = try? Window.find(old).destroy()
    }

    private func destroyAnothers() {
        let window = anybodys
        if (try? Window.find(window)) != nil { return }
        // WM_CLOSE: its thread destroys it.
        try? MessageQueue.post(Message(MessageHeader(message: 0x0010)), to: window)
    }

    private func send() {
        let window = anybodys
        let wparam = UInt.random(in: 0..<1000, using: &random)
        var reply = Message(MessageHeader(message: 0))
        let message = Message(MessageHeader(message: WindowStorm.sent, wparam: wparam))
        do throws(RatError) {
            try unsafe withUnsafePointer(to: message) { message throws(RatError) in
                if chance(6) { return try unsafe Sending.notify(message, to: window) }
                let deadline = Instant.now().advanced(
                    byMilliseconds: UInt64.random(in: 0...3, using: &random)
                )
                try unsafe Sending.send(message, to: window, until: deadline, reply: &reply)
                // A window that is destroyed by what its procedure does first answers all the same.
                guard reply.header.lparam != answer(wparam) else { return }
                storm.note("\(wparam) is answered wrongly")
            }
        } catch {
            switch error {
            case .timedOut, .invalidHandle, .notConnected, .deadlock: break
            default: storm.note("a send gives \(error)")
            }
        }
    }

    private func post() {
        serial += 1
        let sender = UInt(place) << 16 | UInt(life)
        let header = MessageHeader(message: WindowStorm.posted, wparam: sender << 32 | serial)
        try? MessageQueue.post(Message(header), to: anybodys)
    }

    private func move() {
        guard let window = try? Window.find(ownHandle) else { return }
        let side = Int32.random(in: 0...60, using: &random)
        var position = WindowPosition(flags: chance(2) ? 0x0010 : 0)
        (position.width, position.height) = (side, side)
        (position.x, position.y) = (side, 3)
        position.insertAfter = chance(2) ? anybodys.rawValue : 0
        try? window.setPosition(position)
    }

    /// Of a window of any thread, as it is at one moment.
    private func lookAtPlace() {
        let window = anybodys
        if let rect = try? WindowTree.outerRect(of: window), rect.size.width != rect.size.height {
            storm.note("a window is \(rect.size)")
        }
        if let size = try? WindowTree.clientSize(of: window), size.width != size.height {
            storm.note("a client area is \(size)")
        }
    }

    private func redraw() {
        let side = Int32.random(in: 1...30, using: &random)
        let rect = Rect(origin: Point(x: 1, y: 1), size: Size(width: side, height: 9))
        let flags: [RedrawFlags] = [
            .invalidate, [.invalidate, .erase], .validate, [.invalidate, .updateNow, .allChildren],
        ]
        try? Window.redraw(
            anybodys,
            chance(3) ? nil : Region(rect),
            flags.randomElement(using: &random) ?? .invalidate
        )
    }

    private func changeProperty() {
        let window = anybodys
        switch Int.random(in: 0..<3, using: &random) {
        case 0: try? WindowTree.setProperty("p", of: window, to: UInt(random.next() >> 8) * 7)
        case 1: _ = try? WindowTree.removeProperty("P", of: window)
        default:
            if let value = try? WindowTree.property("p", of: window), value % 7 != 0 {
                storm.note("a property is \(value)")
            }
        }
    }

    // MARK: - Texts

    private func changeText() {
        let letter = ["a", "b", "c"].randomElement(using: &random) ?? "a"
        let text = String(repeating: letter, count: Int.random(in: 1...200, using: &random))
        if let window = try? Window.find(ownHandle) { window.requestText(text) }
        _ = try? WindowTree.find(in: .invalid, after: .invalid, atom: nil, text: text)
    }

    /// Asks the window's thread, as another one does: the memory has to stay until the answer is there.
    private func readText() {
        let size = 64
        let buffer = UnsafeMutablePointer<CChar>.allocate(capacity: size)
        unsafe buffer.initialize(repeating: 0, count: size)
        let header = MessageHeader(
            message: 0x000D,
            wparam: UInt(size),
            lparam: Int(bitPattern: buffer)
        )
        do throws(RatError) {
            var reply = Message(MessageHeader(message: 0))
            try unsafe withUnsafePointer(to: Message(header)) { message throws(RatError) in
                let deadline = Instant.now().advanced(byMilliseconds: 2)
                try unsafe Sending.send(message, to: anybodys, until: deadline, reply: &reply)
            }
            let count = reply.header.lparam
            guard (0..<size).contains(count) else { return storm.note("a text of \(count) bytes") }
            let isWhole = (0..<count).allSatisfy { unsafe buffer[$0] == buffer[0] }
            if !isWhole { storm.note("a text of \(count) bytes is torn") }
        } catch {
            // Whoever answers too late still writes.
            if error == .timedOut { return unsafe storm.keep(buffer) }
        }
        unsafe buffer.deallocate()
    }

    // MARK: - The rest

    private func changeSubclass() {
        guard let window = try? Window.find(ownHandle) else { return }
        let id = UInt.random(in: 0..<3, using: &random)
        if chance(2) {
            try? window.setSubclass(stormSubclass, id, data: id)
        } else {
            try? window.removeSubclass(stormSubclass, id)
        }
    }

    private func activate() {
        let window = anybodys
        switch Int.random(in: 0..<3, using: &random) {
        case 0: try? WindowThread.setForeground(window)
        case 1:
            _ = try? WindowThread.current().takeFocus(window)
        default:
            Input.send([InputCommand(.mouse(move: .to(Point(x: 10, y: 10)), [.pressed(.left)]))])
            Input.send([InputCommand(.mouse(move: nil, [.released(.left)]))])
        }
    }

    private func searchTree() {
        _ = WindowTree.windowAt(Point(x: 9, y: 9))
        _ = try? WindowTree.descendants(of: anybodys)
        _ = WindowTree.isChild(anybodys, of: anybodys)
        if let wrong = WindowTree.inconsistency() { storm.note(wrong) }
        if let wrong = WindowThread.currentIfAny?.paintInconsistency() { storm.note(wrong) }
    }

    private func retrieve() {
        for _ in 0..<Int.random(in: 1...20, using: &random) {
            guard let queue = try? ThreadQueue.current(),
                case .message(let message)? = try? queue.take(until: .distantPast)
            else { return }
            try? Dispatch.run(message)
        }
    }
}

private let stormSubclass: SubclassProcedure = { window, message, wparam, lparam, _, _ in
    Window.runNextSubclass(Handle(rawValue: window), message, wparam, lparam)
}
