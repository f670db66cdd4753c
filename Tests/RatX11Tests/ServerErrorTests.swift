#if X11

import RatDisplay
import RatX11TestSupport
import Synchronization
import Testing

@testable import RatX11

/// What the server could not do, in words.
@Suite struct ServerErrorTests {
    @Test func errorsAndRequestsHaveTheNamesOfTheProtocol() {
        let extensions: [UInt8: String] = [130: "MIT-SHM"]
        let cases: [(UInt8, UInt8, UInt16, String)] = [
            (3, 12, 0, "BadWindow ConfigureWindow 0x7"), (8, 42, 0, "BadMatch SetInputFocus 0x7"),
            (1, 1, 0, "BadRequest CreateWindow 0x7"),
            (17, 119, 0, "BadImplementation GetModifierMapping 0x7"),
            (128, 130, 3, "error 128 MIT-SHM 3 0x7"), (0, 0, 0, "error 0 request 0 0 0x7"),
            (255, 255, 65_535, "error 255 request 255 65535 0x7"),
        ]
        for (code, major, minor, text) in cases {
            let error = ServerError(code: code, major: major, minor: minor, resource: 7)
            #expect(error.text(extensions) == text)
        }
    }

    @Test func windowThatIsGoneIsNoErrorAndAnythingElseIs() {
        let gone = ServerError(code: 3, major: 12, minor: 0, resource: 7)
        #expect(gone.isRace { _ in false })
        #expect(!gone.isRace { $0 == 7 })
        let drawable = ServerError(code: 9, major: 72, minor: 0, resource: 7)
        #expect(drawable.isRace { _ in false })
        #expect(!ServerError(code: 8, major: 42, minor: 0, resource: 7).isRace { _ in false })
    }

    @Test func traceNamesWhatTheServerCouldNotDo() throws {
        let lines = Mutex<[String]>([])
        let stage = try Stage(trace: { line in lines.withLock { $0.append(line) } })
        let id = try stage.showSurface()
        // A window that is not on the screen cannot have the keyboard.
        try stage.display.setVisible(false, of: id)
        stage.display.connection.setInputFocus(try stage.window(), time: 0)
        _ = try stage.events()
        let all = lines.withLock { $0 }
        #expect(all.contains { $0.hasPrefix("error BadMatch SetInputFocus 0x") })
        // Somebody destroys the window, and what is asked of it meanwhile fails without a word.
        stage.injector.destroy(try stage.window())
        stage.injector.roundTrip()
        try stage.display.setTitle("gone", of: id)
        #expect(try stage.events().contains(.destroyed(id)))
        #expect(lines.withLock { $0.allSatisfy { !$0.contains("BadWindow") } })
    }
}

#endif
