#if X11

internal import CRatXCB

/// What the server says of a request that it could not do, and that nobody waits for.
struct ServerError: Equatable {
    let code: UInt8
    /// The request's number, and that within an extension.
    let major: UInt8
    let minor: UInt16
    /// What it was about: a window, as a rule.
    let resource: UInt32

    init(code: UInt8, major: UInt8, minor: UInt16, resource: UInt32) {
        self.code = code
        self.major = major
        self.minor = minor
        self.resource = resource
    }

    init(_ error: xcb_generic_error_t) {
        code = error.error_code
        major = error.major_code
        minor = error.minor_code
        resource = error.resource_id
    }

    /// Whether it only says that a window is gone that somebody destroyed while the request was under way.
    func isRace(_ isOurs: (xcb_window_t) -> Bool) -> Bool {
        (CInt(code) == XCB_WINDOW || CInt(code) == XCB_DRAWABLE) && !isOurs(resource)
    }

    /// In words, with the names of extensions by the numbers of their requests.
    func text(_ extensions: [UInt8: String]) -> String {
        let name = Self.name(code)
        let request = Self.request(major).map { "\($0)" }
        let extended = extensions[major].map { "\($0) \(minor)" }
        return "\(name) \(extended ?? request ?? "request \(major) \(minor)") \(hex(resource))"
    }

    private static func name(_ code: UInt8) -> String {
        names.indices.contains(Int(code) - 1) ? names[Int(code) - 1] : "error \(code)"
    }

    private static func request(_ major: UInt8) -> Substring? {
        requests.indices.contains(Int(major) - 1) ? requests[Int(major) - 1] : nil
    }

    private static let names = [
        "BadRequest", "BadValue", "BadWindow", "BadPixmap", "BadAtom", "BadCursor", "BadFont",
        "BadMatch", "BadDrawable", "BadAccess", "BadAlloc", "BadColor", "BadGC", "BadIDChoice",
        "BadName", "BadLength", "BadImplementation",
    ]

    private static let requests = """
        CreateWindow ChangeWindowAttributes GetWindowAttributes DestroyWindow DestroySubwindows \
        ChangeSaveSet ReparentWindow MapWindow MapSubwindows UnmapWindow UnmapSubwindows \
        ConfigureWindow CirculateWindow GetGeometry QueryTree InternAtom GetAtomName \
        ChangeProperty DeleteProperty GetProperty ListProperties SetSelectionOwner \
        GetSelectionOwner ConvertSelection SendEvent GrabPointer UngrabPointer GrabButton \
        UngrabButton ChangeActivePointerGrab GrabKeyboard UngrabKeyboard GrabKey UngrabKey \
        AllowEvents GrabServer UngrabServer QueryPointer GetMotionEvents TranslateCoordinates \
        WarpPointer SetInputFocus GetInputFocus QueryKeymap OpenFont CloseFont QueryFont \
        QueryTextExtents ListFonts ListFontsWithInfo SetFontPath GetFontPath CreatePixmap \
        FreePixmap CreateGC ChangeGC CopyGC SetDashes SetClipRectangles FreeGC ClearArea \
        CopyArea CopyPlane PolyPoint PolyLine PolySegment PolyRectangle PolyArc FillPoly \
        PolyFillRectangle PolyFillArc PutImage GetImage PolyText8 PolyText16 ImageText8 \
        ImageText16 CreateColormap FreeColormap CopyColormapAndFree InstallColormap \
        UninstallColormap ListInstalledColormaps AllocColor AllocNamedColor AllocColorCells \
        AllocColorPlanes FreeColors StoreColors StoreNamedColor QueryColors LookupColor \
        CreateCursor CreateGlyphCursor FreeCursor RecolorCursor QueryBestSize QueryExtension \
        ListExtensions ChangeKeyboardMapping GetKeyboardMapping ChangeKeyboardControl \
        GetKeyboardControl Bell ChangePointerControl GetPointerControl SetScreenSaver \
        GetScreenSaver ChangeHosts ListHosts SetAccessControl SetCloseDownMode KillClient \
        RotateProperties ForceScreenSaver SetPointerMapping GetPointerMapping \
        SetModifierMapping GetModifierMapping
        """.split(separator: " ")
}

extension Connection {
    /// The extensions in use, by the numbers of their requests. Waits for the replies that did not come yet.
    func extensionNames() -> [UInt8: String] {
        noteRequest()
        let known = unsafe [
            ("MIT-SHM", rat_xcb_shm_data(raw)), ("SYNC", rat_xcb_sync_data(raw)),
            ("XKEYBOARD", rat_xcb_xkb_data(raw)), ("XInputExtension", rat_xcb_input_data(raw)),
        ]
        var names: [UInt8: String] = [:]
        for index in unsafe known.indices {
            guard let data = unsafe known[index].1, unsafe data.pointee.present != 0 else {
                continue
            }
            unsafe names[data.pointee.major_opcode] = known[index].0
        }
        return names
    }
}

#endif
