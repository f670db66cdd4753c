internal import RatWindowingTestSupport
internal import Testing

/// Expects the calls to be exactly these, in this order.
func expectSequence(
    _ calls: [Step],
    _ expected: Step...,
    sourceLocation: SourceLocation = #_sourceLocation
) {
    if let difference = mismatch(calls, expected) {
        Issue.record(Comment(rawValue: difference), sourceLocation: sourceLocation)
    }
}
