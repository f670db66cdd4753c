import Rat
import Synchronization

/// What a message is about says what it carries.
enum Topic {
    /// Where the pointer is in the other window, a `Place`; nothing if it is not there.
    static let pointer = Message.app
    /// A dot was made in the other window, a `Place`; answered with how many there are here.
    static let dot = Message.app + 1
    /// The other window is gone.
    static let end = Message.app + 2
}

struct Place: BitwiseCopyable {
    var x: Int32
    var y: Int32
}

enum Side: String, Sendable {
    case left = "Left"
    case right = "Right"

    var other: Side { self == .left ? .right : .left }
    var color: UInt32 { self == .left ? 0x3A6EA5 : 0xD1495B }
}

/// How each finds the other.
let targets = Mutex<[Side: Window.Target]>([:])

/// One of the windows. Used by its thread alone.
final class Board {
    private let side: Side
    private var dots: [(place: Place, side: Side)] = []
    private var sentCount = 0
    private var ring: Place?
    private var exitCode: Int32 = 0

    private static let radius = 16
    private static let ringRadius = 11

    init(_ side: Side) {
        self.side = side
    }

    /// Makes the window and runs its loop; gives the exit code.
    func run() throws -> Int32 {
        let windowClass = try WindowClass(
            side.rawValue,
            style: .redrawsOnResize,
            background: 0xFFFB_F9F4,
            cursor: .cross
        ) { [unowned self] in handle($0, $1) }
        let window = try Window(
            windowClass,
            title: side.rawValue,
            position: side == .left ? (x: 80, y: 120) : (x: 560, y: 120),
            width: 420,
            height: 420
        )
        targets.withLock { $0[side] = window.target }
        return try MessageLoop.run()
    }

    private var other: Window.Target? { targets.withLock { $0[side.other] } }

    private func handle(_ window: Window, _ message: Message) -> Int? {
        switch message.kind {
        case .paint:
            try? window.paint { draw(on: $0) }
        case .mouseMove(let x, let y):
            try? window.trackMouse()
            try? other?.post(Message(Topic.pointer, mirrored(x, y, in: window)))
        case .mouseLeave:
            try? other?.post(Message(Topic.pointer))
        case .leftButtonDown(let x, let y):
            makeDot(x, y, in: window)
        case .keyDown(.escape, _):
            window.destroy()
        case .displayLost:
            exitCode = 3
            window.destroy()
        case .destroy:
            targets.withLock { $0[side] = nil }
            try? other?.post(Message(Topic.end))
            MessageLoop.quit(exitCode)
        case .other:
            return hear(message, in: window)
        default:
            return nil
        }
        return 0
    }

    /// What the other window says.
    private func hear(_ message: Message, in window: Window) -> Int? {
        switch message.number {
        case Topic.pointer:
            move(ring: message.value(), in: window)
            return 0
        case Topic.dot:
            if let place: Place = message.value() { add(place, of: side.other, in: window) }
            return dots.count
        case Topic.end:
            window.destroy()
            return 0
        default:
            return nil
        }
    }

    private func makeDot(_ x: Int, _ y: Int, in window: Window) {
        add(Place(x: Int32(x), y: Int32(y)), of: side, in: window)
        // While this thread waits, it handles what is sent to it: two clicks at once do not lock up.
        guard
            let count = try? other?.send(
                Message(Topic.dot, mirrored(x, y, in: window)),
                timeout: .seconds(2)
            )
        else { return }
        sentCount += 1
        window.title = "\(side.rawValue): \(sentCount) sent, \(count) there"
    }

    /// Each is the other's image in a mirror that stands between them.
    private func mirrored(_ x: Int, _ y: Int, in window: Window) -> Place {
        Place(x: Int32(window.clientSize.width - 1 - x), y: Int32(y))
    }

    // MARK: - What is seen

    private func add(_ place: Place, of side: Side, in window: Window) {
        dots.append((place, side))
        invalidate(around: place, in: window)
    }

    private func move(ring place: Place?, in window: Window) {
        for place in [ring, place] { if let place { invalidate(around: place, in: window) } }
        ring = place
    }

    private func invalidate(around place: Place, in window: Window) {
        let reach = Board.radius + 1
        window.invalidate(
            Area(
                x: Int(place.x) - reach,
                y: Int(place.y) - reach,
                width: 2 * reach + 1,
                height: 2 * reach + 1
            )
        )
    }

    private func draw(on canvas: borrowing Canvas) {
        for x in stride(from: 30, to: canvas.width, by: 40) {
            for y in stride(from: 30, to: canvas.height, by: 40) {
                canvas.fill(x: x, y: y, width: 2, height: 2, 0xFFDE_D9CC)
            }
        }
        for dot in dots {
            canvas.drawDisc(at: dot.place, from: 0, to: Board.radius, dot.side.color)
        }
        guard let ring else { return }
        canvas.drawDisc(
            at: ring,
            from: Board.ringRadius - 3,
            to: Board.ringRadius,
            side.other.color
        )
    }
}
