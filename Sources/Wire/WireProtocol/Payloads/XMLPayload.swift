/// An element of an XML document.
public protocol XMLContent: Equatable, Sendable {
    /// The table that describes this element.
    static var table: ElementTable { get }
    /// The element, including what the grammar does not know.
    var element: XMLElement { get set }

    /// Creates an empty element.
    init()
}

/// An XML document.
public protocol XMLPayload: PayloadContent, XMLContent {}

extension XMLContent {
    /// The name of the element in a document.
    public static var elementName: StaticString { table.elementName }

    /// Reads an element; throws if it is not what the grammar describes.
    public init(_ element: XMLElement) throws(PayloadError) {
        self.init()
        self.element = element
        try check()
    }

    /// Takes an element as it is; what does not fit its type is absent.
    public init(unchecked element: XMLElement) {
        self.init()
        self.element = element
    }

    /// What is not as the grammar describes it, and the known deviations of programs in the rest.
    public func findings(_ mode: ReadingMode) -> PayloadFindings {
        var found = PayloadFindings(mode: mode)
        Self.table.inspect(element, &found)
        return found
    }

    /// Throws if it is not what the grammar describes; gives the known deviations of programs in it.
    @discardableResult public func check() throws(PayloadError) -> [Deviation] { try findings(.checked).checked() }

    /// Whether both are the same element, including what the grammar does not know.
    public static func == (left: Self, right: Self) -> Bool { left.element == right.element }
}

extension XMLPayload {
    /// The name in the grammar.
    public static var payload: StaticString { table.payload }

    /// Throws if it is not what the grammar describes; gives the known deviations of programs in it.
    @discardableResult public func check() throws(PayloadError) -> [Deviation] { try findings(.checked).checked() }

    /// The document without white space between elements; throws if the grammar or XML forbids its content.
    public func encoded() throws(PayloadError) -> [UInt8] {
        try check()
        return try element.serialized()
    }
}
