#if X11

internal import CRatXCB

/// How we learn that a window manager has done all that it was asked before: it is asked what frame a window would
/// have that is never shown (_NET_REQUEST_FRAME_EXTENTS of EWMH), and managers work off messages in order. The answer
/// comes behind the events of what it has done.
struct ManagerEcho {
    /// `nil` before the first question.
    private var window: xcb_window_t?
    private var asked = 0
    private var answered = 0
    /// Did not answer in time, and has not since: nobody waits for it any longer than briefly.
    private(set) var isMute = false

    /// Asks. Gives the number of the question.
    mutating func ask(_ manager: WindowManager) -> Int {
        let connection = manager.connection
        let asker = window ?? connection.makeAsker()
        window = asker
        asked += 1
        connection.sendToManager(about: asker, .netRequestFrameExtents, (0, 0, 0, 0, 0))
        return asked
    }

    /// Takes a change of a property. `true` if it is an answer.
    mutating func note(_ changed: xcb_window_t, _ name: Atom?) -> Bool {
        guard changed == window, name == .netFrameExtents, answered < asked else { return false }
        answered += 1
        isMute = false
        return true
    }

    func hasAnswered(_ number: Int) -> Bool { answered >= number }

    /// A question was not answered in time. Answers that come yet are of no question any more.
    mutating func giveUp(_ connection: Connection) {
        isMute = true
        answered = asked
        if let window { connection.destroy(window) }
        window = nil
    }
}

extension Connection {
    /// A window that is never shown, whose properties we hear of.
    fileprivate func makeAsker() -> xcb_window_t {
        let window = unsafe xcb_generate_id(raw)
        var events: UInt32 = XCB_EVENT_MASK_PROPERTY_CHANGE.rawValue
        let kind = UInt16(XCB_WINDOW_CLASS_INPUT_OUTPUT.rawValue)
        let mask = XCB_CW_EVENT_MASK.rawValue
        unsafe xcb_create_window(raw, 0, window, root, 0, 0, 1, 1, 0, kind, 0, mask, &events)
        noteRequest()
        return window
    }
}

#endif
