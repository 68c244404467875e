import MSNP
import WireProtocol

/// Bytes in, decoded commands out; commands in, bytes out. No socket, no clock, no state but the buffered bytes.
///
/// The version may change between two commands: what is still buffered is then read by the new version's grammar.
public struct WireHalf<Incoming: WireMessage>: Sendable {
    /// The service this connection belongs to.
    public let service: Service
    /// The version both ends speak.
    public private(set) var version: ProtocolVersion
    /// The limits of framing and decoding.
    public let limits: WireLimits
    /// Cuts the bytes.
    private var framer: Framer<MSNPFraming>

    /// Starts with nothing buffered.
    public init(service: Service, version: ProtocolVersion, limits: WireLimits = .default) {
        self.service = service
        self.version = version
        self.limits = limits
        framer = Framer(
            table: MSNPFraming(sender: Incoming.sender, service: service, version: version), limits: limits)
    }

    /// Bytes that wait for the rest of their command.
    public var bufferedBytes: Int { framer.bufferedBytes }

    /// Goes on in another version.
    public mutating func adopt(_ version: ProtocolVersion) {
        self.version = version
        framer.table = MSNPFraming(sender: Incoming.sender, service: service, version: version)
    }

    /// Takes bytes as they come, in any pieces.
    public mutating func append(_ bytes: [UInt8]) {
        framer.append(bytes)
    }

    /// The next whole command, or nil until more bytes come.
    public mutating func next() -> Arrival<Incoming>? {
        let frame: Frame
        do throws(FramingError) {
            guard let next = try framer.next() else { return nil }
            frame = next
        } catch {
            return .unframed(error)
        }
        do throws(DecodingError) {
            return .message(
                try Incoming.decode(frame, version: version, service: service, limits: limits), frame)
        } catch {
            return .undecodable(error, frame)
        }
    }

    /// The bytes of one command.
    public func encode(
        _ form: some WritableForm, transaction: TransactionID?
    ) throws(EncodingError) -> [UInt8] {
        var writer = LineWriter(version: version)
        try form.encode(into: &writer, transaction: transaction)
        return writer.bytes
    }

    /// The bytes of one command, without the parameters this version's grammar has no room for.
    ///
    /// A server that knows a friendly name says so to the clients whose version has a place for it. Which versions
    /// those are is the grammar's business: the encoder refuses the parameter by name, and it is left out.
    public func encodeFitting<Form: WritableForm>(
        _ form: Form, transaction: TransactionID?
    ) throws(EncodingError) -> [UInt8] {
        var form = form
        for _ in 0..<limits.parameters {
            do throws(EncodingError) {
                return try encode(form, transaction: transaction)
            } catch {
                guard error.kind == .forbiddenInVersion, let parameter = error.parameter else { throw error }
                form = try without(parameter, form)
            }
        }
        return try encode(form, transaction: transaction)
    }

    /// The same form with one parameter less.
    private func without<Form: WritableForm>(
        _ parameter: String, _ form: Form
    ) throws(EncodingError) -> Form {
        var values: [String: FieldValue] = [:]
        for field in form.fields where field.name != parameter {
            values[field.name] = field.value
        }
        return try Form(
            fields: FieldReader(
                values, payload: form.payload, version: version, command: "\(Form.command)", form: "\(Form.form)"))
    }
}
