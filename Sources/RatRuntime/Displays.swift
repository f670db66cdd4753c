package import RatCore
package import RatDisplay
internal import RatHeadless
internal import RatMessaging
internal import RatWindowing
internal import Synchronization

#if X11
internal import RatX11
#endif

/// Which display the process shows its windows on.
package enum Displays {
    private enum Choice: Equatable, Sendable {
        case headless
        /// `nil` is what the variable DISPLAY names.
        case x11(String?)
    }

    /// What the process asked for last; `nil` until it did.
    private static let choice = Mutex<Choice?>(nil)

    /// Counts what was chosen.
    package static var choicesMade: UInt64 { choices.load(ordering: .relaxed) }
    private static let choices = Atomic<UInt64>(0)

    /// Joins a clipboard with that of the display that the process has chosen, or that the environment names. `nil`
    /// where there is none to share.
    static func openExchange(
        for user: any ClipboardExchangeUser
    ) -> (any ClipboardExchange)? {
        let named = try? parse(environment("RAT_DISPLAY") ?? "auto")
        switch choice.withLock({ $0 }) ?? named {
        case .x11(let name):
            #if X11
            return X11Clipboard.open(name, user: user, trace: Trace.displayPrinter)
            #else
            return nil
            #endif
        case .headless, nil:
            return nil
        }
    }

    /// Chooses the display and opens the calling thread's connection to it. `nil` asks the environment.
    package static func attach(_ name: String?) throws(RatError) {
        let wanted = try parse(name ?? environment("RAT_DISPLAY") ?? "auto")
        let thread = try WindowThread.current()
        if thread.hasDisplay, thread.showsWindows {
            let current = choice.withLock { $0 }
            guard current == wanted else { throw .alreadyExists }
            return
        }
        thread.attach(try open(wanted))
        choice.withLock { $0 = wanted }
        choices.add(1, ordering: .relaxed)
    }

    /// Opens the display that the process has chosen, or that the environment names.
    package static func openChosen() throws(RatError) -> any DisplayBackend {
        if let chosen = choice.withLock({ $0 }) { return try open(chosen) }
        let wanted = try parse(environment("RAT_DISPLAY") ?? "auto")
        let display = try open(wanted)
        choice.withLock { $0 = $0 ?? wanted }
        choices.add(1, ordering: .relaxed)
        return display
    }

    private static func parse(_ name: String) throws(RatError) -> Choice {
        switch name {
        case "headless": return .headless
        case "x11": return .x11(nil)
        // Where no display is named, a program runs without a screen; where one is named, failing to
        // reach it is an error and not a reason to run unseen.
        case "auto": return environment("DISPLAY") == nil ? .headless : .x11(nil)
        default:
            guard name.hasPrefix("x11:") else { throw .invalidArgument }
            return .x11(String(name.dropFirst(4)))
        }
    }

    private static func open(_ choice: Choice) throws(RatError) -> any DisplayBackend {
        switch choice {
        case .headless:
            return HeadlessDisplay()
        case .x11(let name):
            #if X11
            do throws(DisplayError) {
                return try X11Display.open(name, trace: Trace.displayPrinter)
            } catch {
                switch error {
                case .notConnected, .noSuchSurface: throw .notConnected
                case .accessDenied: throw .accessDenied
                case .noResources: throw .noResources
                case .notSupported: throw .notSupported
                }
            }
            #else
            throw .notSupported
            #endif
        }
    }

    private static func environment(_ name: String) -> String? {
        guard let value = Environment.value(name), !value.isEmpty else { return nil }
        return value
    }
}
