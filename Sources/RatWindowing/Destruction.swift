internal import RatCore
internal import RatDisplay
internal import RatMessaging

extension Window {
    /// WM_DESTROY, WM_NCDESTROY, and the handle is dead. Runs the procedure.
    ///
    /// May be called from any message of the window, also while it is being created.
    package func destroy() {
        guard exists, life != .dying else { return }
        life = .dying
        thread.letGo(self)
        guard exists else { return }
        style &= ~WindowStyle.visible
        send(WindowMessage.destroy)
        finishDestruction()
    }

    /// The end of every window: its surface goes, then its last message comes, then it is retired.
    func finishDestruction() {
        // A window that is refused while it is created may have taken the focus by then.
        thread.letGo(self)
        guard exists else { return }
        if !isSurfaceGone {
            isSurfaceGone = true
            // A lost display has ended the surface by itself.
            try? thread.display.destroySurface(surface)
        }
        send(WindowMessage.nonClientDestroy)
        retire()
    }
}
