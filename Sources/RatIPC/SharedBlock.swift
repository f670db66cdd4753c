internal import RatCore
internal import RatSystem

/// What a shared object is, which never changes: copied out of the memory once, and checked.
struct SharedTraits: Equatable, Sendable {
    /// The numbers are those in the memory.
    enum Kind: UInt32, Sendable {
        case event = 1
        case semaphore = 2
        case mutex = 3

        var handleKind: HandleKind {
            switch self {
            case .event: .event
            case .semaphore: .semaphore
            case .mutex: .mutex
            }
        }
    }

    var kind: Kind
    var isManualReset = false
    /// Of a semaphore.
    var maximum: UInt32 = 0
    /// Drawn at creation.
    var identity = Process.randomNumber()
}

/// The memory of a shared object, the same for every process: 64 bytes, of which the first 8 are
/// the state.
///
///     0   the state                  24  kind, and above it whether an event is reset by hand
///     8   which form this is         32  maximum
///     16  identity                   40  nothing
///
/// It is seen through a mapping of our own, so nothing is lost when the caller unmaps his. Of the
/// memory only the state is read later, and only the state is written.
struct SharedBlock: ~Copyable, Sendable {
    static let byteCount = 64
    /// "RatSync1", written last: what has it is whole.
    private static let form: UInt64 = 0x3163_6E79_5374_6152
    private static let manualReset: UInt64 = 1 << 32

    private let page: SharedPage
    let traits: SharedTraits

    /// The state.
    var word: SharedWord { unsafe SharedWord(unsafeAt: page.unsafeBlock) }

    /// Makes the memory at `address` an object.
    init(
        placing traits: SharedTraits,
        at address: UnsafeMutableRawPointer
    ) throws(RatError) {
        page = try unsafe Self.view(address)
        self.traits = traits
        Self.field(1, page).store(0)
        let flags = traits.isManualReset ? Self.manualReset : 0
        word.store(0)
        Self.field(2, page).store(traits.identity)
        Self.field(3, page).store(UInt64(traits.kind.rawValue) | flags)
        Self.field(4, page).store(UInt64(traits.maximum))
        for index in 5..<8 { Self.field(index, page).store(0) }
    }

    /// Gives a new object its state, and to other processes the object.
    func publish(state: UInt64) {
        word.store(state)
        Self.field(1, page).store(Self.form)
    }

    /// The object that is in the memory at `address`, if it is one of that kind.
    init(
        attachingTo address: UnsafeMutableRawPointer,
        kind: SharedTraits.Kind
    ) throws(RatError) {
        let page = try unsafe Self.view(address)
        var fields: [UInt64] = []
        for index in 0..<8 { fields.append(Self.field(index, page).load()) }
        let flags = fields[3] & ~UInt64(UInt32.max)
        let isForm = fields[1] == Self.form && fields[5...].allSatisfy { $0 == 0 }
        let isKind = UInt32(truncatingIfNeeded: fields[3]) == kind.rawValue
        let hasFlags = flags == 0 || kind == .event && flags == Self.manualReset
        let isMaximum =
            kind == .semaphore
            ? (1...UInt64(UInt32.max)).contains(fields[4]) : fields[4] == 0
        guard isForm, isKind, hasFlags, isMaximum else { throw .invalidArgument }
        self.page = page
        traits = SharedTraits(
            kind: kind,
            isManualReset: flags != 0,
            maximum: UInt32(truncatingIfNeeded: fields[4]),
            identity: fields[2]
        )
    }

    private static func view(_ address: UnsafeMutableRawPointer) throws(RatError) -> SharedPage {
        guard UInt(bitPattern: address) % UInt(byteCount) == 0 else { throw .invalidArgument }
        let page = try fileCall { () throws(Errno) in try unsafe SharedPage(viewing: address) }
        guard page.isWritable else { throw .invalidArgument }
        return page
    }

    private static func field(_ index: Int, _ page: borrowing SharedPage) -> SharedWord {
        unsafe SharedWord(unsafeAt: page.unsafeBlock + 8 * index)
    }
}
