/// Names that generated Swift cannot use because they are taken.
enum SwiftReserved {
    /// Names with a meaning of their own everywhere; `none` would be mistaken for nil.
    static let everywhere: Set<String> = ["self", "Self", "Type", "Protocol", "Any", "init", "none"]

    /// Members of both enumerations of messages.
    static let messageMembers: Set<String> = [
        "error", "unknown", "form", "deviations", "encode", "sender", "limits", "protocolTable", "decode", "make",
        "description", "describedForm", "errorReply", "agreedVersion",
    ]

    /// Members of every form.
    static let formMembers: Set<String> = [
        "storage", "fields", "deviations", "payloadBytes", "encode", "detached", "formID", "description",
        "customMirror", "builder",
        "table", "allows", "mayBeAnswered", "replyCounter",
    ]

    /// Members of payloads.
    static let payloadMembers: Set<String> = [
        "message", "fields", "rest", "element", "elementName", "headers", "body", "options", "entries", "data", "check",
        "encoded", "payload", "payloadBytes", "contentType", "contents", "validate", "table", "packet", "visitBlocks",
        "httpService", "Answer", "inside", "setInside", "insideBytes", "insideRows", "insideField", "insideNumber",
        "setInsideType", "limits", "fieldTables",
    ]

    /// The public types of the runtime.
    static let wireTypes: Set<String> = [
        "BearingPayload", "ConnectionState", "InsideRow", "ProtocolErrorCode", "ProtocolErrorReply", "ReplyCounter",
        "SessionMessage", "SkippedReply", "UnruledSession",
        "AttributeRow", "BearerRow", "BearerTable", "BitField", "BinaryPacket", "BinaryPayload", "BinaryTable",
        "BlocksPayload",
        "BlocksTable", "ByteChunk", "ByteReader", "ByteWriter", "BytesPayload", "ChildRow", "CommandCode",
        "CommandTable", "TerminalText", "Deviation", "DeviationRule", "DocumentDeviation", "DeviantForm", "PeerProgram",
        "SpellingDeviation",
        "CompositePart", "CompositeParts", "CompositeWriter", "DecodableMessage", "DescribedForm",
        "ElementTable", "Envelope", "ErrorRow", "Field", "FieldReader", "FieldRow", "FieldTable", "FieldValue",
        "FormBuilder", "FormID", "FormParameter", "FormStorage", "FormTable", "FormTest", "FormView", "FormWord",
        "Frame", "Framer", "FramingError", "FramingRule", "FramingTable", "HeaderBlock", "LineTable", "LineWriter",
        "MIMEBodyPayload", "MIMEHeaderPayload", "MIMEMessage", "MIMEPayload", "MIMETable", "MIMETextPayload",
        "MIMEType", "MessageDecoder", "NamedBit", "NamedWord", "NumberRow", "OptionalTransactionForm", "PayloadBlock",
        "PayloadContent", "PayloadConvertible", "PayloadError", "PayloadFormat", "PayloadLimits", "PayloadTable",
        "PayloadTrailer", "PlainWord", "VersionFact",
        "PlainForm", "ProtocolMessage", "ProtocolService", "ProtocolTable", "ProtocolVersion", "ReadableForm",
        "ReadingError", "ReadingMode", "ReplyForm", "ReplyPlace", "RequestForm", "RuledState", "Secret",
        "SecretWord", "Sender",
        "ServiceSet", "SessionRule", "SessionStep", "SessionTable", "TakenWords", "TolerantStep", "TransactionForm",
        "TransactionID", "TransactionRule",
        "TypeLengthValue", "UnknownCommand", "ValueError", "ValueNames", "ValueTable", "VersionSet",
        "MIMEChoice", "PayloadFindings", "ReadPayload",
        "WireBoolean", "WireBytes", "WireDecodingError", "WireEncodingError", "WireEnumeration", "WireFlags",
        "WireForm", "WireInteger", "WireLimits", "WireNumber", "WireShape", "WireText", "WireToken", "WireValue",
        "WireWord",
        "WordStorage", "WritableForm", "WritingPolicy", "XMLContent", "XMLElement", "XMLPayload",
    ]

    /// Types of Swift and Foundation that generated code or its users refer to.
    static let systemTypes: Set<String> = [
        "Array", "BinaryInteger", "Bool", "Bundle", "Calendar", "CaseIterable", "Character", "CharacterSet", "Codable",
        "CodingKey", "Collection", "Comparable", "CustomReflectable", "CustomStringConvertible", "Data", "Date",
        "DateFormatter", "Decimal", "Decodable", "Decoder", "DecodingError", "Dictionary", "Double", "Encodable",
        "Encoder", "EncodingError", "Equatable", "Error", "FileManager", "FixedWidthInteger", "Float", "Formatter",
        "Hashable", "Host", "Identifiable", "IndexPath", "IndexSet", "InputStream", "Int", "Int16", "Int32", "Int64",
        "Int8", "Locale", "Mirror", "Never", "Notification", "NotificationCenter", "Numeric", "Operation",
        "OperationQueue", "OptionSet", "Optional", "OutputStream", "Pipe", "Port", "Process", "ProcessInfo", "Progress",
        "Range", "RawRepresentable", "Result", "RunLoop", "Scanner", "Sendable", "Sequence", "Set", "SignedInteger",
        "Slice", "StaticString", "Stream", "String", "Substring", "Task", "Thread", "TimeInterval", "TimeZone", "Timer",
        "UInt", "UInt16", "UInt32", "UInt64", "UInt8", "URL", "URLComponents", "URLError", "URLRequest", "URLResponse",
        "URLSession", "UUID", "Unit", "UnsignedInteger", "UserDefaults", "Void",
    ]
}
