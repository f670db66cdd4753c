#if X11

internal import CRatXCB
internal import RatDisplay

/// Which keys are down, and what of them is still to be told.
struct KeyTracker {
    /// The virtual keys of the keys that are down, so that a key goes up as what it went down as.
    fileprivate var down: [UInt8: UInt8] = [:]
    /// The keys that went down as AltGr.
    fileprivate var altGrDown: Set<UInt8> = []
    /// The state of the latest input.
    fileprivate var state: UInt16 = 0
    /// Where the latest key went down.
    fileprivate var window: xcb_window_t = 0
    /// What is switched on, as was told last.
    fileprivate var locks: Modifiers?
    /// The keyboard came to a surface, and no key has told since what is held.
    var awaitsModifiers = false
    /// A release that the press of a repeat may follow.
    private(set) var heldBack: (input: XEvent.Input, code: UInt8)?

    mutating func forget() {
        down.removeAll()
        altGrDown.removeAll()
        awaitsModifiers = false
    }

    fileprivate mutating func holdBack(_ input: XEvent.Input, _ code: UInt8) {
        heldBack = (input, code)
    }

    fileprivate mutating func takeHeldBack() -> (input: XEvent.Input, code: UInt8)? {
        defer { heldBack = nil }
        return heldBack
    }

    fileprivate mutating func note(_ code: UInt8, _ key: UInt8, isDown: Bool) {
        down[code] = isDown ? key : nil
    }

    /// Whether a key is down that switches something on or off.
    fileprivate var holdsLock: Bool {
        down.values.contains { $0 == 0x14 || $0 == 0x90 || $0 == 0x91 }
    }

    fileprivate mutating func noteAltGr(_ code: UInt8, isDown: Bool) {
        if isDown { altGrDown.insert(code) } else { altGrDown.remove(code) }
    }
}

extension EventTranslator {
    mutating func translateKey(
        _ input: XEvent.Input,
        _ code: UInt8,
        _ isDown: Bool,
        _ keyboard: Keyboard,
        _ now: UInt64
    ) {
        noteUser(input)
        // Without the extension a key that repeats goes up and down again, in one breath.
        if !isDown, keyboard.fakesReleases, !input.isSynthetic {
            return keys.holdBack(input, code)
        }
        tellKey(input, code, isDown, keyboard, time(of: input, now))
    }

    private mutating func tellKey(
        _ input: XEvent.Input,
        _ code: UInt8,
        _ isDown: Bool,
        _ keyboard: Keyboard,
        _ time: UInt64
    ) {
        guard let surface = surfaces[input.window] else { return }
        let meaning = keyboard.meaning(
            ofKey: code,
            core: input.state,
            isSynthetic: input.isSynthetic
        )
        var key = meaning.virtualKey
        // What is made up says nothing about the keys themselves.
        if !input.isSynthetic {
            if !isDown { key = keys.down[code] ?? key }
            keys.note(code, key, isDown: isDown)
            if isDown { keys.window = input.window }
            keys.state = input.state
            keys.awaitsModifiers = false
        }
        let event = KeyEvent(
            isDown: isDown,
            virtualKey: key,
            scanCode: meaning.scan.code,
            isExtended: meaning.scan.isExtended,
            symbol: meaning.symbol,
            character: meaning.character,
            modifiers: keyboard.modifiers(core: input.state),
            time: time
        )
        if isDown ? meaning.isAltGr : keys.altGrDown.contains(code) {
            if !input.isSynthetic { keys.noteAltGr(code, isDown: isDown) }
            appendAltGr(event, surface.id)
        } else {
            queue.append(.key(surface.id, event))
        }
    }

    /// Win32's keyboards press Control, the left one, before AltGr and release it before.
    private mutating func appendAltGr(_ altGr: KeyEvent, _ id: SurfaceID) {
        var control = altGr
        control.virtualKey = 0x11
        control.scanCode = 0x1D
        control.isExtended = false
        control.symbol = 0
        queue.append(.key(id, control))
        var menu = altGr
        if altGr.isDown {
            menu.modifiers.insert(.control)
        } else {
            menu.modifiers.remove(.control)
        }
        queue.append(.key(id, menu))
    }

    // MARK: Repeats without the extension

    /// Tells a release that was held back, unless it was no more than the first half of a repeat: the server
    /// makes both at once, with one time.
    mutating func releaseHeldBack(before event: XEvent?, _ keyboard: Keyboard) {
        guard let (release, code) = keys.takeHeldBack() else { return }
        if case .key(let press, code, isDown: true) = event, press.time == release.time,
            press.window == release.window, !press.isSynthetic
        {
            return
        }
        tellKey(release, code, false, keyboard, time(of: release, 0))
    }

    // MARK: Keys that others saw

    /// Tells the releases that somebody else got who had grabbed the keyboard. Presses are not told: whoever got
    /// them has used them.
    mutating func releaseMissed(_ held: HeldKeys, _ keyboard: Keyboard, _ now: UInt64) {
        let missed = keys.down.keys.filter { !held.contains($0) }
        // With the focus at the pointer nobody has it, and keys go where the pointer is.
        guard !missed.isEmpty, let surface = surfaces.focused ?? surfaces[keys.window] else {
            return
        }
        let modifiers: [UInt8: Modifiers] = [0x10: .shift, 0x11: .control, 0x12: .alt]
        // Modifiers last, as a hand does it.
        let order = missed.sorted { first, second in
            let isModifier = [first, second].map { modifiers[keys.down[$0] ?? 0] != nil }
            return isModifier[0] == isModifier[1] ? first < second : isModifier[1]
        }
        for code in order {
            guard let key = keys.down[code] else { continue }
            // What is locked is as it was, as far as anybody knows.
            var before = keyboard.modifiers(core: keys.state).intersection([.capsLock, .numLock])
            for held in keys.down.values { before.formUnion(modifiers[held] ?? []) }
            let meaning = keyboard.meaning(ofKey: code, core: keys.state, isSynthetic: false)
            var event = KeyEvent(
                isDown: false,
                virtualKey: key,
                scanCode: meaning.scan.code,
                isExtended: meaning.scan.isExtended,
                modifiers: before,
                time: now
            )
            event.isMissed = true
            keys.note(code, key, isDown: false)
            if keys.altGrDown.contains(code) {
                keys.noteAltGr(code, isDown: false)
                appendAltGr(event, surface.id)
            } else {
                queue.append(.key(surface.id, event))
            }
        }
    }

    // MARK: What is not told with keys

    /// Tells what is switched on, whoever has done that. While a key for it is down, that key has told.
    mutating func tellLocks(_ state: KeyboardState, _ keyboard: Keyboard) {
        guard let locked = state.locked, !keys.holdsLock else { return }
        let locks = keyboard.locks(locked)
        guard locks != keys.locks else { return }
        keys.locks = locks
        queue.append(.locksChanged(locks))
    }

    /// Tells what is held by the surface's first moment with the keyboard, if no key has said so meanwhile.
    /// `state` is as core events have it.
    mutating func tellModifiers(_ state: UInt16, _ keyboard: Keyboard) {
        guard keys.awaitsModifiers else { return }
        keys.awaitsModifiers = false
        guard let surface = surfaces.focused else { return }
        keys.state = state
        queue.append(.modifiersHeld(surface.id, keyboard.modifiers(core: state)))
    }
}

#endif
