package import RatCore
internal import RatSystem

/// What an endpoint carries, and which way.
package enum EndpointRole {
    /// A pipe's end to read from.
    case reader
    /// A pipe's end to write to.
    case writer
    /// A socket that carries bytes.
    case stream
    /// A socket that carries datagrams, or messages that keep their bounds.
    case datagrams
}

/// The memory of one pipe end or socket. Begins with the header that all records begin with.
///
/// The descriptor stays open while the handle lives or a call is inside; the last one to leave closes it.
/// Every call that may sleep in the kernel is inside, and a close ends its sleep by shutting the socket
/// down, which stays in force: a call that comes to the kernel a moment later finds it shut, too.
struct EndpointRecord: ObjectRecord, ~Copyable {
    var header: ObjectHeader
    // Guarded by `header.lock`; the first three are set before the endpoint can be found.
    var descriptor: CInt = -1
    var role = EndpointRole.stream
    var domain: CInt = 0
    var isNonblocking = false
    var isInherited = false
    var isListening = false
    /// The open file does not let accept sleep. It is of use in accepting only.
    var hasKernelNonblocking = false
    /// A call is inside that makes a connection.
    var isConnecting = false
    /// A connection was begun that nobody waits for in a call; a wait is for its end.
    var hasConnectPending = false
    /// How many visitors are in calls of their own, not in waits.
    var callers: Int32 = 0
    var boundPath: BoundPath?
    /// Held over looking at a datagram and taking it.
    let taking = Lock()

    init() {
        header = ObjectHeader(kind: Endpoint.kind)
    }
}

/// Pipe ends and sockets: a descriptor behind a handle.
package enum Endpoint {
    private static let pool = StablePool<EndpointRecord>(recordsPerSlab: 32)

    static let kind = ObjectKind(Behavior.self, isPolled: true)

    private enum Behavior: ObjectBehavior {
        static func pollInterest(_ object: ObjectReference) -> PollInterest? {
            let endpoint = endpoint(object)
            let isForWriting = endpoint.record.role == .writer || endpoint.record.hasConnectPending
            return PollInterest(
                descriptor: endpoint.record.descriptor,
                isForWriting: isForWriting
            )
        }

        static func interrupt(_ object: ObjectReference) {
            let endpoint = endpoint(object)
            // The name is free as soon as the handle is gone, though the descriptor lives a moment longer.
            endpoint.record.boundPath?.remove()
            endpoint.record.boundPath = nil
            // Waits have been told already. Whoever else has the socket open, in a child perhaps, keeps it
            // unless a call sleeps here that nothing else can wake.
            guard endpoint.record.callers > 0 else { return }
            _ = SocketCalls.shutDown(endpoint.record.descriptor, .both)
        }

        static func recycle(_ object: ObjectReference) {
            let endpoint = endpoint(object)
            endpoint.record.boundPath?.remove()
            endpoint.record.boundPath = nil
            SocketCalls.closeDescriptor(endpoint.record.descriptor)
            endpoint.record.descriptor = -1
            pool.giveBack(endpoint)
        }
    }

    /// Puts a descriptor behind a new handle. Closes it if there is none left.
    static func create(
        _ descriptor: CInt,
        role: EndpointRole,
        domain: CInt
    ) throws(RatError) -> Handle {
        let endpoint = unsafe pool.take { memory in
            unsafe memory.initialize(to: EndpointRecord())
        }
        endpoint.record.descriptor = descriptor
        endpoint.record.role = role
        endpoint.record.domain = domain
        endpoint.record.isNonblocking = false
        endpoint.record.isInherited = false
        endpoint.record.isListening = false
        endpoint.record.hasKernelNonblocking = false
        endpoint.record.isConnecting = false
        endpoint.record.hasConnectPending = false
        do throws(RatError) {
            let isPipe = role == .reader || role == .writer
            return try Objects.publish(endpoint, as: isPipe ? .pipe : .socket)
        } catch {
            SocketCalls.closeDescriptor(descriptor)
            pool.giveBack(endpoint)
            throw error
        }
    }

    package static func close(_ handle: Handle, kind: HandleKind) throws(RatError) {
        guard handle.isOfKind(kind) else { throw .invalidHandle }
        try Objects.close(handle)
    }

    // MARK: - Handle flags

    /// What calls on a handle do where they would have to wait, and who gets its descriptor.
    package struct Flags: OptionSet, Sendable {
        package let rawValue: UInt32

        package init(rawValue: UInt32) {
            self.rawValue = rawValue
        }

        package static let nonblocking = Flags(rawValue: 1)
        package static let inherited = Flags(rawValue: 2)
        package static let all: Flags = [.nonblocking, .inherited]
    }

    /// Changes the flags in `mask` to those in `flags`.
    package static func setFlags(
        _ handle: Handle,
        mask: Flags,
        to flags: Flags
    ) throws(RatError) {
        guard mask.isSubset(of: .all), flags.isSubset(of: .all) else { throw .invalidArgument }
        try withEndpoint(handle) { endpoint in
            if mask.contains(.nonblocking) {
                endpoint.record.isNonblocking = flags.contains(.nonblocking)
            }
            if mask.contains(.inherited) {
                endpoint.record.isInherited = flags.contains(.inherited)
                SocketCalls.setInherited(endpoint.record.descriptor, endpoint.record.isInherited)
            }
        }
    }

    package static func flags(_ handle: Handle) throws(RatError) -> Flags {
        try withEndpoint(handle) { endpoint in
            var flags: Flags = []
            if endpoint.record.isNonblocking { flags.insert(.nonblocking) }
            if endpoint.record.isInherited { flags.insert(.inherited) }
            return flags
        }
    }

    /// The descriptor, which stays the endpoint's.
    package static func descriptor(_ handle: Handle) throws(RatError) -> CInt {
        try withEndpoint(handle) { endpoint in endpoint.record.descriptor }
    }

    /// For calls that take any handle: those that have no descriptor do not support them.
    private static func withEndpoint<Value>(
        _ handle: Handle,
        _ body: (StableReference<EndpointRecord>) -> Value
    ) throws(RatError) -> Value {
        let value = try Objects.withLocked(handle) { object -> Value? in
            guard handle.isOfKind(.pipe) || handle.isOfKind(.socket) else { return nil }
            return body(endpoint(object))
        }
        guard let value else { throw .notSupported }
        return value
    }

    // MARK: - Steps

    /// The object must be an endpoint.
    @inline(__always) static func endpoint(
        _ object: ObjectReference
    ) -> StableReference<EndpointRecord> {
        unsafe StableReference(unsafe: object.raw.assumingMemoryBound(to: EndpointRecord.self))
    }
}

extension StableReference where Record == EndpointRecord {
    /// The record as what it begins with.
    @inline(__always) var asObject: ObjectReference {
        unsafe StableReference<ObjectHeader>(unsafe: raw.assumingMemoryBound(to: ObjectHeader.self))
    }
}
