import NATSProtocol
import WireProtocol
import WireSession

/// A client of one server: it publishes, subscribes, and hears what the server has to say.
struct Client: ~Copyable {
    /// What the server said that nobody can go on after.
    enum Failure: Error {
        /// The server refused a line with this text.
        case refused(String)
        /// The server did not begin with its description.
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
    /// Keeps the state of the connection and the questions without an answer; it finds out by itself that `PONG`, which
    /// has no transaction ID, answers `PING`. A strict one refuses what the server may not send now.
    private var machine = ClientStateMachine<ServerMessage>(
        service: .broker, version: .nats, mode: .strict, limits: .grammar)

    /// Connects, and says what the client is.
    static func connect(host: String, port: String) throws -> Client {
        var client = Client(socket: try Socket(host: host, port: port))
        guard case .notice(let envelope) = try client.next(), case .info(.announcement(let info)) = envelope.message
        else { throw Failure.unexpected("no INFO") }
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
        while waiting.isEmpty { try hear() }
        return waiting.removeFirst()
    }

    /// Waits until the server has seen everything that was said.
    mutating func flush() throws {
        let (question, bytes) = try machine.ask(PING.FromClient())
        try socket.send(bytes)
        while try hear() != question {}
    }

    /// Takes what the server says next: keeps a message for a subscription, tells which question has its answer, and
    /// throws if the server refuses something.
    @discardableResult
    private mutating func hear() throws -> RequestKey? {
        switch try next() {
        case .answer(let question, _, _): return question
        case .notice(let envelope): try take(envelope.message)
        case .failure(_, let error), .refused(let error, _), .lost(let error): throw error
        case .unreadable(let error, _): throw error
        case .skipped: break
        }
        return nil
    }

    private mutating func take(_ command: ServerMessage) throws {
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
        case .ping: try say(PONG.FromClient())
        case .info, .ok, .pong, .unknown: break
        }
    }

    /// What the next bytes of the server mean.
    private mutating func next() throws -> ClientStateMachine<ServerMessage>.Event {
        while true {
            if let event = machine.next() { return event }
            machine.append(try socket.receive())
        }
    }

    private mutating func say(_ form: some WritableForm) throws { try socket.send(try machine.post(form)) }
}
