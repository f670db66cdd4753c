package import RatCore
internal import RatSystem
internal import Synchronization

/// Handles one message for a window.
package typealias WindowProcedure = @convention(c) (UInt64, UInt32, UInt, Int) -> Int

/// What windows have in common. Immutable; windows keep their class alive.
package final class WindowClass: Sendable {
    package let name: String
    package let atom: UInt16
    package let style: UInt32
    package let procedure: WindowProcedure
    /// What WM_ERASEBKGND fills with; 0 for nothing.
    package let background: UInt32
    /// How many windows of it exist, in all threads.
    fileprivate let windowCount = Atomic<Int>(0)

    fileprivate init(
        name: String,
        atom: UInt16,
        style: UInt32,
        procedure: @escaping WindowProcedure,
        background: UInt32
    ) {
        self.name = name
        self.atom = atom
        self.style = style
        self.procedure = procedure
        self.background = background
    }
}

extension WindowClass {
    /// A window of the class is gone, or did not come to be.
    func loseWindow() {
        windowCount.subtract(1, ordering: .relaxed)
    }
}

/// The classes of this process, by name.
package enum WindowClassTable {
    package static let maximumNameSize = 255
    private static let firstAtom: UInt16 = 0xC000
    private static let maximumCount = 0x4000

    /// Sendable: every field is guarded by `lock`. A forked child starts without classes.
    private final class State: ForkParticipant, @unchecked Sendable {
        private let lock = Lock()
        var byName: [String: WindowClass] = [:]
        var atoms: Set<UInt16> = []
        var nextAtom = WindowClassTable.firstAtom

        init() {
            Fork.register(self)
        }

        func withLock<Value>(_ body: (State) -> Value) -> Value {
            lock.lock()
            defer { lock.unlock() }
            return body(self)
        }

        func lockForFork() { lock.lock() }
        func unlockAfterFork() { lock.unlock() }

        func startAnewInChild() {
            byName = [:]
            atoms = []
            lock.unlock()
        }
    }

    private static let state = State()

    package static func register(
        name: String,
        style: UInt32,
        procedure: @escaping WindowProcedure,
        background: UInt32
    ) throws(RatError) -> WindowClass {
        guard (1...maximumNameSize).contains(name.utf8.count), style & ~ClassStyle.all == 0 else {
            throw .invalidArgument
        }
        let key = key(name)
        let result = state.withLock { state -> Result<WindowClass, RatError> in
            guard state.byName[key] == nil else { return .failure(.alreadyExists) }
            guard state.byName.count < maximumCount else { return .failure(.noResources) }
            while state.atoms.contains(state.nextAtom) {
                state.nextAtom = state.nextAtom == .max ? firstAtom : state.nextAtom + 1
            }
            let windowClass = WindowClass(
                name: name,
                atom: state.nextAtom,
                style: style,
                procedure: procedure,
                background: background
            )
            state.atoms.insert(windowClass.atom)
            state.byName[key] = windowClass
            return .success(windowClass)
        }
        return try result.get()
    }

    package static func unregister(name: String) throws(RatError) {
        let key = key(name)
        let failure = state.withLock { state -> RatError? in
            guard let windowClass = state.byName[key] else { return .notFound }
            guard windowClass.windowCount.load(ordering: .relaxed) == 0 else {
                return .accessDenied
            }
            state.byName[key] = nil
            state.atoms.remove(windowClass.atom)
            return nil
        }
        if let failure { throw failure }
    }

    /// The atom of a registered class.
    package static func atom(of name: String) throws(RatError) -> UInt16 {
        let key = key(name)
        guard let found = state.withLock({ $0.byName[key]?.atom }) else { throw .notFound }
        return found
    }

    /// The class of that name, counted as having one window more.
    static func use(name: String) throws(RatError) -> WindowClass {
        let key = key(name)
        // Counted under the lock, so that it is not unregistered between the two.
        let found = state.withLock { state -> WindowClass? in
            guard let windowClass = state.byName[key] else { return nil }
            windowClass.windowCount.add(1, ordering: .relaxed)
            return windowClass
        }
        guard let found else { throw .notFound }
        return found
    }

    /// Names are compared as Win32 does for its usual ones: without regard to ASCII case.
    private static func key(_ name: String) -> String {
        String(
            decoding: name.utf8.map { (0x41...0x5A).contains($0) ? $0 | 0x20 : $0 },
            as: UTF8.self
        )
    }
}
