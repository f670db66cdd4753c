import Glibc
import RatTestSupport
import Testing

@testable import RatSystem

@Suite struct SystemCallTests {
    @Test func failureIsTheErrnoOfTheCall() {
        #expect(throws: Errno(rawValue: EBADF)) { try systemCall { close(-1) } }
        #expect(throws: Errno(rawValue: ENOENT)) {
            try systemCall { unsafe open("/no/such/directory", O_RDONLY) }
        }
    }

    @Test func failureIsKeptForTheThreadUntilTheNextOne() throws {
        let seen = try onThreadOfItsOwn {
            let fresh = Errno.lastOfThread
            _ = try? systemCall { close(-1) }
            let failed = Errno.lastOfThread
            _ = try systemCall { getpid() }
            return [fresh, failed, Errno.lastOfThread]
        }
        #expect(seen == [0, EBADF, EBADF])
    }

    @Test func eachThreadHasItsOwnLastFailure() throws {
        let seen = try onThreadOfItsOwn {
            _ = try? systemCall { close(-1) }
            let other = try onThreadOfItsOwn {
                _ = try? systemCall { unsafe open("/no/such/directory", O_RDONLY) }
                return Errno.lastOfThread
            }
            return [Errno.lastOfThread, other]
        }
        #expect(seen == [EBADF, ENOENT])
    }

    @Test func interruptedCallIsMadeAgain() throws {
        var calls = 0
        let value = try systemCall { () -> CInt in
            calls += 1
            errno = EINTR
            return calls < 4 ? -1 : 9
        }
        #expect(value == 9)
        #expect(calls == 4)
    }

    @Test func interruptionIsNoFailureToRemember() throws {
        let seen = try onThreadOfItsOwn {
            var calls = 0
            _ = try systemCall { () -> CInt in
                calls += 1
                errno = EINTR
                return calls < 2 ? -1 : 0
            }
            return Errno.lastOfThread
        }
        #expect(seen == 0)
    }
}
