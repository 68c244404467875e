import MSNP
import WireProtocol

/// Bytes in, decoded commands out; commands in, bytes out. No socket, no clock, no state but the buffered bytes.
///
/// The version may change between two commands: what is still buffered is then read by the new version's grammar.
public struct MessageCodec<Incoming: WireMessage>: Sendable {
    /// Reads the bytes.
    private var decoder: MessageDecoder<Incoming>

    /// Starts with nothing buffered.
    public init(service: Service, version: ProtocolVersion, limits: WireLimits = .default) {
        decoder = MessageDecoder(service: service, version: version, limits: limits)
    }

    /// The service this connection belongs to.
    public var service: Service { decoder.service }
    /// The version both ends speak.
    public var version: ProtocolVersion { decoder.version }
    /// The limits of framing and decoding.
    public var limits: WireLimits { decoder.limits }
    /// Bytes that wait for the rest of their command.
    public var bufferedBytes: Int { decoder.bufferedBytes }

    /// Goes on in another version.
    public mutating func adopt(_ version: ProtocolVersion) { decoder.version = version }

    /// Takes bytes as they come, in any pieces.
    public mutating func append(_ bytes: [UInt8]) { decoder.append(bytes) }

    /// The next whole command, or nil until more bytes come.
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

    /// The bytes of one command; what the version has no parameter for is refused, or left out by the policy.
    public func encode(
        _ form: some WritableForm, transaction: TransactionID?, policy: WritingPolicy = .exact
    ) throws(EncodingError) -> [UInt8] {
        var writer = LineWriter(version: version, policy: policy)
        try form.encode(into: &writer, transaction: transaction)
        return writer.takeBytes()
    }
}
