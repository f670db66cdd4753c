package import RatCore
package import RatDisplay
package import RatMessaging
package import RatSystem

/// The windows of one thread: who has the focus, which display shows them, and what that display told.
///
/// The display's events come in three classes, as Win32 has them. Facts (activation, size, closing) are
/// *sent*: they become calls of procedures inside a retrieval. Keys and the pointer are *input*: messages
/// of a rank of their own, made when they are retrieved. Paint is neither: it is asked of the windows.
///
/// Used by its thread only.
package final class WindowThread: MessageSource {
    package let threadQueue: ThreadQueue
    let thread: ThreadReference
    var deferrals = Deferrals()
    /// The classes that are this thread's alone, by their keys.
    var classes: [String: WindowClass] = [:]
    /// The top-level windows with something to paint in them.
    var dirtyRoots = DirtyRoots()
    /// How many walks there were over the windows with something to paint.
    var visits: UInt64 = 0
    /// Changes whenever a window does that may change what can be seen of others.
    var layout: UInt64 = 0
    /// Pixels that were lent outside of paints, and paints that are over.
    var lent: [(window: Window, session: PaintSession)] = []
    var spareSessions: [PaintSession] = []
    var lastToken: UInt64 = 0

    private var openedDisplay: (any DisplayBackend)?
    package private(set) var isDisplayLost = false
    /// How many dots an inch has, as windows were told last.
    package internal(set) var density: UInt32 = 96

    /// The surface that the display was asked to tell all that the mouse does.
    var grabbedBy: SurfaceID?
    /// What the keyboard types, as windows were told last.
    var language = KeyboardLanguage.usual

    /// Who the display was asked to give the keyboard to, and has not answered.
    var askedFor: Set<SurfaceID> = []
    /// Who lost the keyboard first since the last fact about it was delivered.
    private var firstLost: SurfaceID?
    /// Who has the keyboard because it was pressed, which is still to be retrieved and activates it.
    var heldKeyboard: SurfaceID?
    /// Whether the press that was retrieved last came so far that its window was asked.
    var isPressAsked = false
    /// Facts that were read and not yet delivered.
    private var facts: [Fact] = []
    /// How input comes in, also from other threads.
    let port: InputPort
    /// What input and paint has come since the thread last looked, of what it knows of.
    private var freshKnown: UInt32 = 0
    package internal(set) var tracking = MouseTracking()
    var lastClick: Click?
    var restingPointer = RestingPointer()
    var cursorState = ThreadCursor()
    /// When the input that was retrieved last was made, and where the pointer was.
    var lastInput: (time: UInt64, x: Int32, y: Int32) = (0, 0, 0)
    /// What a program gave that input along.
    var lastExtra = 0
    /// Which key, pressed by itself, opens the menu when it is released.
    var menuKey: UInt8 = 0
    /// The key press that was retrieved last, for the text it types.
    var lastKeyPress: KeyPress?
    /// The dead key that waits for the next key, as shown; 0 if none does.
    var pendingDead: UInt16 = 0

    /// The calling thread's, made at the first call.
    package static func current() throws(RatError) -> WindowThread {
        if let existing = currentIfAny { return existing }
        let thread = ThreadRecord.current
        let windowThread = try WindowThread(ThreadQueue.current(), thread)
        windowThread.threadQueue.source = windowThread
        unsafe thread.record.windowSlot = Unmanaged.passRetained(windowThread).toOpaque()
        thread.callAtExit { thread in
            guard let slot = unsafe thread.record.windowSlot else { return }
            let windowThread = unsafe Unmanaged<WindowThread>.fromOpaque(slot).takeRetainedValue()
            // As in Win32, windows that are left over go without a word to their procedures.
            for window in WindowTree.allWindows(of: thread) { window.retire() }
            WindowClassTable.forget(windowThread.classes)
            InputDoor.close(windowThread.port)
            windowThread.threadQueue.source = nil
            unsafe thread.record.windowSlot = nil
        }
        return windowThread
    }

    package static var currentIfAny: WindowThread? {
        guard let thread = ThreadRecord.currentIfAny,
            let slot = unsafe thread.record.windowSlot
        else { return nil }
        return unsafe Unmanaged<WindowThread>.fromOpaque(slot).takeUnretainedValue()
    }

    private init(_ threadQueue: ThreadQueue, _ thread: ThreadReference) {
        self.threadQueue = threadQueue
        self.thread = thread
        port = InputPort(threadQueue, threadID: thread.systemID)
        InputDoor.open(port)
    }

    private enum Fact {
        case display(DisplayEvent)
        /// The display has given a surface the keyboard: because it was asked, or by itself.
        case keyboard(SurfaceID, isAnswer: Bool)
        /// Another thread's.
        case wish(InputPort.Wish)

        /// Whether it says where the keyboard went.
        var isAboutFocus: Bool {
            switch self {
            case .keyboard, .display(.focusLost): true
            default: false
            }
        }
    }

    // MARK: - Windows

    /// The thread's windows below the desktop, the topmost first. The display's own stacking is not known here.
    var windows: [Window] {
        WindowTree.topLevelWindows(of: thread)
    }

    func forget(_ window: Window) {
        InputDoor.withLock { door in
            port.state.forget(window.handle)
            door.hotKeys.forget(window.handle)
        }
        Clipboard.shared.forget(window.handle)
        stopTracking(of: window)
    }

    func window(of surface: SurfaceID) -> Window? {
        try? Window.find(Handle(rawValue: surface.rawValue))
    }

    // MARK: - Display

    /// The display that shows the thread's windows.
    package var display: any DisplayBackend {
        get throws(DisplayError) {
            guard let openedDisplay, !isDisplayLost else { throw .notConnected }
            return openedDisplay
        }
    }

    package var hasDisplay: Bool { openedDisplay != nil && !isDisplayLost }
    package var showsWindows: Bool { !windows.isEmpty }

    /// Makes `display` the thread's, in the place of none or of a lost one.
    package func attach(_ display: any DisplayBackend) {
        openedDisplay = display
        isDisplayLost = false
        density = display.density
        language = display.language
        InputDoor.note(display.seat, display.screen, for: port)
    }

    // MARK: - Message source

    package var descriptor: CInt? { isDisplayLost ? nil : openedDisplay?.descriptor }

    package var nextLook: Instant {
        guard !isDisplayLost, let look = openedDisplay?.nextLook else { return .distantFuture }
        return Instant(nanoseconds: look)
    }

    package func prepareToSleep() -> Bool {
        guard !isDisplayLost, let openedDisplay else { return true }
        // Procedures that ran since the last look may have changed what lies there.
        return !hasToLookUnderPointer && openedDisplay.prepareToSleep()
    }

    /// What input and paint has come since the thread last looked.
    package var fresh: UInt32 { freshKnown | port.news }

    package func look(at kinds: UInt32) { freshKnown &= ~kinds }

    /// Something needs painting that did not.
    func notePaint() { freshKnown |= QueueStatus.paint }

    package func refresh(readsDisplay: Bool) {
        takeAnnounced()
        facts += port.takeWishes().map { .wish($0) }
        guard let openedDisplay, !isDisplayLost else { return }
        if readsDisplay {
            openedDisplay.pump()
            while let event = openedDisplay.nextEvent() { receive(event) }
        }
        lookUnderPointer()
        takeAnnounced()
    }

    private func takeAnnounced() {
        let kinds = port.takeAnnounced()
        freshKnown |= kinds & QueueStatus.input
        if kinds & QueueStatus.hotKey != 0 { threadQueue.noteHotKey() }
    }

    package var hasSent: Bool { !facts.isEmpty }

    package func deliverSent() {
        guard !facts.isEmpty else { return }
        deliver(facts.removeFirst())
    }

    package var pending: UInt32 {
        let paint = nextToPaint(.all) != nil ? QueueStatus.paint : 0
        return withInput { $0.status(for: port) } | paint
    }

    package func nextPaint(_ filter: MessageFilter) -> Message? {
        guard filter.admits(number: WindowMessage.paint), let window = nextToPaint(filter) else {
            return nil
        }
        var header = MessageHeader(
            message: WindowMessage.paint,
            target: window.handle,
            time: Instant.nowCoarse().nanoseconds
        )
        let position = threadQueue.pointerPosition
        header.x = position.x
        header.y = position.y
        return Message(header)
    }

    private func receive(_ event: DisplayEvent) {
        switch event {
        case .key(let surface, let key): InputDoor.enter(.key(surface, key), for: port)
        case .pointer(let surface, let pointer):
            restingPointer.note(pointer, in: surface, surfaceOrigin(surface))
            InputDoor.enter(.pointer(surface, pointer), for: port)
        case .pointerLeft(let surface):
            restingPointer.noteLeft(surface)
            InputDoor.enter(.pointerLeft(surface), for: port)
        case .locksChanged(let locks): InputDoor.enter(.locks(locks), for: port)
        case .buttonMissed(let button): InputDoor.enter(.missedRelease(button), for: port)
        case .exposed(let surface, let rect):
            window(of: surface)?.represent(rect)
        case .focusGained, .focusLost:
            // Where the keyboard went meanwhile is over; where it is now counts.
            facts.removeAll(where: \.isAboutFocus)
            heldKeyboard = nil
            if case .focusLost(let surface) = event {
                firstLost = firstLost ?? surface
                askedFor.remove(surface)
                facts.append(.display(.focusLost(firstLost ?? surface)))
            } else if case .focusGained(let surface) = event {
                facts.append(.keyboard(surface, isAnswer: askedFor.remove(surface) != nil))
            }
        case .fullscreen(let surface, let isOn):
            window(of: surface)?.isFullscreen = isOn
        case .screenChanged(let size):
            if let display = openedDisplay { InputDoor.note(display.seat, size, for: port) }
            facts.append(.display(event))
        case .doubleClickChanged, .focusElsewhere, .grabLost, .focusOffered, .modifiersHeld,
            .languageChanged,
            .configured, .closeRequested,
            .destroyed, .densityChanged,
            .workAreaChanged:
            facts.append(.display(event))
        case .lost:
            isDisplayLost = true
            facts.append(.display(event))
        }
    }

    private func deliver(_ fact: Fact) {
        switch fact {
        case .display(let event): deliver(event)
        case .keyboard(let surface, let isAnswer): gainKeyboard(surface, isAnswer)
        case .wish(.activate(let window)): _ = try? Self.setForeground(window)
        case .wish(.deactivate): leaveForeground()
        case .wish(.askForKeyboard(let window)): askForKeyboard(window)
        case .wish(.findKeyboard): try? openedDisplay?.findFocus()
        case .wish(.endWithOwner(let window)):
            (try? Window.find(window))?.destroy(isOwnersEnd: true)
        }
    }

    /// Makes the calls that follow from what the display told.
    private func deliver(_ event: DisplayEvent) {
        switch event {
        case .focusLost(let surface):
            firstLost = nil
            loseKeyboard(surface)
        case .focusOffered(let surface):
            if let window = window(of: surface) { takeOffer(for: window) }
        case .focusElsewhere(let surface): hand(to: surface)
        case .grabLost(let surface): loseGrab(surface)
        case .modifiersHeld(let surface, let modifiers): learn(modifiers, of: surface)
        case .languageChanged: tellLanguage()
        case .configured(let surface, let content, let state):
            window(of: surface)?.adopt(content, state)
        case .closeRequested(let surface):
            guard let window = window(of: surface), window.isEnabled,
                window.windowClass.style & ClassStyle.noClose == 0
            else { return }
            postOrSend(window, WindowMessage.systemCommand, 0xF060)
        case .destroyed(let surface):
            guard let window = window(of: surface) else { return }
            window.hasSurface = false
            window.destroy(isOwnersEnd: true)
        case .lost:
            announceLoss()
        case .screenChanged, .densityChanged, .workAreaChanged, .doubleClickChanged:
            announceScreen(event)
        case .key, .pointer, .pointerLeft, .locksChanged, .buttonMissed, .exposed,
            .fullscreen, .focusGained:
            break
        }
    }

    /// What stands before a disabled window is to have the keyboard; the window itself, if it is disabled no more.
    private func takeOffer(for window: Window) {
        if let taker = window.isEnabled ? window.handle : window.enabledPopup {
            takeForeground(taker)
        }
    }

    private func gainKeyboard(_ surface: SurfaceID, _ isAnswer: Bool) {
        let lost = firstLost
        firstLost = nil
        guard let window = window(of: surface) else { return }
        // It was with another program meanwhile.
        if lost == surface { forgetKeys() }
        // Since it was asked for, the program may have made another window active, of this thread or another. If
        // the display does not agree, it says so.
        guard !isAnswer || (activeHandle == window.handle && !isForegroundElsewhere) else {
            return
        }
        // A window manager gives the keyboard to what is clicked; what stands before a disabled window is to
        // have it.
        if !window.isEnabled, let popup = window.enabledPopup {
            takeForeground(popup)
            return
        }
        // As in Win32 the press asks first whether it may, and activates then.
        guard activeHandle == window.handle || !withInput({ $0.queue.hasPress(in: surface) }) else {
            heldKeyboard = surface
            return
        }
        becomeForeground()
        activate(window.handle, raises: false)
        tellLanguage()
    }

    /// The press that a surface has the keyboard by was retrieved. `isAsked` says that its window could decide whether
    /// that activates it.
    func endHeldKeyboard(_ surface: SurfaceID?, isAsked: Bool) {
        guard let held = heldKeyboard, held == surface else { return }
        heldKeyboard = nil
        if isAsked { tellLanguage() } else { gainKeyboard(held, false) }
    }

    /// Where a surface was, of what is not told yet, is not so any more.
    func forgetPlaces(of surface: SurfaceID) {
        facts.removeAll { fact in
            if case .display(.configured(surface, _, _)) = fact { true } else { false }
        }
    }

    private func announceLoss() {
        let status = UInt(RatError.notConnected.rawValue)
        // In the order in which most were created.
        let windows = windows.reversed()
        for window in windows { window.hasSurface = false }
        if windows.isEmpty {
            let header = MessageHeader(message: WindowMessage.displayLost, wparam: status)
            // A full queue of a thread without windows: there is nobody to tell.
            try? MessageQueue.post(Message(header), to: threadQueue.handle)
        }
        for window in windows where window.exists {
            postOrSend(window, WindowMessage.displayLost, status)
        }
    }

    /// Posts what must not get lost: if the queue is full, the procedure is called at once.
    private func postOrSend(_ window: Window, _ message: UInt32, _ wparam: UInt) {
        let header = MessageHeader(message: message, wparam: wparam)
        do throws(RatError) {
            try MessageQueue.post(Message(header), to: window.handle)
        } catch {
            window.send(message, wparam)
        }
    }
}
