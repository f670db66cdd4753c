internal import RatCore

/// What every window answers by default to what is neither its life, its place nor input.
extension Window {
    func answerByDefault(_ message: UInt32, _ wparam: UInt, _ lparam: Int) -> Int {
        switch message {
        case WindowMessage.queryEndSession:
            // The session may end.
            return 1
        case WindowMessage.keyToItem, WindowMessage.characterToItem:
            return -1
        case WindowMessage.help:
            return parent?.send(message, wparam, lparam) ?? 0
        case WindowMessage.setIcon:
            let old = icons[wparam] ?? 0
            if wparam <= 2 { icons[wparam] = lparam }
            return old
        case WindowMessage.getIcon:
            return icons[wparam] ?? 0
        case WindowMessage.showWindow:
            followOwner(shows: wparam != 0, cause: lparam)
            return 0
        default:
            return 0
        }
    }

    /// What is owned goes and comes with its owner; a cause of 0 says that this is about the window itself.
    private func followOwner(shows: Bool, cause: Int) {
        guard cause != 0, shows != isVisible, level == .top,
            let owner = try? WindowTree.related(to: handle, .owner), owner != .invalid
        else { return }
        _ = try? show(shows ? ShowCommand.showNoActivate : ShowCommand.hide)
    }
}
