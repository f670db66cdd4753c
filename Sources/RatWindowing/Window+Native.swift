package import RatCore
package import RatDisplay

extension Window {
    /// What a top-level window's surface is called outside of this library.
    package func nativeSurface() throws(RatError) -> NativeSurface {
        guard level == .top else { throw .invalidArgument }
        do throws(DisplayError) {
            guard let native = try display.nativeSurface(surface) else { throw .notSupported }
            return native
        } catch {
            throw RatError(error)
        }
    }
}
