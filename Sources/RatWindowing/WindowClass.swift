package import RatCore
internal import Synchronization

/// Handles one message for a window.
package typealias WindowProcedure = @convention(c) (UInt64, UInt32, UInt, Int) -> Int

/// What windows have in common. Windows keep their class alive.
package final class WindowClass: Sendable {
    package let name: String
    /// The name as names are compared.
    let key: String
    package let atom: UInt16
    /// Whose windows alone it is for; `nil` for those of every thread.
    let thread: ThreadReference?

    // What can be changed while windows exist, by any of their threads.
    private let styleBits: Atomic<UInt32>
    private let procedureAddress: Atomic<UInt>
    private let backgroundPixel: Atomic<UInt32>
    private let cursorNumber: Atomic<UInt64>
    private let windowExtraSize: Atomic<Int>
    /// The program's own bytes.
    private let extra: Mutex<ExtraBytes>
    /// How many windows of it exist, in all threads.
    private let windowCount = Atomic<Int>(0)

    init(
        _ traits: WindowClassTraits,
        name: String,
        key: String,
        atom: UInt16,
        of thread: ThreadReference?
    ) {
        self.name = name
        self.key = key
        self.atom = atom
        self.thread = thread
        styleBits = Atomic(traits.style)
        procedureAddress = unsafe Atomic(unsafeBitCast(traits.procedure, to: UInt.self))
        backgroundPixel = Atomic(traits.background)
        cursorNumber = Atomic(traits.cursor.rawValue)
        windowExtraSize = Atomic(traits.windowExtra)
        extra = Mutex(ExtraBytes(count: traits.classExtra))
    }

    package var style: UInt32 {
        get { styleBits.load(ordering: .relaxed) }
        set { styleBits.store(newValue, ordering: .relaxed) }
    }

    /// What new windows begin with.
    package var procedure: WindowProcedure {
        get {
            unsafe unsafeBitCast(
                procedureAddress.load(ordering: .relaxed),
                to: WindowProcedure.self
            )
        }
        set {
            unsafe procedureAddress.store(
                unsafeBitCast(newValue, to: UInt.self),
                ordering: .relaxed
            )
        }
    }

    /// What WM_ERASEBKGND fills with; 0 for nothing.
    package var background: UInt32 {
        get { backgroundPixel.load(ordering: .relaxed) }
        set { backgroundPixel.store(newValue, ordering: .relaxed) }
    }

    /// The pointer over client areas, by default; `.none` leaves it as it is.
    package var cursor: Cursor {
        get { Cursor(rawValue: cursorNumber.load(ordering: .relaxed)) }
        set { cursorNumber.store(newValue.rawValue, ordering: .relaxed) }
    }

    /// How many bytes of their own new windows get.
    package var windowExtra: Int {
        get { windowExtraSize.load(ordering: .relaxed) }
        set { windowExtraSize.store(newValue, ordering: .relaxed) }
    }

    package var classExtra: Int { extra.withLock { $0.count } }

    package func withExtra<Value: Sendable>(
        _ body: (inout ExtraBytes) throws(RatError) -> Value
    ) throws(RatError) -> Value {
        let result = extra.withLock { extra -> Result<Value, RatError> in
            do throws(RatError) {
                return .success(try body(&extra))
            } catch {
                return .failure(error)
            }
        }
        return try result.get()
    }

    package var traits: WindowClassTraits {
        WindowClassTraits(
            style: style,
            procedure: procedure,
            background: background,
            cursor: cursor,
            classExtra: classExtra,
            windowExtra: windowExtra
        )
    }

    // MARK: - Its windows

    var hasWindows: Bool { windowCount.load(ordering: .relaxed) != 0 }

    func gainWindow() {
        windowCount.add(1, ordering: .relaxed)
    }

    /// A window of the class is gone, or did not come to be.
    func loseWindow() {
        windowCount.subtract(1, ordering: .relaxed)
    }
}

/// What a class is registered with, beside its name.
package struct WindowClassTraits: Sendable {
    package var style: UInt32
    package var procedure: WindowProcedure
    /// What WM_ERASEBKGND fills with; 0 for nothing.
    package var background: UInt32
    /// The pointer over client areas, by default; `.none` leaves it as it is.
    package var cursor: Cursor
    /// Bytes for the program that all windows of the class share.
    package var classExtra: Int
    /// Bytes for the program that each window has.
    package var windowExtra: Int

    package init(
        style: UInt32,
        procedure: @escaping WindowProcedure,
        background: UInt32 = 0,
        cursor: Cursor = .none,
        classExtra: Int = 0,
        windowExtra: Int = 0
    ) {
        self.style = style
        self.procedure = procedure
        self.background = background
        self.cursor = cursor
        self.classExtra = classExtra
        self.windowExtra = windowExtra
    }
}

/// Bytes that a window or a class keeps for the program, 0 at first.
package struct ExtraBytes: Sendable {
    private var bytes: [UInt8]

    package init(count: Int) {
        bytes = Array(repeating: 0, count: count)
    }

    package var count: Int { bytes.count }

    /// A number at an offset, aligned or not.
    package func load<Number: FixedWidthInteger & BitwiseCopyable>(
        at offset: Int
    ) throws(RatError) -> Number {
        try check(offset, MemoryLayout<Number>.size)
        return unsafe bytes.withUnsafeBytes { bytes in
            unsafe bytes.loadUnaligned(fromByteOffset: offset, as: Number.self)
        }
    }

    /// Puts a number at an offset. Gives what was there.
    package mutating func exchange<Number: FixedWidthInteger & BitwiseCopyable>(
        _ value: Number,
        at offset: Int
    ) throws(RatError) -> Number {
        let old: Number = try load(at: offset)
        unsafe bytes.withUnsafeMutableBytes { bytes in
            unsafe bytes.storeBytes(of: value, toByteOffset: offset, as: Number.self)
        }
        return old
    }

    package func read(_ offset: Int, _ count: Int) throws(RatError) -> ArraySlice<UInt8> {
        guard count >= 0 else { throw .invalidArgument }
        try check(offset, count)
        return bytes[offset..<offset + count]
    }

    package mutating func write(_ new: [UInt8], at offset: Int) throws(RatError) {
        try check(offset, new.count)
        bytes.replaceSubrange(offset..<offset + new.count, with: new)
    }

    private func check(_ offset: Int, _ size: Int) throws(RatError) {
        guard offset >= 0, size <= bytes.count, offset <= bytes.count - size else {
            throw .invalidArgument
        }
    }
}
