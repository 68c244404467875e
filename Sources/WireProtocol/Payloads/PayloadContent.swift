/// A payload with a meaning that the grammar describes.
public protocol PayloadContent: Equatable, Sendable {
    /// The name in the grammar.
    static var payload: StaticString { get }

    /// Throws where a value is missing or does not fit its type.
    func check() throws(PayloadError)

    /// The bytes of a payload that passed `check()`.
    func encoded() throws(PayloadError) -> [UInt8]
}

/// A message that its `Content-Type` names.
public protocol MIMEPayload: PayloadContent {
    /// The content type without parameters, in lower case.
    static var contentType: StaticString { get }
    /// The header as it stands, with the fields that the grammar does not know.
    var headers: HeaderBlock { get }

    /// Reads a message; throws where it has another type or a field does not fit its type.
    init(_ message: MIMEMessage, limits: PayloadLimits) throws(PayloadError)
}

/// An element of an XML document.
public protocol XMLContent: Equatable, Sendable {
    /// The name of the element in a document.
    static var elementName: StaticString { get }
    /// The element as it stands, with what the grammar does not know.
    var element: XMLElement { get }

    /// Reads an element; throws where it is not what the grammar describes.
    init(_ element: XMLElement) throws(PayloadError)
}

/// An XML document.
public protocol XMLPayload: PayloadContent, XMLContent {}

extension XMLPayload {
    /// The document without white space between elements; throws where the grammar or XML forbids what is in it.
    public func encoded() throws(PayloadError) -> [UInt8] {
        try check()
        return try element.serialized()
    }
}

/// A payload that is read from bytes: header blocks, or a binary header, with data behind them.
public protocol BytesPayload: PayloadContent {
    /// Reads the bytes; throws where they are too few or a value does not fit its type.
    init(reading bytes: WireBytes, limits: PayloadLimits) throws(PayloadError)
}
