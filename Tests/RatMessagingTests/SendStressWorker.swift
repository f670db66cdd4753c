import RatCore
import RatSystem
import RatTestSupport
import Synchronization

@testable import RatMessaging

/// One life of a thread of the stress. Used by that thread only.
final class SendStressWorker: @unchecked Sendable {
    // Sendable: its window's procedure, which has to be, runs on the thread too.
    private let stress: SendStress
    private let place: Int
    private var random: SeededRandom
    private let queue: ThreadQueue
    private var own = Handle.invalid
    private var depth = 0
    private var callbacks: [SendStress.Callback] = []

    init?(_ stress: SendStress, _ place: Int, seed: UInt64) {
        self.stress = stress
        self.place = place
        random = SeededRandom(seed: seed)
        guard let queue = try? ThreadQueue.current() else { return nil }
        self.queue = queue
    }

    /// Whether it was the last life.
    func live() -> Bool {
        guard let window = try? Target.make(of: queue, { message in self.handle(message) }) else {
            stress.note("no window")
            return true
        }
        own = window
        stress.windows.withLock { $0[place] = window }
        for _ in 0..<Int.random(in: 20...300, using: &random) where Instant.now() < stress.end {
            act()
        }
        let isLast = Instant.now() >= stress.end
        if isLast { finish() }
        Target.destroy(window, of: queue)
        return isLast
    }

    /// Serves everybody until all callbacks of everybody have come.
    private func finish() {
        var isWaiting = true
        let isOver = Patience.until {
            retrieve()
            servePlain()
            answerHeld()
            let isOpen = callbacks.contains { $0.calls.load(ordering: .relaxed) == 0 }
            if isWaiting, !isOpen {
                isWaiting = false
                stress.unfinished.subtract(1, ordering: .relaxed)
            }
            return stress.unfinished.load(ordering: .relaxed) == 0
        }
        if !isOver { stress.note("\(place): callbacks that never come") }
    }

    private func act() {
        stress.sends.add(1, ordering: .relaxed)
        switch Int.random(in: 0..<100, using: &random) {
        case 0..<30: sendToWindow()
        case 30..<50: sendToQueue()
        case 50..<60: notify()
        case 60..<70: sendWithCallback()
        case 70..<80: retrieve()
        case 80..<92: servePlain()
        case 92..<98: answerHeld()
        default: replaceQueue()
        }
    }

    // MARK: - Sending

    private var someWindow: Handle {
        stress.windows.current[Int.random(in: 0..<SendStress.workers, using: &random)]
    }

    private var someQueue: Handle { stress.queues.current[Int.random(in: 0..<4, using: &random)] }

    private var tinyDeadline: Instant {
        let nanoseconds = UInt64.random(in: 0..<1 << Int.random(in: 1..<21, using: &random))
        return Instant(nanoseconds: Instant.now().nanoseconds + nanoseconds)
    }

    private func sendToWindow() {
        let (window, wparam) = (someWindow, UInt.random(in: 0..<256, using: &random))
        let isPatient = Bool.random(using: &random)
        let deadline = isPatient ? Patience.deadline : tinyDeadline
        let isBlocking = !isPatient && Bool.random(using: &random)
        stress.doing(place, "sends \(wparam) to window \(window), patient \(isPatient)")
        let outcome = Send.send(
            1,
            wparam,
            to: window,
            until: deadline,
            isBlocking: isBlocking
        )
        stress.doing(place, "something else")
        switch outcome {
        case .success(let result):
            // A direct call awaits no reply that could come early.
            let expected = window == own ? 0 : Self.answer(wparam)
            if result != expected { stress.note("\(wparam) is answered \(result)") }
        case .failure(.timedOut):
            if isPatient { stress.note("a window never answered") }
        case .failure(.notConnected), .failure(.invalidHandle), .failure(.deadlock): break
        case .failure(let error): stress.note("a window gives \(error)")
        }
    }

    private func sendToQueue() {
        let (target, wparam) = (someQueue, UInt.random(in: 0..<256, using: &random))
        stress.doing(place, "sends \(wparam) to queue \(target)")
        let outcome = Send.send(
            2,
            wparam,
            to: target,
            until: tinyDeadline,
            isBlocking: Bool.random(using: &random)
        )
        stress.doing(place, "something else")
        switch outcome {
        case .success(let result):
            if result != Self.answer(wparam) { stress.note("\(wparam) is answered \(result)") }
        case .failure(.timedOut), .failure(.notConnected), .failure(.invalidHandle),
            .failure(.deadlock):
            break
        case .failure(let error): stress.note("a queue gives \(error)")
        }
    }

    private func notify() {
        let target = Bool.random(using: &random) ? someWindow : someQueue
        do throws(RatError) {
            try Send.notify(3, to: target)
        } catch {
            if error != .invalidHandle { stress.note("a notice gives \(error)") }
        }
    }

    private func sendWithCallback() {
        let target = Bool.random(using: &random) ? someWindow : someQueue
        let callback = SendStress.Callback()
        stress.callbacks.withLock { $0.append(callback) }
        let message = Message(MessageHeader(message: 4, wparam: 4))
        do throws(RatError) {
            try unsafe withUnsafePointer(to: message) { message throws(RatError) in
                try unsafe Sending.send(
                    message,
                    to: target,
                    context: Unmanaged.passUnretained(callback).toOpaque()
                ) { _, number, context, status, reply in
                    guard let context = unsafe context else { return }
                    let callback = unsafe Unmanaged<SendStress.Callback>.fromOpaque(context)
                        .takeUnretainedValue()
                    callback.calls.add(1, ordering: .relaxed)
                    let isMine = callback.thread == ThreadRecord.current.serial
                    let isWhole = unsafe number == 4 && (status == 0) == (reply != nil)
                    if !isMine || !isWhole { callback.strangeCalls.add(1, ordering: .relaxed) }
                }
            }
            callbacks.append(callback)
        } catch {
            if error != .invalidHandle { stress.note("a callback send gives \(error)") }
        }
    }

    // MARK: - Serving

    private static func answer(_ wparam: UInt) -> Int {
        // A target of the tests answers 0 but for what it answers early.
        wparam % 2 == 0 ? Int(wparam) + 1000 : 0
    }

    /// The procedure of the window.
    private func handle(_ message: borrowing Message) {
        depth += 1
        defer { depth -= 1 }
        let wparam = message.header.wparam
        if depth < 3 {
            switch wparam % 8 {
            case 1, 2: sendToWindow()
            case 3: sendToQueue()
            case 4: notify()
            default: break
            }
        }
        if message.header.flags & MessageFlags.request != 0, wparam % 2 == 0 {
            let request = Held(message)
            _ = reply(request)
            if reply(request) { stress.note("a window's message is answered twice") }
        }
    }

    private typealias Held = SendStress.Held

    private func reply(_ held: Held) -> Bool {
        var request = Message(MessageHeader(message: 0))
        request.header.token = held.token
        let size = held.wparam % 4 == 0 ? Int(held.wparam) : 0
        return Send.reply(request, Self.answer(held.wparam), size: size)
    }

    private func retrieve() {
        _ = try? queue.take(until: tinyDeadline)
    }

    private func servePlain() {
        guard let message = try? Queue.take(someQueue) else { return }
        guard message.header.flags & MessageFlags.request != 0 else { return }
        let request = Held(message)
        if Int.random(in: 0..<4, using: &random) == 0 {
            return stress.held.withLock { $0.append(request) }
        }
        _ = reply(request)
        if reply(request) { stress.note("a request is answered twice") }
    }

    private func answerHeld() {
        guard let request = stress.held.withLock({ $0.popLast() }) else { return }
        _ = reply(request)
    }

    private func replaceQueue() {
        guard let new = try? Queue.make() else { return stress.note("no queue") }
        let place = Int.random(in: 0..<4, using: &random)
        let old = stress.queues.withLock { queues in
            defer { queues[place] = new }
            return queues[place]
        }
        do throws(RatError) {
            try MessageQueue.close(old)
        } catch {
            stress.note("close gives \(error)")
        }
    }
}

extension SendStress.Held {
    fileprivate init(_ message: borrowing Message) {
        token = message.header.token
        wparam = message.header.wparam
    }
}
