import MSNP
import WireProtocol

/// What reaches the one who asked: answers, or why there are none.
typealias ReplyChannel = AsyncStream<Result<ServerMessage, SessionError>>

/// A request that was sent and whose answer is still to be awaited, so that several can be under way.
///
/// One that nobody awaits any more is given up; its answer is then a notice.
public struct PendingReply<Reply: ReplyForm>: Sendable where Reply.Message == ServerMessage {
    /// Where the answer comes.
    let channel: ReplyChannel

    /// The answer; throws what the server refused with, or why no answer came.
    public var value: Reply {
        get async throws(SessionError) {
            for await result in channel {
                if let reply = Reply(try result.get()) { return reply }
            }
            throw Task.isCancelled ? .cancelled : .closed
        }
    }
}

/// The answers to a request, one after the other; ends with the last one, throws where the answer fails half-way.
public struct ReplySequence<Reply: ReplyForm>: AsyncSequence, Sendable where Reply.Message == ServerMessage {
    /// An answer.
    public typealias Element = Reply
    /// Where the answers come.
    let channel: ReplyChannel

    /// Takes answer after answer.
    public struct AsyncIterator: AsyncIteratorProtocol {
        /// Where the answers come.
        var base: ReplyChannel.AsyncIterator

        /// The next answer; nil after the last one.
        public mutating func next() async throws(SessionError) -> Reply? {
            try await next(isolation: #isolation)
        }

        /// The next answer; nil after the last one.
        public mutating func next(isolation actor: isolated (any Actor)?) async throws(SessionError) -> Reply? {
            while let result = await base.next(isolation: actor) {
                if let reply = Reply(try result.get()) { return reply }
            }
            if Task.isCancelled { throw .cancelled }
            return nil
        }
    }

    /// Begins; answers are handed out once.
    public func makeAsyncIterator() -> AsyncIterator {
        AsyncIterator(base: channel.makeAsyncIterator())
    }
}

/// What a session tells without being asked.
public enum SessionNotice: Sendable {
    /// A message that answers no request that still waits.
    case message(Envelope<ServerMessage>)
    /// A command that does not fit the grammar; the next one is intact.
    case unreadable(DecodingError)
    /// The session is over; always the last one.
    case ended(SessionError)
}
