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

    public init(command: Int, form: Int, words: consuming TakenWords) {
        switch command {
        case 0: self = .bye(BYE.ClientMessage(form: form, words: words))
        case 1: self = .hey(HEY.ClientMessage(form: form, words: words))
        case 2: self = .say(SAY.ClientMessage(form: form, words: words))
        case 3: self = .sit(SIT.ClientMessage(form: form, words: words))
        default: self = .unknown(.empty)
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

    /// The known deviations of programs by which the message was read; none for one that is right.
    public var deviations: [Deviation] { form?.deviations ?? [] }

    /// Writes the message; an unknown command is written as it came.
    public func encode(
        into line: inout LineWriter, optionalTransaction transaction: TransactionID?
    ) throws(WireEncodingError) {
        switch self {
        case .unknown(let command): line.append(command.frame)
        default: try form?.encode(into: &line, optionalTransaction: transaction)
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

    public init(command: Int, form: Int, words: consuming TakenWords) {
        switch command {
        case 0: self = .bye(BYE.ServerMessage(form: form, words: words))
        case 1: self = .hey(HEY.ServerMessage(form: form, words: words))
        case 2: self = .say(SAY.ServerMessage(form: form, words: words))
        case 3: self = .sit(SIT.ServerMessage(form: form, words: words))
        case 4: self = .error(ErrorReply(storage: FormStorage(words)))
        default: self = .unknown(.empty)
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

    /// The known deviations of programs by which the message was read; none for one that is right.
    public var deviations: [Deviation] { form?.deviations ?? [] }

    /// Writes the message; an unknown command is written as it came.
    public func encode(
        into line: inout LineWriter, optionalTransaction transaction: TransactionID?
    ) throws(WireEncodingError) {
        switch self {
        case .unknown(let command): line.append(command.frame)
        default: try form?.encode(into: &line, optionalTransaction: transaction)
        }
    }
}
