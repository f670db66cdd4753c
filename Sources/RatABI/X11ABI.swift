// swift-format-ignore-file: AllPublicDeclarationsHaveDocumentation

public import CRat
internal import RatCore
internal import RatDisplay
internal import RatWindowing

// One function per declaration in ratx11.h, in its order.

@c @implementation
public func RatGetNativeWindow(
    _ window: RatWindow,
    _ outNative: UnsafeMutablePointer<RatNativeWindow>?
) -> RatStatus {
    guard let outNative = unsafe outNative,
        unsafe Int(outNative.pointee.size) == MemoryLayout<RatNativeWindow>.size
    else { return RAT_IPC_ERR_INVALID_ARG }
    return windowStatus(window) { window throws(RatError) in
        let native = try window.nativeSurface()
        unsafe outNative.pointee = RatNativeWindow(
            size: UInt32(MemoryLayout<RatNativeWindow>.size),
            window: native.window,
            connection: native.unsafeConnection,
            root: native.root,
            visual: native.visual,
            depth: native.depth,
            screen: native.screen
        )
    }
}
