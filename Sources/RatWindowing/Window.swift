package import RatCore
package import RatDisplay
internal import RatMessaging
internal import RatSystem

/// The rest of a window: what is read when it is created, moved, painted. Used by its thread only.
package final class Window {
    let windowClass: WindowClass
    unowned let thread: WindowThread
    /// Set right after the window is made, before any message.
    package fileprivate(set) var handle = Handle.invalid
    var reference: WindowReference?

    var style: UInt32
    let exStyle: UInt32
    var title: String
    /// The outer rectangle on the screen, and the client area's. The same but for what WM_NCCALCSIZE says.
    var frame: Rect
    var client: Rect
    var state = SurfaceState.normal
    var userData: Int = 0
    /// What a language's face keeps with the window; lives as long as the window.
    package var attachment: AnyObject?

    /// Where the structs of a creation and of an erase lie while they run: anybody can post messages with
    /// these numbers, and their parameters must not be believed.
    var creationAddress = 0
    var eraseAddress = 0

    // Painting.
    /// What needs painting, in client coordinates.
    var update = Rect.empty
    var needsErase = false
    var isPainting = false
    var pixels: PixelStore?

    /// How far its destruction has come.
    enum Life {
        case creating
        case alive
        case dying
    }
    var life = Life.creating
    /// The display has ended the surface, so there is none to destroy.
    var isSurfaceGone = false

    init(
        windowClass: WindowClass,
        thread: WindowThread,
        style: UInt32,
        exStyle: UInt32,
        title: String,
        frame: Rect
    ) {
        self.windowClass = windowClass
        self.thread = thread
        self.style = style
        self.exStyle = exStyle
        self.title = title
        self.frame = frame
        client = frame
    }

    /// Makes the window known by a handle.
    func publish() throws(RatError) {
        let (reference, handle) = try WindowRecord.make(
            for: self,
            of: thread.threadQueue,
            thread: thread.thread
        )
        self.reference = reference
        self.handle = handle
    }

    var surface: SurfaceID { SurfaceID(rawValue: handle.rawValue) }
    /// The display that shows the window, if it still does: the thread may have another by now.
    var display: any DisplayBackend {
        get throws(DisplayError) {
            guard !isSurfaceGone else { throw .notConnected }
            return try thread.display
        }
    }
    var isVisible: Bool { style & WindowStyle.visible != 0 }
    var isEnabled: Bool { style & WindowStyle.disabled == 0 }
    var clientBounds: Rect { Rect(origin: Point(x: 0, y: 0), size: client.size) }

    /// Runs the window's procedure, if the window still lives.
    @discardableResult
    func send(_ message: UInt32, _ wparam: UInt = 0, _ lparam: Int = 0) -> Int {
        guard let reference else { return 0 }
        return unsafe reference.call(handle, message, wparam, lparam)
    }

    /// Whether the window exists; after any call into the application it may not.
    var exists: Bool { reference != nil }
}

extension Window {
    /// The calling thread's window that a handle names.
    package static func find(_ handle: Handle) throws(RatError) -> Window {
        let reference = try WindowReference.find(handle)
        guard let window = unsafe reference.record.window else { throw .invalidHandle }
        return unsafe window.takeUnretainedValue()
    }

    /// Whether a handle names a window, of any thread.
    package static func exists(_ handle: Handle) -> Bool {
        handle.isOfKind(.window) && HandleTable.lookup(handle) != nil
    }

    /// A window's procedure, and its replacement.
    package var procedure: WindowProcedure? { reference?.record.procedure }

    package func setProcedure(_ procedure: @escaping WindowProcedure) {
        reference?.record.procedure = procedure
    }

    package var outerRect: Rect { frame }
    package var clientRect: Rect { clientBounds }
    package var text: String { title }
    package var styleBits: UInt32 { style }
    package var extendedStyleBits: UInt32 { exStyle }
    package var userNumber: Int {
        get { userData }
        set { userData = newValue }
    }

    package func setText(_ text: String) {
        title = text
        // A lost display shows no titles; the window keeps its own.
        try? display.setTitle(text, of: surface)
    }

    /// Ends the window for good, after its last message.
    func retire() {
        guard let reference else { return }
        self.reference = nil
        windowClass.loseWindow()
        thread.threadQueue.timers.killAll(of: handle)
        thread.forget(self)
        WindowRecord.retire(reference, of: thread.threadQueue)
    }
}
