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

    /// Has what was done before it done, for the compiler.
    ///
    /// Swift counts the references that it reads when it needs to, and moves that past stores, atomic ones too: an
    /// object that was read under a lock would be retained when the lock is free, and be gone by then. It does not
    /// move it past a call of what it does not know.
    @inlinable @inline(__always) public static func settle() {
        rat_linux_settle()
    }

    /// The rare side, between its store and its load. `false` if another thread may have missed the store
    /// after all, because a filter was put on the process after its start: then look again now and then.
    package static func run() -> Bool {
        atomicMemoryFence(ordering: .sequentiallyConsistent)
        return rat_linux_barrier() == 0 || rat_linux_demand_fences() != 0
    }
}
