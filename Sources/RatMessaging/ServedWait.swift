internal import RatCore
package import RatSystem

/// Something that another thread does and this one waits for. Meanwhile the waiting thread handles what is sent to
/// its windows, as it does while it waits for a reply.
///
/// Sendable: the fields are guarded by `lock`.
package final class ServedWait: @unchecked Sendable {
    private let lock = Lock()
    private var isOver = false
    /// Set while that thread's wait is open.
    private var waiter: ThreadReference?

    package init() {}

    /// It is done. Any thread; more than once does nothing more.
    package func finish() {
        lock.lock()
        isOver = true
        let sleeper = waiter.flatMap { $0.decideWait(.poked).needsWake ? $0 : nil }
        lock.unlock()
        sleeper?.wake()
    }

    /// Waits for it; `false` if the deadline passed first. One thread only.
    package func wait(until deadline: Instant) -> Bool {
        let thread = ThreadRecord.current
        // Without room on the stack for procedures, what is sent here waits.
        let own = thread.hasStack ? ThreadQueue.currentIfAny : nil
        var place = WaitNode(thread: thread, index: 1, mode: .takesSignal)
        return unsafe withUnsafeMutablePointer(to: &place) { place in
            while true {
                let isServing = own?.handleCall() ?? false
                thread.beginWait()
                lock.lock()
                let isOver = isOver
                if !isOver { waiter = thread }
                lock.unlock()
                if isOver { return true }
                defer { forgetWaiter() }
                if deadline <= Instant.now() { return false }
                if isServing { continue }
                unsafe own?.beginServing(place)
                thread.sleep(until: deadline)
                // What ends the wait from here on counts as having come in time for the next look.
                _ = thread.decideOwnWait(.withdrawn)
                unsafe own?.endServing(place)
            }
        }
    }

    private func forgetWaiter() {
        lock.lock()
        waiter = nil
        lock.unlock()
    }
}
