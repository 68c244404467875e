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

    /// What is wrong with the values, and the known deviations of programs in the others.
    func findings(_ mode: ReadingMode) -> PayloadFindings

    /// The bytes of a payload that passed `check()`.
    func encoded() throws(PayloadError) -> [UInt8]
}

extension PayloadContent {
    /// Throws if a value is missing or does not fit its type; gives the known deviations of programs in the others.
    @discardableResult public func check() throws(PayloadError) -> [Deviation] { try findings(.checked).checked() }

    /// The known deviations of programs in the values; none for content that is right.
    public var deviations: [Deviation] { findings(.checked).deviations }

    /// The encoded bytes; throws if a value is missing or does not fit its type.
    public func payloadBytes() throws(PayloadError) -> WireBytes { WireBytes(try encoded()) }
}

/// A payload that is read from bytes: header blocks or a binary header, followed by data.
public protocol BytesPayload: PayloadContent {
    /// Reads the bytes; throws if there are too few or, unless it is lenient, a value does not fit its type.
    init(reading bytes: WireBytes, limits: PayloadLimits, isLenient: Bool) throws(PayloadError)
}

extension BytesPayload {
    /// Reads the bytes; throws if there are too few or a value does not fit its type.
    public init(reading bytes: WireBytes, limits: PayloadLimits) throws(PayloadError) {
        try self.init(reading: bytes, limits: limits, isLenient: false)
    }

    /// Reads the bytes as far as possible; a strict reader throws the first problem.
    public static func read(
        _ bytes: WireBytes, mode: ReadingMode = .checked, limits: PayloadLimits = .default
    ) throws(PayloadError) -> ReadPayload<Self> {
        let content = try Self(reading: bytes, limits: limits, isLenient: true)
        return try ReadPayload(content, of: bytes, content.findings(mode), mode: mode)
    }
}
