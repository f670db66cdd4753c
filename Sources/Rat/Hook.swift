internal import RatCore
internal import RatMessaging
internal import RatWindowing

/// A function that is called where something happens to messages, windows or input, for as long as this lives.
///
/// It is called on the thread where the thing happens: a thread's own before the process's, the youngest first.
/// What one of them refuses, the others are not told of.
public final class Hook: Sendable {
    /// What to be told of.
    public enum Kind: Sendable, CaseIterable {
        /// `Event.retrieved`.
        case retrieval
        /// `Event.sent`.
        case call
        /// `Event.handled`.
        case callEnd
        /// `Event.key`.
        case keyboard
        /// `Event.pointer`.
        case mouse
        /// What becomes of windows: all events that name one and no message.
        case windows
        /// `Event.idle`.
        case idle

        fileprivate var engine: HookKind {
            switch self {
            case .retrieval: .getMessage
            case .call: .callProcedure
            case .callEnd: .callProcedureReturn
            case .keyboard: .keyboard
            case .mouse: .mouse
            case .windows: .windows
            case .idle: .foregroundIdle
            }
        }
    }

    /// What happens, or is about to.
    public enum Event: Sendable {
        /// The thread has retrieved a message; `isTaken` unless it only looked.
        case retrieved(Message, isTaken: Bool)
        /// A window's handler is about to get what was sent to it.
        case sent(Message, to: Window.Target)
        /// It has answered.
        case handled(Message, by: Window.Target, result: Int)
        /// A key's message was retrieved; who refuses keeps everybody from it.
        case key(VirtualKey, bits: Int, isTaken: Bool)
        /// The pointer's message was retrieved; as `key`. Screen coordinates.
        case pointer(UInt32, x: Int, y: Int, window: Window.Target, isTaken: Bool)
        /// A window is about to be created; it has had no message. May be refused.
        case create(Window.Target)
        /// A window is about to be destroyed. May be refused.
        case destroy(Window.Target)
        /// A window is about to become the active one. May be refused.
        case activate(Window.Target)
        /// A window, or none, is about to get the focus. May be refused.
        case focus(Window.Target?)
        /// A window is about to be minimised, maximised or restored; the command is Win32's. May be refused.
        case changeState(Window.Target, command: Int)
        /// The default handling of a system command is about to do it. May be refused.
        case systemCommand(UInt)
        /// The thread, which has the active window, is about to wait.
        case idle
        /// Something that none of the others says: Win32's code and parameters.
        case other(code: Int, wparam: UInt, lparam: Int)
    }

    private let number: UInt64

    /// Is told of what happens on the calling thread. `body` answers whether it refuses, and does not count
    /// where nothing can be refused.
    public init(
        thread kind: Kind,
        _ body: @escaping (Event) -> Bool
    ) throws(RatError) {
        number = try call { () throws(RatCore.RatError) in
            let queue = try ThreadQueue.current().handle
            return try Hooks.set(kind.engine, of: queue, Self.hook(kind, body))
        }
    }

    /// Is told of what happens on any thread, on that thread.
    public init(
        process kind: Kind,
        _ body: @escaping @Sendable (Event) -> Bool
    ) throws(RatError) {
        number = try call { () throws(RatCore.RatError) in
            try Hooks.set(kind.engine, of: nil, Self.hook(kind, body))
        }
    }

    deinit {
        // The thread may have ended, and the hook with it.
        try? Hooks.remove(number)
    }

    private static func hook(_ kind: Kind, _ body: @escaping (Event) -> Bool) -> Hooks.Body {
        { code, wparam, lparam in
            if let event = Event(kind, code, wparam, lparam), body(event) { return 1 }
            return Hooks.callNext(code, wparam, lparam)
        }
    }
}

extension Hook.Event {
    fileprivate init?(_ kind: Hook.Kind, _ code: Int32, _ wparam: UInt, _ lparam: Int) {
        let isTaken = code != HookCode.noRemove
        switch kind {
        case .retrieval:
            let message = unsafe UnsafePointer<RatMessaging.Message>(bitPattern: lparam)
            guard let message = unsafe message?.pointee else { return nil }
            self = .retrieved(Message(message), isTaken: wparam != 0)
        case .call:
            let call = unsafe UnsafePointer<HookedCall>(bitPattern: lparam)
            guard let call = unsafe call?.pointee else { return nil }
            let message = Message(call.message, wparam: call.wparam, lparam: call.lparam)
            self = .sent(message, to: Self.window(call.window))
        case .callEnd:
            let end = unsafe UnsafePointer<HookedReturn>(bitPattern: lparam)
            guard let end = unsafe end?.pointee else { return nil }
            let message = Message(end.message, wparam: end.wparam, lparam: end.lparam)
            self = .handled(message, by: Self.window(end.window), result: end.result)
        case .keyboard:
            let key = VirtualKey(rawValue: UInt8(truncatingIfNeeded: wparam))
            self = .key(key, bits: lparam, isTaken: isTaken)
        case .mouse:
            let told = unsafe UnsafePointer<HookedMouse>(bitPattern: lparam)
            guard let mouse = unsafe told?.pointee else { return nil }
            self = .pointer(
                UInt32(truncatingIfNeeded: wparam),
                x: Int(mouse.x),
                y: Int(mouse.y),
                window: Self.window(mouse.window),
                isTaken: isTaken
            )
        case .windows: self.init(ofWindows: code, wparam, lparam)
        case .idle: self = .idle
        }
    }

    private init(ofWindows code: Int32, _ wparam: UInt, _ lparam: Int) {
        let window = Self.window(UInt64(wparam))
        self =
            switch code {
            case HookCode.createWindow: .create(window)
            case HookCode.destroyWindow: .destroy(window)
            case HookCode.activate: .activate(window)
            case HookCode.setFocus: .focus(wparam == 0 ? nil : window)
            case HookCode.minimizeOrMaximize: .changeState(window, command: lparam)
            case HookCode.systemCommand: .systemCommand(wparam)
            default: .other(code: Int(code), wparam: wparam, lparam: lparam)
            }
    }

    private static func window(_ handle: UInt64) -> Window.Target {
        Window.Target(handle: Handle(rawValue: handle))
    }
}
