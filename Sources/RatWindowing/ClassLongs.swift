package import RatCore
internal import RatSystem

/// Indices of what a class keeps; the numbers are Win32's. From 0 up they are offsets of its extra bytes.
package enum ClassLong {
    static let background: Int32 = -10
    static let cursor: Int32 = -12
    static let windowExtra: Int32 = -18
    static let classExtra: Int32 = -20
    static let procedure: Int32 = -24
    static let style: Int32 = -26
    static let atom: Int32 = -32

    package static func isKnown(_ index: Int32) -> Bool {
        index >= 0
            || [background, cursor, windowExtra, classExtra, procedure, style, atom].contains(index)
    }

    package static func isSettable(_ index: Int32, to value: Int) -> Bool {
        switch index {
        case 0...: true
        case background: UInt32(exactly: value) != nil
        case cursor: UInt64(exactly: value).map { Cursor(rawValue: $0).isKnown } ?? false
        case windowExtra: (0...WindowClassTable.maximumExtra).contains(value)
        case procedure: value != 0
        // Whose a class is does not change.
        case style:
            UInt32(exactly: value).map { $0 & ~ClassStyle.all | $0 & ClassStyle.threadClass == 0 }
                ?? false
        default: false
        }
    }
}

/// What the window's class keeps, for all its windows of any thread.
extension Window {
    package func classLong(_ index: Int32) throws(RatError) -> Int {
        switch index {
        case ClassLong.background: return Int(windowClass.background)
        case ClassLong.cursor: return Int(windowClass.cursor.rawValue)
        case ClassLong.windowExtra: return windowClass.windowExtra
        case ClassLong.classExtra: return windowClass.classExtra
        case ClassLong.procedure:
            return unsafe unsafeBitCast(windowClass.procedure, to: Int.self)
        case ClassLong.style: return Int(windowClass.style)
        case ClassLong.atom: return Int(windowClass.atom)
        default:
            return try windowClass.withExtra { extra throws(RatError) in
                try extra.load(at: Int(index))
            }
        }
    }

    /// Gives what was there. `ClassLong.isSettable` has been asked.
    package func setClassLong(_ index: Int32, _ value: Int) throws(RatError) -> Int {
        guard index < 0 else {
            return try windowClass.withExtra { extra throws(RatError) in
                try extra.exchange(value, at: Int(index))
            }
        }
        let old = try classLong(index)
        switch index {
        case ClassLong.background: windowClass.background = UInt32(truncatingIfNeeded: value)
        case ClassLong.cursor: windowClass.cursor = Cursor(rawValue: UInt64(value))
        case ClassLong.windowExtra: windowClass.windowExtra = value
        case ClassLong.procedure:
            windowClass.procedure = unsafe unsafeBitCast(value, to: WindowProcedure.self)
        case ClassLong.style:
            let kept = windowClass.style & ClassStyle.threadClass
            windowClass.style = UInt32(truncatingIfNeeded: value) | kept
        default: throw .invalidArgument
        }
        return old
    }

    package func classExtra(_ offset: Int, _ count: Int) throws(RatError) -> ArraySlice<UInt8> {
        try windowClass.withExtra { extra throws(RatError) in try extra.read(offset, count) }
    }

    package func setClassExtra(_ bytes: [UInt8], at offset: Int) throws(RatError) {
        try windowClass.withExtra { extra throws(RatError) in try extra.write(bytes, at: offset) }
    }

    package func extraBytes(_ offset: Int, _ count: Int) throws(RatError) -> ArraySlice<UInt8> {
        try extra.read(offset, count)
    }

    package func setExtraBytes(_ bytes: [UInt8], at offset: Int) throws(RatError) {
        try extra.write(bytes, at: offset)
    }
}

extension WindowTree {
    /// The name of a window's class, as registered.
    package static func className(of handle: Handle) throws(RatError) -> String {
        try read(handle) { node throws(RatError) in
            // A root has no class.
            guard let window = unsafe node.record.window else { throw .invalidHandle }
            return unsafe window.takeUnretainedValue().windowClass.name
        }
    }
}
