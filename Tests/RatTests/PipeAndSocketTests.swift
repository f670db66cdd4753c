import Rat
import Testing

@Suite struct PipeAndSocketTests {
    /// Only a failure waits that long.
    private static let patience = Duration.seconds(10)

    @Test func whatIsWrittenIsReadAndTheEndIsEmpty() throws {
        let (reader, writer) = try Pipe.make()
        try writer.write([1, 2, 3])
        writer.close()
        let bytes = try reader.read(upTo: 10, timeout: Self.patience)
        let end = try reader.read(upTo: 10, timeout: Self.patience)
        #expect(bytes == [1, 2, 3])
        #expect(end.isEmpty)
    }

    @Test func aPipeIsReadyWhenThereIsSomethingToRead() throws {
        let (reader, writer) = try Pipe.make()
        #expect(!reader.wait(timeout: .zero))
        try writer.write([7])
        #expect(reader.wait(timeout: Self.patience))
    }

    @Test func readingInVainTimesOut() throws {
        let (reader, writer) = try Pipe.make()
        var code: RatError.Code?
        do throws(RatError) {
            _ = try reader.read(upTo: 1, timeout: .milliseconds(1))
        } catch {
            code = error.code
        }
        #expect(code == .timedOut)
        writer.close()
    }

    @Test func writingToNobodyFailsAndDoesNotKill() throws {
        let (reader, writer) = try Pipe.make()
        reader.close()
        var code: RatError.Code?
        do throws(RatError) {
            try writer.write([1])
        } catch {
            code = error.code
        }
        #expect(code == .notConnected)
    }

    @Test func aStreamGoesBothWays() throws {
        let listener = try Socket(.ipv4)
        try listener.bind(to: .loopback(port: 0))
        try listener.listen()
        let port = try #require(listener.port)
        let client = try Socket(.ipv4)
        try client.connect(to: .loopback(port: port), timeout: Self.patience)
        let server = try listener.accept(timeout: Self.patience)
        try client.send([1, 2])
        let request = try server.receive(upTo: 10, timeout: Self.patience)
        try server.send([3])
        let reply = try client.receive(upTo: 10, timeout: Self.patience)
        try client.finishSending()
        let end = try server.receive(upTo: 10, timeout: Self.patience)
        #expect(request == [1, 2])
        #expect(reply == [3])
        #expect(end.isEmpty)
    }

    @Test func aDatagramKeepsItsBounds() throws {
        let receiver = try Socket(.ipv4, .datagrams)
        try receiver.bind(to: .loopback(port: 0))
        let port = try #require(receiver.port)
        let sender = try Socket(.ipv4, .datagrams)
        try sender.send([1], to: .loopback(port: port))
        try sender.send([2, 3], to: .loopback(port: port))
        let first = try receiver.receive(upTo: 10, timeout: Self.patience)
        let second = try receiver.receive(upTo: 10, timeout: Self.patience)
        #expect(first == [1])
        #expect(second == [2, 3])
    }

    @Test func aClosedSocketIsNone() throws {
        let listener = try Socket(.ipv4)
        try listener.bind(to: .loopback(port: 0))
        try listener.listen()
        listener.close()
        var code: RatError.Code?
        do throws(RatError) {
            _ = try listener.accept(timeout: Self.patience)
        } catch {
            code = error.code
        }
        #expect(code == .invalidHandle)
    }
}
