package import RatCore
internal import RatSystem

/// Numbers that a program hangs on any window, under names of its own. By any thread; the names are
/// compared without regard to ASCII case.
extension WindowTree {
    package static let maximumPropertyName = 255

    package static func setProperty(
        _ name: String,
        of handle: Handle,
        to value: UInt
    ) throws(RatError) {
        try checkName(name)
        try change(handle) { window throws(RatError) in
            window.properties[key(name)] = Property(name: name, value: value)
        }
    }

    package static func property(_ name: String, of handle: Handle) throws(RatError) -> UInt {
        try checkName(name)
        return try change(handle) { window throws(RatError) in
            guard let property = window.properties[key(name)] else { throw .notFound }
            return property.value
        }
    }

    package static func removeProperty(
        _ name: String,
        of handle: Handle
    ) throws(RatError) -> UInt {
        try checkName(name)
        return try change(handle) { window throws(RatError) in
            guard let property = window.properties.removeValue(forKey: key(name)) else {
                throw .notFound
            }
            return property.value
        }
    }

    /// All of them at one moment, in no order.
    package static func properties(of handle: Handle) throws(RatError) -> [Property] {
        try change(handle) { window throws(RatError) in Array(window.properties.values) }
    }

    private static func change<Value>(
        _ handle: Handle,
        _ body: (Window) throws(RatError) -> Value
    ) throws(RatError) -> Value {
        try read(handle) { node throws(RatError) in
            // A root keeps nothing.
            guard let window = unsafe node.record.window else { throw .invalidHandle }
            return try unsafe body(window.takeUnretainedValue())
        }
    }

    private static func checkName(_ name: String) throws(RatError) {
        guard (1...maximumPropertyName).contains(name.utf8.count) else { throw .invalidArgument }
    }

    private static func key(_ name: String) -> String {
        String(
            decoding: name.utf8.map { (0x41...0x5A).contains($0) ? $0 | 0x20 : $0 },
            as: UTF8.self
        )
    }

    package struct Property: Sendable {
        package let name: String
        package let value: UInt
    }
}
