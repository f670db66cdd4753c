// A window, its procedure and its loop: the smallest program that shows something.
// Escape or the close button ends it.
//
//     swift run hello-window-swift
import Glibc
import Rat

func hello(window: Window, message: Message) -> Int? {
    switch message.kind {
    case .paint:
        try? window.paint { canvas in
            canvas.fill(x: 40, y: 40, width: 120, height: 160, 0xFFE0_7A5F)
            canvas.fill(x: 180, y: 40, width: 120, height: 70, 0xFF81_B29A)
            canvas.fill(x: 180, y: 130, width: 120, height: 70, 0xFFF2_CC8F)
        }
        return 0
    case .keyDown(.escape, _):
        window.destroy()
        return 0
    case .destroy:
        MessageLoop.quit()
        return 0
    default:
        return nil
    }
}

do {
    let windowClass = try WindowClass(
        "Hello",
        style: .redrawsOnResize,
        background: 0xFF3D_405B,
        handler: hello
    )
    _ = try Window(windowClass, title: "Hello, Rat", width: 340, height: 240)
    exit(try MessageLoop.run())
} catch {
    print("hello-window-swift: \(error)")
    exit(1)
}
