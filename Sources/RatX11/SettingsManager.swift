#if X11

internal import CRatXCB

/// Whoever publishes the desktop's settings: the owner of a selection, which says them in a property of its window.
/// A new owner announces itself by a message to the root (ICCCM 2.8).
final class SettingsManager {
    private let connection: Connection
    let selection: xcb_atom_t
    /// The owner; 0 if there is none.
    private(set) var window: xcb_window_t = 0

    init(_ connection: Connection) {
        self.connection = connection
        var names = AtomNames(connection)
        selection = names.atom("_XSETTINGS_S\(connection.screenNumber)")
    }

    /// Looks who is the owner now, and what that one says. Waits.
    func read() -> DesktopSettings {
        let owner = connection.owner(of: selection)
        if owner != window, owner != 0 {
            let events =
                XCB_EVENT_MASK_PROPERTY_CHANGE.rawValue | XCB_EVENT_MASK_STRUCTURE_NOTIFY.rawValue
            connection.change(owner, mask: XCB_CW_EVENT_MASK.rawValue, [events])
        }
        window = owner
        // After the events are asked for: what changes from here on is told.
        return owner == 0
            ? DesktopSettings() : DesktopSettings(connection.bytes(owner, .xsettings))
    }
}

#endif
