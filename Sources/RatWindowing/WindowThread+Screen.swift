internal import RatCore
internal import RatDisplay

/// What becomes of a screen that changes: every top-level window is told, as Win32 does it.
extension WindowThread {
    func announceScreen(_ event: DisplayEvent) {
        switch event {
        case .screenChanged(let size):
            let place = Words.pack(size.width, size.height)
            for window in windows where window.exists {
                window.send(WindowMessage.displayChange, Self.bitsPerPixel, place)
            }
        case .densityChanged(let new):
            let old = density
            guard new != old, new != 0 else { return }
            density = new
            for window in windows where window.exists { window.tellDensity(new, was: old) }
        case .workAreaChanged: announceSetting(Self.setWorkArea)
        case .doubleClickChanged(let milliseconds, let distance):
            InputSettings.follow(milliseconds, distance)
            announceSetting(Self.setDoubleClickTime)
        default: break
        }
    }

    private func announceSetting(_ number: UInt) {
        for window in windows where window.exists {
            window.send(WindowMessage.settingChange, number)
        }
    }

    private static let bitsPerPixel: UInt = 32
    /// SPI_SETWORKAREA.
    private static let setWorkArea: UInt = 0x2F
    /// SPI_SETDOUBLECLICKTIME.
    private static let setDoubleClickTime: UInt = 0x20
}

extension Window {
    /// Tells how large the window would be at the new density, which the procedure may take over or not.
    fileprivate func tellDensity(_ new: UInt32, was old: UInt32) {
        func scaled(_ length: Int32) -> Int32 {
            Int32(clamping: (Int64(length) * Int64(new) + Int64(old) / 2) / Int64(old))
        }
        let size = Size(width: scaled(frame.size.width), height: scaled(frame.size.height))
        var suggestion = Rect(origin: frame.origin, size: size)
        let both = UInt16(clamping: new)
        send(
            WindowMessage.densityChanged,
            Words.pack(low: both, high: both),
            telling: &suggestion
        )
    }
}
