import WireProtocol

/// A connection to a notification server without a socket: transaction IDs, session rules and typed messages.
struct PinnedConnection {
    /// Why a command is not sent.
    enum Refusal: Error {
        /// The session rules do not allow it in this state.
        case notAllowed(form: String, state: String)
    }

    private(set) var state = NotificationSession.initial
    private var decoder = MessageDecoder<ServerMessage>(service: .notification, version: .msnp12)
    private var lastTransaction: UInt32 = 0

    /// The bytes of a request; the rules decide whether it may be sent now.
    mutating func send<Form: WritableForm>(_ form: Form) throws -> [UInt8] {
        guard case .go(let next) = state.step(for: Form.table.id, in: .msnp12) else {
            throw Refusal.notAllowed(form: "\(Form.command).\(Form.form)", state: "\(state)")
        }
        var transaction: TransactionID?
        if Form.transactionRule == .required {
            lastTransaction += 1
            transaction = TransactionID(lastTransaction)
        }
        var writer = LineWriter(version: .msnp12)
        try form.encode(into: &writer, optionalTransaction: transaction)
        state = next
        return writer.takeBytes()
    }

    /// Takes bytes from the server.
    mutating func append(_ bytes: [UInt8]) { decoder.append(bytes) }

    /// The next message; nil until more bytes arrive.
    mutating func next() throws -> ServerMessage? {
        guard let message = try decoder.next()?.message else { return nil }
        if let form = message.form, case .go(let next) = state.step(for: form.formID, in: .msnp12) { state = next }
        return message
    }
}
