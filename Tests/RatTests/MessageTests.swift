internal import Rat
internal import Testing

@Suite struct MessageTests {
    private static let place = -2 & 0xFFFF | 9 << 16

    @Test(
        arguments: [
            (Message(0x0001), .create), (Message(0x0002), .destroy), (Message(0x0010), .close),
            (Message(0x000F), .paint),
            (Message(0x0005, lparam: 0xFFFF | 7 << 16), .size(width: 65535, height: 7)),
            (Message(0x0003, lparam: place), .move(x: -2, y: 9)),
            (Message(0x0007), .focusGained), (Message(0x0008), .focusLost),
            (Message(0x0100, wparam: 0x0D, lparam: 1), .keyDown(.enter, isRepeat: false)),
            (Message(0x0104, wparam: 0x12, lparam: 1 << 30), .keyDown(.alt, isRepeat: true)),
            (Message(0x0101, wparam: 0x2E), .keyUp(.delete)),
            (Message(0x0105, wparam: 0x20), .keyUp(.space)),
            (Message(0x0102, wparam: 0x20AC), .character(0x20AC)),
            (Message(0x0200, lparam: place), .mouseMove(x: -2, y: 9)),
            (Message(0x0201, lparam: place), .leftButtonDown(x: -2, y: 9)),
            (Message(0x0202, lparam: place), .leftButtonUp(x: -2, y: 9)),
            (Message(0x0204, lparam: place), .rightButtonDown(x: -2, y: 9)),
            (Message(0x0205, lparam: place), .rightButtonUp(x: -2, y: 9)),
            (Message(0x020A, wparam: 0xFF88_0001), .wheel(delta: -120)),
            (Message(0x0113, wparam: 3), .timer(id: 3)), (Message(0x03F0), .displayLost),
            (Message(0x0203, lparam: place), .leftButtonDoubleClick(x: -2, y: 9)),
            (Message(0x0206, lparam: place), .rightButtonDoubleClick(x: -2, y: 9)),
            (Message(0x0207, lparam: place), .middleButtonDown(x: -2, y: 9)),
            (Message(0x0208, lparam: place), .middleButtonUp(x: -2, y: 9)),
            (Message(0x0209, lparam: place), .middleButtonDoubleClick(x: -2, y: 9)),
            (Message(0x020B, wparam: 0x2_0020, lparam: place), .extraButtonDown(2, x: -2, y: 9)),
            (Message(0x020C, wparam: 0x1_0000, lparam: place), .extraButtonUp(1, x: -2, y: 9)),
            (Message(0x020E, wparam: 0xFF88_0000), .horizontalWheel(delta: -120)),
            (Message(0x02A3), .mouseLeave),
            (Message(0x02A1, lparam: place), .mouseHover(x: -2, y: 9)),
            (Message(0x0215), .captureLost),
            (Message(0x0084, lparam: place), .hitTest(x: -2, y: 9)),
            (Message(0x007B, lparam: -1), .contextMenu(x: -1, y: -1)),
            (Message(0x0111, wparam: 0x1_0007), .command(id: 7)),
            (Message(0x0112, wparam: 0xF062), .systemCommand(0xF060)),
            (Message(0x0312, wparam: 9), .hotKey(id: 9)),
            (Message(0x0103, wparam: 0x5E), .deadCharacter(0x5E)),
            (Message(0x0106, wparam: 0x61), .systemCharacter(0x61)),
            (Message(0x0018, wparam: 1), .show(true)), (Message(0x000A), .enable(false)),
            (Message(0x0006, wparam: 0x1_0000), .activate(false)),
            (Message(0x001C, wparam: 1), .activateProgram(true)),
            (Message(0x0046), .positionChanging), (Message(0x0047), .positionChanged),
            (Message(0x0024), .sizeLimits), (Message(0x0014), .eraseBackground),
            (Message(0x000C), .setText), (Message(0x004A), .copyData),
            (Message(0x0081), .other), (Message(Message.app), .other),
        ] as [(Message, Message.Kind)]
    )
    func aMessageSaysWhatItsNumberMeans(message: Message, kind: Message.Kind) {
        #expect(message.kind == kind)
    }
}
