/// What a handle names. The numbers are the C interface's.
@usableFromInline package enum HandleKind: UInt64, Sendable {
    case event = 1
    case messageQueue = 2
    case window = 3
    case mutex = 4
    case semaphore = 5
    case timer = 6
    case thread = 7
    case process = 8
    case pipe = 9
    case socket = 10
    case sharedMemory = 11
    case completionQueue = 12
    /// A queue of another process, which programs see as a queue.
    case distantQueue = 13
    case region = 16
}

/// Names an object: owning process (22 bits), kind (5), generation (17), index (20), from the top.
///
/// The generation tells a slot's users apart, so a stale handle is refused instead of naming what came
/// later; slots are reused in the order they came free and only once a thousand are, so a number comes
/// back after some hundred million objects at the earliest. The process tells another process's handles
/// apart, which travel in messages.
@frozen public struct Handle: Hashable, Sendable {
    /// The number that programs see.
    public let rawValue: UInt64

    /// The handle of that number, which may name nothing.
    @inlinable public init(rawValue: UInt64) {
        self.rawValue = rawValue
    }

    /// Names nothing, ever.
    @inlinable public static var invalid: Handle {
        @inline(__always) get { Handle(rawValue: 0) }
    }

    @inlinable package static var indexBits: UInt64 { 20 }
    @inlinable package static var generationBits: UInt64 { 17 }
    @inlinable package static var kindBits: UInt64 { 5 }

    package init(process: UInt32, kind: HandleKind, generation: UInt32, index: UInt32) {
        let process = UInt64(process) << (Self.kindBits + Self.generationBits + Self.indexBits)
        let kind = kind.rawValue << (Self.generationBits + Self.indexBits)
        let generation = UInt64(generation & 0x1FFFF) << Self.indexBits
        rawValue = process | kind | generation | UInt64(index & 0xFFFFF)
    }

    /// The place in the table.
    @inlinable @inline(__always) public var index: Int { Int(rawValue & 0xFFFFF) }

    /// The kind that the number claims, whether or not the handle is alive.
    package var kind: HandleKind? {
        HandleKind(rawValue: (rawValue >> (Self.generationBits + Self.indexBits)) & 0x1F)
    }

    @inlinable @inline(__always) package func isOfKind(_ kind: HandleKind) -> Bool {
        (rawValue >> (Self.generationBits + Self.indexBits)) & 0x1F == kind.rawValue
    }

    package var process: UInt32 {
        UInt32(rawValue >> (Self.kindBits + Self.generationBits + Self.indexBits))
    }
}
