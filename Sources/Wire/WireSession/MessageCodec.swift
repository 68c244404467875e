import WireProtocol

/// Turns bytes into commands and commands into bytes; its only state is the bytes it buffers.
///
/// The version may change between two commands; bytes that are still buffered are then read in the new version.
public struct MessageCodec<Incoming: DecodableMessage>: Sendable {
    @usableFromInline var decoder: MessageDecoder<Incoming>

    /// Creates a codec with an empty buffer.
    @inlinable
    public init(
        service: Incoming.MessageService, version: ProtocolVersion, mode: ReadingMode = .checked,
        limits: WireLimits = Incoming.limits
    ) {
        decoder = MessageDecoder(service: service, version: version, mode: mode, limits: limits)
    }

    /// Whether deviations of programs are accepted, and how much is checked at once.
    @inlinable public var mode: ReadingMode { decoder.mode }

    /// The service this connection belongs to.
    @inlinable public var service: Incoming.MessageService { decoder.service }
    /// The version that both ends speak.
    @inlinable public var version: ProtocolVersion { decoder.version }
    /// The limits of framing and decoding.
    public var limits: WireLimits { decoder.limits }
    /// The number of bytes that wait for the rest of their command.
    public var bufferedBytes: Int { decoder.bufferedBytes }

    /// Switches to another version.
    @inlinable
    public mutating func adopt(_ version: ProtocolVersion) { decoder.version = version }

    /// Appends received bytes, split anywhere.
    @inlinable
    public mutating func append(_ bytes: [UInt8]) { decoder.append(bytes) }

    /// The next complete command, or nil until more bytes arrive.
    @inlinable
    public mutating func next() -> Arrival<Incoming>? {
        do throws(ReadingError) {
            return try decoder.next().map { .message($0, decoder.frame) }
        } catch {
            return switch error {
            case .framing(let error): .unframed(error)
            case .decoding(let error, let frame): .undecodable(error, frame)
            }
        }
    }

    /// Encodes one command; by the policy, a value that the version has no parameter for is refused or left out.
    @inlinable
    public func encode(
        _ form: some WritableForm, transaction: TransactionID?, policy: WritingPolicy = .exact
    ) throws(WireEncodingError) -> [UInt8] {
        var writer = LineWriter(version: version, policy: policy, limits: Incoming.limits)
        try form.encode(into: &writer, optionalTransaction: transaction)
        return writer.takeBytes()
    }
}
