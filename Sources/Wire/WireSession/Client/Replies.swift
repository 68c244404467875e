import WireProtocol

/// Carries answers to the caller, or the reason why there are none.
@usableFromInline
typealias ReplyChannel<Message: SessionMessage> = AsyncStream<Result<Message, SessionError<Message>>>

/// A request that was sent and whose answer can be awaited later, so that several can be under way.
///
/// A request that nobody awaits any more is abandoned; its answer is then a notice.
public struct PendingReply<Reply: ReplyForm>: Sendable where Reply.Message: SessionMessage {
    @usableFromInline let channel: ReplyChannel<Reply.Message>

    @usableFromInline
    init(channel: ReplyChannel<Reply.Message>) { self.channel = channel }

    /// The answer; throws the server's error, or the reason why no answer arrived.
    public var value: Reply {
        get async throws(SessionError<Reply.Message>) {
            for await result in channel {
                if let reply = Reply(try result.get()) { return reply }
            }
            throw Task.isCancelled ? .cancelled : .closed
        }
    }
}

/// The answers to a request, in order; ends after the last one and throws if the request fails.
public struct ReplySequence<Reply: ReplyForm>: AsyncSequence, Sendable
where Reply.Message: SessionMessage {
    /// The type of the answers.
    public typealias Element = Reply
    @usableFromInline let channel: ReplyChannel<Reply.Message>

    @usableFromInline
    init(channel: ReplyChannel<Reply.Message>) { self.channel = channel }

    /// Iterates over the answers.
    public struct AsyncIterator: AsyncIteratorProtocol {
        @usableFromInline var base: ReplyChannel<Reply.Message>.AsyncIterator

        /// The next answer, or nil after the last one.
        public mutating func next() async throws(SessionError<Reply.Message>) -> Reply? {
            try await next(isolation: #isolation)
        }

        /// The next answer, or nil after the last one.
        public mutating func next(isolation actor: isolated (any Actor)?) async throws(SessionError<Reply.Message>)
            -> Reply?
        {
            while let result = await base.next(isolation: actor) {
                if let reply = Reply(try result.get()) { return reply }
            }
            if Task.isCancelled { throw .cancelled }
            return nil
        }
    }

    /// Creates an iterator; iterate only once.
    public func makeAsyncIterator() -> AsyncIterator {
        AsyncIterator(base: channel.makeAsyncIterator())
    }
}

/// What a session reports unasked.
public enum SessionNotice<Message: SessionMessage>: Sendable {
    /// A message that answers no open request.
    case message(Envelope<Message>)
    /// A command that does not fit the grammar; the next one is intact.
    case unreadable(WireDecodingError, SessionLine<Message.MessageService>)
    /// A command that the session rules do not allow in this state; only strict sessions refuse it.
    case refused(SessionError<Message>, SessionLine<Message.MessageService>)
    /// The session is over; always the last notice.
    case ended(SessionError<Message>)
}
