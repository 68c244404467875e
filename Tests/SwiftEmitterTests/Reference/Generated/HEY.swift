// Generated from commands/HEY.yaml. Edit that file instead.
import WireProtocol

/// `HEY`: Begins a conversation.
///
/// - DEMO2: The answer names the session.
public enum HEY {
    /// `HEY` from a client.
    public enum ClientMessage: Equatable, Sendable {
        /// Offers versions.
        case offer(Offer)

        /// The form itself.
        public var form: any WireForm {
            switch self {
            case .offer(let form): form
            }
        }
    }

    /// `HEY` from a server.
    public enum ServerMessage: Equatable, Sendable {
        /// Takes one of them.
        case agreed(Agreed)

        /// The form itself.
        public var form: any WireForm {
            switch self {
            case .agreed(let form): form
            }
        }
    }

    /// Offers versions.
    ///
    ///     HEY 0 dialects...
    ///
    /// DEMO1 to DEMO3, from a client.
    public struct Offer: WireForm {
        /// The parameter `dialects`.
        public var dialects: [Dialect]

        /// Makes the form from its values.
        public init(dialects: [Dialect]) {
            self.dialects = dialects
        }

        public static var command: StaticString { "HEY" }
        public static var form: StaticString { "offer" }
        public static var sender: Sender { .client }
        public static var transactionRule: TransactionRule { .zero }
        public static let versions = VersionSet(1...3)

        /// Reads the words after the transaction ID.
        public init(decoding line: inout LineReader) throws(DecodingError) {
            line.begin(form: Self.form)
            let dialects: [Dialect] = try line.readRepeated("dialects", minimum: 1)
            try line.end()
            self.init(dialects: dialects)
        }

        /// Writes the line, and the payload where there is one.
        public func encode(into line: inout LineWriter, transaction: TransactionID?) throws(EncodingError) {
            try line.begin(
                command: Self.command, form: Self.form, rule: Self.transactionRule, transaction: transaction)
            guard Self.versions.contains(line.version) else { throw line.fail(.notInVersion) }
            try line.writeRepeated(dialects, "dialects", minimum: 1)
            try line.end()
        }

        /// Makes the form from values by name, as they are read by people.
        public init(fields: FieldReader) throws(EncodingError) {
            try fields.refuseFields(except: ["dialects"])
            dialects = try fields.list("dialects")
        }

        /// The values by name, as they are read by people.
        public var fields: [Field] {
            var fields: [Field] = []
            fields.append(Field(name: "dialects", value: .list(dialects.map { $0.text })))
            return fields
        }
    }

    /// Takes one of them.
    ///
    ///     HEY [TrID] OK dialect [session] [machine]
    ///
    /// DEMO1 to DEMO3, from a server.
    public struct Agreed: WireForm {
        /// The parameter `dialect`.
        public var dialect: Dialect
        /// The parameter `session`. DEMO2 to DEMO3.
        public var session: Optional<Plain>
        /// The parameter `machine`.
        public var machine: Optional<Braced>

        /// Makes the form from its values.
        public init(dialect: Dialect, session: Plain? = nil, machine: Braced? = nil) {
            self.dialect = dialect
            self.session = session
            self.machine = machine
        }

        public static var command: StaticString { "HEY" }
        public static var form: StaticString { "agreed" }
        public static var sender: Sender { .server }
        public static var transactionRule: TransactionRule { .optional }
        public static let versions = VersionSet(1...3)

        /// Reads the words after the transaction ID.
        public init(decoding line: inout LineReader) throws(DecodingError) {
            line.begin(form: Self.form)
            let version = line.version.number
            try line.literal("OK")
            let dialect: Dialect = try line.read("dialect")
            let session: Plain?
            if (2...3).contains(version) {
                session = try line.read("session")
            } else {
                session = nil
            }
            let machine: Braced?
            if line.remaining > 0 {
                machine = try line.read("machine")
            } else {
                machine = nil
            }
            try line.end()
            self.init(dialect: dialect, session: session, machine: machine)
        }

        /// Writes the line, and the payload where there is one.
        public func encode(into line: inout LineWriter, transaction: TransactionID?) throws(EncodingError) {
            try line.begin(
                command: Self.command, form: Self.form, rule: Self.transactionRule, transaction: transaction)
            guard Self.versions.contains(line.version) else { throw line.fail(.notInVersion) }
            let version = line.version.number
            line.literal("OK")
            try line.write(dialect, "dialect")
            if let session {
                guard (2...3).contains(version) else {
                    throw line.fail(.forbiddenInVersion, "session")
                }
                try line.write(session, "session")
            } else if (2...3).contains(version) {
                throw line.fail(.missingParameter, "session")
            }
            if let machine {
                try line.write(machine, "machine")
            }
            try line.end()
        }

        /// Makes the form from values by name, as they are read by people.
        public init(fields: FieldReader) throws(EncodingError) {
            try fields.refuseFields(except: ["dialect", "session", "machine"])
            dialect = try fields.required("dialect")
            session = try fields.optional("session")
            machine = try fields.optional("machine")
        }

        /// The values by name, as they are read by people.
        public var fields: [Field] {
            var fields: [Field] = []
            fields.append(Field(name: "dialect", value: .text(dialect.text)))
            if let session {
                fields.append(Field(name: "session", value: .text(session.text)))
            }
            if let machine {
                fields.append(Field(name: "machine", value: .text(machine.text)))
            }
            return fields
        }
    }
}

extension HEY.ClientMessage {
    /// Chooses the form of a line and reads it.
    @inline(__always)
    static func decode(_ line: inout LineReader, service: Service) throws(DecodingError) -> Self {
        switch (service, line.version.number) {
        case (.desk, 1...3):
            try line.readTransaction(HEY.Offer.transactionRule)
            return .offer(try HEY.Offer(decoding: &line))
        default: throw line.notInVersion()
        }
    }
}

extension HEY.ServerMessage {
    /// Chooses the form of a line and reads it.
    @inline(__always)
    static func decode(_ line: inout LineReader, service: Service) throws(DecodingError) -> Self {
        switch (service, line.version.number) {
        case (.desk, 1...3):
            try line.readTransaction(HEY.Agreed.transactionRule)
            return .agreed(try HEY.Agreed(decoding: &line))
        default: throw line.notInVersion()
        }
    }
}

extension HEY.Offer: RequestForm {
    /// What answers `HEY.offer`.
    public enum Reply: ReplyForm {
        /// Takes one of them.
        case heyAgreed(HEY.Agreed)

        /// Takes a message that may answer the request; nil for any other.
        public init?(_ message: ServerMessage) {
            switch message {
            case .hey(.agreed(let form)): self = .heyAgreed(form)
            default: return nil
            }
        }

        /// The form that came.
        public var form: any ReadableForm {
            switch self {
            case .heyAgreed(let form): form
            }
        }

        /// Whether more are to be expected.
        public var place: ReplyPlace {
            .final
        }

        public static var hasProper: Bool { true }
        public static var isSeries: Bool { false }
    }
}
