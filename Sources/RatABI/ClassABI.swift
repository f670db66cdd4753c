// swift-format-ignore-file: AllPublicDeclarationsHaveDocumentation

public import CRat
internal import RatCore
internal import RatWindowing

// One function per declaration in ratclass.h, in its order.

@c @implementation
public func RatGetClassInfo(
    _ name: UnsafePointer<CChar>?,
    _ outClass: UnsafeMutablePointer<RatWindowClass>?,
    _ outAtom: UnsafeMutablePointer<RatAtom>?
) -> RatStatus {
    guard let name = unsafe name, let outClass = unsafe outClass,
        unsafe Int(outClass.pointee.size) == MemoryLayout<RatWindowClass>.size
    else { return RAT_IPC_ERR_INVALID_ARG }
    return status { () throws(RatError) in
        guard let known = unsafe ClassName.known(name) else { throw .notFound }
        let found = try WindowClassTable.find(known)
        let traits = found.traits
        unsafe outClass.pointee = RatWindowClass(
            size: UInt32(MemoryLayout<RatWindowClass>.size),
            style: traits.style,
            proc: traits.procedure,
            name: name,
            background: traits.background,
            classExtra: UInt32(traits.classExtra),
            windowExtra: UInt32(traits.windowExtra),
            cursor: UInt32(truncatingIfNeeded: traits.cursor.rawValue)
        )
        unsafe outAtom?.pointee = found.atom
    }
}

@c @implementation
public func RatGetClassName(
    _ window: RatWindow,
    _ buffer: UnsafeMutablePointer<CChar>?,
    _ size: Int,
    _ outSize: UnsafeMutablePointer<Int>?
) -> RatStatus {
    guard let outSize = unsafe outSize, unsafe buffer != nil || size == 0 else {
        return RAT_IPC_ERR_INVALID_ARG
    }
    return status { () throws(RatError) in
        let name = try WindowTree.className(of: Handle(rawValue: window))
        try unsafe copy(name, to: buffer, size, needed: outSize)
    }
}

@c @implementation
public func RatGetClassLong(
    _ window: RatWindow,
    _ index: Int32,
    _ outValue: UnsafeMutablePointer<Int>?
) -> RatStatus {
    guard let outValue = unsafe outValue, ClassLong.isKnown(index) else {
        return RAT_IPC_ERR_INVALID_ARG
    }
    return windowStatus(window) { window throws(RatError) in
        unsafe outValue.pointee = try window.classLong(index)
    }
}

@c @implementation
public func RatSetClassLong(
    _ window: RatWindow,
    _ index: Int32,
    _ value: Int,
    _ outValue: UnsafeMutablePointer<Int>?
) -> RatStatus {
    guard ClassLong.isSettable(index, to: value) else { return RAT_IPC_ERR_INVALID_ARG }
    return windowStatus(window) { window throws(RatError) in
        let old = try window.setClassLong(index, value)
        unsafe outValue?.pointee = old
    }
}

@c @implementation
public func RatReadClassExtra(
    _ window: RatWindow,
    _ offset: Int,
    _ buffer: UnsafeMutableRawPointer?,
    _ size: Int
) -> RatStatus {
    unsafe readStatus(window, buffer, size) { window throws(RatError) in
        try window.classExtra(offset, size)
    }
}

@c @implementation
public func RatWriteClassExtra(
    _ window: RatWindow,
    _ offset: Int,
    _ buffer: UnsafeRawPointer?,
    _ size: Int
) -> RatStatus {
    unsafe writeStatus(window, buffer, size) { window, bytes throws(RatError) in
        try window.setClassExtra(bytes, at: offset)
    }
}

@c @implementation
public func RatReadWindowExtra(
    _ window: RatWindow,
    _ offset: Int,
    _ buffer: UnsafeMutableRawPointer?,
    _ size: Int
) -> RatStatus {
    unsafe readStatus(window, buffer, size) { window throws(RatError) in
        try window.extraBytes(offset, size)
    }
}

@c @implementation
public func RatWriteWindowExtra(
    _ window: RatWindow,
    _ offset: Int,
    _ buffer: UnsafeRawPointer?,
    _ size: Int
) -> RatStatus {
    unsafe writeStatus(window, buffer, size) { window, bytes throws(RatError) in
        try window.setExtraBytes(bytes, at: offset)
    }
}

@c @implementation
public func RatCallWindowProc(
    _ proc: RatWindowProc?,
    _ window: RatWindow,
    _ message: UInt32,
    _ wparam: UInt,
    _ lparam: Int
) -> RatResult {
    proc?(window, message, wparam, lparam) ?? 0
}

@c @implementation
public func RatSetProp(
    _ window: RatWindow,
    _ name: UnsafePointer<CChar>?,
    _ value: UInt
) -> RatStatus {
    status { () throws(RatError) in
        let name = try unsafe propertyName(name)
        try WindowTree.setProperty(name, of: Handle(rawValue: window), to: value)
    }
}

@c @implementation
public func RatGetProp(
    _ window: RatWindow,
    _ name: UnsafePointer<CChar>?,
    _ outValue: UnsafeMutablePointer<UInt>?
) -> RatStatus {
    guard let outValue = unsafe outValue else { return RAT_IPC_ERR_INVALID_ARG }
    return status { () throws(RatError) in
        let name = try unsafe propertyName(name)
        unsafe outValue.pointee = try WindowTree.property(name, of: Handle(rawValue: window))
    }
}

@c @implementation
public func RatRemoveProp(
    _ window: RatWindow,
    _ name: UnsafePointer<CChar>?,
    _ outValue: UnsafeMutablePointer<UInt>?
) -> RatStatus {
    status { () throws(RatError) in
        let name = try unsafe propertyName(name)
        let old = try WindowTree.removeProperty(name, of: Handle(rawValue: window))
        unsafe outValue?.pointee = old
    }
}

@c @implementation
public func RatEnumProps(
    _ window: RatWindow,
    _ proc: RatEnumPropProc?,
    _ param: Int
) -> RatStatus {
    guard let proc = unsafe proc else { return RAT_IPC_ERR_INVALID_ARG }
    return status { () throws(RatError) in
        for property in try WindowTree.properties(of: Handle(rawValue: window)) {
            let goesOn = unsafe property.name.withCString { name in
                unsafe proc(window, name, property.value, param)
            }
            guard goesOn else { throw .cancelled }
        }
    }
}

@c @implementation
public func RatSetWindowSubclass(
    _ window: RatWindow,
    _ proc: RatSubclassProc?,
    _ id: UInt,
    _ data: UInt
) -> RatStatus {
    guard let proc else { return RAT_IPC_ERR_INVALID_ARG }
    return windowStatus(window) { window throws(RatError) in
        try window.setSubclass(proc, id, data: data)
    }
}

@c @implementation
public func RatGetWindowSubclass(
    _ window: RatWindow,
    _ proc: RatSubclassProc?,
    _ id: UInt,
    _ outData: UnsafeMutablePointer<UInt>?
) -> RatStatus {
    guard let proc else { return RAT_IPC_ERR_INVALID_ARG }
    return windowStatus(window) { window throws(RatError) in
        let data = try window.subclassData(proc, id)
        unsafe outData?.pointee = data
    }
}

@c @implementation
public func RatRemoveWindowSubclass(
    _ window: RatWindow,
    _ proc: RatSubclassProc?,
    _ id: UInt
) -> RatStatus {
    guard let proc else { return RAT_IPC_ERR_INVALID_ARG }
    return windowStatus(window) { window throws(RatError) in
        try window.removeSubclass(proc, id)
    }
}

@c @implementation
public func RatDefSubclassProc(
    _ window: RatWindow,
    _ message: UInt32,
    _ wparam: UInt,
    _ lparam: Int
) -> RatResult {
    Window.runNextSubclass(Handle(rawValue: window), message, wparam, lparam)
}

private func propertyName(_ name: UnsafePointer<CChar>?) throws(RatError) -> String {
    guard let name = unsafe name,
        let text = unsafe String(name, maximumSize: WindowTree.maximumPropertyName)
    else { throw .invalidArgument }
    return text
}

/// Copies extra bytes of a window or its class to the caller.
private func readStatus(
    _ window: RatWindow,
    _ buffer: UnsafeMutableRawPointer?,
    _ size: Int,
    _ body: (Window) throws(RatError) -> ArraySlice<UInt8>
) -> RatStatus {
    guard unsafe buffer != nil || size == 0 else { return RAT_IPC_ERR_INVALID_ARG }
    return windowStatus(window) { window throws(RatError) in
        let bytes = try body(window)
        guard let buffer = unsafe buffer else { return }
        unsafe UnsafeMutableRawBufferPointer(start: buffer, count: size).copyBytes(from: bytes)
    }
}

/// Hands `body` a copy of what the caller writes to extra bytes.
private func writeStatus(
    _ window: RatWindow,
    _ buffer: UnsafeRawPointer?,
    _ size: Int,
    _ body: (Window, [UInt8]) throws(RatError) -> Void
) -> RatStatus {
    guard unsafe buffer != nil || size == 0, size >= 0, size <= WindowClassTable.maximumExtra else {
        return RAT_IPC_ERR_INVALID_ARG
    }
    let bytes = unsafe [UInt8](UnsafeRawBufferPointer(start: buffer, count: size))
    return windowStatus(window) { window throws(RatError) in try body(window, bytes) }
}
