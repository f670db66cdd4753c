internal import RatCore
internal import RatDisplay
internal import RatMessaging

/// What WM_HELP tells. Field for field the C interface's `RatHelpInfo`.
private struct HelpInfo {
    var size = UInt32(MemoryLayout<HelpInfo>.size)
    /// HELPINFO_WINDOW.
    var contextType: Int32 = 1
    var controlID: Int32
    var item: UInt64
    var contextID: UInt = 0
    var mouse: Point
}

/// What every window does with input, by default.
extension Window {
    func handleInputByDefault(_ message: UInt32, _ wparam: UInt, _ lparam: Int) -> Int {
        switch message {
        case WindowMessage.mouseActivate: return answerMouseActivate(message, wparam, lparam)
        case WindowMessage.setCursor: return answerSetCursor(wparam, lparam)
        case WindowMessage.cancelMode:
            if thread.captureHandle == handle { _ = try? thread.setCapture(.invalid) }
        case WindowMessage.rightButtonUp:
            let origin = parentOrigin
            let point = Words.unpack(lparam)
            send(
                WindowMessage.contextMenu,
                UInt(handle.rawValue),
                Words.pack(
                    point.x &+ origin.x &+ client.left,
                    point.y &+ origin.y &+ client.top
                )
            )
        case WindowMessage.nonClientRightButtonUp:
            guard wparam == UInt(HitTest.caption) else { break }
            send(WindowMessage.contextMenu, UInt(handle.rawValue), lparam)
        case WindowMessage.extraButtonUp, WindowMessage.nonClientExtraButtonUp:
            sendAppCommand(wparam)
        case WindowMessage.contextMenu:
            return parent?.send(message, UInt(handle.rawValue), lparam) ?? 0
        case WindowMessage.appCommand, WindowMessage.mouseWheel,
            WindowMessage.mouseHorizontalWheel:
            // Who does nothing with it leaves it to what it is in.
            return parent?.send(message, wparam, lparam) ?? 0
        case WindowMessage.nonClientLeftButtonDown:
            guard wparam == UInt(HitTest.caption) else { break }
            let top = topLevel
            thread.activateByClick(top)
            guard exists else { break }
            send(WindowMessage.systemCommand, SystemCommand.move | wparam, lparam)
        case WindowMessage.nonClientLeftDoubleClick:
            guard wparam == UInt(HitTest.caption), style & WindowStyle.maximizeBox != 0 else {
                break
            }
            let command =
                state == .normal ? SystemCommand.maximize : SystemCommand.restore
            send(WindowMessage.systemCommand, command, lparam)
        case WindowMessage.systemCommand:
            guard !isCommandRefusedByHooks(wparam, lparam), exists else { return 0 }
            doSystemCommand(wparam & 0xFFF0)
        case WindowMessage.keyDown:
            if wparam == UInt(VirtualKey.f1) { askForHelp() }
        case WindowMessage.keyUp:
            if wparam == UInt(VirtualKey.apps) {
                send(WindowMessage.contextMenu, UInt(handle.rawValue), -1)
            } else {
                openMenuIfAsked(wparam)
            }
        case WindowMessage.systemKeyDown: handleSystemKey(wparam, lparam)
        case WindowMessage.systemKeyUp: openMenuIfAsked(wparam)
        case WindowMessage.systemCharacter: handleSystemCharacter(wparam, lparam)
        default: return answerByDefault(message, wparam, lparam)
        }
        return 0
    }

    // MARK: - The mouse

    /// What it is in may say no; then the press activates, but on a caption, where that comes with moving.
    private func answerMouseActivate(_ message: UInt32, _ wparam: UInt, _ lparam: Int) -> Int {
        if let parent {
            let answer = parent.send(message, wparam, lparam)
            if answer != 0 { return answer }
        }
        guard exists, exStyle & ExtendedStyle.noActivate == 0 else {
            return MouseActivation.noActivate
        }
        let (part, pressed) = halves(of: lparam)
        return part == HitTest.caption && pressed == WindowMessage.leftButtonDown
            ? MouseActivation.noActivate : MouseActivation.activate
    }

    /// What it is in may have a pointer of its own, but for the border that sizes; and who presses a disabled
    /// window is shown the popup that is in the way.
    private func answerSetCursor(_ wparam: UInt, _ lparam: Int) -> Int {
        let (part, message) = halves(of: lparam)
        if !Self.sizingParts.contains(part), let parent,
            parent.send(WindowMessage.setCursor, wparam, lparam) != 0
        {
            return 1
        }
        guard exists else { return 0 }
        guard part == HitTest.error,
            [
                WindowMessage.leftButtonDown, WindowMessage.rightButtonDown,
                WindowMessage.middleButtonDown, WindowMessage.extraButtonDown,
            ].contains(message)
        else { return showDefaultCursor(part, of: wparam) ? 1 : 0 }
        if let popup = enabledPopup { thread.takeForeground(popup) }
        guard exists else { return 0 }
        return showDefaultCursor(part, of: wparam) ? 1 : 0
    }

    /// What stands before the window while it is disabled, a dialog as a rule.
    var enabledPopup: Handle? {
        guard let popup = try? WindowTree.related(to: topLevel.handle, .enabledPopup),
            popup != handle, let window = try? Window.find(popup),
            window.isEnabled
        else { return nil }
        return popup
    }

    private func halves(of lparam: Int) -> (part: Int, message: UInt32) {
        (
            Int(Int16(truncatingIfNeeded: lparam)),
            UInt32(UInt16(truncatingIfNeeded: lparam >> 16))
        )
    }

    /// The extra buttons go back and forward, by default.
    private func sendAppCommand(_ wparam: UInt) {
        let button = UInt16(truncatingIfNeeded: wparam >> 16)
        guard button == 1 || button == 2 else { return }
        let byMouse: UInt16 = 0x8000
        let keys = UInt32(UInt16(truncatingIfNeeded: wparam))
        send(
            WindowMessage.appCommand,
            UInt(handle.rawValue),
            Int(UInt32(button | byMouse) << 16 | keys)
        )
    }

    // MARK: - Keys

    /// WM_HELP, which the default procedure hands from window to window outward.
    private func askForHelp() {
        let position = thread.threadQueue.pointerPosition
        var info = HelpInfo(
            controlID: Int32(truncatingIfNeeded: level == .child ? identifier : 0),
            item: handle.rawValue,
            mouse: Point(x: position.x, y: position.y)
        )
        send(WindowMessage.help, telling: &info)
    }

    private func handleSystemKey(_ wparam: UInt, _ lparam: Int) {
        let key = UInt8(truncatingIfNeeded: wparam)
        let wasDown = KeyBits.has(KeyBits.wasDown, lparam)
        switch key {
        case VirtualKey.menu:
            if !wasDown { thread.menuKey = key }
        case VirtualKey.f10:
            if thread.keyboard.isDown(VirtualKey.shift) {
                send(WindowMessage.contextMenu, UInt(handle.rawValue), -1)
            }
            if !wasDown { thread.menuKey = key }
        default:
            thread.menuKey = 0
            let isClosable = topLevel.windowClass.style & ClassStyle.noClose == 0
            if key == VirtualKey.f4, KeyBits.has(KeyBits.context, lparam), isClosable {
                topLevel.send(WindowMessage.systemCommand, SystemCommand.close)
            }
        }
    }

    /// A key that was pressed alone is released.
    private func openMenuIfAsked(_ wparam: UInt) {
        let key = UInt8(truncatingIfNeeded: wparam)
        guard key == VirtualKey.menu || key == VirtualKey.f10 else { return }
        let isAsked = thread.menuKey == key
        thread.menuKey = 0
        if isAsked { topLevel.send(WindowMessage.systemCommand, SystemCommand.keyMenu) }
    }

    private func handleSystemCharacter(_ wparam: UInt, _ lparam: Int) {
        thread.menuKey = 0
        if wparam == UInt(VirtualKey.enter), state == .minimized {
            send(WindowMessage.systemCommand, SystemCommand.restore)
            return
        }
        guard KeyBits.has(KeyBits.context, lparam), wparam != 0,
            wparam != UInt(VirtualKey.tab), wparam != UInt(VirtualKey.escape)
        else { return }
        if wparam == UInt(VirtualKey.space), let parent {
            parent.send(WindowMessage.systemCharacter, wparam, lparam)
        } else {
            send(
                WindowMessage.systemCommand,
                SystemCommand.keyMenu,
                Int(bitPattern: wparam)
            )
        }
    }

    private func doSystemCommand(_ command: UInt) {
        switch command {
        case SystemCommand.close: send(WindowMessage.close)
        case SystemCommand.minimize: _ = try? show(ShowCommand.minimize)
        case SystemCommand.maximize: _ = try? show(ShowCommand.maximized)
        case SystemCommand.restore: _ = try? show(ShowCommand.restore)
        default: break
        }
    }
}
