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
            window.properties[name.lowercasedASCII] = Property(name: name, value: value)
        }
    }

    package static func property(_ name: String, of handle: Handle) throws(RatError) -> UInt {
        try checkName(name)
        return try change(handle) { window throws(RatError) in
            guard let property = window.properties[name.lowercasedASCII] else { throw .notFound }
            return property.value
        }
    }

    package static func removeProperty(
        _ name: String,
        of handle: Handle
    ) throws(RatError) -> UInt {
        try checkName(name)
        return try change(handle) { window throws(RatError) in
            guard let property = window.properties.removeValue(forKey: name.lowercasedASCII) else {
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

    package struct Property: Sendable {
        package let name: String
        package let value: UInt
    }
}
