#if GDI

/// The attributes of a context, by the numbers of `rat-gdi.h`.
enum StateAttribute: UInt32 {
    case textColor, backgroundColor, backgroundMode, textAlign, mix, fillMode, stretchMode,
        brushColor, penColor

    var isColor: Bool {
        switch self {
        case .textColor, .backgroundColor, .brushColor, .penColor: true
        case .backgroundMode, .textAlign, .mix, .fillMode, .stretchMode: false
        }
    }

    func takes(_ value: UInt32) -> Bool {
        switch self {
        case .textColor, .backgroundColor, .brushColor, .penColor: true
        case .backgroundMode, .fillMode: value == 1 || value == 2
        // Right-to-left is taken, and does nothing.
        case .textAlign: value & ~0x11F == 0
        case .mix: (1...16).contains(value)
        case .stretchMode: (1...4).contains(value)
        }
    }
}

/// Its points.
enum StatePoint: UInt32 {
    case viewportOrigin, windowOrigin, brushOrigin, position
}

extension DrawingState {
    subscript(attribute: StateAttribute) -> UInt32 {
        get {
            switch attribute {
            case .textColor: textColor
            case .backgroundColor: backgroundColor
            case .backgroundMode: backgroundMode
            case .textAlign: textAlign
            case .mix: mixNumber
            case .fillMode: fillMode
            case .stretchMode: stretchMode
            case .brushColor: brushColor
            case .penColor: penColor
            }
        }
        set {
            switch attribute {
            case .textColor: textColor = newValue
            case .backgroundColor: backgroundColor = newValue
            case .backgroundMode: backgroundMode = newValue
            case .textAlign: textAlign = newValue
            case .mix: mixNumber = newValue
            case .fillMode: fillMode = newValue
            case .stretchMode: stretchMode = newValue
            case .brushColor: brushColor = newValue
            case .penColor: penColor = newValue
            }
        }
    }

    subscript(point: StatePoint) -> Spot {
        get {
            switch point {
            case .viewportOrigin: viewportOrigin
            case .windowOrigin: windowOrigin
            case .brushOrigin: brushOrigin
            case .position: position
            }
        }
        set {
            switch point {
            case .viewportOrigin: viewportOrigin = newValue
            case .windowOrigin: windowOrigin = newValue
            case .brushOrigin: brushOrigin = newValue
            case .position: position = newValue
            }
        }
    }
}

#endif
