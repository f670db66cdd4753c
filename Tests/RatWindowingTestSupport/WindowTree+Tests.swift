package import RatCore
internal import RatDisplay
package import RatWindowing

extension WindowTree {
    /// Tries to create a child of the calling thread there.
    package static func placeChild(in parent: Handle) throws {
        let name = "Elsewhere"
        _ = try? WindowClassTable.register(
            name: name,
            WindowClassTraits(
                style: 0,
                procedure: { _, _, _, _ in 1 },
                background: 0
            )
        )
        var creation = unsafe WindowCreation(className: name, title: "", style: 0x4000_0000)
        creation.parent = parent
        _ = try Window.create(creation) { () throws(RatError) in throw .notConnected }
    }
}
