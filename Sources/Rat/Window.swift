internal import RatCore
internal import RatDisplay
internal import RatMessaging
internal import RatRuntime
internal import RatSystem
internal import RatWindowing

/// A window, in another or by itself. It lives until it is destroyed, whether or not anybody holds this
/// object, and belongs to the thread that made it: on another thread, use `target`.
public final class Window {
    /// How a window looks to the window manager.
    public struct Style: OptionSet, Sendable {
        /// The C interface's RAT_WS_*.
        public let rawValue: UInt32

        /// The style of those bits.
        public init(rawValue: UInt32) {
            self.rawValue = rawValue
        }

        /// A frame with a title.
        public static let caption = Style(rawValue: 0x00C0_0000)
        /// The user may resize it.
        public static let thickFrame = Style(rawValue: 0x0004_0000)
        /// No frame unless it has a caption.
        public static let popup = Style(rawValue: 0x8000_0000)
        /// Lies in a parent, and moves with it.
        public static let child = Style(rawValue: 0x4000_0000)
        /// Shown from the start.
        public static let visible = Style(rawValue: 0x1000_0000)
        /// Gets no input.
        public static let disabled = Style(rawValue: 0x0800_0000)
        /// Draws on nothing that its siblings above it cover.
        public static let clipSiblings = Style(rawValue: 0x0400_0000)
        /// Draws on nothing that what lies in it covers.
        public static let clipChildren = Style(rawValue: 0x0200_0000)
        /// Minimised from the start.
        public static let minimized = Style(rawValue: 0x2000_0000)
        /// Maximised from the start.
        public static let maximized = Style(rawValue: 0x0100_0000)
        /// A usual window: caption, frame, the buttons in it.
        public static let overlapped = Style(rawValue: 0x00CF_0000)
    }

    let windowClass: WindowClass
    private(set) var handle = Handle.invalid

    /// Creates a window. Its handler runs before this returns, and may refuse with -1 on `.create`.
    ///
    /// With the style `.child` it lies in `parent`, at `position` of its client area; without, `parent` owns
    /// it: it stays above that one and is destroyed with it.
    public init(
        _ windowClass: WindowClass,
        title: String,
        style: Style = [.overlapped, .visible],
        extendedStyle: ExtendedStyle = [],
        parent: Window? = nil,
        id: UInt = 0,
        position: (x: Int, y: Int)? = nil,
        width: Int = 640,
        height: Int = 480
    ) throws(RatError) {
        self.windowClass = windowClass
        var creation = unsafe WindowCreation(
            className: windowClass.name,
            title: title,
            style: style.rawValue,
            exStyle: extendedStyle.rawValue,
            position: position.map { Point(x: Int32(clamping: $0.x), y: Int32(clamping: $0.y)) },
            size: Size(width: Int32(clamping: width), height: Int32(clamping: height))
        )
        if let parent { creation.parent = parent.handle }
        creation.identifier = id
        try create(&creation)
    }

    /// Creates a window for messages alone: it is nowhere on a display, needs none, and has no place among the others.
    public init(messageOnly windowClass: WindowClass) throws(RatError) {
        self.windowClass = windowClass
        var creation = unsafe WindowCreation(className: windowClass.name, title: "", style: 0)
        creation.parent = WindowTree.messageOnlyParent
        try create(&creation)
    }

    private func create(_ creation: inout WindowCreation) throws(RatError) {
        creation.attachment = self
        handle = try call { [creation] () throws(RatCore.RatError) in
            try RatWindowing.Window.create(creation, openDisplay: Displays.openChosen)
        }
    }

    /// Destroys the window, if it still exists: `.destroy` is its last message of interest.
    public func destroy() {
        engine?.destroy()
    }

    /// Whether the window exists.
    public var exists: Bool { engine != nil }

    /// Shows the window or hides it.
    public func show(_ shows: Bool = true) throws(RatError) {
        try withEngine { window throws(RatCore.RatError) in _ = try window.show(shows) }
    }

    /// The title. Empty once the window is gone.
    public var title: String {
        get { engine?.text ?? "" }
        set { engine?.requestText(newValue) }
    }

    /// The client area's size in pixels.
    public var clientSize: (width: Int, height: Int) {
        let size = engine?.clientRect.size ?? Size(width: 0, height: 0)
        return (Int(size.width), Int(size.height))
    }

    /// Has `.timer(id:)` come every so often; at least 10 ms lie between two. It may come late by the tolerance,
    /// and then comes together with others that may.
    public func setTimer(
        _ id: UInt,
        every period: Duration,
        tolerance: Duration = .zero
    ) throws(RatError) {
        try withEngine { window throws(RatCore.RatError) in
            _ = try ThreadQueue.current().timers.set(
                Timers.Key(window: window.handle, id: id),
                milliseconds: min(period.milliseconds, Timers.maximumPeriod),
                tolerance: min(tolerance.milliseconds, Timers.maximumTolerance),
                procedure: 0,
                now: Instant.now()
            )
        }
    }

    /// Stops a timer.
    public func killTimer(_ id: UInt) {
        guard let engine else { return }
        _ = ThreadQueue.currentIfAny?.timers.kill(Timers.Key(window: engine.handle, id: id))
    }

    /// Names the window for other threads, which may send and post to it, and ask where it is.
    public var target: Target { Target(handle: handle) }

    /// Names a window for other threads.
    public struct Target: Hashable, Sendable {
        let handle: Handle

        /// Posts a copy of the message to the window's thread.
        public func post(_ message: Message) throws(RatError) {
            let handle = handle
            try unsafe message.withEngine { message throws(RatCore.RatError) in
                do throws(RatCore.RatError) {
                    try unsafe RatMessaging.MessageQueue.post(message, to: handle)
                } catch {
                    guard Broadcast.isMeant(by: handle, error) else { throw error }
                    try unsafe Broadcast.post(message)
                }
            }
        }
    }

    // MARK: - The engine's window

    /// `nil` once the window is gone.
    ///
    /// The compiler keeps windows on their threads; where it was told not to look, this traps.
    var engine: RatWindowing.Window? {
        do throws(RatCore.RatError) {
            return try RatWindowing.Window.find(handle)
        } catch {
            precondition(error != .wrongThread, "a window is used on the thread that made it only")
            return nil
        }
    }

    func withEngine(
        _ body: (RatWindowing.Window) throws(RatCore.RatError) -> Void
    ) throws(RatError) {
        try call { () throws(RatCore.RatError) in
            try body(RatWindowing.Window.findToAct(handle))
        }
    }

    /// The object of a window of the calling thread.
    static func find(_ handle: Handle) -> Window? {
        guard let engine = try? RatWindowing.Window.find(handle),
            let window = engine.attachment as? Window
        else { return nil }
        // Messages come before the initialiser has the handle.
        window.handle = handle
        return window
    }

    /// A message of this window with what a posted one carries.
    func complete(_ message: Message) -> Message {
        guard message.number >= 0x0400, let whole = try? CallFrame.currentMessage() else {
            return message
        }
        return Message(whole)
    }
}

@available(*, unavailable)
extension Window: Sendable {}
