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
        /// For the windows of the registering thread alone, which finds it before all others of its name.
        public static let ofThread = Style(rawValue: 0x0100_0000)
    }

    /// The class's name: 1 to 255 bytes, unique in the process.
    public let name: String
    private let handler: Handler
    private let base: WindowClass?

    /// Registers a class. `background` is 0xAARRGGBB; 0 leaves erasing to the handler. `cursor` is seen over
    /// client areas unless a handler answers `.setCursor`; without one it stays as it is.
    public convenience init(
        _ name: String,
        style: Style = [],
        background: UInt32 = 0,
        cursor: Cursor? = nil,
        handler: @escaping Handler
    ) throws(RatError) {
        var traits = Self.traits(style.rawValue)
        traits.background = background
        traits.cursor = cursor?.engine ?? .none
        try self.init(name, traits, base: nil, handler)
    }

    /// Registers a class that is like another, but for what `handler` answers: the rest is left to that one's.
    public convenience init(
        _ name: String,
        extending base: WindowClass,
        handler: @escaping Handler
    ) throws(RatError) {
        let traits = try call { () throws(RatCore.RatError) in
            try WindowClassTable.find(.name(base.name)).traits
        }
        var own = Self.traits(traits.style)
        own.background = traits.background
        own.cursor = traits.cursor
        try self.init(name, own, base: base, handler)
    }

    private init(
        _ name: String,
        _ traits: WindowClassTraits,
        base: WindowClass?,
        _ handler: @escaping Handler
    ) throws(RatError) {
        // Before anything is stored: an object that is complete when this fails would be deinitialised, and
        // unregister the class that has the name.
        _ = try call { () throws(RatCore.RatError) in
            try WindowClassTable.register(name: name, traits)
        }
        self.name = name
        self.handler = handler
        self.base = base
    }

    private static func traits(_ style: UInt32) -> WindowClassTraits {
        WindowClassTraits(style: style, procedure: handleMessage)
    }

    func answer(_ window: Window, _ message: Message) -> Int? {
        handler(window, message) ?? base?.answer(window, message)
    }

    /// What new windows of a class are like.
    public struct Info: Equatable, Sendable {
        /// The traits of its windows.
        public let style: Style
        /// What erases their background; 0 for nothing.
        public let background: UInt32
    }

    /// What windows of the class of that name are like, whoever has registered it; `nil` if there is none.
    public static func info(named name: String) -> Info? {
        guard let traits = try? WindowClassTable.find(.name(name)).traits else { return nil }
        return Info(style: Style(rawValue: traits.style), background: traits.background)
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
        let answer = window.windowClass.answer(window, window.complete(message))
    else { return RatWindowing.Window.defaultProcedure(handle, number, wparam, lparam) }
    return answer
}
