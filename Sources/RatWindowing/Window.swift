package import RatCore
package import RatDisplay
internal import RatMessaging
internal import RatSystem

/// The rest of a window: what is read when it is created, moved, painted. Used by its thread only, but for
/// what says otherwise.
package final class Window {
    let windowClass: WindowClass
    unowned let thread: WindowThread
    /// Set right after the window is made, before any message.
    package fileprivate(set) var handle = Handle.invalid
    var reference: WindowReference?
    var level: WindowLevel

    // What other threads may ask is told to the tree whenever it changes.
    var style: UInt32 { didSet { describe() } }
    /// But for whether it is topmost.
    var exStyle: UInt32 { didSet { describe() } }
    /// A child's number among its siblings, for the program.
    var identifier: UInt { didSet { describe() } }
    /// The outer rectangle and the client area's, in the parent's client coordinates; a top-level window's
    /// on the screen. The same but for what WM_NCCALCSIZE says.
    package var frame: Rect { didSet { describe() } }
    package var client: Rect { didSet { describe() } }

    /// Written under the tree's lock, because other threads look for windows by it.
    private(set) var title = ""
    /// Where it is when it is neither minimised nor maximised, while it is one of these.
    var normalFrame = Rect.empty
    /// Where the surface is, as the display was asked or has said last: `frame`, unless that is an icon's.
    var surfaceFrame = Rect.empty
    var minimizedPosition = WindowPlacement.nowhere
    var restoresToMaximized = false
    /// Whether its size and place are told when it is shown, and not at its creation.
    var owesSize = false
    /// Whether it is maximised since it was hidden, with a size that is known only when it is shown.
    var owesState = false
    var userData: Int = 0
    /// The program's, by what they are for, as WM_SETICON has it.
    var icons: [UInt: Int] = [:]
    /// The program's own bytes, as many as the class said.
    var extra: ExtraBytes
    /// What a language's face keeps with the window; lives as long as the window.
    package var attachment: AnyObject?

    /// Guarded by the tree's lock.
    var properties: [String: WindowTree.Property] = [:]
    var subclasses: SubclassChain?

    /// Where the struct of a creation lies while it runs: anybody can post messages with these numbers, and
    /// their parameters must not be believed. The same holds for an erase.
    var creationAddress = 0
    /// The session of the erase that runs, and where its struct lies.
    var erasing: (session: PaintSession, address: Int)?

    // Painting.
    /// What of it needs painting, in client coordinates; what is not client area lies outside of these.
    var update = Region.empty
    var marks = PaintMarks()
    /// The paint in progress.
    var painting: PaintSession?
    /// A top-level window's: those of its surface, with what is in it. Of the outer size, when it was painted.
    package var pixels: PixelStore?
    /// Whether the window itself is among those with something to paint, and how many of these are in it,
    /// itself counted.
    var isDirty = false
    var dirtyInside = 0
    /// No child above this one has any of them in it; `nil`: nothing is known.
    var firstDirtyChild: NodeReference?
    /// The walk over them that came by last.
    var lastVisit: UInt64 = 0

    /// How far its destruction has come; it only ever goes forward.
    enum Life {
        case creating
        case alive
        /// Nothing else can destroy it any more.
        case dying
        /// WM_DESTROY was or will be its last message but one; nothing can be put into it any more.
        case ending
    }
    var life = Life.creating {
        didSet {
            guard life == .ending, let node = reference?.record.node else { return }
            WindowTree.withLock { node.record.isClosed = true }
        }
    }
    /// WM_DESTROY has been sent; it is sent once, whoever destroys a window while it is being destroyed.
    var isDestroySent = false
    var isEndSent = false
    /// The display has a surface for it.
    var hasSurface = false {
        didSet {
            shownCursor = .arrow
            isSurfaceShown = false
        }
    }
    /// As the display was told last.
    var isSurfaceShown = false
    /// Whether the display keeps the surface above others.
    var isShownAbove = false
    /// As the display was told last.
    var shownTraits = SurfaceTraits()
    /// As the procedure said last.
    var lastLimits: SizeLimits?
    package var isFullscreen = false
    /// The pointer that the display shows over the surface; a new one has an arrow.
    var shownCursor = Cursor.arrow

    init(
        windowClass: WindowClass,
        thread: WindowThread,
        level: WindowLevel,
        style: UInt32,
        exStyle: UInt32,
        identifier: UInt,
        frame: Rect
    ) {
        self.windowClass = windowClass
        self.thread = thread
        self.level = level
        self.style = style
        self.exStyle = exStyle & ~ExtendedStyle.topmost
        self.identifier = identifier
        self.frame = frame
        client = frame
        extra = ExtraBytes(count: windowClass.windowExtra)
    }

    /// Makes the window known by a handle, at its place in the tree.
    func publish(at place: WindowTree.Place, isTopmost: Bool) throws(RatError) {
        let (reference, handle) = try WindowRecord.make(
            for: self,
            of: thread.threadQueue,
            thread: thread.thread
        )
        self.reference = reference
        self.handle = handle
        do throws(RatError) {
            try WindowTree.add(self, at: place, isTopmost: isTopmost)
        } catch {
            self.reference = nil
            WindowRecord.retire(reference, of: thread.threadQueue)
            throw error
        }
    }

    /// Tells the tree what other threads may ask.
    private func describe() {
        guard let node = reference?.record.node else { return }
        WindowTree.withLock { describe(to: node) }
    }

    func describe(to node: NodeReference) {
        let isElsewhere =
            frame != node.record.frame || (style ^ node.record.style) & WindowStyle.visible != 0
        let index = isElsewhere ? node.record.parent?.record.childIndex : nil
        index?.remove(node)
        node.record.style = style
        node.record.exStyle = exStyle | node.record.exStyle & ExtendedStyle.topmost
        node.record.identifier = identifier
        node.record.frame = frame
        node.record.client = client
        index?.insert(node)
        thread.layout &+= 1
    }

    var surface: SurfaceID { SurfaceID(rawValue: handle.rawValue) }
    /// The display that shows the window, if it still does: the thread may have another by now.
    var display: any DisplayBackend {
        get throws(DisplayError) {
            guard hasSurface else { throw .notConnected }
            return try thread.display
        }
    }
    var state: SurfaceState {
        get {
            if style & WindowStyle.minimized != 0 { return .minimized }
            return style & WindowStyle.maximized != 0 ? .maximized : .normal
        }
        set {
            let bits: UInt32 =
                switch newValue {
                case .normal: 0
                case .minimized: WindowStyle.minimized
                case .maximized: WindowStyle.maximized
                }
            style = style & ~(WindowStyle.minimized | WindowStyle.maximized) | bits
        }
    }
    package var isVisible: Bool { style & WindowStyle.visible != 0 }
    var isEnabled: Bool { style & WindowStyle.disabled == 0 }
    var clientBounds: Rect { Rect(origin: Point(x: 0, y: 0), size: client.size) }

    /// Runs the window's procedure, if the window has not had its last message and the stack has room for it.
    @discardableResult
    func send(_ message: UInt32, _ wparam: UInt = 0, _ lparam: Int = 0) -> Int {
        isEndSent ? 0 : call(message, wparam, lparam)
    }

    /// Sends the last message.
    func sendEnd() {
        isEndSent = true
        _ = call(WindowMessage.nonClientDestroy, 0, 0)
    }

    private func call(_ message: UInt32, _ wparam: UInt, _ lparam: Int) -> Int {
        guard let reference, thread.thread.hasReserve else { return 0 }
        return unsafe reference.call(handle, message, wparam, lparam)
    }

    /// The same with the address of a value, which the procedure may change.
    @discardableResult
    func send<Value>(_ message: UInt32, _ wparam: UInt = 0, telling value: inout Value) -> Int {
        unsafe withUnsafeMutablePointer(to: &value) { value in
            send(message, wparam, Int(bitPattern: value))
        }
    }

    /// Whether the window exists; after any call into the application it may not.
    package var exists: Bool { reference != nil }
}

extension Window {
    /// The calling thread's window that a handle names.
    package static func find(_ handle: Handle) throws(RatError) -> Window {
        let reference = try WindowReference.find(handle)
        guard let window = unsafe reference.record.window else { throw .invalidHandle }
        return unsafe window.takeUnretainedValue()
    }

    /// The same for a call that may run procedures: the stack must have room for it.
    package static func findToAct(_ handle: Handle) throws(RatError) -> Window {
        let window = try find(handle)
        guard window.thread.thread.hasStack else { throw .noResources }
        return window
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

    package var clientRect: Rect { clientBounds }
    package var isChildOfWindow: Bool { level == .child }
    package var text: String { title }
    package var styleBits: UInt32 { style }
    package var extendedStyleBits: UInt32 {
        guard let node = reference?.record.node else { return exStyle }
        return WindowTree.withLock { node.record.exStyle }
    }
    package var userNumber: Int {
        get { userData }
        set { userData = newValue }
    }

    func storeTitle(_ text: String) {
        WindowTree.withLock { title = text }
    }

    package func setText(_ text: String) {
        storeTitle(text)
        // A lost display shows no titles; the window keeps its own.
        if hasSurface { try? display.setTitle(text, of: surface) }
    }

    /// Ends the window for good, after its last message.
    func retire() {
        guard let reference else { return }
        // While it has its place, which says what it is in.
        thread.removeDirty(self)
        leaveDirtyOrder()
        self.reference = nil
        abandonPaint()
        windowClass.loseWindow()
        thread.threadQueue.timers.killAll(of: handle)
        thread.forget(self)
        for orphan in WindowTree.remove(reference.record.node) {
            _ = InputDoor.wish(.endWithOwner(orphan.handle), of: orphan.queue)
        }
        WindowRecord.retire(reference, of: thread.threadQueue)
    }
}

/// What a window's thread asks the tree.
extension Window {
    /// The outer rectangle on the screen.
    package var outerRect: Rect { frame.offset(by: parentOrigin) }

    /// Where the parent's client area begins on the screen.
    var parentOrigin: Point {
        guard level != .top, let node = reference?.record.node else { return Point(x: 0, y: 0) }
        return WindowTree.withLock { node.parentOrigin }
    }

    /// The window it is in, if that is no root.
    var parent: Window? {
        guard level == .child, let node = reference?.record.node else { return nil }
        return WindowTree.withLock { node.record.parent?.window(of: thread.thread) }
    }

    /// The window below a root that it is or is in.
    var topLevel: Window {
        guard level == .child, let node = reference?.record.node else { return self }
        return WindowTree.withLock { node.topLevel.window(of: thread.thread) } ?? self
    }

    /// Whether it can be seen, as far as styles go.
    package var isShown: Bool {
        guard let node = reference?.record.node else { return false }
        return WindowTree.withLock { node.isShown }
    }

    /// What is directly in it now, the topmost first.
    package var children: [Window] {
        guard let node = reference?.record.node else { return [] }
        return WindowTree.withLock {
            var children: [Window] = []
            node.forEachChild { child in
                if let window = child.window(of: thread.thread) { children.append(window) }
            }
            return children
        }
    }

    /// All that is in it now, each before what is in it.
    var descendants: [Window] {
        guard let node = reference?.record.node else { return [] }
        return WindowTree.withLock {
            var found: [Window] = []
            node.forEachDescendant { descendant in
                if let window = descendant.window(of: thread.thread) { found.append(window) }
            }
            return found
        }
    }

    var hasChildren: Bool {
        guard let node = reference?.record.node else { return false }
        return WindowTree.withLock { node.record.firstChild != nil }
    }

    /// What it owns now, as `NodeReference.owned` orders it.
    var ownedWindows: [Window] {
        guard let node = reference?.record.node else { return [] }
        return WindowTree.withLock {
            node.owned.compactMap { $0.window(of: thread.thread) }
        }
    }

    /// Whether the window is `other` or in it.
    package func isInside(orIs other: Window) -> Bool {
        guard self !== other else { return true }
        guard level == .child, let node = reference?.record.node,
            let ancestor = other.reference?.record.node
        else { return false }
        return WindowTree.withLock { node.isInside(ancestor) }
    }
}
