internal import RatCore
internal import RatDisplay
internal import RatMessaging

// What hooks are asked about windows and input, and may refuse. The call sites are one line each, where it
// happens; none of it runs while no hook of that kind is set.

/// What a creation hook is told. Field for field the C interface's `RatCreateHook`.
@safe package struct HookedCreation {
    /// Its position and size may be changed.
    package var creation: UnsafeMutablePointer<CreateStruct>?
    package var insertAfter: UInt64
}

/// What an activation hook is told. Field for field the C interface's `RatActivateHook`.
package struct HookedActivation {
    package var isByMouse: UInt32
    package var active: UInt64
}

/// What a mouse hook is told. Field for field the C interface's `RatMouseHook`.
package struct HookedMouse {
    package var x: Int32
    package var y: Int32
    package var window: UInt64
    package var hitTest: UInt32
    package var extraInfo: UInt
    package var mouseData: UInt32
}

extension Window {
    /// Whether a hook lets the window be created, at the place and size that it leaves in `frame`. If not, the
    /// window is gone, without a message.
    func passesCreationHooks(_ creation: WindowCreation) -> Bool {
        guard HookKind.windows.isWatched, Hooks.has(.windows) else { return true }
        let isRefused = unsafe withCreateStruct(creation) { info in
            var told = unsafe HookedCreation(creation: info, insertAfter: WindowOrder.top)
            let answer = unsafe withUnsafeMutablePointer(to: &told) { told in
                Hooks.call(
                    .windows,
                    HookCode.createWindow,
                    UInt(handle.rawValue),
                    Int(bitPattern: told)
                )
            }
            let size = unsafe Size(width: info.pointee.width, height: info.pointee.height)
            if exists, Window.isValid(size) {
                frame = Rect(
                    origin: unsafe Point(x: info.pointee.x, y: info.pointee.y),
                    size: size
                )
            }
            return answer != 0
        }
        guard isRefused else { return exists }
        retireUnseen()
        return false
    }

    /// Ends a window that has had no message, with what was put into it meanwhile.
    private func retireUnseen() {
        guard exists else { return }
        life = .dying
        for window in ownedWindows + children where window.exists {
            window.destroy(isOwnersEnd: true)
        }
        guard exists else { return }
        // Its own messages count as sent.
        isDestroySent = true
        isEndSent = true
        finishDestruction()
        retire()
    }

    /// Whether a hook refuses that the window is destroyed.
    var isKeptByHooks: Bool {
        guard HookKind.windows.isWatched else { return false }
        return Hooks.call(
            .windows,
            HookCode.destroyWindow,
            UInt(handle.rawValue),
            0
        ) != 0
    }

    /// Whether a hook refuses that the window is minimised, maximised or restored. Runs application code.
    func isKeptInStateByHooks(_ command: ShowCommand) -> Bool {
        guard HookKind.windows.isWatched else { return false }
        return Hooks.call(
            .windows,
            HookCode.minimizeOrMaximize,
            UInt(handle.rawValue),
            Int(command.rawValue)
        ) != 0
    }

    /// Whether a hook refuses a system command that the default procedure would carry out.
    func isCommandRefusedByHooks(_ wparam: UInt, _ lparam: Int) -> Bool {
        guard HookKind.windows.isWatched else { return false }
        return Hooks.call(.windows, HookCode.systemCommand, wparam, lparam) != 0
    }
}

extension WindowThread {
    package var isForeground: Bool {
        InputDoor.withLock { $0.foreground(for: port)?.active.queue == port.queueHandle }
    }

    /// Whether a hook refuses that the window becomes the active one.
    func isActivationRefusedByHooks(_ window: Handle, byMouse isByMouse: Bool) -> Bool {
        guard HookKind.windows.isWatched, Hooks.has(.windows) else { return false }
        var told = HookedActivation(
            isByMouse: isByMouse ? 1 : 0,
            active: activeHandle.rawValue
        )
        return unsafe withUnsafeMutablePointer(to: &told) { told in
            Hooks.call(
                .windows,
                HookCode.activate,
                UInt(window.rawValue),
                Int(bitPattern: told)
            )
        } != 0
    }

    /// Whether a hook refuses that the focus goes where the program, or the default procedure, gives it.
    func isFocusRefusedByHooks(_ window: Handle) -> Bool {
        guard HookKind.windows.isWatched, focusHandle != window else { return false }
        return Hooks.call(
            .windows,
            HookCode.setFocus,
            UInt(window.rawValue),
            parameter(focusHandle)
        ) != 0
    }

    /// Whether a hook refuses an input message; then nobody gets it, also if it was only looked at.
    func isInputRefusedByHooks(_ message: Message, isRemoving: Bool) -> Bool {
        guard HookKind.keyboard.isWatched || HookKind.mouse.isWatched else { return false }
        let code = isRemoving ? HookCode.action : HookCode.noRemove
        let header = message.header
        if InputRange.keys.contains(header.message) {
            guard Hooks.call(.keyboard, code, header.wparam, header.lparam) != 0 else {
                return false
            }
            _ = Hooks.call(
                .windows,
                HookCode.keySkipped,
                header.wparam & 0xFFFF,
                header.lparam
            )
            return true
        }
        let isOutside = InputRange.nonClientMouse.contains(header.message)
        guard isOutside || InputRange.mouse.contains(header.message), Hooks.has(.mouse) else {
            return false
        }
        let data = header.message == WindowMessage.mouseMove ? 0 : header.wparam >> 16 & 0xFFFF
        var told = HookedMouse(
            x: header.x,
            y: header.y,
            window: header.target.rawValue,
            hitTest: isOutside ? UInt32(truncatingIfNeeded: header.wparam & 0xFFFF) : 1,
            extraInfo: 0,
            mouseData: UInt32(truncatingIfNeeded: data << 16)
        )
        return unsafe withUnsafeMutablePointer(to: &told) { told in
            let number = UInt(header.message)
            let pointer = Int(bitPattern: told)
            guard Hooks.call(.mouse, code, number, pointer) != 0 else { return false }
            _ = Hooks.call(.windows, HookCode.clickSkipped, number, pointer)
            return true
        }
    }
}

/// The numbers of input messages.
private enum InputRange {
    static let keys: ClosedRange<UInt32> = 0x0100...0x0109
    static let mouse: ClosedRange<UInt32> = 0x0200...0x020E
    static let nonClientMouse: ClosedRange<UInt32> = 0x00A0...0x00AD
}
