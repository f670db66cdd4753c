package import RatCore
internal import RatSystem

/// Handles one message for a window before the procedures that were there earlier: as a window procedure, with
/// the id and the number it was put there with.
package typealias SubclassProcedure =
    @convention(c) (
        UInt64, UInt32, UInt, Int, UInt, UInt
    ) -> Int

/// The procedures that were put before a window's own, the youngest first. Used by the window's thread only.
///
/// Each entry has a serial number that grows. A running call remembers the number that it is at, and goes
/// on to the highest one below it that is there *then*: so entries can be taken out and added in any
/// order, from inside any of them, and nobody holds on to one that is gone.
final class SubclassChain {
    struct Entry {
        let procedure: SubclassProcedure
        let id: UInt
        var data: UInt
        let serial: UInt64
    }

    /// A message on its way through the chain.
    final class Call {
        /// The entry that has it; those above have had it. 0 once the window's own procedure has it.
        var serial = UInt64.max
        let outer: Call?

        init(inside outer: Call?) {
            self.outer = outer
        }
    }

    /// In the order of their serial numbers.
    private var entries: [Entry] = []
    private var nextSerial: UInt64 = 1
    /// What was the window's procedure before, and gets what all entries pass on.
    let original: WindowProcedure
    var call: Call?

    init(before original: @escaping WindowProcedure) {
        self.original = original
    }

    var isEmpty: Bool { entries.isEmpty }

    func find(_ procedure: SubclassProcedure, _ id: UInt) -> Int? {
        let address = Self.address(procedure)
        return entries.firstIndex { $0.id == id && Self.address($0.procedure) == address }
    }

    /// Adds an entry, or changes the number of one that is there, which keeps its place.
    func set(_ procedure: @escaping SubclassProcedure, _ id: UInt, _ data: UInt) {
        if let place = find(procedure, id) {
            entries[place].data = data
            return
        }
        entries.append(Entry(procedure: procedure, id: id, data: data, serial: nextSerial))
        nextSerial += 1
    }

    func data(_ procedure: SubclassProcedure, _ id: UInt) -> UInt? {
        find(procedure, id).map { entries[$0].data }
    }

    func remove(_ procedure: SubclassProcedure, _ id: UInt) -> Bool {
        guard let place = find(procedure, id) else { return false }
        entries.remove(at: place)
        return true
    }

    func next(below serial: UInt64) -> Entry? { entries.last { $0.serial < serial } }

    private static func address(_ procedure: SubclassProcedure) -> Int {
        unsafe unsafeBitCast(procedure, to: Int.self)
    }
}

extension Window {
    /// Puts a procedure before all others of the window, or changes the number of one that is there.
    package func setSubclass(
        _ procedure: @escaping SubclassProcedure,
        _ id: UInt,
        data: UInt
    ) throws(RatError) {
        guard exists else { throw .invalidHandle }
        if subclasses == nil {
            guard let original = self.procedure else { throw .invalidHandle }
            subclasses = SubclassChain(before: original)
            setProcedure(Window.runSubclasses)
        }
        subclasses?.set(procedure, id, data)
    }

    package func subclassData(
        _ procedure: SubclassProcedure,
        _ id: UInt
    ) throws(RatError) -> UInt {
        guard let data = subclasses?.data(procedure, id) else { throw .notFound }
        return data
    }

    package func removeSubclass(_ procedure: SubclassProcedure, _ id: UInt) throws(RatError) {
        guard let subclasses, subclasses.remove(procedure, id) else { throw .notFound }
        dropEmptyChain()
    }

    /// The window's own procedure takes over again, unless another was put before the chain since.
    private func dropEmptyChain() {
        guard let subclasses, subclasses.isEmpty, subclasses.call == nil,
            let procedure, Window.isChainsProcedure(procedure)
        else { return }
        setProcedure(subclasses.original)
        self.subclasses = nil
    }

    /// Passes a message on to the next procedure of the running call; 0 if none runs.
    package static func runNextSubclass(
        _ handle: Handle,
        _ message: UInt32,
        _ wparam: UInt,
        _ lparam: Int
    ) -> Int {
        guard let window = try? find(handle), let chain = window.subclasses,
            let call = chain.call
        else { return 0 }
        return window.run(chain, call, message, wparam, lparam)
    }

    private static let runSubclasses: WindowProcedure = { handle, message, wparam, lparam in
        guard let window = try? find(Handle(rawValue: handle)), let chain = window.subclasses else {
            return 0
        }
        let call = SubclassChain.Call(inside: chain.call)
        chain.call = call
        let result = window.run(chain, call, message, wparam, lparam)
        chain.call = call.outer
        window.dropEmptyChain()
        return result
    }

    private func run(
        _ chain: SubclassChain,
        _ call: SubclassChain.Call,
        _ message: UInt32,
        _ wparam: UInt,
        _ lparam: Int
    ) -> Int {
        let number = handle.rawValue
        let before = call.serial
        guard before > 0 else { return 0 }
        // Whoever passes a message on twice passes it on to the same procedure twice.
        defer { call.serial = before }
        guard let entry = chain.next(below: before) else {
            call.serial = 0
            return chain.original(number, message, wparam, lparam)
        }
        call.serial = entry.serial
        return entry.procedure(number, message, wparam, lparam, entry.id, entry.data)
    }

    private static func isChainsProcedure(_ procedure: WindowProcedure) -> Bool {
        unsafe unsafeBitCast(procedure, to: Int.self)
            == unsafeBitCast(runSubclasses, to: Int.self)
    }
}
