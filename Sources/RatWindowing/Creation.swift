package import RatCore
package import RatDisplay
internal import RatMessaging

/// What a window is created from.
@safe package struct WindowCreation {
    package var className: String
    package var title: String
    package var style: UInt32
    package var exStyle: UInt32
    /// `nil` leaves the place to the display.
    package var position: Point?
    /// `nil` leaves the size to the library.
    package var size: Size?
    /// For the procedure.
    package var param: UnsafeMutableRawPointer?
    /// Becomes the window's attachment before its first message.
    package var attachment: AnyObject?

    package init(
        className: String,
        title: String,
        style: UInt32,
        exStyle: UInt32 = 0,
        position: Point? = nil,
        size: Size? = nil,
        param: UnsafeMutableRawPointer? = nil
    ) {
        self.className = className
        self.title = title
        self.style = style
        self.exStyle = exStyle
        self.position = position
        self.size = size
        unsafe self.param = param
    }
}

/// How a window is being created, as the procedure sees it. Field for field the C interface's
/// `RatCreateStruct`.
@safe package struct CreateStruct {
    package var param: UnsafeMutableRawPointer?
    package var exStyle: UInt32
    package var style: UInt32
    package var className: UnsafePointer<CChar>?
    package var title: UnsafePointer<CChar>?
    package var x: Int32
    package var y: Int32
    package var width: Int32
    package var height: Int32
    package var parent: UInt64
}

extension Window {
    private static let defaultSize = Size(width: 640, height: 480)
    private static let maximumSize: Int32 = 32_767

    static func isValid(_ size: Size) -> Bool {
        (0...maximumSize).contains(size.width) && (0...maximumSize).contains(size.height)
    }

    /// Creates a top-level window of the calling thread. Runs its procedure.
    package static func create(
        _ creation: WindowCreation,
        openDisplay: () throws(RatError) -> any DisplayBackend
    ) throws(RatError) -> Handle {
        guard creation.style & WindowStyle.child == 0 else { throw .notSupported }
        let size = creation.size ?? defaultSize
        guard isValid(size) else { throw .invalidArgument }
        let windowClass = try WindowClassTable.use(name: creation.className)
        let window: Window
        do throws(RatError) {
            let thread = try WindowThread.current()
            if !thread.hasDisplay { try thread.attach(openDisplay()) }
            window = Window(
                windowClass: windowClass,
                thread: thread,
                style: creation.style & ~WindowStyle.visible,
                exStyle: creation.exStyle,
                title: "",
                frame: Rect(origin: creation.position ?? Point(x: 0, y: 0), size: size)
            )
            window.attachment = creation.attachment
            try window.publish()
            thread.remember(window)
        } catch {
            windowClass.loseWindow()
            throw error
        }
        try window.begin(creation)
        if creation.style & WindowStyle.visible != 0 { _ = try? window.show(true) }
        guard window.exists else { throw .cancelled }
        return window.handle
    }

    /// The messages of a creation, up to where the window is alive.
    private func begin(_ creation: WindowCreation) throws(RatError) {
        try makeSurface(creation)
        let created = unsafe withCreateStruct(creation) { info in
            // The default procedure stores the title; who swallows the message has none.
            guard send(WindowMessage.nonClientCreate, 0, Int(bitPattern: info)) != 0,
                exists
            else { return false }
            if title.isEmpty, !creation.title.isEmpty { setText("") }
            calculateClient()
            guard exists else { return false }
            return send(WindowMessage.create, 0, Int(bitPattern: info)) != -1 && exists
        }
        guard created else {
            abandon()
            throw .cancelled
        }
        life = .alive
        sendSize()
        if exists { sendMove() }
        guard exists else { throw .cancelled }
    }

    private func makeSurface(_ creation: WindowCreation) throws(RatError) {
        let options = SurfaceOptions(
            position: creation.position,
            size: frame.size,
            title: creation.title,
            className: windowClass.name,
            isFramed: style & WindowStyle.popup == 0
                || style & WindowStyle.caption == WindowStyle.caption,
            isResizable: style & WindowStyle.thickFrame != 0
        )
        do throws(DisplayError) {
            try thread.display.createSurface(surface, options)
        } catch {
            isSurfaceGone = true
            retire()
            throw RatError(error)
        }
    }

    /// Ends a window whose procedure refused it: it gets WM_NCDESTROY and nothing else.
    private func abandon() {
        guard exists else { return }
        life = .dying
        finishDestruction()
    }

    private func withCreateStruct(
        _ creation: WindowCreation,
        _ body: (UnsafeMutablePointer<CreateStruct>) -> Bool
    ) -> Bool {
        unsafe windowClass.name.withCString { className in
            unsafe creation.title.withCString { title in
                var info = unsafe CreateStruct(
                    param: creation.param,
                    exStyle: creation.exStyle,
                    style: creation.style,
                    className: className,
                    title: title,
                    x: frame.left,
                    y: frame.top,
                    width: frame.size.width,
                    height: frame.size.height,
                    parent: 0
                )
                return unsafe withUnsafeMutablePointer(to: &info) { info in
                    creationAddress = Int(bitPattern: info)
                    defer { creationAddress = 0 }
                    return unsafe body(info)
                }
            }
        }
    }

    /// Asks the procedure what of the outer rectangle is client area.
    func calculateClient() {
        var rect = frame
        unsafe withUnsafeMutablePointer(to: &rect) { pointer in
            _ = send(WindowMessage.nonClientCalculateSize, 0, Int(bitPattern: pointer))
        }
        client = rect.intersection(frame)
    }
}

extension RatError {
    init(_ error: DisplayError) {
        self =
            switch error {
            case .notConnected: .notConnected
            case .noResources: .noResources
            case .notSupported: .notSupported
            case .noSuchSurface: .invalidHandle
            }
    }
}
