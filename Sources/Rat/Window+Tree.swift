internal import RatCore
internal import RatDisplay
internal import RatMessaging
internal import RatRuntime
internal import RatWindowing

/// What any thread may ask of any window. Nothing of it runs a handler, and a window that is gone has none of it.
extension Window.Target {
    /// Whether the window exists.
    public var exists: Bool { RatWindowing.Window.exists(handle) }

    /// The window's object, on its own thread; `nil` on others, and for a window that was not made in Swift.
    public var window: Window? { Window.find(handle) }

    /// The window that it is in; `nil` for a top-level one.
    public var parent: Window.Target? {
        guard (try? WindowTree.style(of: handle)).map({ $0 & WindowStyle.child != 0 }) == true
        else {
            return nil
        }
        return found { () throws(RatCore.RatError) in try WindowTree.parent(of: handle) }
    }

    /// The window that it stays above and is destroyed with; `nil` if it has none.
    public var owner: Window.Target? { related(.owner) }

    /// The top-level window that it is in, or it is itself.
    public var topLevel: Window.Target? {
        found { () throws(RatCore.RatError) in try WindowTree.ancestor(of: handle, .root) }
    }

    /// The next one below it among its siblings.
    public var below: Window.Target? { related(.next) }

    /// The next one above it among its siblings.
    public var above: Window.Target? { related(.previous) }

    /// What lies directly in it, from the top.
    public var children: [Window.Target] {
        var children: [Window.Target] = []
        var next = related(.child)
        while let child = next {
            children.append(child)
            // One that has left since ends the list rather than leading elsewhere.
            guard child.parent == self else { break }
            next = child.below
        }
        return children
    }

    /// All that lies in it, each before what lies in that.
    public var descendants: [Window.Target] {
        ((try? WindowTree.descendants(of: handle)) ?? []).map(Window.Target.init)
    }

    /// The child of that number.
    public func child(id: UInt) -> Window.Target? {
        found { () throws(RatCore.RatError) in try WindowTree.child(of: handle, identifier: id) }
    }

    /// Whether it lies in another, however deep.
    public func isInside(_ other: Window.Target) -> Bool {
        WindowTree.isChild(handle, of: other.handle)
    }

    /// Whether it is shown, and all that it lies in; others may cover it.
    public var isVisible: Bool { WindowTree.isShown(handle) }

    /// Whether it gets input.
    public var isEnabled: Bool { exists && !style.contains(.disabled) }

    /// Its style; nothing once it is gone.
    public var style: Window.Style {
        Window.Style(rawValue: (try? WindowTree.style(of: handle)) ?? 0)
    }

    /// Its extended style; nothing once it is gone.
    public var extendedStyle: Window.ExtendedStyle {
        Window.ExtendedStyle(rawValue: (try? WindowTree.exStyle(of: handle)) ?? 0)
    }

    /// The number that it was made with.
    public var id: UInt { (try? WindowTree.identifier(of: handle)) ?? 0 }

    /// The name of its class; empty once it is gone.
    public var className: String { (try? WindowTree.className(of: handle)) ?? "" }

    /// All of it with its frame, on the screen.
    public var frame: Area { Area((try? WindowTree.outerRect(of: handle)) ?? .empty) }

    /// All top-level windows of the process, from the top.
    public static var topLevel: [Window.Target] {
        ((try? WindowTree.topLevel(of: nil)) ?? []).map(Window.Target.init)
    }

    /// The first window of a class, with a title, or both, among the top-level ones or what is directly in `parent`.
    public static func find(
        className: String? = nil,
        title: String? = nil,
        in parent: Window.Target? = nil,
        after previous: Window.Target? = nil
    ) -> Window.Target? {
        found { () throws(RatCore.RatError) in
            // Atoms of classes begin above 0, which no class has.
            let atom = className.map { (try? WindowClassTable.atom(of: .name($0))) ?? 0 }
            return try WindowTree.find(
                in: parent?.handle ?? .invalid,
                after: previous?.handle ?? .invalid,
                atom: atom,
                text: title
            )
        }
    }

    private func related(_ relation: WindowRelation) -> Window.Target? {
        Self.found { () throws(RatCore.RatError) in try WindowTree.related(to: handle, relation) }
    }

    private func found(
        _ body: () throws(RatCore.RatError) -> Handle
    ) -> Window.Target? { Self.found(body) }

    /// What a question finds, if anything.
    static func found(_ body: () throws(RatCore.RatError) -> Handle) -> Window.Target? {
        guard let handle = try? body(), handle != .invalid else { return nil }
        return Window.Target(handle: handle)
    }
}

extension Window {
    /// What the window does besides lying in its place.
    public struct ExtendedStyle: OptionSet, Sendable {
        /// The C interface's RAT_WS_EX_*.
        public let rawValue: UInt32

        /// The style of those bits.
        public init(rawValue: UInt32) {
            self.rawValue = rawValue
        }

        /// Its parent is not told of its creation and end.
        public static let noParentNotify = ExtendedStyle(rawValue: 0x0000_0004)
        /// Above the top-level windows that are not; `order` changes it later.
        public static let topmost = ExtendedStyle(rawValue: 0x0000_0008)
        /// Skipped by `child(at:)` where that is asked for.
        public static let transparent = ExtendedStyle(rawValue: 0x0000_0020)
        /// A press does not make it the active window.
        public static let noActivate = ExtendedStyle(rawValue: 0x0800_0000)
    }

    /// What lies directly in the window and was made in Swift, from the top.
    public var children: [Window] { target.children.compactMap(\.window) }

    /// Puts the window into another, or with `nil` among the top-level ones; it keeps its coordinates. The style
    /// stays as it is.
    public func setParent(_ parent: Window?) throws(RatError) {
        try withEngine { window throws(RatCore.RatError) in
            _ = try window.setParent(
                parent?.handle ?? .invalid,
                openDisplay: Displays.openChosen
            )
        }
    }
}
