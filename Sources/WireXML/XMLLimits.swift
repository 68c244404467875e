/// Bounds on what a document may make its reader do; they hold before the document is parsed.
public struct XMLLimits: Hashable, Sendable {
    /// Bytes of the document.
    public var bytes: Int
    /// Nesting of elements.
    public var depth: Int
    /// Elements of the document.
    public var elements: Int
    /// Attributes of one element.
    public var attributes: Int

    /// Makes limits.
    public init(bytes: Int = 1_048_576, depth: Int = 32, elements: Int = 16384, attributes: Int = 64) {
        self.bytes = bytes
        self.depth = depth
        self.elements = elements
        self.attributes = attributes
    }

    /// The limits where none are given.
    public static var `default`: XMLLimits { XMLLimits() }
}
