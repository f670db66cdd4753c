extension Message {
    /// What a window's message says, by name.
    public enum Kind: Sendable, Equatable {
        /// The window is being created; answering -1 refuses.
        case create
        /// The window is about to go.
        case destroy
        /// The window was asked to close; by default it is destroyed.
        case close
        /// The window needs painting: call `Window.paint(_:)`.
        case paint
        /// The client area has a new size, in pixels.
        case size(width: Int, height: Int)
        /// The client area is somewhere else on the screen.
        case move(x: Int, y: Int)
        /// The window has the keyboard from now on.
        case focusGained
        /// The window has lost the keyboard.
        case focusLost
        /// A key went down; `isRepeat` if it was down already.
        case keyDown(VirtualKey, isRepeat: Bool)
        /// A key went up.
        case keyUp(VirtualKey)
        /// Text was typed: one UTF-16 unit.
        case character(UInt16)
        /// The pointer moved, in client coordinates.
        case mouseMove(x: Int, y: Int)
        /// The left button went down.
        case leftButtonDown(x: Int, y: Int)
        /// The left button went up.
        case leftButtonUp(x: Int, y: Int)
        /// The right button went down.
        case rightButtonDown(x: Int, y: Int)
        /// The right button went up.
        case rightButtonUp(x: Int, y: Int)
        /// The wheel turned by so many 120ths of a notch; away from the person is positive.
        case wheel(delta: Int)
        /// A timer's period has passed.
        case timer(id: UInt)
        /// Text was typed with Alt held: one UTF-16 unit.
        case systemCharacter(UInt16)
        /// A key that changes the next character: its own, one UTF-16 unit.
        case deadCharacter(UInt16)
        /// The left button went down a second time; for classes that want double clicks.
        case leftButtonDoubleClick(x: Int, y: Int)
        /// The right button did.
        case rightButtonDoubleClick(x: Int, y: Int)
        /// The middle button went down.
        case middleButtonDown(x: Int, y: Int)
        /// The middle button went up.
        case middleButtonUp(x: Int, y: Int)
        /// The middle button went down a second time.
        case middleButtonDoubleClick(x: Int, y: Int)
        /// An extra button went down, 1 or 2. To be answered with 1.
        case extraButtonDown(Int, x: Int, y: Int)
        /// An extra button went up.
        case extraButtonUp(Int, x: Int, y: Int)
        /// The wheel turned sideways by so many 120ths of a notch; to the right is positive.
        case horizontalWheel(delta: Int)
        /// The pointer has left, as `Window.trackMouse(leave:hover:)` asked.
        case mouseLeave
        /// The pointer rests.
        case mouseHover(x: Int, y: Int)
        /// The window has the mouse to itself no longer.
        case captureLost
        /// What lies at a point of the screen is asked for: a `HitArea`.
        case hitTest(x: Int, y: Int)
        /// A press of the right button, or its key, asks for a menu; screen coordinates, -1 and -1 for the key.
        case contextMenu(x: Int, y: Int)
        /// A command was chosen: an accelerator, or what a program sends.
        case command(id: UInt16)
        /// A command for the frame was chosen: Win32's SC_*.
        case systemCommand(UInt)
        /// A hot key was pressed.
        case hotKey(id: Int)
        /// The window is being shown, or hidden.
        case show(Bool)
        /// It gets input from now on, or gets none.
        case enable(Bool)
        /// It has become the active window, or is it no longer.
        case activate(Bool)
        /// One of the program's windows has become active, or none is any longer.
        case activateProgram(Bool)
        /// Its place, size or order is about to change: `Message.placement` says how, and may be set.
        case positionChanging
        /// They have changed, as `Message.placement` says.
        case positionChanged
        /// How small and large it may be is asked for: call `Message.limitSize(minimum:maximum:)`.
        case sizeLimits
        /// The background is to be erased; answering 1 says that it was.
        case eraseBackground
        /// The title is to be another.
        case setText
        /// Bytes were copied: see `Message.copiedData`.
        case copyData
        /// Somebody wants what the window has promised to put on the clipboard: call `Clipboard.render(_:)`.
        case renderFormat(Clipboard.Format)
        /// The window is about to go: call `Clipboard.renderAll(_:owner:)`.
        case renderAllFormats
        /// What the window has copied is on the clipboard no longer.
        case clipboardLost
        /// There is something else on the clipboard: `Window.listenToClipboard(_:)`.
        case clipboardChanged
        /// The display is gone for good.
        case displayLost
        /// Any other message; look at `number`.
        case other
    }

    /// What the message says, if it is one that a window gets.
    public var kind: Kind {
        let low = Int(Int16(truncatingIfNeeded: lparam))
        let high = Int(Int16(truncatingIfNeeded: lparam >> 16))
        return switch number {
        case 0x0001: .create
        case 0x0002: .destroy
        case 0x0010: .close
        case 0x000F: .paint
        case 0x0005: .size(width: lparam & 0xFFFF, height: lparam >> 16 & 0xFFFF)
        case 0x0003: .move(x: low, y: high)
        case 0x0007: .focusGained
        case 0x0008: .focusLost
        case 0x0100, 0x0104:
            .keyDown(
                VirtualKey(rawValue: UInt8(truncatingIfNeeded: wparam)),
                isRepeat: lparam & 1 << 30 != 0
            )
        case 0x0101, 0x0105: .keyUp(VirtualKey(rawValue: UInt8(truncatingIfNeeded: wparam)))
        case 0x0102: .character(UInt16(truncatingIfNeeded: wparam))
        case 0x0200: .mouseMove(x: low, y: high)
        case 0x0201: .leftButtonDown(x: low, y: high)
        case 0x0202: .leftButtonUp(x: low, y: high)
        case 0x0204: .rightButtonDown(x: low, y: high)
        case 0x0205: .rightButtonUp(x: low, y: high)
        case 0x020A: .wheel(delta: Int(Int16(truncatingIfNeeded: wparam >> 16)))
        case 0x0113: .timer(id: wparam)
        case 0x03F0: .displayLost
        default: rareKind(low, high)
        }
    }

    /// The rest of them, apart from those that come all the time.
    private func rareKind(_ low: Int, _ high: Int) -> Kind {
        let unit = UInt16(truncatingIfNeeded: wparam)
        let button = Int(wparam >> 16 & 0xFFFF)
        return switch number {
        case 0x0106: .systemCharacter(unit)
        case 0x0103: .deadCharacter(unit)
        case 0x0203: .leftButtonDoubleClick(x: low, y: high)
        case 0x0206: .rightButtonDoubleClick(x: low, y: high)
        case 0x0207: .middleButtonDown(x: low, y: high)
        case 0x0208: .middleButtonUp(x: low, y: high)
        case 0x0209: .middleButtonDoubleClick(x: low, y: high)
        case 0x020B: .extraButtonDown(button, x: low, y: high)
        case 0x020C: .extraButtonUp(button, x: low, y: high)
        case 0x020E: .horizontalWheel(delta: Int(Int16(truncatingIfNeeded: wparam >> 16)))
        case 0x02A3: .mouseLeave
        case 0x02A1: .mouseHover(x: low, y: high)
        case 0x0215: .captureLost
        case 0x0084: .hitTest(x: low, y: high)
        case 0x007B: .contextMenu(x: low, y: high)
        case 0x0111: .command(id: unit)
        case 0x0112: .systemCommand(wparam & 0xFFF0)
        case 0x0312: .hotKey(id: Int(Int32(truncatingIfNeeded: wparam)))
        case 0x0018: .show(wparam != 0)
        case 0x000A: .enable(wparam != 0)
        case 0x0006: .activate(wparam & 0xFFFF != 0)
        case 0x001C: .activateProgram(wparam != 0)
        case 0x0046: .positionChanging
        case 0x0047: .positionChanged
        case 0x0024: .sizeLimits
        case 0x0014: .eraseBackground
        case 0x000C: .setText
        case 0x004A: .copyData
        case 0x0305: .renderFormat(Clipboard.Format(rawValue: UInt32(truncatingIfNeeded: wparam)))
        case 0x0306: .renderAllFormats
        case 0x0307: .clipboardLost
        case 0x031D: .clipboardChanged
        default: .other
        }
    }
}

/// What of a window lies at a point: the answer to `.hitTest`, as `HitArea.client.rawValue`.
public enum HitArea: Int, Sendable {
    /// Nothing of this window: ask the one below it.
    case transparent = -1
    /// Nothing.
    case nowhere = 0
    /// What the program draws on.
    case client = 1
    /// What the window is moved by.
    case caption = 2
    /// A border that does nothing.
    case border = 18
}
