/// A value that is written on the wire but never shown in a log, a description or a mirror.
public struct Secret<Value: WireValue>: WireValue, CustomStringConvertible, CustomDebugStringConvertible,
    CustomReflectable
{
    /// The value itself.
    public let value: Value

    /// Hides a value.
    public init(_ value: Value) { self.value = value }

    /// Reads the hidden value; throws what its type throws.
    public init(wire: WireBytes, version: ProtocolVersion) throws(ValueError) {
        value = try Value(wire: wire, version: version)
    }

    /// Reads the hidden value from a word of a line; throws what its type throws.
    @inlinable
    public init(word: LineWord, in line: inout LineReader) throws(ValueError) {
        value = try Value(word: word, in: &line)
    }

    /// Reads the hidden value from its readable text; throws what its type throws.
    public init(text: String, version: ProtocolVersion) throws(ValueError) {
        value = try Value(text: text, version: version)
    }

    /// Appends the hidden value in its wire form.
    public func write(to writer: inout LineWriter) throws(ValueError) { try value.write(to: &writer) }

    /// The readable text of the hidden value, not redacted: the caller asks for it by name.
    public var text: String { value.text }

    /// The word `<redacted>`.
    public var description: String { "<redacted>" }

    /// The word `<redacted>`.
    public var debugDescription: String { "<redacted>" }

    /// A mirror without children.
    public var customMirror: Mirror { Mirror(self, children: EmptyCollection<Mirror.Child>()) }
}

extension Secret: ExpressibleByUnicodeScalarLiteral where Value: ExpressibleByStringLiteral {
    /// Hides the value of a literal.
    public init(unicodeScalarLiteral value: Value.UnicodeScalarLiteralType) {
        self.init(Value(unicodeScalarLiteral: value))
    }
}

extension Secret: ExpressibleByExtendedGraphemeClusterLiteral where Value: ExpressibleByStringLiteral {
    /// Hides the value of a literal.
    public init(extendedGraphemeClusterLiteral value: Value.ExtendedGraphemeClusterLiteralType) {
        self.init(Value(extendedGraphemeClusterLiteral: value))
    }
}

extension Secret: ExpressibleByStringLiteral where Value: ExpressibleByStringLiteral {
    /// Hides the value of a literal.
    public init(stringLiteral value: Value.StringLiteralType) { self.init(Value(stringLiteral: value)) }
}
