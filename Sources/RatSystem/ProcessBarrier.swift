public import CRatLinux
internal import Synchronization

/// The two sides of a protocol in which each thread stores a word of its own, then loads the other's, and
/// must not miss it. One side runs often and costs next to nothing; the other runs rarely, and has a
/// barrier executed on every processor that runs a thread of this process, which takes some microseconds.
///
/// Where the kernel does not do that, the frequent side has a fence instead. See `Lock`.
public enum ProcessBarrier {
    /// The frequent side, between its store and its load.
    @inlinable @inline(__always) public static func order() {
        rat_linux_order_frequent_side()
    }

    /// The rare side, between its store and its load. `false` if another thread may have missed the store
    /// after all, because a filter was put on the process after its start: then look again now and then.
    package static func run() -> Bool {
        atomicMemoryFence(ordering: .sequentiallyConsistent)
        return rat_linux_barrier() == 0 || rat_linux_demand_fences() != 0
    }
}
