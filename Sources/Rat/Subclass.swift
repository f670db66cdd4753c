internal import RatCore
internal import RatWindowing
internal import Synchronization

/// A handler that comes before those that a window has, for as long as this object and the window live.
///
///     let guardian = try Subclass(of: window) { window, message in
///         message.kind == .close ? 0 : nil
///     }
///
/// Those that were put there last come first. They may be taken away in any order, also from inside any of them.
public final class Subclass {
    private let window: Window
    private let number: UInt

    /// Puts a handler before the others of a window. Answering `nil` passes the message on to the next.
    public init(of window: Window, _ handler: @escaping WindowClass.Handler) throws(RatError) {
        // Numbers are never used again.
        number = UInt(lastNumber.wrappingAdd(1, ordering: .relaxed).newValue)
        self.window = window
        // The window's, until the handler is taken away or the window has had its last message.
        let context = unsafe Unmanaged.passRetained(Context(handler))
        do throws(RatError) {
            let (number, data) = (number, UInt(bitPattern: unsafe context.toOpaque()))
            try window.withEngine { window throws(RatCore.RatError) in
                try window.setSubclass(handleSubclassed, number, data: data)
            }
        } catch {
            unsafe context.release()
            throw error
        }
    }

    deinit {
        // Where the window is gone, so is the handler.
        if let engine = window.engine { remove(number, from: engine) }
    }
}

@available(*, unavailable)
extension Subclass: Sendable {}

extension Window {
    /// Has the next handler answer a message, from inside a `Subclass`: what comes before or after is the caller's.
    /// 0 if none is running.
    public func passOn(_ message: Message) -> Int {
        RatWindowing.Window.runNextSubclass(
            handle,
            message.number,
            message.wparam,
            message.lparam
        )
    }
}

private let lastNumber = Atomic<UInt64>(0)

private final class Context {
    let handler: WindowClass.Handler

    init(_ handler: @escaping WindowClass.Handler) {
        self.handler = handler
    }
}

/// Takes a handler away and lets go of it; once.
private func remove(_ number: UInt, from window: RatWindowing.Window) {
    guard let data = try? window.subclassData(handleSubclassed, number),
        let context = unsafe UnsafeRawPointer(bitPattern: data)
    else { return }
    try? window.removeSubclass(handleSubclassed, number)
    unsafe Unmanaged<Context>.fromOpaque(context).release()
}

/// The one procedure of all handlers of this kind.
private let handleSubclassed: SubclassProcedure = { handle, number, wparam, lparam, id, data in
    let handle = Handle(rawValue: handle)
    func passOn() -> Int { RatWindowing.Window.runNextSubclass(handle, number, wparam, lparam) }
    guard let context = unsafe UnsafeRawPointer(bitPattern: data) else { return passOn() }
    // It may be taken away while it runs.
    let handler = unsafe Unmanaged<Context>.fromOpaque(context).takeUnretainedValue().handler
    let message = Message(number, wparam: wparam, lparam: lparam)
    let answer = Window.find(handle).flatMap { handler($0, $0.complete(message)) } ?? passOn()
    if number == WindowMessage.nonClientDestroy, let window = try? RatWindowing.Window.find(handle)
    {
        remove(id, from: window)
    }
    return answer
}
