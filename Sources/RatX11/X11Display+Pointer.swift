#if X11

internal import CRatXCB

/// Where the pointer is while others are told of it.
extension X11Display {
    /// While the pointer is doubtful, asks where it is whenever it did something. That is told by the input extension
    /// even then; without it, all that the server tells is taken as a hint.
    func settlePointer() {
        let isDoubtful = translator.isPointerDoubtful
        if isDoubtful != watchesPointer {
            watchesPointer = isDoubtful
            devices?.watchPointer(isDoubtful)
            // What it did before it was watched is to be known too.
            pointerStirred = true
        }
        guard isDoubtful, pointerStirred else { return }
        pointerStirred = false
        let surfaces = translator.surfaces
        guard let found = connection.pointerPlace({ surfaces[$0] != nil }) else { return }
        let place = PointerPlace(
            window: found.window,
            state: found.state,
            buttons: devices?.heldButtons()
        )
        translator.findPointer(place)
        tell("pointer \(place)")
    }
}

#endif
