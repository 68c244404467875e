// Generated from commands/SAY.yaml. Edit that file instead.
import WireProtocol

/// `SAY`: Carries words.
public enum SAY {
    /// `SAY` from a client.
    public enum ClientMessage: Equatable, Sendable {
        /// Says something.
        case words(Words)
        /// Sends a digest.
        case digest(Digest)

        /// The form itself.
        public var form: any WireForm {
            switch self {
            case .words(let form): form
            case .digest(let form): form
            }
        }
    }

    /// `SAY` from a server.
    public enum ServerMessage: Equatable, Sendable {
        /// Somebody said something.
        case heard(Heard)
        /// A document.
        case document(Document)

        /// The form itself.
        public var form: any WireForm {
            switch self {
            case .heard(let form): form
            case .document(let form): form
            }
        }
    }

    /// Says something.
    ///
    ///     SAY TrID mood [name] length
    ///
    /// DEMO1 to DEMO3, from a client.
    public struct Words: WireForm {
        /// How somebody is.
        public var mood: Mood
        /// A name in percent-coded text.
        public var name: Optional<WireText>
        /// The payload (text); always there.
        public var payload: Optional<WireBytes>

        /// Makes the form from its values.
        public init(mood: Mood, name: WireText? = nil, payload: WireBytes) {
            self.mood = mood
            self.name = name
            self.payload = payload
        }

        public static var command: StaticString { "SAY" }
        public static var form: StaticString { "words" }
        public static var sender: Sender { .client }
        public static var transactionRule: TransactionRule { .required }
        public static let versions = VersionSet(1...3)
        public static var payloadFormat: PayloadFormat { .text }

        /// Reads the words after the transaction ID.
        public init(decoding line: inout LineReader) throws(DecodingError) {
            line.begin(form: Self.form)
            let mood: Mood = try line.read("mood")
            let name: WireText?
            if line.remaining > 1 {
                name = try line.read("name", limit: 40)
            } else {
                name = nil
            }
            let payload = try line.payload(limit: 100)
            try line.end()
            self.init(mood: mood, name: name, payload: payload)
        }

        /// Writes the line, and the payload where there is one.
        public func encode(into line: inout LineWriter, transaction: TransactionID?) throws(EncodingError) {
            try line.begin(
                command: Self.command, form: Self.form, rule: Self.transactionRule, transaction: transaction)
            guard Self.versions.contains(line.version) else { throw line.fail(.notInVersion) }
            try line.write(mood, "mood")
            if let name {
                try line.write(name, "name", limit: 40)
            }
            guard let payload else { throw line.fail(.missingParameter, "payload") }
            try line.end(payload: payload, limit: 100)
        }

        /// Makes the form from values by name, as they are read by people.
        public init(fields: FieldReader) throws(EncodingError) {
            try fields.refuseFields(except: ["mood", "name", "payload"])
            mood = try fields.required("mood")
            name = try fields.optional("name")
            payload = fields.payload
        }

        /// The values by name, as they are read by people.
        public var fields: [Field] {
            var fields: [Field] = []
            fields.append(Field(name: "mood", value: .text(mood.text)))
            if let name {
                fields.append(Field(name: "name", value: .text(name.text)))
            }
            return fields
        }
    }

    /// Sends a digest.
    ///
    ///     SAY SUM length
    ///
    /// DEMO3, from a client.
    public struct Digest: WireForm {
        /// The payload (bytes); always there.
        public var payload: Optional<WireBytes>

        /// Makes the form from its values.
        public init(payload: WireBytes) {
            self.payload = payload
        }

        public static var command: StaticString { "SAY" }
        public static var form: StaticString { "digest" }
        public static var sender: Sender { .client }
        public static var transactionRule: TransactionRule { .none }
        public static let versions = VersionSet(3...3)
        public static var payloadFormat: PayloadFormat { .bytes }

        /// Reads the words after the transaction ID.
        public init(decoding line: inout LineReader) throws(DecodingError) {
            line.begin(form: Self.form)
            try line.literal("SUM")
            let payload = try line.payload(limit: 256, length: 4)
            try line.end()
            self.init(payload: payload)
        }

        /// Writes the line, and the payload where there is one.
        public func encode(into line: inout LineWriter, transaction: TransactionID?) throws(EncodingError) {
            try line.begin(
                command: Self.command, form: Self.form, rule: Self.transactionRule, transaction: transaction)
            guard Self.versions.contains(line.version) else { throw line.fail(.notInVersion) }
            line.literal("SUM")
            guard let payload else { throw line.fail(.missingParameter, "payload") }
            try line.end(payload: payload, limit: 256, length: 4)
        }

        /// Makes the form from values by name, as they are read by people.
        public init(fields: FieldReader) throws(EncodingError) {
            try fields.refuseFields(except: ["payload"])
            payload = fields.payload
        }

        /// The values by name, as they are read by people.
        public var fields: [Field] {
            []
        }
    }

    /// Somebody said something.
    ///
    ///     SAY name rest... length
    ///
    /// DEMO1 to DEMO3, from a server.
    public struct Heard: WireForm {
        /// A name in percent-coded text.
        public var name: WireText
        /// The parameter `rest`.
        public var rest: [WireToken]
        /// The payload (mime); always there.
        public var payload: Optional<WireBytes>

        /// Makes the form from its values.
        public init(name: WireText, rest: [WireToken], payload: WireBytes) {
            self.name = name
            self.rest = rest
            self.payload = payload
        }

        public static var command: StaticString { "SAY" }
        public static var form: StaticString { "heard" }
        public static var sender: Sender { .server }
        public static var transactionRule: TransactionRule { .none }
        public static let versions = VersionSet(1...3)
        public static var payloadFormat: PayloadFormat { .mime }

        /// Reads the words after the transaction ID.
        public init(decoding line: inout LineReader) throws(DecodingError) {
            line.begin(form: Self.form)
            let name: WireText = try line.readEmptyable("name", limit: 40)
            let rest: [WireToken] = try line.readRepeated("rest", minimum: 0, limit: 64)
            let payload = try line.payload(limit: 256)
            try line.end()
            self.init(name: name, rest: rest, payload: payload)
        }

        /// Writes the line, and the payload where there is one.
        public func encode(into line: inout LineWriter, transaction: TransactionID?) throws(EncodingError) {
            try line.begin(
                command: Self.command, form: Self.form, rule: Self.transactionRule, transaction: transaction)
            guard Self.versions.contains(line.version) else { throw line.fail(.notInVersion) }
            try line.write(name, "name", limit: 40, emptyAllowed: true)
            try line.writeRepeated(rest, "rest", minimum: 0, limit: 64)
            guard let payload else { throw line.fail(.missingParameter, "payload") }
            try line.end(payload: payload, limit: 256)
        }

        /// Makes the form from values by name, as they are read by people.
        public init(fields: FieldReader) throws(EncodingError) {
            try fields.refuseFields(except: ["name", "rest", "payload"])
            name = try fields.required("name")
            rest = try fields.list("rest")
            payload = fields.payload
        }

        /// The values by name, as they are read by people.
        public var fields: [Field] {
            var fields: [Field] = []
            fields.append(Field(name: "name", value: .text(name.text)))
            fields.append(Field(name: "rest", value: .list(rest.map { $0.text })))
            return fields
        }
    }

    /// A document.
    ///
    ///     SAY TrID DOC count length
    ///
    /// DEMO3, from a server.
    public struct Document: WireForm {
        /// The parameter `count`.
        public var count: UInt32
        /// The payload (xml); always there.
        public var payload: Optional<WireBytes>

        /// Makes the form from its values.
        public init(count: UInt32, payload: WireBytes) {
            self.count = count
            self.payload = payload
        }

        public static var command: StaticString { "SAY" }
        public static var form: StaticString { "document" }
        public static var sender: Sender { .server }
        public static var transactionRule: TransactionRule { .required }
        public static let versions = VersionSet(3...3)
        public static var payloadFormat: PayloadFormat { .xml(roots: ["Demo"]) }

        /// Reads the words after the transaction ID.
        public init(decoding line: inout LineReader) throws(DecodingError) {
            line.begin(form: Self.form)
            try line.literal("DOC")
            let count: UInt32 = try line.read("count")
            let payload = try line.payload(limit: 256)
            try line.end()
            self.init(count: count, payload: payload)
        }

        /// Writes the line, and the payload where there is one.
        public func encode(into line: inout LineWriter, transaction: TransactionID?) throws(EncodingError) {
            try line.begin(
                command: Self.command, form: Self.form, rule: Self.transactionRule, transaction: transaction)
            guard Self.versions.contains(line.version) else { throw line.fail(.notInVersion) }
            line.literal("DOC")
            try line.write(count, "count")
            guard let payload else { throw line.fail(.missingParameter, "payload") }
            try line.end(payload: payload, limit: 256)
        }

        /// Makes the form from values by name, as they are read by people.
        public init(fields: FieldReader) throws(EncodingError) {
            try fields.refuseFields(except: ["count", "payload"])
            count = try fields.required("count")
            payload = fields.payload
        }

        /// The values by name, as they are read by people.
        public var fields: [Field] {
            var fields: [Field] = []
            fields.append(Field(name: "count", value: .text(count.text)))
            return fields
        }
    }
}

extension SAY.ClientMessage {
    /// Chooses the form of a line and reads it.
    @inline(__always)
    static func decode(_ line: inout LineReader, service: Service) throws(DecodingError) -> Self {
        switch (service, line.version.number) {
        case (.desk, 1...2),
            (.hall, 1...2):
            try line.readTransaction(SAY.Words.transactionRule)
            return .words(try SAY.Words(decoding: &line))
        case (.desk, 3),
            (.hall, 3):
            if line.wordIsNumber(at: 0) {
                try line.readTransaction(SAY.Words.transactionRule)
                return .words(try SAY.Words(decoding: &line))
            }
            try line.readTransaction(SAY.Digest.transactionRule)
            return .digest(try SAY.Digest(decoding: &line))
        default: throw line.notInVersion()
        }
    }
}

extension SAY.ServerMessage {
    /// Chooses the form of a line and reads it.
    @inline(__always)
    static func decode(_ line: inout LineReader, service: Service) throws(DecodingError) -> Self {
        switch (service, line.version.number) {
        case (.desk, 3):
            try line.readTransaction(SAY.Document.transactionRule)
            return .document(try SAY.Document(decoding: &line))
        case (.hall, 1...3):
            try line.readTransaction(SAY.Heard.transactionRule)
            return .heard(try SAY.Heard(decoding: &line))
        default: throw line.notInVersion()
        }
    }
}
