/// A value that keeps the word that stands on the wire, such as an account or a GUID.
///
/// A value is checked when it is made; one that was read was checked as it was read.
public protocol WireWord: WireValue, Hashable, CustomStringConvertible {
    /// The bytes of the word.
    var wire: WireBytes { get }
}

extension WireWord {
    /// Makes the value of a text, which is encoded where the type is; throws when the text is no such value.
    public init(_ text: String) throws(ValueError) {
        let table = Self.table
        let wire = table.wire(ofText: text)
        if wire.isEmpty, table.isOpen || table.isText { throw ValueError(.empty) }
        if wire.count > table.limit { throw ValueError(.tooLong(limit: table.limit), offset: table.limit) }
        try self.init(wire: wire, version: ProtocolVersion(0))
    }

    /// Appends the word as it is.
    public func write(to writer: inout LineWriter) throws(ValueError) { writer.append(wire) }

    /// The readable text, decoded where it is coded.
    @inlinable
    public var string: String { Self.table.text(of: wire) }

    /// The readable text.
    public var text: String { string }

    /// The readable text.
    public var description: String { string }

    /// Whether both are the same word, byte for byte.
    public static func == (left: Self, right: Self) -> Bool { left.wire == right.wire }

    /// Feeds the word to the hasher.
    public func hash(into hasher: inout Hasher) { hasher.combine(wire) }
}

/// A word that is read as it is written, without any coding.
public protocol PlainWord: WireWord {}

extension PlainWord {
    /// The word as text.
    @inlinable
    public var string: String { wire.description }

    /// The word as text.
    public var text: String { string }
}

/// A word that is never shown in a log, a description or a mirror, such as a password.
public protocol SecretWord: WireWord, CustomDebugStringConvertible, CustomReflectable {}

extension SecretWord {
    /// The word `<redacted>`.
    public var description: String { "<redacted>" }

    /// The word `<redacted>`.
    public var debugDescription: String { "<redacted>" }

    /// A mirror without children.
    public var customMirror: Mirror { Mirror(self, children: EmptyCollection<Mirror.Child>()) }
}
