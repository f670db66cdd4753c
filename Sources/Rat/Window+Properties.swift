internal import RatCore
internal import RatWindowing

extension Window {
    /// The style. Setting it runs the handler, which may change it; what is seen of the frame changes with the next
    /// new size.
    public var style: Style {
        get { target.style }
        set { setLong(WindowLong.style, Int(newValue.rawValue)) }
    }

    /// The extended style, likewise. `.topmost` stays as it is: `order(_:)` changes it.
    public var extendedStyle: ExtendedStyle {
        get { target.extendedStyle }
        set { setLong(WindowLong.exStyle, Int(newValue.rawValue)) }
    }

    /// A number by which its parent finds it.
    public var id: UInt {
        get { target.id }
        set { setLong(WindowLong.identifier, Int(bitPattern: newValue)) }
    }

    /// Changes which window it stays above and is destroyed with, which may be another thread's. Only a top-level
    /// window has one.
    public func setOwner(_ owner: Window.Target?) throws(RatError) {
        let handle = owner?.handle ?? .invalid
        try withEngine { window throws(RatCore.RatError) in
            guard !window.isChildOfWindow else { throw .invalidArgument }
            _ = try window.setLong(WindowLong.parent, Int(truncatingIfNeeded: handle.rawValue))
        }
    }

    private func setLong(_ index: Int32, _ value: Int) {
        // Fails for indices that there are not.
        _ = try? engine?.setLong(index, value)
    }
}

extension Window.Target {
    /// A number that any part of the program keeps with the window under a name, of 1 to 255 bytes and without regard
    /// to ASCII case. `nil` removes it, and stands where there is none.
    public subscript(property name: String) -> UInt? {
        get { try? WindowTree.property(name, of: handle) }
        nonmutating set {
            if let newValue {
                try? WindowTree.setProperty(name, of: handle, to: newValue)
            } else {
                _ = try? WindowTree.removeProperty(name, of: handle)
            }
        }
    }

    /// All of them.
    public var properties: [String: UInt] {
        let properties = (try? WindowTree.properties(of: handle)) ?? []
        return Dictionary(properties.map { ($0.name, $0.value) }) { first, _ in first }
    }
}
