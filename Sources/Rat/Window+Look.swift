internal import RatCore
internal import RatDisplay
internal import RatWindowing

extension Window {
    /// A picture of a window, for lists of windows and frames.
    public struct Icon: Equatable, Sendable {
        let image: IconImage

        /// `pixels` are 0xAARRGGBB, row by row, and colours are not multiplied by alpha. Throws
        /// `.invalidArgument` unless there are `width * height` of them, and both are 1 to 1,024.
        public init(width: Int, height: Int, pixels: [UInt32]) throws(RatError) {
            guard (1...1024).contains(width), (1...1024).contains(height),
                pixels.count == width * height
            else { throw RatError(.invalidArgument) }
            let size = Size(width: Int32(width), height: Int32(height))
            image = IconImage(size: size, pixels: pixels)
        }
    }

    /// Sets the pictures, of which the display takes the best for each use; none leaves it to the display.
    public func setIcons(_ icons: [Icon]) throws(RatError) {
        try withEngine { window throws(RatCore.RatError) in
            guard icons.count <= 16 else { throw .invalidArgument }
            try window.setIcons(icons.map(\.image))
        }
    }

    /// Asks the display to let the window cover the screen, without a frame, or to end that. It may refuse;
    /// `isFullscreen` says what it did.
    public func setFullscreen(_ isFullscreen: Bool) throws(RatError) {
        try withEngine { window throws(RatCore.RatError) in
            try window.setFullscreen(isFullscreen)
        }
    }

    /// How many dots an inch has for what the window draws: 96 as a rule.
    public var dotsPerInch: Int {
        Int((try? RatWindowing.Window.find(handle))?.density ?? 96)
    }

    /// Whether the display lets the window cover the screen, as it said last.
    public var isFullscreen: Bool {
        (try? RatWindowing.Window.find(handle))?.isFullscreen ?? false
    }
}
