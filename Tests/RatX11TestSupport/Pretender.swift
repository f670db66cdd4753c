#if X11

/// A second client that says it manages windows, and does nothing by itself: what a test wants of it, when the test
/// wants it.
package final class Pretender {
    private let stage: Stage

    package init(_ stage: Stage) throws {
        self.stage = stage
        let injector = stage.injector
        let window = injector.makeWindow()
        for place in [injector.rootWindow, window] {
            injector.setWords(place, "_NET_SUPPORTING_WM_CHECK", "WINDOW", [window])
        }
        let supported = [
            "_NET_WM_STATE_MAXIMIZED_VERT", "_NET_WM_STATE_MAXIMIZED_HORZ", "_NET_ACTIVE_WINDOW",
        ]
        let atoms = supported.map { injector.atom($0) }
        injector.setWords(injector.rootWindow, "_NET_SUPPORTED", "ATOM", atoms)
        injector.roundTrip()
        _ = injector.messages()
    }

    /// Counts a window as managed from now on, and normal.
    package func adopt(_ window: UInt32) {
        stage.injector.setWords(window, "WM_STATE", "WM_STATE", [1, 0])
        say(window)
    }

    /// Says what of _NET_WM_STATE a window has.
    package func say(_ window: UInt32, _ states: String...) {
        let injector = stage.injector
        let atoms = states.map { injector.atom("_NET_WM_STATE_\($0)") }
        injector.setWords(window, "_NET_WM_STATE", "ATOM", atoms)
        injector.roundTrip()
    }

    /// Answers what it was asked about frames. Gives how many questions there were.
    package func answersQuestions() throws -> Int {
        let injector = stage.injector
        let question = injector.atom("_NET_REQUEST_FRAME_EXTENTS")
        let asked = injector.messages().filter { $0.type == question }
        for message in asked {
            injector.setWords(message.window, "_NET_FRAME_EXTENTS", "CARDINAL", [1, 1, 1, 1])
        }
        injector.roundTrip()
        return asked.count
    }
}

#endif
