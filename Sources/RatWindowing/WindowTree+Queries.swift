package import RatCore
package import RatDisplay
internal import RatSystem

/// What a window can be asked to by `RatGetWindow`. The numbers are Win32's.
package enum WindowRelation: UInt32, Sendable {
    case first = 0
    case last = 1
    case next = 2
    case previous = 3
    case owner = 4
    case child = 5
    case enabledPopup = 6
    case lastActivePopup = 7
}

/// Which ancestor is asked for. The numbers are Win32's.
package enum WindowAncestor: UInt32, Sendable {
    case parent = 1
    case root = 2
    case rootOwner = 3
}

/// Questions that any thread may ask of any window.
extension WindowTree {
    /// The parent of a child, the owner of a popup; `.invalid` for others.
    package static func parent(of handle: Handle) throws(RatError) -> Handle {
        try read(handle) { node throws(RatError) in
            if node.record.style & WindowStyle.popup != 0 { return handleOf(node.record.owner) }
            if node.record.style & WindowStyle.child != 0 { return handleOf(node.record.parent) }
            return .invalid
        }
    }

    package static func ancestor(
        of handle: Handle,
        _ which: WindowAncestor
    ) throws(RatError) -> Handle {
        try read(handle) { node throws(RatError) in
            switch which {
            case .parent: return handleOf(node.record.parent)
            case .root: return node.isRoot ? .invalid : node.topLevel.record.handle
            case .rootOwner:
                guard !node.isRoot else { return .invalid }
                var current = node.topLevel
                while let owner = current.record.owner { current = owner.topLevel }
                return current.record.handle
            }
        }
    }

    package static func related(
        to handle: Handle,
        _ relation: WindowRelation
    ) throws(RatError) -> Handle {
        try read(handle) { node throws(RatError) in
            switch relation {
            case .first: handleOf(node.record.parent?.record.firstChild)
            case .last: handleOf(node.record.parent?.record.lastChild)
            case .next: handleOf(node.record.next)
            case .previous: handleOf(node.record.previous)
            case .owner: handleOf(node.record.owner)
            case .child: handleOf(node.record.firstChild)
            case .enabledPopup: enabledPopup(of: node).record.handle
            case .lastActivePopup: lastActivePopup(of: node)
            }
        }
    }

    /// A window is active now: what owns it remembers.
    static func noteActive(_ window: Handle) {
        guard let node = try? node(of: window) else { return }
        withLock {
            guard node.record.handle == window, !node.isRoot else { return }
            var owner = node.topLevel
            while let next = owner.record.owner { owner = next.topLevel }
            owner.record.lastActive = window
        }
    }

    /// What was active last of a window and those that it owns; itself if that is gone.
    private static func lastActivePopup(of node: NodeReference) -> Handle {
        let last = node.record.lastActive
        guard last != .invalid, Window.exists(last) else { return node.record.handle }
        return last
    }

    /// The topmost window that can be used of those that `node` owns; itself if there is none.
    private static func enabledPopup(of node: NodeReference) -> NodeReference {
        node.owned.first { owned in
            owned.record.parent == node.record.parent
                && owned.record.style & WindowStyle.visible != 0
                && owned.record.style & WindowStyle.disabled == 0
        } ?? node
    }

    /// Whether a window is in another, through children all the way.
    package static func isChild(_ handle: Handle, of ancestor: Handle) -> Bool {
        let answer = try? read(handle) { node throws(RatError) in
            var current = node
            while current.record.style & WindowStyle.child != 0,
                let parent = current.record.parent
            {
                if parent.record.handle == ancestor { return true }
                current = parent
            }
            return false
        }
        return answer ?? false
    }

    package static func isShown(_ handle: Handle) -> Bool {
        (try? read(handle) { node throws(RatError) in node.isShown }) ?? false
    }

    package static func style(of handle: Handle) throws(RatError) -> UInt32 {
        try read(handle) { node throws(RatError) in node.record.style }
    }

    package static func exStyle(of handle: Handle) throws(RatError) -> UInt32 {
        try read(handle) { node throws(RatError) in node.record.exStyle }
    }

    package static func identifier(of handle: Handle) throws(RatError) -> UInt {
        try read(handle) { node throws(RatError) in node.record.identifier }
    }

    /// The outer rectangle on the screen. Empty for a root.
    package static func outerRect(of handle: Handle) throws(RatError) -> Rect {
        try read(handle) { node throws(RatError) in
            node.record.frame.offset(by: node.parentOrigin)
        }
    }

    package static func clientSize(of handle: Handle) throws(RatError) -> Size {
        try read(handle) { node throws(RatError) in node.record.client.size }
    }

    /// The queue of the window's thread; `.invalid` for a root.
    package static func queue(of handle: Handle) throws(RatError) -> Handle {
        try read(handle) { node throws(RatError) in node.record.queue }
    }

    /// The first child with a number, the topmost first.
    package static func child(of handle: Handle, identifier: UInt) throws(RatError) -> Handle {
        try read(handle) { node throws(RatError) in
            var child = node.record.firstChild
            while let current = child {
                if current.record.identifier == identifier { return current.record.handle }
                child = current.record.next
            }
            throw .notFound
        }
    }

    private static func handleOf(_ node: NodeReference?) -> Handle {
        node?.record.handle ?? .invalid
    }
}

/// Lists of windows as they are at one moment.
extension WindowTree {
    /// All that is in a window, each before what is in it, the topmost first.
    package static func descendants(of handle: Handle) throws(RatError) -> [Handle] {
        try read(handle) { node throws(RatError) in
            var found: [Handle] = []
            node.forEachDescendant { found.append($0.record.handle) }
            return found
        }
    }

    /// The process's top-level windows, the topmost first; of one queue's thread if a queue is given.
    package static func topLevel(of queue: Handle?) throws(RatError) -> [Handle] {
        let desktop = try roots().desktop
        return withLock {
            var found: [Handle] = []
            desktop.forEachChild { node in
                if queue == nil || node.record.queue == queue { found.append(node.record.handle) }
            }
            return found
        }
    }

    /// The window below `parent` that comes after `previous` in z-order, is of that class and has that text,
    /// without regard to ASCII case; `nil` stands for any.
    package static func find(
        in parent: Handle,
        after previous: Handle,
        atom: UInt16?,
        text: String?
    ) throws(RatError) -> Handle {
        let parentNode =
            parent == .invalid
            ? try roots().desktop
            : parent == messageOnlyParent ? try roots().messages : try node(of: parent)
        let previousNode = previous == .invalid ? nil : try node(of: previous)
        let wanted = text.map { Array($0.utf8) }
        return try withLock { () throws(RatError) in
            guard parentNode.isRoot || parentNode.record.handle == parent else {
                throw .invalidHandle
            }
            var candidate = parentNode.record.firstChild
            if let previousNode {
                guard previousNode.record.handle == previous,
                    previousNode.record.parent == parentNode
                else { throw .invalidHandle }
                candidate = previousNode.record.next
            }
            while let current = candidate {
                if matches(current, atom, wanted) { return current.record.handle }
                candidate = current.record.next
            }
            throw .notFound
        }
    }

    private static func matches(
        _ node: NodeReference,
        _ atom: UInt16?,
        _ text: [UInt8]?
    ) -> Bool {
        guard let reference = unsafe node.record.window else { return false }
        let window = unsafe reference.takeUnretainedValue()
        if let atom, window.windowClass.atom != atom { return false }
        guard let text else { return true }
        let own = window.title.utf8
        return own.count == text.count && own.elementsEqual(text) { $0.lowercased == $1.lowercased }
    }
}
