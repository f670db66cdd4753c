#if X11

internal import Glibc
package import RatDisplay
package import RatX11

/// A server, a display on it and a second client, for one test.
package final class Stage {
    package let server: XServer
    package let injector: Injector
    package let display: X11Display
    private var manager: ChildProcess?

    /// `manager` is the command of a window manager, which rules when this returns, and is waited for as long as it
    /// takes.
    package init(
        manager: [String]? = nil,
        using capabilities: Capabilities = .all.subtracting(.deadlines),
        options: [String] = [],
        trace: ((String) -> Void)? = nil
    ) throws {
        let server = try XServer(options: options)
        self.server = server
        injector = try Injector(server)
        self.manager = try manager.map { try server.start($0) }
        if manager != nil { try injector.waitForManager() }
        display = try X11Display.open(
            server.displayName,
            using: capabilities,
            trace: trace
        )
    }

    package var isManaged: Bool { manager != nil }

    /// Ends the window manager as its user would.
    package func endManager() {
        manager = nil
    }

    /// Everything that the injector's requests and the display's own have led to by now.
    package func events() throws -> [DisplayEvent] {
        injector.roundTrip()
        // What a pump answers to the first events leads to the events of the second.
        for _ in 0..<2 {
            try display.synchronize()
            display.pump()
        }
        return taken()
    }

    /// Everything read and not yet taken.
    package func taken() -> [DisplayEvent] {
        var result: [DisplayEvent] = []
        while let event = display.nextEvent() { result.append(event) }
        return result
    }

    /// Reads until the events satisfy `isEnough`, sleeping as a thread of windows does. For what a third
    /// program does in its own time; gives up after a time that only a failure takes.
    package func events(until isEnough: ([DisplayEvent]) -> Bool) throws -> [DisplayEvent] {
        var result: [DisplayEvent] = []
        let deadline = Deadline()
        while !deadline.isOver {
            display.pump()
            result += taken()
            if isEnough(result) { return result }
            guard display.prepareToSleep() else { continue }
            guard let descriptor = display.descriptor else { break }
            var entry = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
            unsafe poll(&entry, 1, 100)
        }
        throw ChildProcess.Failure("what was waited for did not happen; so far: \(result)")
    }

    /// A surface on the screen, with the keyboard; its events are taken.
    package func showSurface(
        _ number: UInt64 = 1,
        at position: Point? = Point(x: 100, y: 50),
        size: Size = Size(width: 300, height: 200),
        title: String = "surface"
    ) throws -> SurfaceID {
        let id = SurfaceID(rawValue: number)
        let options = SurfaceOptions(
            position: position,
            size: size,
            title: title,
            className: "RatTest"
        )
        try display.createSurface(id, options)
        try display.setVisible(true, of: id)
        _ = try events()
        return id
    }

    /// The server's name of the surface with this title.
    package func window(titled title: String = "surface") throws -> UInt32 {
        guard let window = injector.window(titled: title) else {
            throw ChildProcess.Failure("no window is titled \(title)")
        }
        return window
    }
}

#endif
