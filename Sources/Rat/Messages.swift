internal import RatCore
internal import RatMessaging

extension MessageQueue {
    /// The queue's messages, as they come: `for await message in queue.messages`.
    ///
    /// Each message goes to one of those who iterate or take otherwise. Waiting for one blocks no thread. The
    /// iteration ends when the queue is closed, and when the task is cancelled: nothing of it stays behind, and
    /// the message that would have been its next goes to another.
    public var messages: Messages { Messages(queue: self) }

    /// An asynchronous sequence of a queue's messages. See `MessageQueue.messages`.
    public struct Messages: AsyncSequence, Sendable {
        /// Never ends by an error.
        public typealias Failure = Never
        /// Messages, with a copy of their payloads.
        public typealias Element = Message

        let queue: MessageQueue

        /// Takes messages from now on.
        public func makeAsyncIterator() -> AsyncIterator {
            AsyncIterator(storage: MessagesStorage(queue))
        }

        /// One consumer of a queue's messages.
        public struct AsyncIterator: AsyncIteratorProtocol {
            let storage: MessagesStorage

            /// Takes the next message, suspending the task until there is one; `nil` at the end.
            public mutating func next(
                isolation actor: isolated (any Actor)? = #isolation
            ) async -> Message? {
                guard !Task.isCancelled else { return nil }
                while true {
                    do throws(RatCore.RatError) {
                        if let message = try storage.take() { return message }
                    } catch {
                        return nil
                    }
                    guard await storage.wait() else { return nil }
                }
            }
        }
    }
}

@available(*, unavailable)
extension MessageQueue.Messages.AsyncIterator: Sendable {}
