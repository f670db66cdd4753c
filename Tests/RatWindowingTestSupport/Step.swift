package import RatCore
internal import RatMessaging

/// One call of a window procedure, or what a test expects of one: `nil` stands for anything.
package struct Step: Equatable, Sendable, CustomStringConvertible {
    package var message: UInt32
    package var wparam: UInt?
    package var lparam: Int?
    package var window: Handle?

    package init(_ message: UInt32, _ wparam: UInt? = nil, _ lparam: Int? = nil) {
        self.message = message
        self.wparam = wparam
        self.lparam = lparam
    }

    /// The step with its parameters.
    package func callAsFunction(_ wparam: UInt?, _ lparam: Int? = nil) -> Step {
        var step = self
        step.wparam = wparam
        step.lparam = lparam
        return step
    }

    /// The step in a certain window.
    package func of(_ window: Handle) -> Step {
        var step = self
        step.window = window
        return step
    }

    /// Whether a call is what this step expects.
    package func matches(_ call: Step) -> Bool { expected.matches(call.event) }

    /// The step as the library's own matcher knows it.
    var expected: MessageSequence.Step {
        MessageSequence.Step(
            message,
            wparam: wparam.map { MessageSequence.Value($0) },
            lparam: lparam.map { MessageSequence.Value(UInt(bitPattern: $0)) },
            target: window
        )
    }

    /// The call as the trace would tell of it.
    var event: TraceEvent {
        TraceEvent(
            kind: .send,
            message: message,
            target: window ?? .invalid,
            wparam: wparam ?? 0,
            lparam: lparam ?? 0
        )
    }

    package var description: String { MessageSequence().text(of: expected) }
}

// The messages by their names, so that a test reads like the sequence.
extension Step {
    package static let create = Step(0x0001)
    package static let destroy = Step(0x0002)
    package static let move = Step(0x0003)
    package static let size = Step(0x0005)
    package static let activate = Step(0x0006)
    package static let setFocus = Step(0x0007)
    package static let killFocus = Step(0x0008)
    package static let paint = Step(0x000F)
    package static let close = Step(0x0010)
    package static let eraseBackground = Step(0x0014)
    package static let showWindow = Step(0x0018)
    package static let activateApp = Step(0x001C)
    package static let queryOpen = Step(0x0013)
    package static let cancelMode = Step(0x001F)
    package static let setCursor = Step(0x0020)
    package static let mouseActivate = Step(0x0021)
    package static let contextMenu = Step(0x007B)
    package static let command = Step(0x0111)
    package static let captureChanged = Step(0x0215)
    package static let nonClientMove = Step(0x00A0)
    package static let nonClientLeftDown = Step(0x00A1)
    package static let nonClientLeftUp = Step(0x00A2)
    package static let nonClientLeftDouble = Step(0x00A3)
    package static let mouseHover = Step(0x02A1)
    package static let mouseLeave = Step(0x02A3)
    package static let hotKey = Step(0x0312)
    package static let appCommand = Step(0x0319)
    package static let hitTest = Step(0x0084)
    package static let childActivate = Step(0x0022)
    package static let getMinMaxInfo = Step(0x0024)
    package static let changing = Step(0x0046)
    package static let changed = Step(0x0047)
    package static let styleChanging = Step(0x007C)
    package static let styleChanged = Step(0x007D)
    package static let enable = Step(0x000A)
    package static let setText = Step(0x000C)
    package static let getText = Step(0x000D)
    package static let getTextLength = Step(0x000E)
    package static let parentNotify = Step(0x0210)
    package static let nonClientCreate = Step(0x0081)
    package static let nonClientDestroy = Step(0x0082)
    package static let nonClientCalculateSize = Step(0x0083)
    package static let nonClientPaint = Step(0x0085)
    package static let nonClientActivate = Step(0x0086)
    package static let syncPaint = Step(0x0088)
    package static let keyDown = Step(0x0100)
    package static let keyUp = Step(0x0101)
    package static let character = Step(0x0102)
    package static let deadCharacter = Step(0x0103)
    package static let systemKeyDown = Step(0x0104)
    package static let systemKeyUp = Step(0x0105)
    package static let systemCharacter = Step(0x0106)
    package static let systemDeadCharacter = Step(0x0107)
    package static let systemCommand = Step(0x0112)
    package static let timer = Step(0x0113)
    package static let mouseMove = Step(0x0200)
    package static let leftDown = Step(0x0201)
    package static let leftUp = Step(0x0202)
    package static let leftDouble = Step(0x0203)
    package static let rightDown = Step(0x0204)
    package static let rightUp = Step(0x0205)
    package static let rightDouble = Step(0x0206)
    package static let middleDown = Step(0x0207)
    package static let middleUp = Step(0x0208)
    package static let wheel = Step(0x020A)
    package static let extraDown = Step(0x020B)
    package static let extraUp = Step(0x020C)
    package static let extraDouble = Step(0x020D)
    package static let horizontalWheel = Step(0x020E)
    package static let displayLost = Step(0x03F0)
    /// The first of a program's own messages.
    package static let app = Step(0x8000)
}

extension [Step] {
    /// Without what the mouse asks before each of its messages, and what becomes of them by default.
    package var withoutQuestions: [Step] {
        let questions: [Step] = [
            .hitTest, .setCursor, .mouseActivate, .parentNotify, .contextMenu, .appCommand,
        ]
        return filter { call in !questions.contains { $0.message == call.message } }
    }
}

/// Two signed halves as `lparam` holds them.
package func words(_ low: Int, _ high: Int) -> Int {
    Int(UInt32(UInt16(truncatingIfNeeded: high)) << 16 | UInt32(UInt16(truncatingIfNeeded: low)))
}

/// Two halves as `wparam` holds them.
package func halves(low: UInt, high: Int) -> UInt {
    UInt(UInt16(truncatingIfNeeded: high)) << 16 | low
}
