internal import Glibc
package import RatCore

/// A thread beside a test's, for what one thread may not do to another's window.
@safe package final class OtherThread {
    private var thread = pthread_t()

    private final class Body {
        let run: @Sendable () -> Void
        init(_ run: @escaping @Sendable () -> Void) { self.run = run }
    }

    package init(_ body: @escaping @Sendable () -> Void) throws {
        let argument = unsafe Unmanaged.passRetained(Body(body)).toOpaque()
        let error = unsafe pthread_create(
            &thread,
            nil,
            { argument in
                guard let argument = unsafe argument else { return nil }
                unsafe Unmanaged<Body>.fromOpaque(argument).takeRetainedValue().run()
                return nil
            },
            argument
        )
        guard error == 0 else { throw RatError.noResources }
    }

    /// Waits for its end.
    package func join() {
        pthread_join(thread, nil)
    }
}

/// What one thread of a test leaves for the next, which starts after it has ended.
package final class Counter: @unchecked Sendable {
    package var value = 0
    package var handle = Handle.invalid
    package init() {}
}
