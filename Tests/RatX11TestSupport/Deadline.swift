#if X11

/// A time that only a failure takes, however many tests share the machine.
struct Deadline {
    private let end = ContinuousClock.now + .seconds(120)

    var isOver: Bool { ContinuousClock.now >= end }
}

#endif
