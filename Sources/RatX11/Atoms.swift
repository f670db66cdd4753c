#if X11

internal import CRatXCB
internal import Glibc

/// Every atom used, by its name on the server.
enum Atom: String, CaseIterable {
    case atom = "ATOM"
    case cardinal = "CARDINAL"
    case resourceManager = "RESOURCE_MANAGER"
    case string = "STRING"
    case utf8String = "UTF8_STRING"
    case manager = "MANAGER"
    case wmChangeState = "WM_CHANGE_STATE"
    case wmClass = "WM_CLASS"
    case wmClientMachine = "WM_CLIENT_MACHINE"
    case wmDeleteWindow = "WM_DELETE_WINDOW"
    case wmHints = "WM_HINTS"
    case wmName = "WM_NAME"
    case wmNormalHints = "WM_NORMAL_HINTS"
    case wmProtocols = "WM_PROTOCOLS"
    case wmSizeHints = "WM_SIZE_HINTS"
    case wmState = "WM_STATE"
    case wmTakeFocus = "WM_TAKE_FOCUS"
    case wmTransientFor = "WM_TRANSIENT_FOR"
    case motifHints = "_MOTIF_WM_HINTS"
    case netActiveWindow = "_NET_ACTIVE_WINDOW"
    case netFrameExtents = "_NET_FRAME_EXTENTS"
    case netRequestFrameExtents = "_NET_REQUEST_FRAME_EXTENTS"
    case netSupported = "_NET_SUPPORTED"
    case netSupportingWMCheck = "_NET_SUPPORTING_WM_CHECK"
    case netWorkArea = "_NET_WORKAREA"
    case netWMIcon = "_NET_WM_ICON"
    case netWMName = "_NET_WM_NAME"
    case netWMPid = "_NET_WM_PID"
    case netWMPing = "_NET_WM_PING"
    case netWMState = "_NET_WM_STATE"
    case netWMStateAbove = "_NET_WM_STATE_ABOVE"
    case netWMStateFullscreen = "_NET_WM_STATE_FULLSCREEN"
    case netWMStateHidden = "_NET_WM_STATE_HIDDEN"
    case netWMStateMaximizedHorizontally = "_NET_WM_STATE_MAXIMIZED_HORZ"
    case netWMStateMaximizedVertically = "_NET_WM_STATE_MAXIMIZED_VERT"
    case netWMStateModal = "_NET_WM_STATE_MODAL"
    case netWMStateSkipPager = "_NET_WM_STATE_SKIP_PAGER"
    case netWMStateSkipTaskbar = "_NET_WM_STATE_SKIP_TASKBAR"
    case netWMSyncRequest = "_NET_WM_SYNC_REQUEST"
    case netWMSyncRequestCounter = "_NET_WM_SYNC_REQUEST_COUNTER"
    case netWMUserTime = "_NET_WM_USER_TIME"
    case netWMUserTimeWindow = "_NET_WM_USER_TIME_WINDOW"
    case netWMWindowType = "_NET_WM_WINDOW_TYPE"
    case netWMWindowTypeDialog = "_NET_WM_WINDOW_TYPE_DIALOG"
    case netWMWindowTypeNormal = "_NET_WM_WINDOW_TYPE_NORMAL"
    case netWMWindowTypePopupMenu = "_NET_WM_WINDOW_TYPE_POPUP_MENU"
    case netWMWindowTypeUtility = "_NET_WM_WINDOW_TYPE_UTILITY"
    case window = "WINDOW"
    case xsettings = "_XSETTINGS_SETTINGS"
    case xkbRulesNames = "_XKB_RULES_NAMES"
}

/// The server's numbers for the atoms, both ways.
struct AtomTable {
    private var numbers: [Atom: xcb_atom_t] = [:]
    private var names: [xcb_atom_t: Atom] = [:]

    init() {}

    /// Asks for all of them before it waits for the first, which costs one round trip.
    init(_ raw: OpaquePointer) {
        let cookies = Atom.allCases.map { atom in
            let name = atom.rawValue
            return unsafe name.withCString {
                unsafe xcb_intern_atom(raw, 0, UInt16(name.utf8.count), $0)
            }
        }
        for (atom, cookie) in zip(Atom.allCases, cookies) {
            guard let reply = unsafe xcb_intern_atom_reply(raw, cookie, nil) else { continue }
            self[atom] = unsafe reply.pointee.atom
            unsafe free(reply)
        }
    }

    /// 0 (None) for one that the server did not tell.
    subscript(atom: Atom) -> xcb_atom_t {
        get { numbers[atom] ?? 0 }
        set {
            numbers[atom] = newValue
            names[newValue] = atom
        }
    }

    func atom(_ number: xcb_atom_t) -> Atom? {
        names[number]
    }
}

#endif
