/// An element of an XML document.
public protocol XMLContent: Equatable, Sendable {
    /// What is different about this element.
    static var table: ElementTable { get }
    /// The element as it stands, with what the grammar does not know.
    var element: XMLElement { get set }

    /// Makes an empty one.
    init()
}

/// An XML document.
public protocol XMLPayload: PayloadContent, XMLContent {}

extension XMLContent {
    /// The name of the element in a document.
    public static var elementName: StaticString { table.elementName }

    /// Reads an element; throws where it is not what the grammar describes.
    public init(_ element: XMLElement) throws(PayloadError) {
        self.init()
        self.element = element
        try check()
    }

    /// Throws where it is not what the grammar describes.
    public func check() throws(PayloadError) { try Self.table.check(element) }

    /// Whether both are the same element, with what the grammar does not know.
    public static func == (left: Self, right: Self) -> Bool { left.element == right.element }
}

extension XMLPayload {
    /// The name in the grammar.
    public static var payload: StaticString { table.payload }

    /// The document without white space between elements; throws where the grammar or XML forbids what is in it.
    public func encoded() throws(PayloadError) -> [UInt8] {
        try check()
        return try element.serialized()
    }
}
