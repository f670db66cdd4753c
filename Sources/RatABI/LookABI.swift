// swift-format-ignore-file: AllPublicDeclarationsHaveDocumentation

public import CRat
internal import RatCore
internal import RatDisplay
internal import RatWindowing

// One function per declaration in ratlook.h, in its order.

private let maximumIcons: UInt32 = 16
private let iconSides: ClosedRange<UInt32> = 1...1024

@c @implementation
public func RatSetWindowIcons(
    _ window: RatWindow,
    _ icons: UnsafePointer<RatIcon>?,
    _ count: UInt32
) -> RatStatus {
    guard count <= maximumIcons, unsafe icons != nil || count == 0 else {
        return RAT_IPC_ERR_INVALID_ARG
    }
    let given = unsafe UnsafeBufferPointer(start: icons, count: Int(count))
    for index in 0..<Int(count) {
        let icon = unsafe given[index]
        guard unsafe iconSides.contains(icon.width), unsafe iconSides.contains(icon.height),
            unsafe icon.pixels != nil
        else { return RAT_IPC_ERR_INVALID_ARG }
    }
    return windowStatus(window) { window throws(RatError) in
        let images = (0..<Int(count)).map { index in
            let icon = unsafe given[index]
            let (width, height) = unsafe (icon.width, icon.height)
            let pixels = unsafe UnsafeBufferPointer(
                start: icon.pixels,
                count: Int(width) * Int(height)
            )
            return IconImage(
                size: Size(width: Int32(width), height: Int32(height)),
                pixels: unsafe Array(pixels)
            )
        }
        try window.setIcons(images)
    }
}

@c @implementation
public func RatSetWindowFullscreen(_ window: RatWindow, _ isFullscreen: Bool) -> RatStatus {
    windowStatus(window) { window throws(RatError) in try window.setFullscreen(isFullscreen) }
}

@c @implementation
public func RatIsWindowFullscreen(
    _ window: RatWindow,
    _ outIsFullscreen: UnsafeMutablePointer<Bool>?
) -> RatStatus {
    guard let outIsFullscreen = unsafe outIsFullscreen else { return RAT_IPC_ERR_INVALID_ARG }
    return windowStatus(window) { window throws(RatError) in
        unsafe outIsFullscreen.pointee = window.isFullscreen
    }
}

@c @implementation
public func RatGetWindowDpi(_ window: RatWindow, _ outDpi: UnsafeMutablePointer<UInt32>?)
    -> RatStatus
{
    guard let outDpi = unsafe outDpi else { return RAT_IPC_ERR_INVALID_ARG }
    return windowStatus(window) { window throws(RatError) in
        unsafe outDpi.pointee = window.density
    }
}
