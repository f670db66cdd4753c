/// Names a surface within one backend: the handle of the window that it shows. Chosen by the window
/// layer.
package struct SurfaceID: Hashable, Sendable {
    package let rawValue: UInt64

    package init(rawValue: UInt64) {
        self.rawValue = rawValue
    }
}

/// A picture of 0xAARRGGBB pixels, row by row, whose colours are not multiplied by alpha.
package struct IconImage: Equatable, Sendable {
    package let size: Size
    package let pixels: [UInt32]

    /// `pixels` are as many as the size says.
    package init(size: Size, pixels: [UInt32]) {
        precondition(Int(size.width) * Int(size.height) == pixels.count)
        self.size = size
        self.pixels = pixels
    }
}

package enum DisplayError: Error, Equatable {
    /// No server, or lost since.
    case notConnected
    /// The server does not let this user in.
    case accessDenied
    /// No memory, no descriptor, or the server is full.
    case noResources
    /// The server lacks something that cannot be done without.
    case notSupported
    case noSuchSurface
}

/// What a key symbol means in the compose sequence that is being typed.
package enum Composition: Equatable, Sendable {
    /// No part of a sequence: the key types its own character.
    case passThrough
    /// Part of a sequence that is not complete. A dead key shows as this UTF-16 unit; 0 shows nothing.
    case pending(dead: UInt16)
    /// The sequence is complete and types these UTF-16 units.
    case composed([UInt16])
    /// The sequence cannot be completed: it types the dead key as shown, then this key's own character.
    case cancelled
}

/// What became of a request for a state.
package enum StateAnswer: Equatable, Sendable {
    /// The surface has the state, with its content there.
    case granted(Rect)
    /// It stays as it is: whoever manages windows would not have it, or did not say in time. If it comes to be so later
    /// after all, `configured` says so.
    case refused
    /// It is hidden, and asked for when it is shown.
    case whenShown
}

/// Where a surface is to lie among the others on the screen.
package enum SurfaceOrder: Equatable, Sendable {
    /// Above all but those, the lowest of them first.
    case top(under: [SurfaceID])
    /// Right below another one.
    case below(SurfaceID)
    case bottom
}

/// What a display must do for the window layer.
///
/// A backend reports facts as events and does what it is told. It never calls the window layer, an
/// application callback or another backend. Used from the thread that opened it only. A request on a
/// surface that does not exist throws `.noSuchSurface`; after a loss everything throws
/// `.notConnected`. A request is asynchronous: what it leads to is told by events.
package protocol DisplayBackend: AnyObject {
    /// Names the screen with its keyboard, of which one window at a time has the keyboard: displays of one seat
    /// share that.
    var seat: String { get }
    /// Of the whole screen, in pixels; `screenChanged` tells of another.
    var screen: Size { get }
    /// How many dots an inch has for what programs draw, 96 as a rule; `densityChanged` tells of another.
    var density: UInt32 { get }

    /// Of the keyboard; `languageChanged` tells of another.
    var language: KeyboardLanguage { get }

    /// Readable when `pump()` has something to read; `nil` if nothing arrives from outside, or no more.
    var descriptor: CInt? { get }

    /// Sends what was asked for and reads what has arrived, without blocking and without calling
    /// anybody. Reads at most some hundred events, so that a flood of them does not starve the rest.
    func pump()

    /// The oldest event read and not yet returned. Reads nothing.
    func nextEvent() -> DisplayEvent?

    /// When `pump()` is to be called in any case: nanoseconds of CLOCK_MONOTONIC; `nil` if nothing depends on time.
    var nextLook: UInt64? { get }

    /// The last call before the thread sleeps on `descriptor`. `false` if events turned up since
    /// `pump()`: sleeping would leave them lying in a buffer.
    func prepareToSleep() -> Bool

    func createSurface(_ id: SurfaceID, _ options: SurfaceOptions) throws(DisplayError)
    func destroySurface(_ id: SurfaceID) throws(DisplayError)
    /// Shows or hides it. What is shown gets the keyboard by that, as far as the display gives it, if it
    /// `activates`; else the display is asked not to. Gives what became of the state that it is to be shown in, if that is
    /// another than the normal one. Nothing happens to what is shown already.
    @discardableResult
    func setVisible(
        _ isVisible: Bool,
        activates: Bool,
        of id: SurfaceID
    ) throws(DisplayError) -> StateAnswer?
    /// Moves and resizes the content.
    func setContent(_ rect: Rect, of id: SurfaceID) throws(DisplayError)
    /// Asks that the surface be minimised, maximised or restored, and waits for the answer, for a bounded time. Where
    /// nobody manages surfaces, the display does it itself. What was read and not yet told of where a granted
    /// surface is, is told no more.
    @discardableResult
    func setState(_ state: SurfaceState, of id: SurfaceID) throws(DisplayError) -> StateAnswer
    /// Puts it somewhere else among others. With `ifUnmanaged`, only where nobody but programs decides about that.
    func setOrder(
        _ order: SurfaceOrder,
        ifUnmanaged: Bool,
        of id: SurfaceID
    ) throws(DisplayError)
    /// Lets it cover the screen, without a frame, or ends that; a hidden one does so when it is shown. `fullscreen` says
    /// when it is so.
    func setFullscreen(_ isOn: Bool, of id: SurfaceID) throws(DisplayError)
    /// Takes over what the surface is to be from now on. It becomes a popup, or ceases to be one, when it is shown next.
    func setTraits(_ traits: SurfaceTraits, of id: SurfaceID) throws(DisplayError)
    /// Keeps it above others, or not any more.
    func setAbove(_ isAbove: Bool, of id: SurfaceID) throws(DisplayError)
    /// Pictures of it for lists of windows, in any sizes. Throws `.notSupported` if they are too large.
    func setIcons(_ icons: [IconImage], of id: SurfaceID) throws(DisplayError)
    func setTitle(_ title: String, of id: SurfaceID) throws(DisplayError)
    /// Asks that the surface get the keyboard. It may be refused; `focusGained` says so if not.
    func requestFocus(_ id: SurfaceID) throws(DisplayError)

    /// Asks which surface has the keyboard. If it is one of this display, `focusGained` says so, again if need be.
    func findFocus() throws(DisplayError)
    /// Has all that the pointer does anywhere told to the surface, but for what it does over others of this display;
    /// `nil` ends that. It may be refused, and be taken away: `grabLost` says so.
    func setGrab(_ id: SurfaceID?) throws(DisplayError)

    /// Shows a shape of the pointer wherever it is over the surface; `nil` shows none. Before, it is an arrow.
    func setPointer(_ shape: PointerShape?, of id: SurfaceID) throws(DisplayError)

    /// Memory that `present` can show.
    func makePixels(size: Size) throws(DisplayError) -> PixelStore
    /// Shows parts of `pixels`, which has the size of the content, at the same place of the surface. The
    /// pixels may be changed as soon as this returns.
    func present(_ pixels: PixelStore, _ rects: [Rect], on id: SurfaceID) throws(DisplayError)

    /// What the surface is called outside of this library; `nil` for one that nobody else can see.
    func nativeSurface(_ id: SurfaceID) throws(DisplayError) -> NativeSurface?

    /// Feeds a key symbol into the compose sequence that is being typed.
    func compose(_ symbol: UInt32) -> Composition
    /// Forgets the compose sequence that is being typed.
    func resetCompose()
}

extension DisplayBackend {
    @discardableResult
    package func setVisible(
        _ isVisible: Bool,
        of id: SurfaceID
    ) throws(DisplayError) -> StateAnswer? {
        try setVisible(isVisible, activates: true, of: id)
    }
}
