// Shows: a `ClientConnection` between a socket and the caller; it numbers requests and follows the session's rules.
import MSNP
import MSNPSession
import MSNPTransport
import WireProtocol

/// One connection of the client: sends requests, hands out what the server says, shows both to the observer.
struct Conversation {
    /// Numbers, rules, encoding, decoding.
    private(set) var connection: ClientConnection
    /// The way to the server.
    private let writer: LinkWriter
    /// What the server sends.
    private var inbound: LinkBytes.AsyncIterator
    /// Who watches.
    private let observer: @Sendable (TraceLine) -> Void

    /// The forms that were sent, as `COMMAND.form`.
    private var sent: Set<String> = []

    /// Begins a conversation on an open link.
    init(
        _ link: Link, service: Service, version: ProtocolVersion, observer: @escaping @Sendable (TraceLine) -> Void
    ) {
        connection = ClientConnection(service: service, version: version)
        writer = link.outbound
        inbound = link.inbound.makeAsyncIterator()
        self.observer = observer
    }

    /// Sends a request; gives back its number.
    @discardableResult
    mutating func send<Form: WireForm>(_ form: Form) async throws -> TransactionID? {
        let outgoing = try connection.send(form)
        observer(
            TraceLine(
                sent: form, service: connection.service, version: connection.version,
                transaction: outgoing.transaction, raw: outgoing.bytes))
        sent.insert("\(Form.command).\(Form.form)")
        try await writer.write(outgoing.bytes)
        return outgoing.transaction
    }

    /// True if a command of this form was sent.
    func hasSent(_ form: (some WireForm).Type) -> Bool {
        sent.contains("\(form.command).\(form.form)")
    }

    /// The next thing the server says; an error reply is thrown, and so is the end of the connection.
    mutating func receive() async throws -> Envelope<ServerMessage> {
        guard let envelope = try await next() else { throw SessionError.closed }
        if case .error(let reply) = envelope.message { throw SessionError.refused(code: reply.code.number) }
        return envelope
    }

    /// The next thing the server says, or nil once it has closed.
    mutating func next() async throws -> Envelope<ServerMessage>? {
        while true {
            let version = connection.version
            if let (envelope, frame) = try connection.next() {
                observer(
                    TraceLine(received: envelope, service: connection.service, version: version, frame: frame))
                return envelope
            }
            guard let bytes = try await inbound.next() else { return nil }
            connection.append(bytes)
        }
    }

    /// Goes on in the version the server chose.
    mutating func adopt(_ version: ProtocolVersion) {
        connection.adopt(version)
    }
}
