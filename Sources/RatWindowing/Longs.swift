package import RatCore
internal import RatDisplay
internal import RatSystem

/// Indices of what a window keeps; the numbers are Win32's. From 0 up they are offsets of its extra bytes.
package enum WindowLong {
    package static let procedure: Int32 = -4
    package static let parent: Int32 = -8
    package static let identifier: Int32 = -12
    package static let style: Int32 = -16
    package static let exStyle: Int32 = -20
    package static let userData: Int32 = -21
}

/// A style that changes, as the procedure sees it. Field for field the C interface's `RatStyleStruct`.
struct StyleChange {
    var old: UInt32
    var new: UInt32
}

extension Window {
    package func long(_ index: Int32) throws(RatError) -> Int {
        switch index {
        case WindowLong.procedure: procedureAddress
        case WindowLong.parent: Int(truncatingIfNeeded: relatedAbove.rawValue)
        case WindowLong.identifier: Int(bitPattern: identifier)
        case WindowLong.style: Int(style)
        case WindowLong.exStyle: Int(extendedStyleBits)
        case WindowLong.userData: userData
        default: try extra.load(at: Int(index))
        }
    }

    /// Changes what the window keeps; styles tell the procedure, which can change them. Gives what was there.
    package func setLong(_ index: Int32, _ value: Int) throws(RatError) -> Int {
        switch index {
        case WindowLong.procedure:
            guard value != 0 else { throw .invalidArgument }
            let old = procedureAddress
            setProcedure(unsafe unsafeBitCast(value, to: WindowProcedure.self))
            return old
        case WindowLong.parent:
            let old = Int(truncatingIfNeeded: relatedAbove.rawValue)
            try setOwner(Handle(rawValue: UInt64(truncatingIfNeeded: value)))
            return old
        case WindowLong.identifier:
            let old = Int(bitPattern: identifier)
            identifier = UInt(bitPattern: value)
            return old
        case WindowLong.style:
            let old = Int(style)
            changeStyle(to: UInt32(truncatingIfNeeded: value))
            return old
        case WindowLong.exStyle:
            let old = Int(extendedStyleBits)
            changeExStyle(to: UInt32(truncatingIfNeeded: value))
            return old
        case WindowLong.userData:
            let old = userData
            userData = value
            return old
        default:
            return try extra.exchange(value, at: Int(index))
        }
    }

    private var procedureAddress: Int {
        guard let procedure else { return 0 }
        return unsafe unsafeBitCast(procedure, to: Int.self)
    }

    /// What a child is in, or what owns another window.
    private var relatedAbove: Handle {
        guard let node = reference?.record.node else { return .invalid }
        return WindowTree.withLock {
            let above = level == .child ? node.record.parent : node.record.owner
            return above?.record.handle ?? .invalid
        }
    }

    // MARK: - Styles

    private func changeStyle(to new: UInt32) {
        let old = style
        guard let decided = announce(old, new, WindowLong.style) else { return }
        style = decided
        showTraits()
        followVisibility(from: old)
        confirm(old, decided, WindowLong.style)
    }

    /// Whether a window is topmost is not changed by its style, but by its place.
    private func changeExStyle(to new: UInt32) {
        let old = extendedStyleBits
        guard let decided = announce(old, new, WindowLong.exStyle) else { return }
        exStyle = decided & ~ExtendedStyle.topmost
        showTraits()
        confirm(old, extendedStyleBits, WindowLong.exStyle)
    }

    /// What the procedure makes of a new style; `nil` if the window is gone.
    private func announce(_ old: UInt32, _ new: UInt32, _ index: Int32) -> UInt32? {
        var change = StyleChange(old: old, new: new)
        send(WindowMessage.styleChanging, UInt(bitPattern: Int(index)), telling: &change)
        return exists ? change.new : nil
    }

    private func confirm(_ old: UInt32, _ new: UInt32, _ index: Int32) {
        var change = StyleChange(old: old, new: new)
        send(WindowMessage.styleChanged, UInt(bitPattern: Int(index)), telling: &change)
    }

    /// A window that its style alone shows or hides is seen or not, without a word.
    private func followVisibility(from old: UInt32) {
        let difference = (style ^ old) & WindowStyle.visible
        guard difference != 0 else { return }
        let flags = isVisible ? PositionFlag.show : PositionFlag.hide
        let position = WindowPosition(
            flags: flags | PositionFlag.noChange | PositionFlag.noOrder | PositionFlag.noClientSize
        )
        adapt(isVisible ? Appearance() : hiddenAppearance, position)
        setSurfaceVisible(position)
    }

    // MARK: - Owners

    /// Gives a top-level window another owner, or none.
    private func setOwner(_ given: Handle) throws(RatError) {
        defer { showTraits() }
        guard level == .top, let node = reference?.record.node else { throw .invalidArgument }
        guard given != .invalid else {
            WindowTree.withLock { node.setOwner(nil) }
            return
        }
        let isTopmost = try WindowTree.read(given) { other throws(RatError) in
            guard !other.isRoot else {
                node.setOwner(nil)
                return false
            }
            let owner = other.topLevel
            try owner.requireOpen()
            guard !owner.depends(on: node) else { throw .invalidArgument }
            node.setOwner(owner)
            return owner.isTopmost
        }
        // What a topmost window owns is topmost.
        guard isTopmost, extendedStyleBits & ExtendedStyle.topmost == 0 else { return }
        var position = WindowPosition(flags: PositionFlag.noChange)
        position.insertAfter = WindowOrder.topmost
        reorder(position)
    }
}
