// swift-format-ignore-file: AllPublicDeclarationsHaveDocumentation

public import CRat
internal import RatCore
internal import RatDisplay
internal import RatMessaging
internal import RatWindowing

// One function per declaration in ratinput.h, in its order.

private let keyCount = 256
private let maximumInputs: UInt32 = 65_536
private let maximumDoubleClickMilliseconds: UInt32 = 5_000
private let maximumClickDistance: UInt32 = 32_767
private let nanosecondsPerMillisecond: UInt64 = 1_000_000

// MARK: - Who is active and has the mouse

@c @implementation
public func RatSetActiveWindow(
    _ window: RatWindow,
    _ outPrevious: UnsafeMutablePointer<RatWindow>?
) -> RatStatus {
    status { () throws(RatError) in
        let previous = try onThread(of: window, WindowThread.setActive)
        unsafe outPrevious?.pointee = previous.rawValue
    }
}

@c @implementation
public func RatGetActiveWindow(_ outWindow: UnsafeMutablePointer<RatWindow>?) -> RatStatus {
    unsafe handleStatus(outWindow) { WindowThread.currentIfAny?.activeHandle ?? .invalid }
}

@c @implementation
public func RatSetForegroundWindow(_ window: RatWindow) -> RatStatus {
    status { () throws(RatError) in
        try WindowThread.setForeground(Handle(rawValue: window))
    }
}

@c @implementation
public func RatGetForegroundWindow(_ outWindow: UnsafeMutablePointer<RatWindow>?) -> RatStatus {
    unsafe handleStatus(outWindow) { Input.foreground }
}

@c @implementation
public func RatSetCapture(
    _ window: RatWindow,
    _ outPrevious: UnsafeMutablePointer<RatWindow>?
) -> RatStatus {
    status { () throws(RatError) in
        let previous = try onThread(of: window, WindowThread.setCapture)
        unsafe outPrevious?.pointee = previous.rawValue
    }
}

@c @implementation
public func RatReleaseCapture() -> RatStatus {
    status { () throws(RatError) in
        guard let thread = WindowThread.currentIfAny, thread.captureHandle != .invalid else {
            return
        }
        try thread.setCapture(.invalid)
    }
}

@c @implementation
public func RatGetCapture(_ outWindow: UnsafeMutablePointer<RatWindow>?) -> RatStatus {
    unsafe handleStatus(outWindow) { WindowThread.currentIfAny?.captureHandle ?? .invalid }
}

// MARK: - Keys

@c @implementation
public func RatSetFocusEx(
    _ window: RatWindow,
    _ outPrevious: UnsafeMutablePointer<RatWindow>?
) -> RatStatus {
    status { () throws(RatError) in
        let previous = try onThread(of: window, WindowThread.takeFocus)
        unsafe outPrevious?.pointee = previous.rawValue
    }
}

@c @implementation
public func RatAttachThreadInput(
    _ from: RatMessageQueue,
    _ to: RatMessageQueue,
    _ attach: Bool
) -> RatStatus {
    status { () throws(RatError) in
        try WindowThread.setJoined(attach, Handle(rawValue: from), with: Handle(rawValue: to))
    }
}

@c @implementation
public func RatGetKeyState(_ key: Int32) -> Int16 {
    guard let key = UInt8(exactly: key) else { return 0 }
    return WindowThread.currentIfAny?.keyState(key) ?? 0
}

@c @implementation
public func RatGetAsyncKeyState(_ key: Int32) -> Int16 {
    guard let key = UInt8(exactly: key) else { return 0 }
    return Input.keyStateNow(key)
}

@c @implementation
public func RatGetKeyboardState(_ state: UnsafeMutablePointer<UInt8>?) -> RatStatus {
    guard let state = unsafe state else { return RAT_IPC_ERR_INVALID_ARG }
    let bytes =
        WindowThread.currentIfAny?.keyboardBytes ?? [UInt8](repeating: 0, count: keyCount)
    for index in 0..<keyCount { unsafe state[index] = bytes[index] }
    return RAT_IPC_OK
}

@c @implementation
public func RatSetKeyboardState(_ state: UnsafePointer<UInt8>?) -> RatStatus {
    guard let state = unsafe state else { return RAT_IPC_ERR_INVALID_ARG }
    return status { () throws(RatError) in
        let bytes = unsafe Array(UnsafeBufferPointer(start: state, count: keyCount))
        try WindowThread.current().keyboardBytes = bytes
    }
}

// MARK: - Sending input

@c @implementation
public func RatSendInput(
    _ inputs: UnsafePointer<RatInput>?,
    _ count: UInt32,
    _ size: UInt32
) -> RatStatus {
    guard let inputs = unsafe inputs, (1...maximumInputs).contains(count),
        Int(size) == MemoryLayout<RatInput>.size
    else { return RAT_IPC_ERR_INVALID_ARG }
    return status { () throws(RatError) in
        var commands: [InputCommand] = []
        for index in 0..<Int(count) {
            commands.append(try InputCommand(unsafe inputs[index]))
        }
        Input.send(commands)
    }
}

extension InputCommand {
    fileprivate init(_ given: RatInput) throws(RatError) {
        let action: Action =
            switch given.type {
            case RAT_INPUT_MOUSE: try InputCommand.mouse(given)
            case RAT_INPUT_KEYBOARD: .key(try InputCommand.key(given))
            default: throw .invalidArgument
            }
        self.init(action, time: given.time, extra: given.extraInfo)
    }

    private static func mouse(_ given: RatInput) throws(RatError) -> Action {
        let presses: [(UInt32, PointerEvent.Action)] = [
            (UInt32(RAT_MOUSEEVENTF_LEFTDOWN), .pressed(.left)),
            (UInt32(RAT_MOUSEEVENTF_LEFTUP), .released(.left)),
            (UInt32(RAT_MOUSEEVENTF_RIGHTDOWN), .pressed(.right)),
            (UInt32(RAT_MOUSEEVENTF_RIGHTUP), .released(.right)),
            (UInt32(RAT_MOUSEEVENTF_MIDDLEDOWN), .pressed(.middle)),
            (UInt32(RAT_MOUSEEVENTF_MIDDLEUP), .released(.middle)),
        ]
        let move = UInt32(RAT_MOUSEEVENTF_MOVE)
        let absolute = UInt32(RAT_MOUSEEVENTF_ABSOLUTE)
        let extraDown = UInt32(RAT_MOUSEEVENTF_XDOWN)
        let extraUp = UInt32(RAT_MOUSEEVENTF_XUP)
        let wheel = UInt32(RAT_MOUSEEVENTF_WHEEL)
        let sideways = UInt32(RAT_MOUSEEVENTF_HWHEEL)
        var known =
            move | absolute | UInt32(RAT_MOUSEEVENTF_VIRTUALDESK) | extraDown | extraUp | wheel
            | sideways
        for (flag, _) in presses { known |= flag }
        guard given.flags & ~known == 0 else { throw .invalidArgument }
        // Both would be about the same number.
        let usesData = given.flags & (extraDown | extraUp) != 0
        let turns = given.flags & (wheel | sideways) != 0
        guard !(usesData && turns) else { throw .invalidArgument }
        var actions = presses.filter { given.flags & $0.0 != 0 }.map(\.1)
        if usesData {
            let button: PointerButton
            switch given.data {
            case RAT_XBUTTON1: button = .x1
            case RAT_XBUTTON2: button = .x2
            default: throw .invalidArgument
            }
            if given.flags & extraDown != 0 { actions.append(.pressed(button)) }
            if given.flags & extraUp != 0 { actions.append(.released(button)) }
        }
        if given.flags & wheel != 0 {
            actions.append(.wheel(vertical: given.data, horizontal: 0))
        }
        if given.flags & sideways != 0 {
            actions.append(.wheel(vertical: 0, horizontal: given.data))
        }
        let place = Point(x: given.x, y: given.y)
        let step: Move? =
            given.flags & move == 0
            ? nil : given.flags & absolute == 0 ? .by(place) : .toPart(place)
        return .mouse(move: step, actions)
    }

    private static func key(_ given: RatInput) throws(RatError) -> KeyEvent {
        let extended = UInt32(RAT_KEYEVENTF_EXTENDEDKEY)
        let up = UInt32(RAT_KEYEVENTF_KEYUP)
        let unicode = UInt32(RAT_KEYEVENTF_UNICODE)
        guard given.flags & ~(extended | up | unicode) == 0 else { throw .invalidArgument }
        let isDown = given.flags & up == 0
        if given.flags & unicode != 0 {
            guard given.key == 0 else { throw .invalidArgument }
            return .packet(isDown: isDown, unit: given.scanCode)
        }
        guard let key = UInt8(exactly: given.key), (1...254).contains(key),
            let scanCode = UInt8(exactly: given.scanCode)
        else { throw .invalidArgument }
        return .key(
            key,
            isDown: isDown,
            scanCode: scanCode,
            isExtended: given.flags & extended != 0
        )
    }
}

@c @implementation
public func RatGetCursorPos(_ outPoint: UnsafeMutablePointer<RatPoint>?) -> RatStatus {
    unsafe give(Input.pointer, to: outPoint)
}

@c @implementation
public func RatGetScreenSize(
    _ outWidth: UnsafeMutablePointer<Int32>?,
    _ outHeight: UnsafeMutablePointer<Int32>?
) -> RatStatus {
    let size = Input.screen
    unsafe outWidth?.pointee = size.width
    unsafe outHeight?.pointee = size.height
    return RAT_IPC_OK
}

@c @implementation
public func RatGetMouseMovePoints(
    _ points: UnsafeMutablePointer<RatMovePoint>?,
    _ count: UInt32,
    _ outCount: UnsafeMutablePointer<UInt32>?
) -> RatStatus {
    guard let points = unsafe points, let outCount = unsafe outCount else {
        return RAT_IPC_ERR_INVALID_ARG
    }
    let trail = Input.trail(atMost: Int(count))
    for (index, place) in trail.enumerated() {
        unsafe points[index] = RatMovePoint(x: place.point.x, y: place.point.y, time: place.time)
    }
    unsafe outCount.pointee = UInt32(trail.count)
    return RAT_IPC_OK
}

@c @implementation
public func RatKeepMouseMoves(_ keep: Bool) -> RatStatus {
    status { () throws(RatError) in try Input.keepMoves(keep) }
}

@c @implementation
public func RatSetDoubleClick(_ time_ms: UInt32, _ width: UInt32, _ height: UInt32) -> RatStatus {
    guard time_ms <= maximumDoubleClickMilliseconds, width <= maximumClickDistance,
        height <= maximumClickDistance
    else { return RAT_IPC_ERR_INVALID_ARG }
    var settings = InputSettings.usualDoubleClick
    if time_ms != 0 { settings.time = UInt64(time_ms) * nanosecondsPerMillisecond }
    if width != 0 { settings.width = width }
    if height != 0 { settings.height = height }
    InputSettings.doubleClick = settings
    return RAT_IPC_OK
}

@c @implementation
public func RatGetDoubleClick(
    _ outTime_ms: UnsafeMutablePointer<UInt32>?,
    _ outWidth: UnsafeMutablePointer<UInt32>?,
    _ outHeight: UnsafeMutablePointer<UInt32>?
) -> RatStatus {
    let settings = InputSettings.doubleClick
    unsafe outTime_ms?.pointee = UInt32(settings.time / nanosecondsPerMillisecond)
    unsafe outWidth?.pointee = settings.width
    unsafe outHeight?.pointee = settings.height
    return RAT_IPC_OK
}

// MARK: - Tracking

@c @implementation
public func RatTrackMouseEvent(_ track: UnsafeMutablePointer<RatTrackMouse>?) -> RatStatus {
    guard let track = unsafe track,
        unsafe Int(track.pointee.size) == MemoryLayout<RatTrackMouse>.size,
        unsafe track.pointee.reserved == 0
    else { return RAT_IPC_ERR_INVALID_ARG }
    let given = unsafe track.pointee
    let wanted = TrackFlag.hover | TrackFlag.leave | TrackFlag.nonClient | TrackFlag.cancel
    let query = UInt32(RAT_TME_QUERY)
    guard given.flags & ~(wanted | query) == 0 else { return RAT_IPC_ERR_INVALID_ARG }
    if given.flags & query != 0 {
        let tracking = WindowThread.currentIfAny?.tracking ?? MouseTracking()
        unsafe track.pointee.flags = tracking.flags
        unsafe track.pointee.window = tracking.window.rawValue
        unsafe track.pointee.hoverTime_ms = tracking.hoverMilliseconds
        return RAT_IPC_OK
    }
    return windowStatus(given.window) { window throws(RatError) in
        let isDefault = given.hoverTime_ms == 0 || given.hoverTime_ms == RAT_HOVER_DEFAULT
        try WindowThread.current().track(
            window,
            given.flags,
            hoverMilliseconds: isDefault
                ? InputSettings.usualHoverMilliseconds : given.hoverTime_ms
        )
    }
}

// MARK: - Hot keys and accelerators

@c @implementation
public func RatRegisterHotKey(
    _ window: RatWindow,
    _ id: Int32,
    _ modifiers: UInt32,
    _ key: UInt32
) -> RatStatus {
    guard modifiers & ~HotKeys.all == 0, let key = UInt8(exactly: key), (1...254).contains(key)
    else { return RAT_IPC_ERR_INVALID_ARG }
    return status { () throws(RatError) in
        try HotKeys.register(Handle(rawValue: window), id, modifiers: modifiers, key: key)
    }
}

@c @implementation
public func RatUnregisterHotKey(_ window: RatWindow, _ id: Int32) -> RatStatus {
    status { () throws(RatError) in try HotKeys.unregister(Handle(rawValue: window), id) }
}

@c @implementation
public func RatCreateAcceleratorTable(
    _ accelerators: UnsafePointer<RatAccelerator>?,
    _ count: UInt32,
    _ outTable: UnsafeMutablePointer<RatAcceleratorTable>?
) -> RatStatus {
    guard let outTable = unsafe outTable else { return RAT_IPC_ERR_INVALID_ARG }
    unsafe outTable.pointee = 0
    guard let accelerators = unsafe accelerators, count <= Accelerators.maximumCount else {
        return RAT_IPC_ERR_INVALID_ARG
    }
    return status { () throws(RatError) in
        var copied: [Accelerator] = []
        for index in 0..<Int(count) {
            let given = unsafe accelerators[index]
            guard given.flags & ~Accelerator.Flag.all == 0, given.reserved == 0 else {
                throw .invalidArgument
            }
            copied.append(
                Accelerator(flags: given.flags, key: given.key, command: given.command)
            )
        }
        unsafe outTable.pointee = try Accelerators.create(copied)
    }
}

@c @implementation
public func RatCopyAcceleratorTable(
    _ table: RatAcceleratorTable,
    _ accelerators: UnsafeMutablePointer<RatAccelerator>?,
    _ count: UInt32,
    _ outCount: UnsafeMutablePointer<UInt32>?
) -> RatStatus {
    guard unsafe accelerators != nil || count == 0 else { return RAT_IPC_ERR_INVALID_ARG }
    unsafe outCount?.pointee = 0
    return status { () throws(RatError) in
        let copied = try Accelerators.copy(table)
        if let accelerators = unsafe accelerators {
            for (index, one) in copied.prefix(Int(count)).enumerated() {
                unsafe accelerators[index] = RatAccelerator(
                    flags: one.flags,
                    reserved: 0,
                    key: one.key,
                    command: one.command
                )
            }
        }
        unsafe outCount?.pointee = UInt32(copied.count)
    }
}

@c @implementation
public func RatDestroyAcceleratorTable(_ table: RatAcceleratorTable) -> RatStatus {
    status { () throws(RatError) in try Accelerators.destroy(table) }
}

@c @implementation
public func RatTranslateAccelerator(
    _ window: RatWindow,
    _ table: RatAcceleratorTable,
    _ msg: UnsafePointer<RatMessage>?
) -> RatStatus {
    guard let msg = unsafe msg else { return RAT_IPC_ERR_INVALID_ARG }
    return windowStatus(window) { window throws(RatError) in
        let isOne = try unsafe Accelerators.translate(msg.engine.pointee, for: window, table)
        guard isOne else { throw .notFound }
    }
}

// MARK: - Of the message that was retrieved last

@c @implementation
public func RatGetMessagePos(_ outPoint: UnsafeMutablePointer<RatPoint>?) -> RatStatus {
    unsafe give(WindowThread.currentIfAny?.messagePosition ?? Point(x: 0, y: 0), to: outPoint)
}

@c @implementation
public func RatGetMessageTime() -> UInt64 {
    WindowThread.currentIfAny?.messageTime ?? 0
}

@c @implementation
public func RatGetMessageExtraInfo() -> Int {
    WindowThread.currentIfAny?.extra ?? 0
}

@c @implementation
public func RatSetMessageExtraInfo(_ extraInfo: Int) -> Int {
    (try? WindowThread.current())?.exchangeExtra(extraInfo) ?? 0
}

private func give(_ point: Point, to out: UnsafeMutablePointer<RatPoint>?) -> RatStatus {
    guard let out = unsafe out else { return RAT_IPC_ERR_INVALID_ARG }
    unsafe out.pointee = RatPoint(point)
    return RAT_IPC_OK
}
