package import RatDisplay

/// A backend as a test prepares it.
package struct DisplaySubject {
    package let display: any DisplayBackend
    /// Has everything read that the requests so far lead to. Nothing to do for a display that answers
    /// at once.
    package let settle: () throws -> Void
    /// Ends the display as its server would.
    package let lose: () throws -> Void

    package init(
        _ display: any DisplayBackend,
        settle: @escaping () throws -> Void = {},
        lose: @escaping () throws -> Void
    ) {
        self.display = display
        self.settle = settle
        self.lose = lose
    }
}

/// What `DisplayBackend` promises, one rule a case. Every backend must keep all of them; a rule needs
/// a display of its own.
package enum DisplayRule: CaseIterable, Sendable {
    case aSurfaceIsMadeChangedShownAndDestroyed
    case aSurfaceMayBeDestroyedWhileItIsShown
    case anUnknownSurfaceIsRefused
    case aDestroyedSurfaceIsUnknown
    case showingWhatIsShownChangesNothing
    case surfacesAreApart
    case eventsAreDrained
    case pixelsStartAsZerosInTheSizeAskedFor
    case presentedPixelsMayChangeAtOnce
    case aPlainSymbolPassesThrough
    case afterTheLossEverythingFails
    case theLossIsTheLastEvent

    /// What the display does against the rule.
    package func violations(of subject: DisplaySubject) throws -> [String] {
        var check = DisplayCheck(subject)
        switch self {
        case .aSurfaceIsMadeChangedShownAndDestroyed: try check.life()
        case .aSurfaceMayBeDestroyedWhileItIsShown: try check.destructionWhileShown()
        case .anUnknownSurfaceIsRefused: try check.unknownSurface()
        case .aDestroyedSurfaceIsUnknown: try check.destroyedSurface()
        case .showingWhatIsShownChangesNothing: try check.showingTwice()
        case .surfacesAreApart: try check.twoSurfaces()
        case .eventsAreDrained: try check.draining()
        case .pixelsStartAsZerosInTheSizeAskedFor: try check.newPixels()
        case .presentedPixelsMayChangeAtOnce: try check.presenting()
        case .aPlainSymbolPassesThrough: check.composing()
        case .afterTheLossEverythingFails: try check.requestsAfterLoss()
        case .theLossIsTheLastEvent: try check.eventsAfterLoss()
        }
        return check.violations
    }
}
