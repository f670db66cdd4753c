package import RatCore
internal import RatSystem

/// The memory of one handle to a process.
struct ProcessRecord: ObjectRecord, ~Copyable {
    var header: ObjectHeader
    // Set before it can be found; closed when it is recycled.
    var descriptor: ProcessDescriptor?

    init() {
        header = ObjectHeader(kind: ProcessObject.kind)
        descriptor = nil
    }
}

/// Processes as objects: signalled from their end on. The kernel's descriptor keeps the number from meaning
/// another process later.
package enum ProcessObject {
    private static let pool = StablePool<ProcessRecord>(recordsPerSlab: 32)

    static let kind = ObjectKind(Behavior.self, isPolled: true)

    private enum Behavior: ObjectBehavior {
        static func pollInterest(_ object: ObjectReference) -> PollInterest? {
            PollInterest(descriptor: process(object).record.descriptor?.rawValue ?? -1)
        }

        static func recycle(_ object: ObjectReference) {
            let process = process(object)
            process.record.descriptor = nil
            pool.giveBack(process)
        }
    }

    /// A handle to a running process, to be closed with `Objects.close`.
    package static func open(processID: UInt32) throws(RatError) -> Handle {
        guard let processID = CInt(exactly: processID), processID > 0 else {
            throw .invalidArgument
        }
        let descriptor: ProcessDescriptor
        do throws(Errno) {
            descriptor = try ProcessDescriptor(processID: processID)
        } catch {
            throw RatError(error)
        }
        let process = unsafe pool.take { memory in unsafe memory.initialize(to: ProcessRecord()) }
        process.record.descriptor = consume descriptor
        do throws(RatError) {
            return try Objects.publish(process, as: .process)
        } catch {
            process.record.descriptor = nil
            pool.giveBack(process)
            throw error
        }
    }

    /// How a child of this process ended.
    package static func exitCode(_ handle: Handle) throws(RatError) -> Int32 {
        guard handle.isOfKind(.process) else { throw .invalidHandle }
        let object = try Objects.enter(handle)
        defer { Objects.leave(object) }
        let descriptor = process(object).record.descriptor?.rawValue ?? -1
        let code: Int32?
        do throws(Errno) {
            code = try ProcessDescriptor.exitCode(descriptor)
        } catch {
            // ECHILD: only a parent is told how a process ended.
            throw .notSupported
        }
        guard let code else { throw .wouldBlock }
        return code
    }

    /// The object must be a process.
    private static func process(_ object: ObjectReference) -> StableReference<ProcessRecord> {
        unsafe StableReference(unsafe: object.raw.assumingMemoryBound(to: ProcessRecord.self))
    }
}
