package import RatCore
internal import RatSystem

/// Message numbers that parts of a program agree on by name: 0xC000 to 0xFFFF, for as long as the process
/// lives.
package enum RegisteredMessages {
    package static let numbers: ClosedRange<UInt32> = 0xC000...0xFFFF
    package static let maximumNameSize = 255

    /// Sendable: the fields are guarded by `lock`.
    @safe private final class State: ForkParticipant, @unchecked Sendable {
        let lock = Lock()
        var byName: [String: UInt32] = [:]
        /// NUL-terminated copies, in the order of their numbers. Never freed, so that names can be lent.
        var names: [UnsafePointer<CChar>]

        init() {
            unsafe names = []
            Fork.register(self)
        }

        func lockForFork() { lock.lock() }
        func unlockAfterFork() { lock.unlock() }
        // Names and numbers mean the same in the child.
        func startAnewInChild() { lock.unlock() }
    }

    private static let state = State()

    /// The number of a name, which is the same for everybody who asks. Names are compared without regard to
    /// ASCII case.
    package static func register(_ name: String) throws(RatError) -> UInt32 {
        guard (1...maximumNameSize).contains(name.utf8.count), !name.utf8.contains(0) else {
            throw .invalidArgument
        }
        let key = name.lowercasedASCII
        state.lock.lock()
        defer { state.lock.unlock() }
        if let known = state.byName[key] { return known }
        let number = unsafe numbers.lowerBound + UInt32(state.names.count)
        guard numbers.contains(number) else { throw .noResources }
        let size = name.utf8.count
        let copy = UnsafeMutablePointer<CChar>.allocate(capacity: size + 1)
        for (place, byte) in name.utf8.enumerated() { unsafe copy[place] = CChar(bitPattern: byte) }
        unsafe copy[size] = 0
        unsafe state.names.append(UnsafePointer(copy))
        state.byName[key] = number
        return number
    }

    /// The number of a name, if it has one.
    package static func known(_ name: String) -> UInt32? {
        let key = name.lowercasedASCII
        state.lock.lock()
        defer { state.lock.unlock() }
        return state.byName[key]
    }

    /// The name that a number was given, as it was written first; lives as long as the process.
    package static func name(of number: UInt32) -> UnsafePointer<CChar>? {
        guard numbers.contains(number) else { return nil }
        let place = Int(number - numbers.lowerBound)
        state.lock.lock()
        defer { state.lock.unlock() }
        return unsafe place < state.names.count ? state.names[place] : nil
    }
}
