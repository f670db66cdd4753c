internal import RatCore
internal import RatDisplay
internal import RatWindowing

/// The mouse and the keyboard, moved by the program: what it sends comes in by the door that displays use.
public enum Input {
    /// A button of the mouse.
    public enum Button: Sendable {
        case left
        case right
        case middle
        /// The extra buttons: back and forward, mostly.
        case x1
        case x2

        fileprivate var engine: PointerButton {
            switch self {
            case .left: .left
            case .right: .right
            case .middle: .middle
            case .x1: .x1
            case .x2: .x2
            }
        }
    }

    /// Whether every move of the mouse becomes a message of the calling thread. Without, moves that wait with
    /// nothing between them are one, of the latest.
    public static var keepsMouseMoves: Bool { RatWindowing.Input.keepsMoves }

    /// Has every move of the mouse become a message of the calling thread from now on, or not any more.
    public static func keepMouseMoves(_ keeps: Bool = true) throws(RatError) {
        try call { () throws(RatCore.RatError) in try RatWindowing.Input.keepMoves(keeps) }
    }

    /// One thing to be done.
    public enum Action: Sendable {
        /// Moves the pointer to a place of the screen.
        case move(x: Int, y: Int)
        /// Moves the pointer by so much.
        case moveBy(x: Int, y: Int)
        /// Presses a button.
        case press(Button)
        /// Releases a button.
        case release(Button)
        /// Turns the wheel: 120 a notch, away from the person is positive.
        case wheel(Int)
        /// Turns the wheel sideways: to the right is positive.
        case horizontalWheel(Int)
        /// Presses a key.
        case keyDown(VirtualKey)
        /// Releases a key.
        case keyUp(VirtualKey)
        /// Types a text, whatever keys it takes.
        case text(String)
    }

    /// Does all of it in one step. It becomes messages when it is retrieved.
    ///
    /// Keys go to the thread of the foreground window, without one to the calling thread; what the mouse does
    /// to the thread that has captured it, else to that of the topmost window under the pointer.
    public static func send(_ actions: [Action]) {
        RatWindowing.Input.send(actions.flatMap(\.commands))
    }
}

extension Input.Action {
    fileprivate var commands: [InputCommand] {
        switch self {
        case .move(let x, let y):
            [InputCommand(.mouse(move: .to(Point(x: x.clamped, y: y.clamped)), []))]
        case .moveBy(let x, let y):
            [InputCommand(.mouse(move: .by(Point(x: x.clamped, y: y.clamped)), []))]
        case .press(let button): [InputCommand(.mouse(move: nil, [.pressed(button.engine)]))]
        case .release(let button): [InputCommand(.mouse(move: nil, [.released(button.engine)]))]
        case .wheel(let turn):
            [InputCommand(.mouse(move: nil, [.wheel(vertical: turn.clamped, horizontal: 0)]))]
        case .horizontalWheel(let turn):
            [InputCommand(.mouse(move: nil, [.wheel(vertical: 0, horizontal: turn.clamped)]))]
        case .keyDown(let key): [InputCommand(.key(.key(key.rawValue, isDown: true)))]
        case .keyUp(let key): [InputCommand(.key(.key(key.rawValue, isDown: false)))]
        case .text(let text):
            text.utf16.flatMap { unit in
                [true, false].map { InputCommand(.key(.packet(isDown: $0, unit: unit))) }
            }
        }
    }
}

extension Int {
    fileprivate var clamped: Int32 { Int32(clamping: self) }
}

extension Window {
    /// Gives the window the focus: keys come to it from then on. Its top-level window becomes the active one.
    public func focus() throws(RatError) {
        try withEngine { window throws(RatCore.RatError) in
            _ = try WindowThread.current().takeFocus(window.handle)
        }
    }

    /// Whether the window has the focus, among those of its thread.
    public var hasFocus: Bool {
        guard let engine else { return false }
        return WindowThread.currentIfAny?.focusHandle == engine.handle
    }

    /// Makes a top-level window the active one, which gets the focus.
    public func activate() throws(RatError) {
        try withEngine { window throws(RatCore.RatError) in
            _ = try WindowThread.current().setActive(window.handle)
        }
    }

    /// Whether the window is the active one of its thread.
    public var isActive: Bool {
        guard let engine else { return false }
        return WindowThread.currentIfAny?.activeHandle == engine.handle
    }

    /// Gives the window all that the mouse does, wherever the pointer is, until `releaseMouse()`.
    public func captureMouse() throws(RatError) {
        try withEngine { window throws(RatCore.RatError) in
            _ = try WindowThread.current().setCapture(window.handle)
        }
    }

    /// Ends that the window has the mouse to itself.
    public func releaseMouse() {
        guard let engine, let thread = WindowThread.currentIfAny,
            thread.captureHandle == engine.handle
        else { return }
        _ = try? thread.setCapture(.invalid)
    }
}

extension Window.Target {
    /// Joins the input of the window's thread with that of another window's thread: from then on they have one
    /// focus, one active window, one capture, and one order of what keys and mouse do, until `separateInput(from:)`
    /// or the end of one of them. Throws `.accessDenied` for two windows of one thread.
    public func joinInput(with other: Window.Target) throws(RatError) {
        try setJoined(true, with: other)
    }

    /// Gives the window's thread an input of its own again. Throws `.accessDenied` where the two are not joined.
    public func separateInput(from other: Window.Target) throws(RatError) {
        try setJoined(false, with: other)
    }

    private func setJoined(_ isJoined: Bool, with other: Window.Target) throws(RatError) {
        try call { () throws(RatCore.RatError) in
            let (own, others) = (
                try WindowTree.queue(of: handle), try WindowTree.queue(of: other.handle)
            )
            try WindowThread.setJoined(isJoined, own, with: others)
        }
    }
}
