/// A surface as its server knows it, for programs that draw on it by other means.
@safe package struct NativeSurface {
    /// The server's: an `xcb_connection_t`. The display's, which ends with it.
    package let unsafeConnection: UnsafeMutableRawPointer
    package let window: UInt32
    package let root: UInt32
    package let visual: UInt32
    package let depth: UInt32
    /// Of the connection's screens.
    package let screen: UInt32

    package init(
        unsafeConnection: UnsafeMutableRawPointer,
        window: UInt32,
        root: UInt32,
        visual: UInt32,
        depth: UInt32,
        screen: UInt32
    ) {
        unsafe self.unsafeConnection = unsafeConnection
        self.window = window
        self.root = root
        self.visual = visual
        self.depth = depth
        self.screen = screen
    }
}
