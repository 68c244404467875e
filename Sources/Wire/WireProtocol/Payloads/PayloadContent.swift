/// What can be given as the payload of a form: bytes, text, or content that the grammar describes.
public protocol PayloadConvertible: Sendable {
    /// The bytes; throws if a value is missing or does not fit its type.
    func payloadBytes() throws(PayloadError) -> WireBytes
}

extension WireBytes: PayloadConvertible {
    /// The bytes themselves.
    public func payloadBytes() -> WireBytes { self }
}

extension String: PayloadConvertible {
    /// The text in UTF-8.
    public func payloadBytes() -> WireBytes { WireBytes(self) }
}

/// A payload whose content the grammar describes.
public protocol PayloadContent: PayloadConvertible, Equatable {
    /// The name in the grammar.
    static var payload: StaticString { get }

    /// Throws if a value is missing or does not fit its type; gives the known deviations of programs in the others.
    @discardableResult func check() throws(PayloadError) -> [Deviation]

    /// The bytes of a payload that passed `check()`.
    func encoded() throws(PayloadError) -> [UInt8]
}

extension PayloadContent {
    /// The known deviations of programs in the values; none for content that is right.
    public var deviations: [Deviation] { (try? check()) ?? [] }

    /// The encoded bytes; throws if a value is missing or does not fit its type.
    public func payloadBytes() throws(PayloadError) -> WireBytes { WireBytes(try encoded()) }
}

/// A payload that is read from bytes: header blocks or a binary header, followed by data.
public protocol BytesPayload: PayloadContent {
    /// Reads the bytes; throws if there are too few or a value does not fit its type.
    init(reading bytes: WireBytes, limits: PayloadLimits) throws(PayloadError)
}
