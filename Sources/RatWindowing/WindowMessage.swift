internal import RatDisplay

/// Numbers of the messages that the windows themselves send, make or understand. Win32's, but for the
/// last two.
package enum WindowMessage {
    package static let create: UInt32 = 0x0001
    package static let destroy: UInt32 = 0x0002
    package static let move: UInt32 = 0x0003
    package static let size: UInt32 = 0x0005
    package static let activate: UInt32 = 0x0006
    package static let setFocus: UInt32 = 0x0007
    package static let killFocus: UInt32 = 0x0008
    package static let enable: UInt32 = 0x000A
    package static let setRedraw: UInt32 = 0x000B
    package static let setText: UInt32 = 0x000C
    package static let getText: UInt32 = 0x000D
    package static let getTextLength: UInt32 = 0x000E
    package static let paint: UInt32 = 0x000F
    package static let close: UInt32 = 0x0010
    package static let queryEndSession: UInt32 = 0x0011
    package static let eraseBackground: UInt32 = 0x0014
    package static let showWindow: UInt32 = 0x0018
    package static let queryOpen: UInt32 = 0x0013
    package static let activateApp: UInt32 = 0x001C
    package static let cancelMode: UInt32 = 0x001F
    package static let setCursor: UInt32 = 0x0020
    package static let mouseActivate: UInt32 = 0x0021
    package static let childActivate: UInt32 = 0x0022
    package static let getMinMaxInfo: UInt32 = 0x0024
    package static let keyToItem: UInt32 = 0x002E
    package static let characterToItem: UInt32 = 0x002F
    package static let windowPosChanging: UInt32 = 0x0046
    package static let windowPosChanged: UInt32 = 0x0047
    package static let inputLanguageChange: UInt32 = 0x0051
    package static let help: UInt32 = 0x0053
    package static let contextMenu: UInt32 = 0x007B
    package static let styleChanging: UInt32 = 0x007C
    package static let styleChanged: UInt32 = 0x007D
    package static let getIcon: UInt32 = 0x007F
    package static let setIcon: UInt32 = 0x0080
    package static let nonClientCreate: UInt32 = 0x0081
    package static let nonClientDestroy: UInt32 = 0x0082
    package static let nonClientCalculateSize: UInt32 = 0x0083
    package static let hitTest: UInt32 = 0x0084
    package static let nonClientPaint: UInt32 = 0x0085
    package static let nonClientActivate: UInt32 = 0x0086
    package static let syncPaint: UInt32 = 0x0088
    package static let nonClientMouseMove: UInt32 = 0x00A0
    package static let nonClientLeftButtonDown: UInt32 = 0x00A1
    package static let nonClientLeftDoubleClick: UInt32 = 0x00A3
    package static let nonClientRightButtonUp: UInt32 = 0x00A5
    package static let nonClientExtraButtonUp: UInt32 = 0x00AC
    /// All that the mouse does outside of a client area.
    static let nonClientMouse: ClosedRange<UInt32> = 0x00A0...0x00AD
    package static let keyDown: UInt32 = 0x0100
    package static let keyUp: UInt32 = 0x0101
    package static let character: UInt32 = 0x0102
    package static let deadCharacter: UInt32 = 0x0103
    package static let systemKeyDown: UInt32 = 0x0104
    package static let systemKeyUp: UInt32 = 0x0105
    package static let systemCharacter: UInt32 = 0x0106
    package static let systemDeadCharacter: UInt32 = 0x0107
    package static let command: UInt32 = 0x0111
    package static let systemCommand: UInt32 = 0x0112
    package static let mouseMove: UInt32 = 0x0200
    package static let leftButtonDown: UInt32 = 0x0201
    package static let rightButtonDown: UInt32 = 0x0204
    package static let rightButtonUp: UInt32 = 0x0205
    package static let middleButtonDown: UInt32 = 0x0207
    package static let mouseWheel: UInt32 = 0x020A
    package static let extraButtonDown: UInt32 = 0x020B
    package static let extraButtonUp: UInt32 = 0x020C
    package static let mouseHorizontalWheel: UInt32 = 0x020E
    package static let parentNotify: UInt32 = 0x0210
    package static let captureChanged: UInt32 = 0x0215
    package static let nonClientMouseHover: UInt32 = 0x02A0
    package static let mouseHover: UInt32 = 0x02A1
    package static let nonClientMouseLeave: UInt32 = 0x02A2
    package static let mouseLeave: UInt32 = 0x02A3
    package static let hotKey: UInt32 = 0x0312
    package static let appCommand: UInt32 = 0x0319
    /// The display is gone. Ours.
    static let settingChange: UInt32 = 0x001A
    static let displayChange: UInt32 = 0x007E
    static let densityChanged: UInt32 = 0x02E0
    package static let displayLost: UInt32 = 0x03F0
    /// Another thread has something painted. Ours.
    package static let remoteRedraw: UInt32 = 0x03F1
}

/// What WM_SYSCOMMAND asks for; Win32's. The lowest four bits are the sender's own.
enum SystemCommand {
    static let move: UInt = 0xF010
    static let minimize: UInt = 0xF020
    static let maximize: UInt = 0xF030
    static let close: UInt = 0xF060
    static let keyMenu: UInt = 0xF100
    static let restore: UInt = 0xF120
}

/// Window styles that the windows themselves act on.
package enum WindowStyle {
    package static let popup: UInt32 = 0x8000_0000
    package static let child: UInt32 = 0x4000_0000
    package static let minimized: UInt32 = 0x2000_0000
    package static let visible: UInt32 = 0x1000_0000
    package static let disabled: UInt32 = 0x0800_0000
    package static let clipSiblings: UInt32 = 0x0400_0000
    package static let clipChildren: UInt32 = 0x0200_0000
    package static let maximized: UInt32 = 0x0100_0000
    package static let caption: UInt32 = 0x00C0_0000
    package static let thickFrame: UInt32 = 0x0004_0000
    package static let maximizeBox: UInt32 = 0x0001_0000
}

/// Extended window styles that the windows themselves act on.
package enum ExtendedStyle {
    package static let noParentNotify: UInt32 = 0x0000_0004
    package static let topmost: UInt32 = 0x0000_0008
    package static let transparent: UInt32 = 0x0000_0020
    package static let toolWindow: UInt32 = 0x0000_0080
    package static let appWindow: UInt32 = 0x0004_0000
    package static let noActivate: UInt32 = 0x0800_0000
}

/// What the clipboard tells windows.
package enum ClipboardMessage {
    package static let renderFormat: UInt32 = 0x0305
    package static let renderAllFormats: UInt32 = 0x0306
    package static let destroyClipboard: UInt32 = 0x0307
    package static let clipboardUpdate: UInt32 = 0x031D
}

/// Class styles.
package enum ClassStyle {
    static let verticalRedraw: UInt32 = 0x0001
    static let horizontalRedraw: UInt32 = 0x0002
    static let doubleClicks: UInt32 = 0x0008
    static let noClose: UInt32 = 0x0200
    /// For the windows of the registering thread alone. Ours.
    package static let threadClass: UInt32 = 0x0100_0000
    /// Win32's; those without a name here mean nothing: OWNDC, CLASSDC, PARENTDC, SAVEBITS,
    /// BYTEALIGNCLIENT, BYTEALIGNWINDOW, GLOBALCLASS, IME and DROPSHADOW.
    static let all =
        verticalRedraw | horizontalRedraw | doubleClicks | threadClass | 0x0003_7AE0
}

/// Two 16 bit halves of a parameter.
enum Words {
    /// A position or size as `lparam` holds it: low half first, both signed, the upper 32 bits 0.
    static func pack(_ low: Int32, _ high: Int32) -> Int {
        let low = UInt32(UInt16(truncatingIfNeeded: low))
        let high = UInt32(UInt16(truncatingIfNeeded: high))
        return Int(high << 16 | low)
    }

    static func unpack(_ lparam: Int) -> Point {
        Point(
            x: Int32(Int16(truncatingIfNeeded: lparam)),
            y: Int32(Int16(truncatingIfNeeded: lparam >> 16))
        )
    }

    /// As `wparam` holds them.
    static func pack(low: UInt16, high: UInt16) -> UInt {
        UInt(high) << 16 | UInt(low)
    }
}
