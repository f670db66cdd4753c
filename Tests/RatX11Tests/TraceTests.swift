#if X11

import Glibc
import RatDisplay
import RatX11
import RatX11TestSupport
import Synchronization
import Testing

/// Sessions with real servers and managers, as RAT_TRACE=x11 printed them, played to the translator: what
/// comes out is a matter of what goes in, and of nothing else.
///
/// RAT_X_RECORD=1 records them anew, in Tests/RatX11Tests/Traces.
@Suite struct TraceTests {
    enum Session: String, CaseIterable {
        case shown
        case typed
        case dragged
        case resized
        case shownUnderOpenbox
        case statesUnderOpenbox
        case clickedUnderOpenbox
        case shownUnderI3

        var manager: [String]? {
            switch self {
            case .shown, .typed, .dragged, .resized: nil
            case .shownUnderOpenbox, .statesUnderOpenbox, .clickedUnderOpenbox: Managers.openbox
            case .shownUnderI3: Managers.i3
            }
        }

        var path: String {
            let folder = #filePath.split(separator: "/").dropLast().joined(separator: "/")
            return "/\(folder)/Traces/\(rawValue).trace"
        }
    }

    @Test(arguments: Session.allCases)
    func recordedSessionTranslatesAsItDidThen(_ session: Session) throws {
        let trace = try text(of: session)
        #expect(trace.contains("-> "))
        var player = try TracePlayer()
        try player.play(trace)
    }

    @Test func playerNoticesWhatIsMissingAndWhatIsTooMuch() throws {
        let surface = "surface 0x400001 0x1 0,0 9x9 placed\nvisible 0x400001 on\n"
        for wrong in [
            "focus in 0 3 0x400001", "focus in 0 3 0x400001\n-> focus-lost 0x1",
            "focus in 1 3 0x400001\n-> focus-gained 0x1", "nonsense", "map 0x",
        ] {
            var player = try TracePlayer()
            #expect(throws: TracePlayer.Complaint.self) { try player.play(surface + wrong) }
        }
        var player = try TracePlayer()
        try player.play(surface + "focus in 0 3 0x400001\n-> focus-gained 0x1")
    }

    @Test(
        .enabled(if: unsafe getenv("RAT_X_RECORD") != nil),
        arguments: Session.allCases
    )
    func record(_ session: Session) throws {
        let lines = Mutex<[String]>([])
        let stage = try Stage(manager: session.manager) { line in lines.withLock { $0.append(line) }
        }
        try act(session, stage)
        let text = lines.withLock { $0 }.joined(separator: "\n") + "\n"
        let file = unsafe fopen(session.path, "w")
        guard let file = unsafe file else { throw ChildProcess.Failure("no \(session.path)") }
        unsafe fputs(text, file)
        unsafe fclose(file)
    }

    private func text(of session: Session) throws -> String {
        guard let file = unsafe fopen(session.path, "r") else {
            throw ChildProcess.Failure("no \(session.path)")
        }
        defer { unsafe fclose(file) }
        var bytes: [UInt8] = []
        while case let byte = unsafe getc(file), byte >= 0 { bytes.append(UInt8(byte)) }
        return String(decoding: bytes, as: UTF8.self)
    }

    private func act(_ session: Session, _ stage: Stage) throws {
        let id = SurfaceID(rawValue: 7)
        let options = SurfaceOptions(
            position: Point(x: 200, y: 150),
            size: Size(width: 260, height: 210),
            title: "surface",
            className: "RatTest"
        )
        try stage.display.createSurface(id, options)
        try stage.display.setVisible(true, of: id)
        _ = try stage.events { $0.contains(.focusGained(id)) }
        let injector = stage.injector
        func settle() throws {
            try stage.display.synchronize()
            if session.manager != nil { try injector.waitForAnswer() }
            _ = try stage.events()
        }
        switch session {
        case .shown, .shownUnderOpenbox, .shownUnderI3:
            try settle()
            try stage.display.setContent(Rect(left: 50, top: 60, right: 250, bottom: 160), of: id)
            try settle()
            try stage.display.setVisible(false, of: id)
            try settle()
            try stage.display.destroySurface(id)
        case .typed:
            injector.key(50, isDown: true)
            injector.tap(43)
            injector.key(50, isDown: false)
            for key in [26, 46, 46, 32, 66, 38, 66] as [UInt8] { injector.tap(key) }
        case .dragged:
            injector.movePointer(x: 300, y: 200)
            injector.button(1, isDown: true)
            _ = try stage.events()
            injector.movePointer(x: 700, y: 20)
            injector.button(3, isDown: true)
            injector.button(3, isDown: false)
            injector.button(1, isDown: false)
            injector.movePointer(x: 210, y: 160)
            for wheel in 4...7 as ClosedRange<UInt8> { injector.click(wheel) }
        case .resized:
            let window = try stage.window()
            injector.configure(window, Rect(left: 1, top: 2, right: 400, bottom: 300))
            _ = try stage.events()
            injector.configure(window, Rect(left: 3, top: 2, right: 100, bottom: 90))
            injector.configure(window, Rect(left: 3, top: 4, right: 140, bottom: 100))
        case .statesUnderOpenbox:
            for state in [SurfaceState.maximized, .minimized, .normal] {
                try stage.display.setState(state, of: id)
                try settle()
            }
        case .clickedUnderOpenbox:
            injector.movePointer(x: 300, y: 200)
            injector.click(1)
            injector.roundTrip()
        }
        try settle()
    }
}

enum Managers {
    static let openbox = ["openbox", "--config-file", "/dev/null"]
    /// Without a configuration it would ask for one.
    static let i3 = ["i3", "-c", "/dev/null"]
}

#endif
