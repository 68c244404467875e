/// Keywords and types that generated names must not hide.
enum SwiftIdentifier {
    /// Keywords of Swift; the emitter writes them in backticks.
    static let keywords: Set<String> = [
        "as", "associatedtype", "break", "case", "catch", "class", "continue", "default", "defer", "deinit", "do",
        "else", "enum", "extension", "fallthrough", "false", "fileprivate", "for", "func", "guard", "if", "import",
        "in", "init", "inout", "internal", "is", "let", "nil", "operator", "private", "protocol", "public", "repeat",
        "rethrows", "return", "static", "struct", "subscript", "super", "switch", "throw", "throws", "true", "try",
        "typealias", "var", "where", "while",
    ]

    /// Types that generated code refers to; a form of the same name would hide them.
    static let runtimeTypes: Set<String> = [
        "ClientMessage", "ServerMessage", "WireForm", "DescribedForm", "ReadableForm", "WritableForm", "WireToken",
        "WireText", "WireBytes", "Secret", "Sender", "Field",
        "Service", "VersionSet", "ProtocolVersion", "Envelope", "LineWriter", "FieldReader", "String", "FormStorage",
        "FormBuilder", "FormTable", "FormParameter", "FormWord", "CommandTable", "ValueTable", "PayloadTable",
        "TakenWords", "UnknownCommand", "ServiceSet", "WireTypes", "Int", "Payload",
        "Bool", "UInt32", "Int64", "ErrorReply", "ErrorCode", "TransactionID", "TransactionRule", "PayloadFormat",
        "WireDecodingError", "WireEncodingError", "StaticString", "UInt8", "RequestForm", "ReplyForm", "ReplyPlace",
        "TransactionForm", "PlainForm", "OptionalTransactionForm", "PayloadConvertible",
    ]
}
