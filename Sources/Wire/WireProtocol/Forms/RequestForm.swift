/// The role of an answer among all the answers to a request.
public enum ReplyPlace: Hashable, Sendable {
    /// The last one: nothing follows it.
    case final
    /// The main reply; parts may follow, and none of them is marked as the last.
    case leading
    /// One of several answers; it does not end the series.
    case part
}

/// The answers that the grammar allows to one request.
public protocol ReplyForm: Sendable, Equatable {
    /// The messages of the other end.
    associatedtype Message: Sendable

    /// Takes a message that may answer the request; `nil` for any other.
    init?(_ message: Message)
    /// The form that arrived.
    var form: any ReadableForm { get }
    /// The role of this answer, which says whether to expect more.
    var place: ReplyPlace { get }
    /// Whether one of the answers is the main reply; if not, all of them are parts.
    static var hasMainReply: Bool { get }
    /// Whether more than one message may arrive.
    static var isSeries: Bool { get }
}

/// A form whose answers the grammar states.
public protocol RequestForm: WritableForm {
    /// The possible answers.
    associatedtype Reply: ReplyForm

    /// Whether the values of this request allow this answer.
    func allows(_ reply: Reply) -> Bool
    /// Whether the values of this request allow any answer.
    var mayBeAnswered: Bool { get }
    /// What finds the end of an answer of many messages where their forms do not tell; `nil` where they do.
    ///
    /// Nothing in a grammar says how to count. A module has a method of this name in an extension of such a request.
    func replyCounter(in version: ProtocolVersion) -> (any ReplyCounter<Reply.Message>)?
}

extension RequestForm {
    /// All answers, as where the grammar makes no condition.
    public func allows(_ reply: Reply) -> Bool { true }
    /// True, as where the grammar makes no condition.
    public var mayBeAnswered: Bool { true }
    /// `nil`, as where the forms tell the end of the answer.
    public func replyCounter(in version: ProtocolVersion) -> (any ReplyCounter<Reply.Message>)? { nil }
}

/// Finds the end of an answer that has no end mark, such as one that begins with the number of its parts.
public protocol ReplyCounter<Message>: Sendable {
    /// The messages of the other end.
    associatedtype Message

    /// Counts a message of the answer; whether it is the last one.
    mutating func isLast(_ message: Message) -> Bool
    /// Counts a line that cannot be read, by its command alone.
    mutating func skip(_ command: CommandCode) -> SkippedReply
}

/// What a line that cannot be read is in an answer that is counted.
public enum SkippedReply: Hashable, Sendable {
    /// It is none of the lines that are counted.
    case uncounted
    /// It is one of them.
    case counted(isLast: Bool)
    /// It may be one of them, or the line with their number, so that silence has to tell the end.
    case perhapsCounted
}
