internal import Glibc
internal import RatCore
internal import RatDisplay
internal import RatHeadless
internal import RatMessaging
internal import RatSystem
internal import RatWindowing
internal import RatWindowingTestSupport
internal import Synchronization
internal import Testing

/// Random calls with random handles, live and dead, from several threads and from inside procedures.
@Suite struct TreeFuzzTests {
    /// Each thread's calls; RAT_FUZZ_CALLS says otherwise.
    private static var calls: Int {
        unsafe getenv("RAT_FUZZ_CALLS").flatMap { unsafe Int(String(cString: $0)) } ?? 4_000
    }

    @Test func whateverIsCalledTheTreeHolds() async throws {
        let name = "Fuzz"
        _ = try WindowClassTable.register(
            name: name,
            WindowClassTraits(style: 3, procedure: fuzzProcedure, classExtra: 8, windowExtra: 8)
        )
        let threads = try (0..<3).map { seed in
            try OtherThread { Fuzzer(seed: UInt64(seed), className: name).run(calls: Self.calls) }
        }
        for thread in threads { thread.join() }
        #expect(WindowTree.inconsistency() == nil)
        // All threads have ended, and their windows with them.
        try WindowClassTable.unregister(name: name)
    }
}

private let fuzzProcedure: WindowProcedure = { window, message, wparam, lparam in
    let handle = Handle(rawValue: window)
    let refusal = Fuzzer.current?.react(to: message, in: handle) ?? 0
    return refusal + Window.defaultProcedure(handle, message, wparam, lparam)
}

/// What one thread does.
private final class Fuzzer {
    /// Handles of all threads' windows, the dead among them.
    private static let known = Mutex<[Handle]>([])
    @safe private static let key: pthread_key_t = {
        var key = pthread_key_t()
        unsafe pthread_key_create(&key, nil)
        return key
    }()

    static var current: Fuzzer? {
        guard let pointer = unsafe pthread_getspecific(key) else { return nil }
        return unsafe Unmanaged<Fuzzer>.fromOpaque(pointer).takeUnretainedValue()
    }

    private var random: Generator
    private let className: String
    private let display = HeadlessDisplay()
    private var depth = 0
    /// Windows of this thread, no more than so many.
    private var own: [Handle] = []

    private struct Generator: RandomNumberGenerator {
        var state: UInt64

        mutating func next() -> UInt64 {
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            return state ^ state >> 29
        }
    }

    init(seed: UInt64, className: String) {
        random = Generator(state: seed &* 77 &+ 5)
        self.className = className
    }

    func run(calls: Int) {
        unsafe pthread_setspecific(Fuzzer.key, Unmanaged.passUnretained(self).toOpaque())
        defer { pthread_setspecific(Fuzzer.key, nil) }
        for call in 0..<calls {
            act(on: pick())
            guard call % 500 == 0 else { continue }
            if let wrong = WindowTree.inconsistency() { Issue.record("\(wrong)") }
            if let wrong = WindowThread.currentIfAny?.paintInconsistency() {
                Issue.record("\(wrong)")
            }
        }
    }

    /// What a procedure does besides its default: mostly nothing.
    func react(to message: UInt32, in window: Handle) -> Int {
        guard depth < 4, chance(12) else { return 0 }
        depth += 1
        defer { depth -= 1 }
        act(on: chance(2) ? window : pick())
        return message == 0x0001 && chance(9) ? -1 : 0
    }

    private func chance(_ count: Int) -> Bool { Int.random(in: 0..<count, using: &random) == 0 }

    private func pick() -> Handle {
        if chance(20) { return Handle(rawValue: random.next()) }
        if chance(30) { return .invalid }
        return Fuzzer.known.withLock { known in
            known.isEmpty ? .invalid : known[Int.random(in: 0..<known.count, using: &random)]
        }
    }

    private func remember(_ window: Handle) {
        own.append(window)
        if own.count > 100 {
            let old = own.remove(at: Int.random(in: 0..<own.count, using: &random))
            (try? Window.find(old))?.destroy()
        }
        Fuzzer.known.withLock { known in
            if known.count < 300 {
                known.append(window)
            } else {
                known[Int.random(in: 0..<known.count, using: &random)] = window
            }
        }
    }

    private func create(in parent: Handle) {
        let styles: [UInt32] = [
            0x4000_0000, 0x5000_0000, 0x8000_0000, 0x9000_0000, 0x10CF_0000, 0x5100_0000,
            0x7000_0000, 0x5800_0000,
        ]
        var creation = unsafe WindowCreation(
            className: className,
            title: "fuzz",
            style: styles.randomElement(using: &random) ?? 0,
            exStyle: [0, 4, 8, 0x20].randomElement(using: &random) ?? 0,
            position: Point(x: 1, y: 2),
            size: Size(width: 30, height: 40)
        )
        creation.parent = chance(8) ? WindowTree.messageOnlyParent : parent
        let display = display
        if let window = try? Window.create(
            creation,
            openDisplay: { () throws(RatError) in display }
        ) {
            remember(window)
        }
    }

    private func act(on handle: Handle) {
        let window = try? Window.find(handle)
        let display = display
        switch Int.random(in: 0..<26, using: &random) {
        case 0...4: create(in: handle)
        case 5, 6: window?.destroy()
        case 7:
            let parent = pick()
            _ = try? window?.setParent(parent) { () throws(RatError) in display }
        case 8, 9:
            var position = WindowPosition(
                flags: UInt32(truncatingIfNeeded: random.next()) & PositionFlag.all
            )
            position.insertAfter =
                chance(2)
                ? pick().rawValue : [0, 1, .max, .max - 1].randomElement(using: &random) ?? 0
            (position.width, position.height) = (Int32.random(in: -9...99, using: &random), 20)
            try? window?.setPosition(position)
        case 10:
            let command = ShowCommand(rawValue: Int32.random(in: 0...11, using: &random)) ?? .show
            _ = try? window?.show(command)
        case 11:
            let index = [-4, -8, -12, -20, -21, 0, 4].randomElement(using: &random) ?? 0
            let value = index == -8 ? Int(truncatingIfNeeded: pick().rawValue) : 8
            if index != -4 { _ = try? window?.setLong(Int32(index), value) }
        case 12: _ = window?.enable(chance(2))
        case 13:
            if let window { _ = try? WindowThread.current().takeFocus(window.handle) }
            if let window, chance(2) { _ = try? WindowThread.current().setActive(window.handle) }
            if chance(2) { _ = try? WindowThread.current().setCapture(window?.handle ?? .invalid) }
        case 14:
            _ = WindowTree.windowAt(Point(x: 5, y: 6))
            _ = try? WindowTree.descendants(of: handle)
        case 15:
            _ = try? WindowTree.setProperty("p", of: handle, to: 1)
            _ = try? WindowTree.find(in: handle, after: pick(), atom: nil, text: "fuzz")
        case 16:
            if chance(2) {
                try? window?.setSubclass(fuzzSubclass, 1, data: 0)
            } else {
                try? window?.removeSubclass(fuzzSubclass, 1)
            }
        case 17:
            let number: UInt32 =
                [0x0081, 0x0047, 0x000C, 0x000F, 0x0010, 0x8000, 0x0014, 0x0085, 0x0088, 0x000B]
                .randomElement(using: &random) ?? 0
            let header = MessageHeader(message: number, wparam: 9, lparam: 7)
            try? MessageQueue.post(Message(header), to: handle)
        case 18:
            _ = try? WindowTree.ancestor(of: handle, .rootOwner)
            _ = try? WindowTree.related(to: handle, .enabledPopup)
            _ = try? WindowTree.outerRect(of: handle)
            _ = WindowTree.isChild(handle, of: pick())
        case 19...21:
            if let window { paint(window) }
        case 22: send(to: handle)
        default: runLoop()
        }
    }

    /// Another thread's window is waited for for a moment, in which this thread handles what is sent to it.
    private func send(to window: Handle) {
        let numbers: [UInt32] = [0x8000, 0x000B, 0x000E, 0x0010, 0x0014, 0x0084, 0x0085]
        let header = MessageHeader(message: numbers.randomElement(using: &random) ?? 0)
        let isAwaited = chance(2)
        try? unsafe withUnsafePointer(to: Message(header)) { message in
            if isAwaited {
                let deadline = Instant.now().advanced(byMilliseconds: 2)
                try unsafe Sending.send(message, to: window, until: deadline, reply: nil)
            } else {
                try unsafe Sending.notify(message, to: window)
            }
        }
    }

    private func paint(_ window: Window) {
        let rect = Rect(
            origin: Point(x: Int32.random(in: -9...40, using: &random), y: 3),
            size: Size(width: Int32.random(in: -1...60, using: &random), height: 20)
        )
        switch Int.random(in: 0..<6, using: &random) {
        case 0, 1:
            let flags = UInt32(truncatingIfNeeded: random.next()) & RedrawFlags.all.rawValue
            window.redraw(chance(2) ? nil : Region(rect), RedrawFlags(rawValue: flags))
        case 2: _ = try? window.beginPaint()
        case 3: try? window.endPaint()
        case 4:
            let flags = UInt32(truncatingIfNeeded: random.next()) & Window.Lending.all.rawValue
            let how = Window.Lending(rawValue: flags)
            if let paint = try? window.lendPixels(chance(2) ? nil : Region(rect), how) {
                if let pixels = unsafe paint.pixels { unsafe pixels[0] = 0xFF00_0000 }
                if !chance(3) { try? window.releasePixels(paint.token) }
            }
        default:
            let flags = UInt32(truncatingIfNeeded: random.next()) & ScrollFlags.all.rawValue
            _ = window.scroll(
                by: Point(x: rect.left, y: rect.right),
                chance(2) ? nil : rect,
                nil,
                ScrollFlags(rawValue: flags)
            )
        }
    }

    /// Some messages, with what the display has told.
    private func runLoop() {
        guard depth < 3 else { return }
        for _ in 0..<20 {
            guard let queue = try? ThreadQueue.current(),
                case .message(let message)? = try? queue.take(until: .distantPast)
            else { return }
            try? Dispatch.run(message)
        }
    }
}

private let fuzzSubclass: SubclassProcedure = { window, message, wparam, lparam, _, _ in
    let handle = Handle(rawValue: window)
    _ = Fuzzer.current?.react(to: message, in: handle)
    return Window.runNextSubclass(handle, message, wparam, lparam)
}
