#if X11

import CRatXCB

@testable import RatX11

/// Random events of the wire that are well formed: of types that there are, about windows that there are.
struct FuzzEvents {
    static let windows: [xcb_window_t] = [0x40_0001, 0x40_0002, 0x100, 0, 0xFFFF_FFFF]
    /// Of two devices, one of which has axes that count the turns of wheels.
    static let devices: [UInt16] = [11, 12]
    static let axes: [UInt16: [ScrollAxis]] = [
        11: [
            ScrollAxis(number: 2, isVertical: false, increment: 15, last: 0),
            ScrollAxis(number: 3, isVertical: true, increment: -15, last: 0),
        ]
    ]
    /// The number of the request that told of them. A sequence number after it is one that is less than half of all
    /// numbers ahead.
    static let asked: UInt32 = 0

    private static let numbers = XEvent.Numbers(keyboard: 85, completion: 65, devices: 131)
    private static let types: [UInt8] = [
        0, 2, 2, 3, 3, 4, 5, 6, 6, 7, 8, 9, 10, 11, 12, 15, 18, 19, 21, 22, 28, 33, 34, 35, 35, 35,
        35, 65, 85, 85,
    ]

    var random: Random
    /// The latest key, which the next one may be again, as one that repeats is.
    private var lastKey: (code: UInt8, time: UInt32, window: UInt32)?

    init(seed: UInt64) {
        random = Random(state: seed)
    }

    static func window(_ random: inout Random) -> xcb_window_t {
        windows[Int(random.next() % UInt64(windows.count))]
    }

    mutating func next() -> XEvent {
        // Windows are destroyed now and then only, so that something is left to happen to them.
        var type =
            random.next() % 500 == 0
            ? 17 : Self.types[Int(random.next() % UInt64(Self.types.count))]
        if random.next() % 6 == 0, type != 35 { type |= 0x80 }
        let words = type == 35 ? 3 * Int(random.next() % 8) : 0
        // As large as it says and no larger, for a sanitizer to see who reads on.
        let size = type == 35 ? 84 + words * 4 : 40
        let start = UnsafeMutableRawPointer.allocate(byteCount: size, alignment: 8)
        defer { unsafe start.deallocate() }
        let bytes = unsafe UnsafeMutableRawBufferPointer(start: start, count: size)
        for offset in stride(from: 0, to: size, by: 4) {
            let noise = UInt32(truncatingIfNeeded: random.next())
            unsafe bytes.storeBytes(of: noise, toByteOffset: offset, as: UInt32.self)
        }
        unsafe bytes[0] = type
        if type == 35 {
            unsafe shapeDevice(bytes, words)
        } else {
            unsafe shapeCore(bytes, type & 0x7F)
        }
        return unsafe XEvent(start.assumingMemoryBound(to: xcb_generic_event_t.self), Self.numbers)
    }

    private mutating func shapeCore(_ bytes: UnsafeMutableRawBufferPointer, _ type: UInt8) {
        for offset in [4, 8, 12] {
            let window = Self.window(&random)
            unsafe bytes.storeBytes(of: window, toByteOffset: offset, as: UInt32.self)
        }
        switch type {
        case 2, 3: unsafe shapeKey(bytes)
        case 7, 8:
            unsafe bytes[1] = UInt8(random.next() % 9)
            unsafe bytes[30] = UInt8(random.next() % 5)
        case 9, 10:
            unsafe bytes[1] = UInt8(random.next() % 9)
            unsafe bytes[8] = UInt8(random.next() % 5)
        // Of the keyboard's extension: new keyboards, maps and states.
        case 85: unsafe bytes[1] = UInt8(random.next() % 3)
        default: break
        }
    }

    /// Every fourth key is the one before it, at its time: a repeat has both halves so.
    private mutating func shapeKey(_ bytes: UnsafeMutableRawBufferPointer) {
        if random.next() % 4 == 0, let lastKey {
            unsafe bytes[1] = lastKey.code
            unsafe bytes.storeBytes(of: lastKey.time, toByteOffset: 4, as: UInt32.self)
            unsafe bytes.storeBytes(of: lastKey.window, toByteOffset: 12, as: UInt32.self)
        }
        lastKey = unsafe (
            bytes[1], bytes.load(fromByteOffset: 4, as: UInt32.self),
            bytes.load(fromByteOffset: 12, as: UInt32.self)
        )
    }

    /// An event of the input extension, with so many words behind its fixed part: the buttons, whose values follow,
    /// and the values.
    private mutating func shapeDevice(_ bytes: UnsafeMutableRawBufferPointer, _ words: Int) {
        func store<Number: FixedWidthInteger & BitwiseCopyable>(_ number: Number, _ offset: Int) {
            unsafe bytes.storeBytes(of: number, toByteOffset: offset, as: Number.self)
        }
        // Changes, presses, releases, moves; of the hierarchy; raw presses, releases and moves.
        let types: [UInt16] = [1, 4, 5, 6, 6, 6, 11, 15, 16, 17]
        let type = types[Int(random.next() % UInt64(types.count))]
        // Of another extension, now and then.
        unsafe bytes[1] = random.next() % 50 == 0 ? 130 : 131
        store(UInt32(12 + words), 4)
        store(type, 8)
        store(UInt32(random.next() % 12), 16)
        store(Self.window(&random), 24)
        // Requests go on from the one that has told of the axes.
        store(UInt32(random.next() % 100_000), 32)
        store(Self.devices[Int(random.next() % UInt64(Self.devices.count))], 56)
        if random.next() % 20 == 0 {
            // The lists say to be longer than they are.
            store(UInt16(random.next() % 100), 52)
            store(UInt16(random.next() % 100), 54)
            return
        }
        // A word of buttons, one that says which values there are, and these of two words each.
        let values = words < 4 ? 0 : (words - 2) / 2
        store(UInt16(words > 0 ? 1 : 0), 52)
        store(UInt16(values > 0 ? 1 : 0), 54)
        guard values > 0 else { return }
        var numbers = Set<UInt32>()
        for _ in 0..<min(values, 4) { numbers.insert(UInt32(random.next() % 5)) }
        store(numbers.reduce(UInt32(0)) { $0 | 1 << $1 }, 88)
        for index in 0..<numbers.count {
            store(Int32(random.next() % 2000) - 1000, 92 + index * 8)
        }
    }

    /// Repeatable randomness: xorshift64.
    struct Random {
        var state: UInt64

        mutating func next() -> UInt64 {
            state ^= state << 13
            state ^= state >> 7
            state ^= state << 17
            return state
        }
    }
}

#endif
