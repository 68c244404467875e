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
}

extension RequestForm {
    /// All answers, as where the grammar makes no condition.
    public func allows(_ reply: Reply) -> Bool { true }
    /// True, as where the grammar makes no condition.
    public var mayBeAnswered: Bool { true }
}
