package import RatCore
internal import RatDisplay
package import RatWindowing

extension WindowTree {
    /// Tries to give a new window of the calling thread that parent.
    package static func place(parent: Handle, isChild: Bool) throws {
        let name = "Elsewhere"
        _ = try? WindowClassTable.register(
            name: name,
            WindowClassTraits(
                style: 0,
                procedure: { _, _, _, _ in 1 },
                background: 0
            )
        )
        var creation = unsafe WindowCreation(
            className: name,
            title: "",
            style: isChild ? 0x4000_0000 : 0x8000_0000
        )
        creation.parent = parent
        _ = try Window.create(creation) { () throws(RatError) in throw .notConnected }
    }
}
