/// Where an answer stands among all the answers to a request.
public enum ReplyPlace: Hashable, Sendable {
    /// The last one: nothing follows it.
    case final
    /// The main reply; parts may follow, and no mark of theirs tells the last.
    case leading
    /// One of several; it does not end the answer.
    case part
}

/// The answers to one request, as far as the grammar allows them.
public protocol ReplyForm: Sendable, Equatable {
    /// What the other end sends.
    associatedtype Message: Sendable

    /// Takes a message that may answer the request; nil for any other.
    init?(_ message: Message)
    /// The form that came.
    var form: any ReadableForm { get }
    /// Whether more are to be expected.
    var place: ReplyPlace { get }
    /// Whether one answer is the main reply; if not, there are only parts.
    static var hasMainReply: Bool { get }
    /// Whether more than one message may come.
    static var isSeries: Bool { get }
}

/// A form whose answers the grammar knows.
public protocol RequestForm: WritableForm {
    /// What may answer it.
    associatedtype Reply: ReplyForm
}
