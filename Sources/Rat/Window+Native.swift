internal import RatCore
internal import RatDisplay
internal import RatWindowing

extension Window {
    /// A top-level window as the X server knows it, for those who draw on it with xcb, OpenGL or Vulkan.
    ///
    /// The connection is the one that Rat reads the thread's events from: it is used on the window's thread,
    /// until the display is lost or the thread ends, for requests and their replies, and never to take events.
    @safe public struct Native {
        /// An `xcb_connection_t`.
        public let unsafeConnection: UnsafeMutableRawPointer
        /// The server's number of the window.
        public let window: UInt32
        /// Of the window's screen.
        public let root: UInt32
        /// How its pixels are to be read.
        public let visual: UInt32
        /// Bits of each pixel.
        public let depth: UInt32
        /// Which of the server's screens.
        public let screen: UInt32
    }

    /// Sends what was asked of the server so far. Throws `.notSupported` if the display is no X server.
    public func native() throws(RatError) -> Native {
        try call { () throws(RatCore.RatError) in
            let native = try RatWindowing.Window.findToAct(handle).nativeSurface()
            return unsafe Native(
                unsafeConnection: native.unsafeConnection,
                window: native.window,
                root: native.root,
                visual: native.visual,
                depth: native.depth,
                screen: native.screen
            )
        }
    }
}
