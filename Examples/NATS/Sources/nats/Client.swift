import NATSProtocol
import WireProtocol

/// A client of one server: it publishes, subscribes, and hears what the server has to say.
struct Client: ~Copyable {
    /// What the server said that nobody can go on after.
    enum Failure: Error {
        /// The server refused a line with this text.
        case refused(String)
        /// The session does not allow this command of the server.
        case unexpected(String)
    }

    /// A message for a subscription.
    struct Message {
        let subject: Subject
        let subscription: SubscriptionID
        let replyTo: Subject?
        /// The header; nil for a message without one.
        let header: Payload.Headed.Header?
        let text: String
    }

    /// What the server told of itself.
    private(set) var options = ""
    /// The messages that have come and nobody asked for yet.
    private var waiting: [Message] = []
    private let socket: Socket
    private var decoder = MessageDecoder<ServerMessage>()
    private var writer = LineWriter(version: .nats, limits: .grammar)
    private var state = ConnectionSession.initial

    /// Connects, and says what the client is.
    static func connect(host: String, port: String) throws -> Client {
        var client = Client(socket: try Socket(host: host, port: port))
        guard case .info(.announcement(let info)) = try client.next() else { throw Failure.unexpected("no INFO") }
        client.options = info.options.string
        let options = try ConnectOptions(#"{"verbose":false,"pedantic":true,"headers":true,"lang":"swift"}"#)
        try client.say(CONNECT.Introduction(options: options))
        return client
    }

    private init(socket: consuming Socket) { self.socket = socket }

    mutating func subscribe(to subjects: String, as id: String, in group: String? = nil) throws {
        try say(
            SUB.Subscription(
                subjects: try SubjectPattern(subjects), queueGroup: try group.map { try QueueGroup($0) },
                id: try SubscriptionID(id)))
    }

    mutating func unsubscribe(_ id: String, after messages: UInt32? = nil) throws {
        try say(UNSUB.Cancellation(id: try SubscriptionID(id), messages: messages))
    }

    mutating func publish(_ text: String, on subject: String, replyTo: String? = nil) throws {
        try say(
            PUB.Publication(
                subject: try Subject(subject), replyTo: try replyTo.map { try Subject($0) }, payload: text))
    }

    /// Publishes a message with an identifier in its header.
    mutating func publish(_ text: String, on subject: String, messageID: String) throws {
        let message = try Payload.Headed(messageID: messageID, text: text)
        try say(try HPUB.Publication(message, subject: try Subject(subject)))
    }

    /// The next message for one of the subscriptions.
    mutating func message() throws -> Message {
        while waiting.isEmpty { try hear(try next()) }
        return waiting.removeFirst()
    }

    /// Waits until the server has seen everything that was said.
    mutating func flush() throws {
        try say(PING.FromClient())
        while true {
            let answer = try next()
            if case .pong = answer { return }
            try hear(answer)
        }
    }

    /// Keeps a message for a subscription; throws if the server refuses something.
    private mutating func hear(_ command: ServerMessage) throws {
        switch command {
        case .msg(.delivery(let form)):
            waiting.append(
                Message(
                    subject: form.subject, subscription: form.id, replyTo: form.replyTo, header: nil,
                    text: form.payload.description))
        case .hmsg(.delivery(let form)):
            let content = try Payload.Headed(reading: form.payload)
            waiting.append(
                Message(
                    subject: form.subject, subscription: form.id, replyTo: form.replyTo, header: content.header,
                    text: content.body.description))
        case .err(.refusal(let form)): throw Failure.refused(form.text.string)
        case .info, .ok, .ping, .pong, .unknown: break
        }
    }

    /// The next command of the server; a question whether the client is there is answered.
    private mutating func next() throws -> ServerMessage {
        while true {
            if let message = try decoder.next()?.message {
                if let form = message.form { try follow(type(of: form).table) }
                if case .ping = message { try say(PONG.FromClient()) }
                return message
            }
            decoder.append(try socket.receive())
        }
    }

    private mutating func say(_ form: some WritableForm & PlainForm) throws {
        try follow(type(of: form).table)
        try form.encode(into: &writer)
        try socket.send(writer.bytes)
        writer.clear()
    }

    /// Follows the states of the grammar.
    private mutating func follow(_ form: FormTable) throws {
        guard case .go(let next) = state.step(for: form, in: .nats) else {
            throw Failure.unexpected("\(form.command) in the state '\(state)'")
        }
        state = next
    }
}
