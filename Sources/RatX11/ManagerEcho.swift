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
    /// When to ask again. A manager may have read a question while it wrote something, and sleep over it until the next
    /// message comes; i3 does.
    private(set) var nextReminder: UInt64?
    private var pause = Self.firstPause
    private static let firstPause: UInt64 = 20_000_000
    /// Did not answer in time, and has not since: nobody waits for it any longer than briefly.
    private(set) var isMute = false

    /// Asks, at a time in nanoseconds. Gives the number of the question.
    mutating func ask(_ manager: WindowManager, at now: UInt64) -> Int {
        if nextReminder == nil {
            pause = Self.firstPause
            nextReminder = now + pause
        }
        send(to: manager)
        return asked
    }

    /// Asks once more, if it is time for that.
    mutating func remind(_ manager: WindowManager, at now: UInt64) {
        guard let due = nextReminder, due <= now else { return }
        pause *= 2
        nextReminder = now + pause
        send(to: manager)
    }

    private mutating func send(to manager: WindowManager) {
        let connection = manager.connection
        let asker = window ?? connection.makeAsker()
        window = asker
        asked += 1
        connection.sendToManager(about: asker, .netRequestFrameExtents, (0, 0, 0, 0, 0))
    }

    /// Takes a change of a property. `true` if it is an answer.
    mutating func note(_ changed: xcb_window_t, _ name: Atom?) -> Bool {
        guard changed == window, name == .netFrameExtents, answered < asked else { return false }
        answered += 1
        if answered == asked { nextReminder = nil }
        isMute = false
        return true
    }

    func hasAnswered(_ number: Int) -> Bool { answered >= number }

    /// A question was not answered in time. Answers that come yet are of no question any more.
    mutating func giveUp(_ connection: Connection) {
        isMute = true
        answered = asked
        nextReminder = nil
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
