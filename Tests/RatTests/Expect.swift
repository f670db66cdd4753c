internal import Rat
internal import Synchronization
internal import Testing

/// Expects `body` to throw that error.
@discardableResult
func expect<Value>(
    _ code: RatError.Code,
    sourceLocation: SourceLocation = #_sourceLocation,
    _ body: () throws -> Value
) -> RatError? {
    let error = #expect(throws: RatError.self, sourceLocation: sourceLocation) { try body() }
    #expect(error?.code == code, sourceLocation: sourceLocation)
    return error
}

/// The same for what suspends.
func expect<Value>(
    _ code: RatError.Code,
    sourceLocation: SourceLocation = #_sourceLocation,
    _ body: () async throws -> Value
) async {
    let error = await #expect(throws: RatError.self, sourceLocation: sourceLocation) {
        try await body()
    }
    #expect(error?.code == code, sourceLocation: sourceLocation)
}

/// Something that one thread leaves for another.
final class Handed<Value: Sendable>: Sendable {
    private let content = Mutex<Value?>(nil)

    var value: Value? {
        get { content.withLock { $0 } }
        set { content.withLock { $0 = newValue } }
    }
}
