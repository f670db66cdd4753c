package import RatCore
internal import RatSystem

/// Kinds of what a thread's own queue holds, as bits. Win32's numbers, and the C interface's.
package enum QueueStatus {
    package static let key: UInt32 = 0x0001
    package static let mouseMove: UInt32 = 0x0002
    package static let mouseButton: UInt32 = 0x0004
    package static let postMessage: UInt32 = 0x0008
    package static let timer: UInt32 = 0x0010
    package static let paint: UInt32 = 0x0020
    package static let sendMessage: UInt32 = 0x0040
    package static let hotKey: UInt32 = 0x0080
    package static let allPostMessage: UInt32 = 0x0100

    package static let input = key | mouseMove | mouseButton
    package static let posted = postMessage | hotKey | allPostMessage
    package static let all = input | posted | timer | paint | sendMessage
}

/// Which messages a retrieval is for.
package struct MessageFilter: Sendable {
    package enum Target: Equatable, Sendable {
        case any
        /// A window of the retrieving thread, and all that is in it.
        case window(Handle)
        /// Messages of no window.
        case queue
    }

    package var target: Target
    /// Message numbers.
    package var range: ClosedRange<UInt32>
    /// `QueueStatus` bits.
    package var classes: UInt32
    /// Whether the target is a window with nothing in it, as was found when this was last asked.
    private(set) var isLone: Bool

    package init(
        target: Target = .any,
        range: ClosedRange<UInt32> = 0...UInt32.max,
        classes: UInt32 = QueueStatus.all,
        isLone: Bool = false
    ) {
        self.target = target
        self.range = range
        self.classes = classes
        self.isLone = isLone
    }

    package static let all = MessageFilter()

    /// As the C interface says it. A target of 0 is any, one of all bits is the thread itself, a window has to
    /// be the calling thread's, and a queue stands for the messages of no window; a `last` of 0 is every
    /// number, no classes are all.
    package init(
        handle: UInt64,
        first: UInt32,
        last: UInt32,
        classes: UInt32
    ) throws(RatError) {
        guard classes & ~QueueStatus.all == 0, first <= last else { throw .invalidArgument }
        self.classes = classes == 0 ? QueueStatus.all : classes
        range = last == 0 ? 0...UInt32.max : first...last
        isLone = false
        target = .any
        guard handle != 0 else { return }
        target = .queue
        guard handle != .max else { return }
        let named = Handle(rawValue: handle)
        guard let found = TargetReference.find(named) else { throw .invalidHandle }
        guard named.isOfKind(.window) else { return }
        guard let thread = ThreadRecord.currentIfAny,
            found.record.queueHandle == thread.record.ownQueueHandle
        else { throw .invalidHandle }
        target = .window(named)
        isLone = !found.record.holdsTargets
    }

    /// The filter, when windows may have come into the window.
    var refreshed: MessageFilter {
        guard case .window(let window) = target else { return self }
        var filter = self
        filter.isLone = TargetReference.find(window)?.record.holdsTargets == false
        return filter
    }

    var isForEveryNumber: Bool { range == 0...UInt32.max }

    package func admits(target handle: Handle) -> Bool {
        switch target {
        case .any: true
        case .window(let window):
            handle == window || (!isLone && Self.isTarget(handle, in: window))
        case .queue: !handle.isOfKind(.window)
        }
    }

    private static func isTarget(_ handle: Handle, in window: Handle) -> Bool {
        guard handle.isOfKind(.window), let outer = TargetReference.find(window),
            outer.record.holdsTargets, let containment = outer.record.containment
        else { return false }
        return containment(handle.rawValue, window.rawValue)
    }

    /// The one target whose messages pass, if it is a window with nothing in it.
    @inline(__always) var onlyTarget: Handle? {
        guard isLone, case .window(let window) = target else { return nil }
        return window
    }

    package func admits(number: UInt32) -> Bool { range.contains(number) }

    package func admits(_ header: MessageHeader) -> Bool {
        admits(number: header.message) && admits(target: header.target)
    }

    package func isFor(_ classes: UInt32) -> Bool { self.classes & classes != 0 }
}
