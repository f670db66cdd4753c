import RatCore
import RatMessaging
import RatSystem
import RatTestSupport
import Testing

@testable import RatLinks

/// Both ends of connections in one process, by many threads: what they share is here for the thread sanitizer to see.
@Suite(.serialized) struct LinkTests {
    @Test func visitorsPostSendAndTakeAtOnceAndNothingIsLost() throws {
        let name = try Place.newName()
        let queue = try Place.make(name)
        let rounds: UInt = 300
        let handles = try (0..<3).map { _ in try Place.visit(name) }
        let owner = TestThread { () -> [UInt: Int] in
            var seen: [UInt: Int] = [:]
            while let (header, payload) = try? Place.take(queue), header.message != 99 {
                if header.token != 0 {
                    var reply = Place.message(0, header.wparam + 1)
                    try? unsafe Sending.reply(to: header.token, &reply)
                } else if payload == Place.pattern(payload.count, header.message) {
                    seen[header.wparam, default: 0] += 1
                }
            }
            return seen
        }
        let senders = (0..<6).map { number in
            TestThread { () -> Bool in
                let handle = handles[number % 3]
                for round in 0..<rounds {
                    let serial = UInt(number) * rounds + round
                    while true {
                        do throws(RatError) {
                            try Place.post(7, serial, to: handle)
                            break
                        } catch {
                            guard error == .noResources else { return false }
                        }
                    }
                    if round % 8 == 0, (try? Place.send(serial, to: handle)) != serial + 1 {
                        return false
                    }
                }
                return true
            }
        }
        for sender in senders { #expect(try sender.join()) }
        // Behind what the connections still hold.
        for handle in handles { _ = try Place.send(0, to: handle) }
        #expect(
            Patience.until {
                (try? MessageQueue.info(queue)).map { $0.posted >= UInt64(6 * rounds) } ?? false
            }
        )
        try Place.post(99, to: queue)
        let seen = try owner.join()
        #expect(seen.count == Int(6 * rounds))
        #expect(seen.values.allSatisfy { $0 == 1 })
        for handle in handles { try MessageQueue.close(handle) }
        try MessageQueue.close(queue)
    }

    @Test func ofManyWhoTakeEachMessageGoesToOne() throws {
        let name = try Place.newName()
        let queue = try Place.make(name)
        let handles = try (0..<3).map { _ in try Place.visit(name) }
        let takers = (handles + [queue]).map { handle in
            TestThread { () -> [UInt] in
                var taken: [UInt] = []
                while let (header, _) = try? Place.take(handle), header.message != 99 {
                    taken.append(header.wparam)
                }
                return taken
            }
        }
        for serial in UInt(0)..<600 {
            try Place.post(1, serial, to: handles[Int(serial) % 3])
        }
        #expect(
            Patience.until { (try? MessageQueue.info(queue)).map { $0.posted == 600 } ?? false }
        )
        for _ in takers { try Place.post(99, to: queue) }
        #expect(try takers.flatMap { try $0.join() }.sorted() == Array(0..<600))
        for handle in handles { try MessageQueue.close(handle) }
        try MessageQueue.close(queue)
    }

    /// Payloads that do not fit into the ring arrive as they were sent, between small ones.
    @Test func largePayloadsComeWhole() throws {
        let name = try Place.newName()
        let queue = try Place.make(name)
        let handle = try Place.visit(name)
        let sizes = [0, 1, 130_943, 130_944, 130_945, 262_144, 1_000_000, 3]
        let poster = TestThread { () -> Bool in
            for (number, size) in sizes.enumerated() {
                guard (try? Place.post(UInt32(number), size: size, to: handle)) != nil else {
                    return false
                }
            }
            return true
        }
        for (number, size) in sizes.enumerated() {
            let (header, payload) = try Place.take(queue)
            #expect(header.message == UInt32(number))
            #expect(payload == Place.pattern(size, UInt32(number)))
        }
        #expect(try poster.join())
        try MessageQueue.close(handle)
        try MessageQueue.close(queue)
    }

    /// Whoever closes, the other threads' calls end, and with a status that says why.
    @Test(arguments: [true, false]) func aCloseEndsTheCallsThatAreUnderWay(byOwner: Bool) throws {
        for round in 0..<20 {
            let name = try Place.newName()
            let queue = try Place.make(name)
            let handle = try Place.visit(name)
            let calls = (0..<4).map { kind in
                TestThread { () -> RatError? in
                    do throws(RatError) {
                        switch kind {
                        case 0: while true { _ = try Place.take(handle) }
                        case 1: _ = try Place.send(1, to: handle)
                        case 2: while true { _ = try MessageQueue.info(handle) }
                        default: while true { try postOrYield(handle) }
                        }
                        return nil
                    } catch {
                        return error
                    }
                }
            }
            if round % 2 == 0 { try calls[1].waitUntilParked() }
            try MessageQueue.close(byOwner ? queue : handle)
            for call in calls {
                let error = try call.join()
                #expect(
                    error == .notConnected
                        || !byOwner && (error == .cancelled || error == .invalidHandle)
                )
            }
            try MessageQueue.close(byOwner ? handle : queue)
        }
    }

    @Test func aMessageGoesToWhoIsLeftWhenAVisitorThatWaitedIsGone() throws {
        for _ in 0..<20 {
            let name = try Place.newName()
            let queue = try Place.make(name)
            let handle = try Place.visit(name)
            let visitor = TestThread { try? Place.take(handle).header.message }
            // When the owner answers this it has heard of the wait.
            try visitor.waitUntilParked()
            _ = try MessageQueue.info(handle)
            let owner = TestThread {
                try? Place.take(queue, until: .distantFuture).header.message
            }
            try owner.waitUntilParked()
            try MessageQueue.close(handle)
            #expect(try visitor.join() == nil)
            try Place.post(7, to: queue)
            #expect(try owner.join() == 7)
            try MessageQueue.close(queue)
        }
    }

    /// The connection is held up again and again, in the middle of messages too.
    @Test func aQueueThatIsAlwaysFullGetsEverything() throws {
        let name = try Place.newName()
        var options = QueueOptions()
        options.policy = .wait
        options.byteBudget = 300_000
        let queue = try Place.make(name, options)
        let handle = try Place.visit(name)
        let poster = TestThread { () -> Int in
            for number in 0..<60 {
                let size = number % 3 == 0 ? 200_000 : 20_000
                guard (try? Place.post(UInt32(number), size: size, to: handle)) != nil else {
                    return number
                }
            }
            return 60
        }
        for number in 0..<60 { #expect(try Place.take(queue).header.message == UInt32(number)) }
        #expect(try poster.join() == 60)
        try MessageQueue.close(handle)
        try MessageQueue.close(queue)
    }

    @Test func aNameIsFreeWhenItsQueueIsClosed() throws {
        let name = try Place.newName()
        for _ in 0..<50 {
            let queue = try Place.make(name)
            #expect(throws: RatError.alreadyExists) { try Place.make(name) }
            let handle = try Place.visit(name)
            try Place.post(1, to: handle)
            #expect(try Place.take(queue).header.message == 1)
            try MessageQueue.close(queue)
            #expect(throws: RatError.notConnected) { try Place.post(1, to: handle) }
            try MessageQueue.close(handle)
        }
        #expect(throws: RatError.notFound) { try Place.visit(name) }
    }
}

private func postOrYield(_ handle: Handle) throws(RatError) {
    do throws(RatError) {
        try Place.post(1, to: handle)
    } catch {
        guard error == .noResources else { throw error }
    }
}
