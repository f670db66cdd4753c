package import RatCore

/// Positions that several windows take one after the other, at the end. A thread's own; the number that
/// names them is never used again on that thread.
package struct Deferrals {
    private struct Batch {
        var entries: [(window: Handle, position: WindowPosition)] = []
        /// Where each window's entry is.
        var places: [Handle: Int] = [:]

        mutating func add(_ position: WindowPosition, of window: Handle) {
            if let place = places[window] {
                entries[place].position.take(position)
            } else {
                places[window] = entries.count
                entries.append((window, position))
            }
        }
    }

    private var batches: [UInt64: Batch] = [:]
    private var last: UInt64 = 0

    mutating func begin() -> UInt64 {
        last += 1
        batches[last] = Batch()
        return last
    }

    /// Adds a window's position; what was said of the same window before stays, where this says nothing.
    mutating func add(
        _ position: WindowPosition,
        of window: Handle,
        to batch: UInt64
    ) throws(RatError) {
        // In place: a batch that is held besides would be copied.
        guard batches[batch]?.add(position, of: window) != nil else { throw .invalidHandle }
    }

    mutating func end(
        _ batch: UInt64
    ) throws(RatError) -> [(window: Handle, position: WindowPosition)] {
        guard let ended = batches.removeValue(forKey: batch) else { throw .invalidHandle }
        return ended.entries
    }
}

extension WindowPosition {
    /// Takes over what a later position says.
    fileprivate mutating func take(_ later: WindowPosition) {
        if !later.has(PositionFlag.noMove) {
            (x, y) = (later.x, later.y)
            flags &= ~PositionFlag.noMove
        }
        if !later.has(PositionFlag.noSize) {
            (width, height) = (later.width, later.height)
            flags &= ~PositionFlag.noSize
        }
        if !later.has(PositionFlag.noOrder) {
            insertAfter = later.insertAfter
            flags &= ~PositionFlag.noOrder
        }
        // What forbids holds only if both say so, what asks for something if one does.
        let forbidding =
            PositionFlag.noRedraw | PositionFlag.noActivate | PositionFlag.noCopyBits
            | PositionFlag.noOwnerOrder
        let asking = PositionFlag.show | PositionFlag.hide | PositionFlag.frameChanged
        flags &= later.flags | ~forbidding
        flags |= later.flags & asking
    }
}

extension WindowThread {
    package func beginDeferring() -> UInt64 { deferrals.begin() }

    package func deferPosition(
        _ position: WindowPosition,
        of window: Window,
        to batch: UInt64
    ) throws(RatError) {
        try deferrals.add(position, of: window.handle, to: batch)
    }

    /// Gives the windows their positions. Runs procedures; windows that are gone are left out. The first
    /// failure is told when all have had their turn.
    package func endDeferring(_ batch: UInt64) throws(RatError) {
        var failure: RatError?
        for (handle, position) in try deferrals.end(batch) {
            guard let window = try? Window.find(handle) else { continue }
            do throws(RatError) {
                try window.setPosition(position)
            } catch {
                failure = failure ?? error
            }
        }
        if let failure { throw failure }
    }
}
