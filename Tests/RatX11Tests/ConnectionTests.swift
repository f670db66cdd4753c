#if X11

import Glibc
import RatDisplay
import RatX11
import RatX11TestSupport
import Testing

func monotonicNanoseconds() -> UInt64 {
    var time = timespec()
    unsafe clock_gettime(CLOCK_MONOTONIC, &time)
    return UInt64(time.tv_sec) * 1_000_000_000 + UInt64(time.tv_nsec)
}

@Suite struct ConnectionTests {
    @Test func displayThatIsNotThereCannotBeOpened() {
        #expect(throws: DisplayError.notConnected) { try X11Display.open("unix:/nowhere/X") }
        #expect(throws: DisplayError.notConnected) { try X11Display.open(":64999") }
        #expect(throws: DisplayError.notConnected) { try X11Display.open("nonsense") }
    }

    @Test func screenThatIsNotThereCannotBeOpened() throws {
        let server = try XServer()
        let name = server.displayName + ".7"
        #expect(throws: DisplayError.notConnected) { try X11Display.open(name) }
    }

    @Test func fullServerSaysSo() throws {
        let server = try XServer(options: ["-maxclients", "64"])
        var clients: [Injector] = []
        while clients.count < 64, let client = try? Injector(server) { clients.append(client) }
        #expect(clients.count < 64)
        #expect(throws: DisplayError.noResources) { try X11Display.open(server.displayName) }
        clients.removeLast()
        // The server notices that a client has gone when it reads the next time.
        clients[0].roundTrip()
        #expect(throws: Never.self) { try X11Display.open(server.displayName) }
    }

    @Test func serverThatLetsUsNotInSaysSo() throws {
        let cookies = try CookieFile()
        let server = try XServer(options: ["-auth", cookies.path])
        #expect(throws: DisplayError.accessDenied) { try X11Display.open(server.displayName) }
    }

    @Test(arguments: 0..<24)
    func serverMayDieAtAnyMoment(_ seed: Int) throws {
        let stage = try Stage()
        let id = try stage.showSurface()
        let size = Size(width: 300, height: 200)
        let pixels = try stage.display.makePixels(size: size)
        let all = Rect(origin: Point(x: 0, y: 0), size: size)
        // Dead before a step, or dying while steps are made: the server gets its signal and is not
        // waited for.
        let moment = seed / 2
        var lost = 0
        var next: UInt64 = 2
        for step in 0..<400 where lost == 0 {
            if step == moment, seed % 2 == 0 { stage.server.crash() }
            if step == moment, seed % 2 == 1 { stage.server.beginCrash() }
            stage.injector.tap(26)
            _ = try? stage.display.present(pixels, [all], on: id)
            _ = try? stage.display.setContent(all.offset(by: Point(x: 1, y: 1)), of: id)
            _ = try? stage.display.requestFocus(id)
            let other = SurfaceID(rawValue: next)
            next += 1
            let options = SurfaceOptions(position: nil, size: size, title: "", className: "")
            _ = try? stage.display.createSurface(other, options)
            _ = try? stage.display.setVisible(true, of: other)
            _ = try? stage.display.destroySurface(other)
            stage.display.pump()
            _ = stage.display.prepareToSleep()
            lost += stage.taken().count { $0 == .lost }
        }
        #expect(lost == 1)
        #expect(stage.display.descriptor == nil)
        #expect(throws: DisplayError.notConnected) { try stage.display.setTitle("", of: id) }
    }

    @Test func displayWorksWithNothingButTheCoreProtocol() throws {
        let stage = try Stage(using: [])
        let id = try stage.showSurface()
        stage.injector.key(50, isDown: true)
        stage.injector.tap(26)
        stage.injector.key(50, isDown: false)
        let keys = try stage.events().compactMap { event -> KeyEvent? in
            if case .key(id, let key) = event { key } else { nil }
        }
        #expect(keys.map(\.virtualKey) == [0x10, 0x45, 0x45, 0x10])
        #expect(keys[1].character == 0x45)
    }

    @Test func capabilitiesAreLeftOutByName() {
        #expect(Capabilities(without: "") == .all)
        #expect(
            Capabilities(without: "shm,unheard-of") == [
                .keyboard, .sentInput, .sync, .selections, .smoothScrolling, .deadlines,
            ]
        )
        #expect(Capabilities(without: "shm,xkb,sendevent,sync,xfixes,smooth,deadlines") == [])
    }

    @Test func lossIsToldOnceAndEveryRequestFailsAfterIt() throws {
        let stage = try Stage()
        let id = try stage.showSurface()
        let pixels = try stage.display.makePixels(size: Size(width: 300, height: 200))
        #expect(stage.display.descriptor != nil)
        stage.server.crash()
        stage.display.pump()
        stage.display.pump()
        #expect(stage.taken().filter { $0 == .lost } == [.lost])
        #expect(stage.display.descriptor == nil)
        #expect(stage.display.prepareToSleep())
        #expect(stage.display.nextEvent() == nil)
        let all = [Rect(left: 0, top: 0, right: 300, bottom: 200)]
        #expect(throws: DisplayError.notConnected) { try stage.display.setTitle("", of: id) }
        #expect(throws: DisplayError.notConnected) { try stage.display.destroySurface(id) }
        #expect(throws: DisplayError.notConnected) {
            try stage.display.present(pixels, all, on: id)
        }
        #expect(throws: DisplayError.notConnected) { try stage.display.synchronize() }
    }

    @Test func writingToADeadServerFailsAndKillsNobody() throws {
        let stage = try Stage()
        let id = try stage.showSurface(at: Point(x: 0, y: 0), size: Size(width: 800, height: 600))
        let pixels = try stage.display.makePixels(size: Size(width: 800, height: 600))
        let all = [Rect(left: 0, top: 0, right: 800, bottom: 600)]
        stage.server.crash()
        // Nothing was read since, so the first that finds out is a write.
        #expect(throws: DisplayError.notConnected) {
            for _ in 0..<10 { try stage.display.present(pixels, all, on: id) }
        }
        #expect(!stage.display.prepareToSleep())
        #expect(stage.taken() == [.lost])
    }

    @Test func eventsReadBeforeTheLossAreTold() throws {
        let stage = try Stage()
        let id = try stage.showSurface()
        stage.injector.tap(26)
        stage.injector.roundTrip()
        // Reads the events into xcb's own queue.
        try stage.display.synchronize()
        stage.server.crash()
        stage.display.pump()
        let events = stage.taken()
        let keys = events.compactMap { if case .key(let id, _) = $0 { id } else { nil } }
        #expect(keys == [id, id])
        #expect(events.last == .lost)
    }

    @Test func eventThatAWaitForAReplyHidIsNotStranded() throws {
        let stage = try Stage()
        let id = try stage.showSurface()
        stage.display.pump()
        _ = stage.taken()
        stage.injector.tap(26)
        stage.injector.roundTrip()
        // The reply comes behind the key, so waiting for it takes the key off the socket.
        try stage.display.synchronize()
        let descriptor = try #require(stage.display.descriptor)
        var entry = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
        #expect(unsafe poll(&entry, 1, 0) == 0)
        #expect(!stage.display.prepareToSleep())
        stage.display.pump()
        let keys = stage.taken().compactMap {
            if case .key(let id, let key) = $0 { (id, key.isDown) } else { nil }
        }
        #expect(keys.map(\.0) == [id, id])
        #expect(keys.map(\.1) == [true, false])
    }

    @Test func noKeyIsLateWhileRepliesAreWaitedForAllTheTime() throws {
        let stage = try Stage()
        _ = try stage.showSurface()
        var arrived = 0
        for _ in 0..<300 {
            stage.injector.tap(26)
            stage.injector.roundTrip()
            try stage.display.synchronize()
            // Asleep only if the display allows it; then the descriptor must wake.
            if stage.display.prepareToSleep(), let descriptor = stage.display.descriptor {
                var entry = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
                #expect(unsafe poll(&entry, 1, 5000) == 1)
            }
            stage.display.pump()
            arrived += stage.taken().count { if case .key = $0 { true } else { false } }
        }
        #expect(arrived == 600)
    }

    @Test func floodIsReadInPartsAndNothingOfItIsLost() throws {
        let stage = try Stage()
        _ = try stage.showSurface()
        for _ in 0..<1000 { stage.injector.tap(26) }
        stage.injector.roundTrip()
        try stage.display.synchronize()
        var parts: [Int] = []
        repeat {
            stage.display.pump()
            parts.append(stage.taken().count { if case .key = $0 { true } else { false } })
        } while !stage.display.prepareToSleep()
        #expect(parts.reduce(0, +) == 2000)
        #expect(parts.allSatisfy { $0 <= 513 })
    }

    @Test func twoDisplaysOfOneServerHaveTheirOwnEvents() throws {
        let stage = try Stage()
        let other = try X11Display.open(stage.server.displayName)
        let id = try stage.showSurface()
        try other.synchronize()
        other.pump()
        #expect(other.nextEvent() == nil)
        #expect(throws: DisplayError.noSuchSurface) { try other.setTitle("", of: id) }
    }
}

#endif
