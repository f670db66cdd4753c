/// Which language a keyboard types, and by which layout; the numbers are Win32's.
package struct KeyboardLanguage: Equatable, Sendable {
    package let language: UInt16
    /// That of the language whose layout it is, as a rule the same one.
    package let layout: UInt16

    package init(_ language: UInt16, layout: UInt16? = nil) {
        self.language = language
        self.layout = layout ?? language
    }

    /// Of a keyboard of which nothing is known: that of the United States.
    package static let usual = KeyboardLanguage(0x0409)
}
