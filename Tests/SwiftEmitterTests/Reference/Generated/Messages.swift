// Generated from the files in commands. Edit those instead.
import WireProtocol

extension ProtocolTable {
    /// What the grammar of DEMO says about lines.
    public static let demo = ProtocolTable(
        "DEMO", services: 2, lastVersion: 3,
        commands: [BYE.table, HEY.table, SAY.table, SIT.table], errorReply: ErrorReply.table)
}

/// Any message a client may send.
public enum ClientMessage: DecodableMessage, Equatable {
    /// `BYE`: Ends a conversation.
    case bye(BYE.ClientMessage)
    /// `HEY`: Begins a conversation.
    case hey(HEY.ClientMessage)
    /// `SAY`: Carries words.
    case say(SAY.ClientMessage)
    /// `SIT`: Signs in.
    case sit(SIT.ClientMessage)
    /// A command that the grammar does not know.
    case unknown(UnknownCommand)

    public typealias MessageService = Service
    public static var protocolTable: ProtocolTable { .demo }
    public static var sender: Sender { .client }
    public static var limits: WireLimits { .grammar }
    public init(unknown: UnknownCommand) { self = .unknown(unknown) }

    public init?(command: Int, form: Int, words: borrowing TakenWords) {
        switch command {
        case 0:
            guard let message = BYE.ClientMessage(form: form, words: words) else { return nil }
            self = .bye(message)
        case 1:
            guard let message = HEY.ClientMessage(form: form, words: words) else { return nil }
            self = .hey(message)
        case 2:
            guard let message = SAY.ClientMessage(form: form, words: words) else { return nil }
            self = .say(message)
        case 3:
            guard let message = SIT.ClientMessage(form: form, words: words) else { return nil }
            self = .sit(message)
        default: return nil
        }
    }

    /// The form of the message; nil for what the grammar does not know.
    public var form: (any WireForm)? {
        switch self {
        case .bye(let message): message.form
        case .hey(let message): message.form
        case .say(let message): message.form
        case .sit(let message): message.form
        case .unknown: nil
        }
    }

    /// Writes the message; an unknown command is written as it came.
    public func encode(into line: inout LineWriter, transaction: TransactionID?) throws(EncodingError) {
        switch self {
        case .unknown(let command): line.append(command.frame)
        default: try form?.encode(into: &line, transaction: transaction)
        }
    }
}

/// Any message a server may send.
public enum ServerMessage: DecodableMessage, Equatable {
    /// `BYE`: Ends a conversation.
    case bye(BYE.ServerMessage)
    /// `HEY`: Begins a conversation.
    case hey(HEY.ServerMessage)
    /// `SAY`: Carries words.
    case say(SAY.ServerMessage)
    /// `SIT`: Signs in.
    case sit(SIT.ServerMessage)
    /// A reply that is an error code, such as `911 5`.
    case error(ErrorReply)
    /// A command that the grammar does not know.
    case unknown(UnknownCommand)

    public typealias MessageService = Service
    public static var protocolTable: ProtocolTable { .demo }
    public static var sender: Sender { .server }
    public static var limits: WireLimits { .grammar }
    public init(unknown: UnknownCommand) { self = .unknown(unknown) }

    public init?(command: Int, form: Int, words: borrowing TakenWords) {
        switch command {
        case 0:
            guard let message = BYE.ServerMessage(form: form, words: words) else { return nil }
            self = .bye(message)
        case 1:
            guard let message = HEY.ServerMessage(form: form, words: words) else { return nil }
            self = .hey(message)
        case 2:
            guard let message = SAY.ServerMessage(form: form, words: words) else { return nil }
            self = .say(message)
        case 3:
            guard let message = SIT.ServerMessage(form: form, words: words) else { return nil }
            self = .sit(message)
        case 4: self = .error(ErrorReply(storage: FormStorage(words)))
        default: return nil
        }
    }

    /// The form of the message; nil for what the grammar does not know.
    public var form: (any WireForm)? {
        switch self {
        case .bye(let message): message.form
        case .hey(let message): message.form
        case .say(let message): message.form
        case .sit(let message): message.form
        case .error(let reply): reply
        case .unknown: nil
        }
    }

    /// Writes the message; an unknown command is written as it came.
    public func encode(into line: inout LineWriter, transaction: TransactionID?) throws(EncodingError) {
        switch self {
        case .unknown(let command): line.append(command.frame)
        default: try form?.encode(into: &line, transaction: transaction)
        }
    }
}
