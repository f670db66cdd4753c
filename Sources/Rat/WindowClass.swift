internal import RatCore
internal import RatWindowing

/// What windows have in common: a name, a look, and what handles their messages.
public final class WindowClass {
    /// Handles one message of a window, on the window's thread. Answering `nil` leaves it to the default
    /// procedure.
    public typealias Handler = (_ window: Window, _ message: Message) -> Int?

    /// Traits of the windows of a class.
    public struct Style: OptionSet, Sendable {
        /// The C interface's RAT_CS_*.
        public let rawValue: UInt32

        /// The style of those bits.
        public init(rawValue: UInt32) {
            self.rawValue = rawValue
        }

        /// A new size invalidates everything.
        public static let redrawsOnResize = Style(rawValue: 0x0003)
        /// Second presses of a button arrive as double clicks.
        public static let doubleClicks = Style(rawValue: 0x0008)
    }

    /// The class's name: 1 to 255 bytes, unique in the process.
    public let name: String
    let handler: Handler

    /// Registers a class. `background` is 0xAARRGGBB; 0 leaves erasing to the handler.
    public init(
        _ name: String,
        style: Style = [],
        background: UInt32 = 0,
        handler: @escaping Handler
    ) throws(RatError) {
        // Before anything is stored: an object that is complete when this fails would be deinitialised, and
        // unregister the class that has the name.
        _ = try call { () throws(RatCore.RatError) in
            try WindowClassTable.register(
                name: name,
                WindowClassTraits(
                    style: style.rawValue,
                    procedure: handleMessage,
                    background: background
                )
            )
        }
        self.name = name
        self.handler = handler
    }

    deinit {
        // Windows keep their class, so none is left by now.
        try? WindowClassTable.unregister(name: name)
    }
}

/// The one procedure of all windows made in Swift: finds the window's object, and asks its class.
private let handleMessage: WindowProcedure = { handle, number, wparam, lparam in
    let handle = Handle(rawValue: handle)
    let message = Message(number, wparam: wparam, lparam: lparam)
    guard let window = Window.find(handle),
        let answer = window.windowClass.handler(window, window.complete(message))
    else { return RatWindowing.Window.defaultProcedure(handle, number, wparam, lparam) }
    return answer
}
