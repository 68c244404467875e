// Generated from the files in commands. Edit those instead.
import WireProtocol

/// Any message a client may send.
public enum ClientMessage: Equatable, Sendable {
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

    /// Reads a frame that a client sent in a version, to or from a service.
    public static func decode(
        _ frame: consuming Frame, version: ProtocolVersion, service: Service, limits: WireLimits = .grammar
    ) throws(DecodingError) -> Envelope<ClientMessage> {
        let command = frame.command
        let keepsEmpty: Bool
        switch command.rawValue {
        case 0x534159: keepsEmpty = true  // SAY
        default: keepsEmpty = false
        }
        var line = try LineReader(frame, version: version, keepsEmpty: keepsEmpty, limits: limits)
        switch command.rawValue {
        case 0x425945:
            let message = try BYE.ClientMessage.decode(&line, service: service)
            return Envelope(transaction: line.transaction, message: .bye(message))
        case 0x484559:
            let message = try HEY.ClientMessage.decode(&line, service: service)
            return Envelope(transaction: line.transaction, message: .hey(message))
        case 0x534159:
            let message = try SAY.ClientMessage.decode(&line, service: service)
            return Envelope(transaction: line.transaction, message: .say(message))
        case 0x534954:
            let message = try SIT.ClientMessage.decode(&line, service: service)
            return Envelope(transaction: line.transaction, message: .sit(message))
        default:
            guard command != .invalid else {
                throw line.unknownCommand()
            }
            let message = UnknownCommand(command: command, frame: line.frame)
            return Envelope(transaction: line.transaction, message: .unknown(message))
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
        case .unknown(let command):
            line.append(command.frame.lineBytes)
            line.append("\r\n" as StaticString)
            if let payload = command.frame.payloadBytes { line.append(payload) }
        default: try form?.encode(into: &line, transaction: transaction)
        }
    }

    /// Makes a message from the names of its command and form and its values by name.
    public static func make(
        command: String, form: String, fields: FieldReader
    ) throws(EncodingError) -> ClientMessage {
        switch (command, form) {
        case ("BYE", "leave"):
            return .bye(.leave(try BYE.Leave(fields: fields)))
        case ("HEY", "offer"):
            return .hey(.offer(try HEY.Offer(fields: fields)))
        case ("SAY", "words"):
            return .say(.words(try SAY.Words(fields: fields)))
        case ("SAY", "digest"):
            return .say(.digest(try SAY.Digest(fields: fields)))
        case ("SIT", "open"):
            return .sit(.open(try SIT.Open(fields: fields)))
        case ("SIT", "digest"):
            return .sit(.digest(try SIT.Digest(fields: fields)))
        default: throw fields.error(.unknownForm)
        }
    }
}

/// Any message a server may send.
public enum ServerMessage: Equatable, Sendable {
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

    /// Reads a frame that a server sent in a version, to or from a service.
    public static func decode(
        _ frame: consuming Frame, version: ProtocolVersion, service: Service, limits: WireLimits = .grammar
    ) throws(DecodingError) -> Envelope<ServerMessage> {
        let command = frame.command
        let keepsEmpty: Bool
        switch command.rawValue {
        case 0x534159: keepsEmpty = true  // SAY
        default: keepsEmpty = false
        }
        var line = try LineReader(frame, version: version, keepsEmpty: keepsEmpty, limits: limits)
        switch command.rawValue {
        case 0x425945:
            let message = try BYE.ServerMessage.decode(&line, service: service)
            return Envelope(transaction: line.transaction, message: .bye(message))
        case 0x484559:
            let message = try HEY.ServerMessage.decode(&line, service: service)
            return Envelope(transaction: line.transaction, message: .hey(message))
        case 0x534159:
            let message = try SAY.ServerMessage.decode(&line, service: service)
            return Envelope(transaction: line.transaction, message: .say(message))
        case 0x534954:
            let message = try SIT.ServerMessage.decode(&line, service: service)
            return Envelope(transaction: line.transaction, message: .sit(message))
        default:
            if ErrorReply.isErrorCode(command) {
                try line.readTransaction(ErrorReply.transactionRule)
                let message = try ErrorReply(decoding: &line)
                return Envelope(transaction: line.transaction, message: .error(message))
            }
            guard command != .invalid else {
                throw line.unknownCommand()
            }
            let message = UnknownCommand(command: command, frame: line.frame)
            return Envelope(transaction: line.transaction, message: .unknown(message))
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
        case .unknown(let command):
            line.append(command.frame.lineBytes)
            line.append("\r\n" as StaticString)
            if let payload = command.frame.payloadBytes { line.append(payload) }
        default: try form?.encode(into: &line, transaction: transaction)
        }
    }

    /// Makes a message from the names of its command and form and its values by name.
    public static func make(
        command: String, form: String, fields: FieldReader
    ) throws(EncodingError) -> ServerMessage {
        switch (command, form) {
        case ("BYE", "left"):
            return .bye(.left(try BYE.Left(fields: fields)))
        case ("HEY", "agreed"):
            return .hey(.agreed(try HEY.Agreed(fields: fields)))
        case ("SAY", "heard"):
            return .say(.heard(try SAY.Heard(fields: fields)))
        case ("SAY", "document"):
            return .say(.document(try SAY.Document(fields: fields)))
        case ("SIT", "welcome"):
            return .sit(.welcome(try SIT.Welcome(fields: fields)))
        case ("error", _): return .error(try ErrorReply(fields: fields))
        default: throw fields.error(.unknownForm)
        }
    }
}
