internal import Rat
internal import Testing

/// The clipboard is the process's, so each test has a process of its own.
@Suite struct ClipboardTests {
    @Test func whatWasCopiedIsPasted() async {
        await #expect(processExitsWith: .success) {
            try await onThread {
                let before = Clipboard.changeCount
                try Clipboard.copy("one\ntwo\u{1F600}")
                try claim(Clipboard.text() == "one\ntwo\u{1F600}")
                precondition(Clipboard.changeCount != before && Clipboard.has(.text))
                let wide = try Clipboard.data(.text)
                precondition(wide?.starts(with: Array("o\0n\0e\0\r\0\n\0t\0".utf8)) == true)
                let format = try Clipboard.Format(named: "image/x-rat")
                try Clipboard.copy([.data([0, 1, 2], format), .text("")])
                try claim(Clipboard.data(format) == [0, 1, 2])
                try claim(Clipboard.text() == "")
                try claim(Clipboard.data(.bitmap) == nil && !Clipboard.has(.bitmap))
                try claim(Clipboard.formats().prefix(2) == [format, .text])
                precondition(format.name == "image/x-rat" && Clipboard.Format.text.name == nil)
                try Clipboard.copy([])
                try claim(Clipboard.formats().isEmpty)
                try claim(Clipboard.text() == nil)
            }
        }
    }

    @Test func aPromiseIsKeptWhenSomebodyPastes() async {
        await #expect(processExitsWith: .success) {
            try await onThread {
                var heard: [String] = []
                let windowClass = try makeClass { window, message in
                    switch message.kind {
                    case .renderFormat(let format):
                        heard.append("render")
                        precondition(format == .text)
                        try? Clipboard.render(.text("kept"))
                    case .renderAllFormats:
                        heard.append("all")
                        try? Clipboard.renderAll([.text("at last")], owner: window)
                    case .clipboardLost: heard.append("lost")
                    case .clipboardChanged: heard.append("changed")
                    default: break
                    }
                    return nil
                }
                let window = try Window(windowClass, title: "copies")
                try window.listenToClipboard()
                expect(.alreadyExists) { try window.listenToClipboard() }
                try Clipboard.copy([.promise(.text)], owner: window)
                try claim(Clipboard.text() == "kept")
                try claim(Clipboard.text() == "kept")
                try Clipboard.copy([.promise(.text)], owner: window)
                window.destroy()
                precondition(heard == ["render", "lost", "all"], "\(heard)")
                try claim(Clipboard.text() == "at last")
                expect(.invalidArgument) { try Clipboard.copy([.promise(.text)]) }
                expect(.wrongThread) { try Clipboard.render(.text("nobody's")) }
                expect(.invalidArgument) { try Clipboard.Format(named: "") }
            }
        }
    }

    @Test func aListenerHearsOfWhatOthersCopy() async {
        await #expect(processExitsWith: .success) {
            try await onThread {
                var heard = 0
                let windowClass = try makeClass { _, message in
                    if case .clipboardChanged = message.kind {
                        heard += 1
                        MessageLoop.quit()
                    }
                    return nil
                }
                let window = try Window(windowClass, title: "listens")
                try window.listenToClipboard()
                try Clipboard.copy("news")
                _ = try MessageLoop.run()
                precondition(heard == 1)
                try window.listenToClipboard(false)
                expect(.notFound) { try window.listenToClipboard(false) }
            }
        }
    }
}

/// For what throws, which `precondition` does not take.
private func claim(_ holds: Bool, line: UInt = #line) {
    precondition(holds, "not so at line \(line)")
}
