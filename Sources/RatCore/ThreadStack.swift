public import RatSystem

/// How deep procedures may call each other.
///
///     |  in use   |
///     |           |
///     |-----------|  below it nothing is begun for the program: it is told that there are no resources
///     |  reserve  |  for what had been begun, and the procedures that it calls
///     |-----------|  below it no procedure is called
///     |  reserve  |  for a procedure that was called just above it
///     +-----------+
///
/// A thread that runs on a stack of the program's making has that one's room, of which nothing is known here.
extension StableReference where Record == ThreadRecord {
    private static var largestReserve: UInt { 128 << 10 }

    /// Whether something may be begun that calls procedures. The thread is the calling one.
    @inlinable package var hasStack: Bool {
        @inline(__always) get {
            Stack.position >= record.stackFloor || hasStack(beyond: 0)
        }
    }

    /// Whether what has been begun may call one more procedure. The thread is the calling one.
    @inlinable package var hasReserve: Bool {
        @inline(__always) get {
            Stack.position >= record.stackFloor &- record.stackReserve || hasStack(beyond: 1)
        }
    }

    @inline(never) @usableFromInline func hasStack(beyond reserves: UInt) -> Bool {
        if record.stackFloor == .max { measureStack() }
        let position = Stack.position
        return position >= record.stackFloor &- reserves &* record.stackReserve
            || position < record.stackFloor &- 2 &* record.stackReserve
    }

    private func measureStack() {
        record.stackFloor = 0
        guard let bounds = Stack.bounds else { return }
        record.stackReserve = min(Self.largestReserve, bounds.size / 8)
        record.stackFloor = bounds.lowest + 2 * record.stackReserve
    }
}
