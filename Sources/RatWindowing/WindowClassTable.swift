package import RatCore
internal import RatSystem

/// What a class is called: by its name, or by the number that the name has.
package enum ClassName: Sendable {
    case name(String)
    case atom(UInt16)
}

/// The classes of this process, by name. A class is for the windows of every thread, or for one thread's: that
/// one is found first by its thread, not at all by others, and ends with the thread.
///
/// One name has one atom, however many classes are called so.
package enum WindowClassTable {
    package static let maximumNameSize = 255
    package static let maximumExtra = 65_536
    private static let firstAtom: UInt16 = 0xC000
    private static let maximumCount = 0x4000

    /// Sendable: every field is guarded by `lock`. A forked child starts without classes.
    private final class State: ForkParticipant, @unchecked Sendable {
        private let lock = Lock()
        var byName: [String: WindowClass] = [:]
        var atoms: [String: (number: UInt16, uses: Int)] = [:]
        var names: [UInt16: String] = [:]
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
            atoms = [:]
            names = [:]
            lock.unlock()
        }

        /// The atom of a name, with a use more; `nil` if all are taken.
        func useAtom(of key: String) -> UInt16? {
            if let known = atoms[key] {
                atoms[key] = (known.number, known.uses + 1)
                return known.number
            }
            guard names.count < WindowClassTable.maximumCount else { return nil }
            while names[nextAtom] != nil {
                nextAtom = nextAtom == .max ? WindowClassTable.firstAtom : nextAtom + 1
            }
            atoms[key] = (nextAtom, 1)
            names[nextAtom] = key
            return nextAtom
        }

        func releaseAtom(of key: String) {
            guard let known = atoms[key] else { return }
            guard known.uses == 1 else {
                atoms[key] = (known.number, known.uses - 1)
                return
            }
            atoms[key] = nil
            names[known.number] = nil
        }
    }

    private static let state = State()

    // MARK: - Registering

    package static func register(
        name: String,
        _ traits: WindowClassTraits
    ) throws(RatError) -> WindowClass {
        guard (1...maximumNameSize).contains(name.utf8.count),
            traits.style & ~ClassStyle.all == 0,
            (0...maximumExtra).contains(traits.classExtra),
            (0...maximumExtra).contains(traits.windowExtra)
        else { throw .invalidArgument }
        let key = name.lowercasedASCII
        guard traits.style & ClassStyle.threadClass == 0 else {
            return try registerForThread(name, key, traits)
        }
        let result = state.withLock { state -> Result<WindowClass, RatError> in
            guard state.byName[key] == nil else { return .failure(.alreadyExists) }
            guard let atom = state.useAtom(of: key) else { return .failure(.noResources) }
            let made = WindowClass(traits, name: name, key: key, atom: atom, of: nil)
            state.byName[key] = made
            return .success(made)
        }
        return try result.get()
    }

    private static func registerForThread(
        _ name: String,
        _ key: String,
        _ traits: WindowClassTraits
    ) throws(RatError) -> WindowClass {
        let thread = try WindowThread.current()
        guard thread.classes[key] == nil else { throw .alreadyExists }
        guard let atom = state.withLock({ $0.useAtom(of: key) }) else { throw .noResources }
        let made = WindowClass(traits, name: name, key: key, atom: atom, of: thread.thread)
        thread.classes[key] = made
        return made
    }

    package static func unregister(_ name: ClassName) throws(RatError) {
        let key = try key(name)
        if let thread = WindowThread.currentIfAny, let own = thread.classes[key] {
            guard !own.hasWindows else { throw .accessDenied }
            thread.classes[key] = nil
            state.withLock { $0.releaseAtom(of: key) }
            return
        }
        let failure = state.withLock { state -> RatError? in
            guard let windowClass = state.byName[key] else { return .notFound }
            guard !windowClass.hasWindows else { return .accessDenied }
            state.byName[key] = nil
            state.releaseAtom(of: key)
            return nil
        }
        if let failure { throw failure }
    }

    package static func unregister(name: String) throws(RatError) {
        try unregister(.name(name))
    }

    /// The classes of a thread end with it.
    static func forget(_ classes: [String: WindowClass]) {
        state.withLock { state in
            for key in classes.keys { state.releaseAtom(of: key) }
        }
    }

    // MARK: - Looking up

    /// The class of that name that the calling thread finds.
    package static func find(_ name: ClassName) throws(RatError) -> WindowClass {
        try lookUp(name) { _ in }
    }

    /// The same, counted as having one window more.
    static func use(_ name: ClassName) throws(RatError) -> WindowClass {
        // Counted under the lock, so that it is not unregistered between the two.
        try lookUp(name) { $0.gainWindow() }
    }

    /// The atom of a name that a class has, of this thread or another.
    package static func atom(of name: ClassName) throws(RatError) -> UInt16 {
        let key = try key(name)
        guard let found = state.withLock({ $0.atoms[key]?.number }) else { throw .notFound }
        return found
    }

    private static func lookUp(
        _ name: ClassName,
        _ body: (WindowClass) -> Void
    ) throws(RatError) -> WindowClass {
        let key = try key(name)
        if let thread = WindowThread.currentIfAny, !thread.classes.isEmpty,
            let own = thread.classes[key]
        {
            body(own)
            return own
        }
        let found = state.withLock { state -> WindowClass? in
            guard let found = state.byName[key] else { return nil }
            body(found)
            return found
        }
        guard let found else { throw .notFound }
        return found
    }

    private static func key(_ name: ClassName) throws(RatError) -> String {
        switch name {
        case .name(let name): return name.lowercasedASCII
        case .atom(let atom):
            guard let key = state.withLock({ $0.names[atom] }) else { throw .notFound }
            return key
        }
    }
}
