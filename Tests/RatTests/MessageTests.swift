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
            (Message(0x0081), .other), (Message(Message.app), .other),
        ] as [(Message, Message.Kind)]
    )
    func aMessageSaysWhatItsNumberMeans(message: Message, kind: Message.Kind) {
        #expect(message.kind == kind)
    }
}
