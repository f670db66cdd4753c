internal import RatCore
internal import RatMessaging
internal import RatSystem

extension MessageQueue {
    /// Takes the next message, waiting for one; `nil` if none came before the timeout. Without a timeout it
    /// waits for ever. Blocks the thread; a task waits with `messages`.
    ///
    /// What the filter does not let through stays where it is.
    public func next(
        matching filter: MessageFilter = .all,
        timeout: Duration? = nil
    ) throws(RatError) -> Message? {
        guard let taken = try take(filter, timeout) else { return nil }
        return Message(taken)
    }

    /// The same without a copy of the payload.
    public func receive(
        matching filter: MessageFilter = .all,
        timeout: Duration? = nil
    ) throws(RatError) -> ReceivedMessage? {
        guard let taken = try take(filter, timeout) else { return nil }
        return ReceivedMessage(taken)
    }

    /// Looks at the next message and leaves it; `nil` if there is none. Others may take it meanwhile.
    public func peek(matching filter: MessageFilter = .all) throws(RatError) -> Message? {
        var message = RatMessaging.Message(MessageHeader(message: 0))
        do throws(RatCore.RatError) {
            _ = try unsafe Retrieval.peek(handle.engine, filter.engine, into: &message)
            return Message(message)
        } catch {
            if error == .notFound { return nil }
            throw RatError(error)
        }
    }

    private func take(
        _ filter: MessageFilter,
        _ timeout: Duration?
    ) throws(RatError) -> TakenMessage? {
        do throws(RatCore.RatError) {
            return try RatMessaging.MessageQueue.takeOwned(
                from: handle.engine,
                filter.engine,
                until: deadline(timeout)
            )
        } catch {
            if error == .timedOut { return nil }
            throw RatError(error)
        }
    }
}

/// Which messages to retrieve.
public struct MessageFilter: Hashable, Sendable {
    /// Ways for a message to come.
    public enum Origin: Sendable {
        /// It was posted.
        case posted
        /// It was sent.
        case sent
    }

    /// Message numbers.
    public var numbers: ClosedRange<UInt32>
    /// How it came; `nil` for either way.
    public var origin: Origin?

    /// What is let through; everything, if nothing is said.
    public init(numbers: ClosedRange<UInt32> = 0...UInt32.max, origin: Origin? = nil) {
        self.numbers = numbers
        self.origin = origin
    }

    /// Every message.
    public static let all = MessageFilter()
    /// What was posted.
    public static let posted = MessageFilter(origin: .posted)
    /// What was sent.
    public static let sent = MessageFilter(origin: .sent)

    /// The messages of one number.
    public static func number(_ number: UInt32) -> MessageFilter {
        MessageFilter(numbers: number...number)
    }

    var engine: RatMessaging.MessageFilter {
        let classes =
            switch origin {
            case nil: QueueStatus.all
            case .posted: QueueStatus.posted
            case .sent: QueueStatus.sendMessage
            }
        return RatMessaging.MessageFilter(range: numbers, classes: classes)
    }
}
