internal import RatCore
package import RatDisplay

/// What the pointer looks like over a window: one of the shapes that displays have, by Win32's numbers.
package struct Cursor: RawRepresentable, Equatable, Sendable {
    package let rawValue: UInt64

    package init(rawValue: UInt64) {
        self.rawValue = rawValue
    }

    package init(_ shape: PointerShape) {
        rawValue = shape.rawValue
    }

    /// No pointer is seen. Of a class: whatever the program has set.
    package static let none = Cursor(rawValue: 0)
    package static let arrow = Cursor(.arrow)

    /// `nil` for none.
    var shape: PointerShape? { PointerShape(rawValue: rawValue) }

    package var isKnown: Bool { self == .none || shape != nil }
}

/// The pointer that a thread shows.
struct ThreadCursor {
    var current = Cursor.arrow
    /// How often it was shown more often than hidden; it is seen from 0 on.
    var showCount: Int32 = 0

    var seen: Cursor { showCount < 0 ? .none : current }
}

extension WindowThread {
    package var cursor: Cursor { cursorState.current }

    /// Sets what the pointer looks like over the thread's windows, until somebody sets something else: the next
    /// move of the mouse asks WM_SETCURSOR. Gives what it was.
    @discardableResult package func setCursor(_ cursor: Cursor) -> Cursor {
        defer { showCursor() }
        let old = cursorState.current
        cursorState.current = cursor
        return old
    }

    /// Counts up or down; gives the count.
    package func countCursor(isShown: Bool) -> Int32 {
        let (count, isOver) = cursorState.showCount.addingReportingOverflow(isShown ? 1 : -1)
        if !isOver { cursorState.showCount = count }
        showCursor()
        return cursorState.showCount
    }

    /// Tells the display, if the window that the pointer is over shows something else.
    func showCursor() {
        guard let surface = restingPointer.surface, let window = window(of: surface),
            window.hasSurface, window.shownCursor != cursorState.seen
        else { return }
        window.shownCursor = cursorState.seen
        // A display that is lost meanwhile says so itself.
        try? window.display.setPointer(cursorState.seen.shape, of: surface)
    }
}

extension Window {
    /// The pointer for a part of a window that nobody else has one for. Says whether there is one.
    func showDefaultCursor(_ part: Int, of window: UInt) -> Bool {
        guard part != HitTest.client else {
            let hit = try? Window.find(Handle(rawValue: UInt64(window)))
            guard let cursor = (hit ?? self).windowClass.cursor.ifAny else { return false }
            thread.setCursor(cursor)
            return true
        }
        thread.setCursor(Self.frameCursors[part].map { Cursor($0) } ?? .arrow)
        return true
    }

    /// By what WM_NCHITTEST answers: left, right, top, the corners, bottom, the corners.
    private static let frameCursors: [Int: PointerShape] = [
        10: .sizeHorizontally, 11: .sizeHorizontally, 12: .sizeVertically, 13: .sizeDown,
        14: .sizeUp, 15: .sizeVertically, 16: .sizeUp, 17: .sizeDown,
    ]
    static let sizingParts = 10...17
}

extension Cursor {
    fileprivate var ifAny: Cursor? { self == .none ? nil : self }
}
