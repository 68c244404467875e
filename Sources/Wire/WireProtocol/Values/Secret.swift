/// A value that is written on the wire but never shown in a log, a description or a mirror.
public struct Secret<Value: WireValue>: WireValue, CustomStringConvertible, CustomDebugStringConvertible,
    CustomReflectable
{
    /// The value itself.
    public let value: Value

    /// Hides a value.
    public init(_ value: Value) { self.value = value }

    /// The rules of the hidden type.
    public static var table: ValueTable { Value.table }

    /// Creates the hidden value from bytes that the table accepts.
    @inlinable
    public init(checked wire: WireBytes) { value = Value(checked: wire) }

    /// Appends the hidden value in its wire form.
    public func write(to writer: inout LineWriter) throws(ValueError) { try value.write(to: &writer) }

    /// The readable text of the hidden value, not redacted.
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
