package import RatCore
package import RatDisplay
internal import RatMessaging

/// What a window is created from.
@safe package struct WindowCreation {
    package var className: String
    /// Names the class instead.
    package var classAtom: UInt16?
    package var title: String
    package var style: UInt32
    package var exStyle: UInt32
    /// `nil` leaves the place to the display.
    package var position: Point?
    /// `nil` leaves the size to the library.
    package var size: Size?
    /// What it is to be in, or to be owned by; `.invalid` for none.
    package var parent = Handle.invalid
    /// A child's number.
    package var identifier: UInt = 0
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
    package var identifier: UInt
}

extension Window {
    private static let defaultSize = Size(width: 640, height: 480)

    static func isValid(_ size: Size) -> Bool {
        sizes.contains(size.width) && sizes.contains(size.height)
    }

    /// Creates a window of the calling thread. Runs its procedure.
    package static func create(
        _ creation: WindowCreation,
        openDisplay: () throws(RatError) -> any DisplayBackend
    ) throws(RatError) -> Handle {
        guard isValid(creation.size ?? defaultSize) else { throw .invalidArgument }
        let thread = try WindowThread.current()
        guard thread.thread.hasStack else { throw .noResources }
        let place = try WindowTree.place(
            style: creation.style,
            parent: creation.parent,
            of: thread.thread
        )
        let windowClass = try WindowClassTable.use(
            creation.classAtom.map { .atom($0) } ?? .name(creation.className)
        )
        let window: Window
        do throws(RatError) {
            if place.level == .top, !thread.hasDisplay { try thread.attach(openDisplay()) }
            window = Window(
                windowClass: windowClass,
                thread: thread,
                level: place.level,
                style: resolvedStyle(creation.style),
                exStyle: creation.exStyle,
                identifier: creation.identifier,
                frame: frame(creation, isChild: place.level == .child)
            )
            window.attachment = creation.attachment
            try window.publish(
                at: place,
                isTopmost: creation.exStyle & ExtendedStyle.topmost != 0
            )
        } catch {
            windowClass.loseWindow()
            throw error
        }
        try window.begin(creation)
        if creation.style & WindowStyle.visible != 0 { _ = try? window.show(true) }
        guard window.exists else { throw .cancelled }
        return window.handle
    }

    /// What Win32 makes of the style: a window gets its state and is shown at the end of its creation, one that is
    /// neither child nor popup has a caption, and one that is no child does not draw on its siblings.
    private static func resolvedStyle(_ style: UInt32) -> UInt32 {
        let kind = style & (WindowStyle.child | WindowStyle.popup)
        var style =
            style & ~(WindowStyle.visible | WindowStyle.minimized | WindowStyle.maximized)
        if kind == 0 { style |= WindowStyle.caption }
        if kind != WindowStyle.child { style |= WindowStyle.clipSiblings }
        return style
    }

    /// Only the display can choose a place or size; a child that leaves them open gets 0.
    private static func frame(_ creation: WindowCreation, isChild: Bool) -> Rect {
        Rect(
            origin: creation.position ?? Point(x: 0, y: 0),
            size: creation.size ?? (isChild ? Size(width: 0, height: 0) : defaultSize)
        )
    }

    /// The messages of a creation, up to where the window is alive.
    private func begin(_ creation: WindowCreation) throws(RatError) {
        // What is neither child nor popup hears of its size when it is shown.
        let isToldAtOnce = style & (WindowStyle.child | WindowStyle.popup) != 0
        owesSize = !isToldAtOnce
        guard passesCreationHooks(creation) else { throw .cancelled }
        if hasLimits {
            frame = Rect(origin: frame.origin, size: limited(frame.size))
            guard exists else { throw .cancelled }
        }
        if level == .top { try makeSurface(creation.position, title: creation.title) }
        let created = unsafe withCreateStruct(creation) { info in
            // The default procedure stores the title; who swallows the message has none.
            guard send(WindowMessage.nonClientCreate, 0, Int(bitPattern: info)) != 0,
                exists
            else { return false }
            if title.isEmpty, !creation.title.isEmpty { setText("") }
            calculateFirstClient()
            guard exists else { return false }
            return send(WindowMessage.create, 0, Int(bitPattern: info)) != -1 && exists
        }
        guard created else {
            abandon()
            throw .cancelled
        }
        if life == .creating { life = .alive }
        if isToldAtOnce {
            sendSize()
            if exists { sendMove() }
        }
        if exists, life == .alive { enterFirstState(creation.style) }
        if exists, life == .alive { notifyParent(WindowMessage.create) }
        guard exists else { throw .cancelled }
    }

    /// Gives a top-level window its surface, hidden. If that cannot be, a window without surface remains.
    func openSurface(at position: Point?, title: String) throws(RatError) {
        var options = SurfaceOptions(
            position: position,
            size: frame.size,
            title: title,
            className: windowClass.name,
            background: windowClass.background & 0xFFFFFF
        )
        options.traits = surfaceTraits
        options.isAbove = isTopmost
        do throws(DisplayError) {
            try thread.display.createSurface(surface, options)
            hasSurface = true
            surfaceFrame = frame
            isShownAbove = isTopmost
            shownTraits = options.traits
        } catch {
            throw RatError(error)
        }
    }

    private func makeSurface(_ position: Point?, title: String) throws(RatError) {
        do throws(RatError) {
            try openSurface(at: position, title: title)
        } catch {
            retire()
            throw error
        }
    }

    /// Ends a window whose procedure refused it: it gets WM_NCDESTROY and nothing else, and so does what was
    /// put into it.
    private func abandon() {
        guard exists else { return }
        life = .dying
        for owned in ownedWindows where owned.exists { owned.destroy(isOwnersEnd: true) }
        finishDestruction()
    }

    func withCreateStruct(
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
                    parent: creation.parent.rawValue,
                    identifier: creation.identifier
                )
                return unsafe withUnsafeMutablePointer(to: &info) { info in
                    creationAddress = Int(bitPattern: info)
                    defer { creationAddress = 0 }
                    return unsafe body(info)
                }
            }
        }
    }

    /// Asks the procedure what of the new window is client area; both are told on the screen.
    private func calculateFirstClient() {
        let origin = parentOrigin
        var rect = frame.offset(by: origin)
        send(WindowMessage.nonClientCalculateSize, telling: &rect)
        client = clientPart(rect.offset(by: origin.negated), of: frame)
    }

    /// A client area lies in its window, also if the procedure says otherwise.
    func clientPart(_ rect: Rect, of frame: Rect) -> Rect {
        let part = rect.intersection(frame)
        return part.isEmpty ? Rect(origin: frame.origin, size: Size(width: 0, height: 0)) : part
    }
}

extension RatError {
    init(_ error: DisplayError) {
        self =
            switch error {
            case .notConnected: .notConnected
            case .accessDenied: .accessDenied
            case .noResources: .noResources
            case .notSupported: .notSupported
            case .noSuchSurface: .invalidHandle
            }
    }
}
