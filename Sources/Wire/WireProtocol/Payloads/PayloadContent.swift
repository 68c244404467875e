/// A payload with a meaning that the grammar describes.
public protocol PayloadContent: Equatable, Sendable {
    /// The name in the grammar.
    static var payload: StaticString { get }

    /// Throws where a value is missing or does not fit its type.
    func check() throws(PayloadError)

    /// The bytes of a payload that passed `check()`.
    func encoded() throws(PayloadError) -> [UInt8]
}

/// A payload that is read from bytes: header blocks, or a binary header, with data behind them.
public protocol BytesPayload: PayloadContent {
    /// Reads the bytes; throws where they are too few or a value does not fit its type.
    init(reading bytes: WireBytes, limits: PayloadLimits) throws(PayloadError)
}
