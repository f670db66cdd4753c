internal import RatCore
internal import RatDisplay
internal import RatSystem

// What a window's styles, its owner and its limits make of it for a window manager.
extension Window {
    /// Whether a window manager gives it a frame.
    var isFramed: Bool {
        style & WindowStyle.popup == 0
            || style & WindowStyle.caption == WindowStyle.caption
    }

    var surfaceTraits: SurfaceTraits {
        let owner = WindowTree.owner(of: self)
        var traits = SurfaceTraits()
        traits.kind = kind(isOwned: owner != nil)
        traits.owner = owner.map { SurfaceID(rawValue: $0.rawValue) }
        traits.isFramed = isFramed
        traits.isResizable = style & WindowStyle.thickFrame != 0
        if let limits = lastLimits {
            traits.minimumSize = limits.minimumTrack.asSize
            // What is never reached is no limit.
            let most = limits.maximumTrack.asSize
            let isLimit = min(most.width, most.height) < Self.sizes.upperBound
            traits.maximumSize = isLimit ? most : nil
        }
        traits.takesFocus = exStyle & ExtendedStyle.noActivate == 0
        traits.isEnabled = isEnabled
        traits.isClosable = windowClass.style & ClassStyle.noClose == 0
        traits.isModal =
            traits.kind == .dialog && isEnabled && owner.map(WindowTree.isDisabled) ?? false
        // As Windows has it of its taskbar.
        let unlisted = ExtendedStyle.toolWindow | ExtendedStyle.noActivate
        traits.isListed =
            exStyle & ExtendedStyle.appWindow != 0 || exStyle & unlisted == 0 && owner == nil
        return traits
    }

    /// What a window manager is to take it for. What has no frame and is a tool or never active is a menu or a hint,
    /// which are where and when the program says.
    private func kind(isOwned: Bool) -> SurfaceKind {
        let isTool = exStyle & ExtendedStyle.toolWindow != 0
        if !isFramed, isTool || exStyle & ExtendedStyle.noActivate != 0 { return .popup }
        if isTool { return .tool }
        return isOwned ? .dialog : .normal
    }

    /// What it owns is modal while it is disabled.
    func showTraitsOfOwned() {
        for owned in ownedWindows { owned.showTraits() }
    }

    /// Tells the display what is new of it.
    func showTraits() {
        guard hasSurface else { return }
        let traits = surfaceTraits
        guard traits != shownTraits else { return }
        shownTraits = traits
        // A display that is lost meanwhile says so itself.
        try? display.setTraits(traits, of: surface)
    }
}

extension WindowTree {
    fileprivate static func isDisabled(_ handle: Handle) -> Bool {
        (try? style(of: handle)).map { $0 & WindowStyle.disabled != 0 } ?? false
    }
}

extension Point {
    fileprivate var asSize: Size { Size(width: max(0, x), height: max(0, y)) }
}
