// Generated from commands/BYE.yaml. Edit that file instead.
import WireProtocol

/// `BYE`: Ends a conversation.
public enum BYE {
    /// `BYE` from a client.
    public enum ClientMessage: Equatable, Sendable {
        /// The client goes.
        case leave(Leave)

        /// The form itself.
        public var form: any WireForm {
            switch self {
            case .leave(let form): form
            }
        }
    }

    /// `BYE` from a server.
    public enum ServerMessage: Equatable, Sendable {
        /// The client went.
        case left(Left)

        /// The form itself.
        public var form: any WireForm {
            switch self {
            case .left(let form): form
            }
        }
    }

    /// The client goes.
    ///
    ///     BYE
    ///
    /// DEMO0 to DEMO3, from a client.
    public struct Leave: WireForm {
        /// Makes the form from its values.
        public init() {
        }

        public static var command: StaticString { "BYE" }
        public static var form: StaticString { "leave" }
        public static var sender: Sender { .client }
        public static var transactionRule: TransactionRule { .none }
        public static let versions = VersionSet(0...3)

        /// Reads the words after the transaction ID.
        public init(decoding line: inout LineReader) throws(DecodingError) {
            line.begin(form: Self.form)
            try line.end()
            self.init()
        }

        /// Writes the line, and the payload where there is one.
        public func encode(into line: inout LineWriter, transaction: TransactionID?) throws(EncodingError) {
            try line.begin(
                command: Self.command, form: Self.form, rule: Self.transactionRule, transaction: transaction)
            guard Self.versions.contains(line.version) else { throw line.fail(.notInVersion) }
            try line.end()
        }

        /// Makes the form from values by name, as they are read by people.
        public init(fields: FieldReader) throws(EncodingError) {
            try fields.refuseFields(except: [])
        }

        /// The values by name, as they are read by people.
        public var fields: [Field] {
            []
        }
    }

    /// The client went.
    ///
    ///     BYE
    ///
    /// DEMO0 to DEMO3, from a server.
    public struct Left: WireForm {
        /// Makes the form from its values.
        public init() {
        }

        public static var command: StaticString { "BYE" }
        public static var form: StaticString { "left" }
        public static var sender: Sender { .server }
        public static var transactionRule: TransactionRule { .none }
        public static let versions = VersionSet(0...3)

        /// Reads the words after the transaction ID.
        public init(decoding line: inout LineReader) throws(DecodingError) {
            line.begin(form: Self.form)
            try line.end()
            self.init()
        }

        /// Writes the line, and the payload where there is one.
        public func encode(into line: inout LineWriter, transaction: TransactionID?) throws(EncodingError) {
            try line.begin(
                command: Self.command, form: Self.form, rule: Self.transactionRule, transaction: transaction)
            guard Self.versions.contains(line.version) else { throw line.fail(.notInVersion) }
            try line.end()
        }

        /// Makes the form from values by name, as they are read by people.
        public init(fields: FieldReader) throws(EncodingError) {
            try fields.refuseFields(except: [])
        }

        /// The values by name, as they are read by people.
        public var fields: [Field] {
            []
        }
    }
}

extension BYE.ClientMessage {
    /// Chooses the form of a line and reads it.
    @inline(__always)
    static func decode(_ line: inout LineReader, service: Service) throws(DecodingError) -> Self {
        switch (service, line.version.number) {
        case (.desk, 0...3),
            (.hall, 0...3):
            try line.readTransaction(BYE.Leave.transactionRule)
            return .leave(try BYE.Leave(decoding: &line))
        default: throw line.notInVersion()
        }
    }
}

extension BYE.ServerMessage {
    /// Chooses the form of a line and reads it.
    @inline(__always)
    static func decode(_ line: inout LineReader, service: Service) throws(DecodingError) -> Self {
        switch (service, line.version.number) {
        case (.desk, 0...3),
            (.hall, 0...3):
            try line.readTransaction(BYE.Left.transactionRule)
            return .left(try BYE.Left(decoding: &line))
        default: throw line.notInVersion()
        }
    }
}
