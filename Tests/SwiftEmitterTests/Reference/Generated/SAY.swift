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

        @inline(__always)
        init(form: Int, words: consuming TakenWords) {
            switch form {
            case 0: self = .words(Words(storage: FormStorage(words)))
            default: self = .digest(Digest(storage: FormStorage(words)))
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

        @inline(__always)
        init(form: Int, words: consuming TakenWords) {
            switch form {
            case 0: self = .heard(Heard(storage: FormStorage(words)))
            default: self = .document(Document(storage: FormStorage(words)))
            }
        }
    }

    static let table = CommandTable(
        "SAY",
        client: [Words.table, Digest.table],
        server: [Heard.table, Document.table],
        clientChoices: [
            .init(0, on: [.desk, .hall], in: 3...3, if: [.wordIsNumber(0)]),
            .init(1, on: [.desk, .hall], in: 3...3),
        ])

    /// Says something.
    ///
    ///     SAY TrID mood [name] length
    ///
    /// DEMO1 to DEMO3, from a client.
    public struct Words: WireForm, TransactionForm {
        public var storage: FormStorage<3>
        /// How somebody is.
        public var mood: Mood {
            get { storage.value(0) }
            set { storage.set(0, newValue) }
        }
        /// A name in percent-coded text.
        public var name: Name? {
            get { storage.optional(1) }
            set { storage.set(1, newValue) }
        }
        /// The payload (text); always there.
        public var payload: WireBytes {
            get { storage.bytes(2) }
            set { storage.set(2, bytes: newValue) }
        }

        /// Makes the form from its values.
        public init(mood: Mood, name: Name? = nil, payload: some PayloadConvertible) {
            var builder = FormBuilder()
            builder.add(0, mood)
            builder.add(1, name)
            builder.add(2, payload: payload)
            storage = FormStorage(builder)
        }

        public init(storage: FormStorage<3>) { self.storage = storage }
        public static let table = FormTable(
            "SAY", "words", from: .client, on: [.hall, .desk], in: 1...3,
            words: [
                .value("mood", WireTypes.mood),
                .value("name", WireTypes.name, optional: true),
            ], payload: PayloadTable(.text, limit: 100))
    }

    /// Sends a digest.
    ///
    ///     SAY SUM length
    ///
    /// DEMO3, from a client.
    public struct Digest: WireForm, PlainForm {
        public var storage: FormStorage<1>
        /// The payload (bytes); always there.
        public var payload: WireBytes {
            get { storage.bytes(0) }
            set { storage.set(0, bytes: newValue) }
        }

        /// Makes the form from its values.
        public init(payload: some PayloadConvertible) {
            var builder = FormBuilder()
            builder.add(0, payload: payload)
            storage = FormStorage(builder)
        }

        public init(storage: FormStorage<1>) { self.storage = storage }
        public static let table = FormTable(
            "SAY", "digest", place: 1, from: .client, on: [.hall, .desk], in: 3...3, transaction: .absent,
            words: [
                .literal("SUM")
            ], payload: PayloadTable(.bytes, limit: 256, length: 4))
    }

    /// Somebody said something.
    ///
    ///     SAY name [rest...] length
    ///
    /// DEMO1 to DEMO3, from a server.
    public struct Heard: WireForm, PlainForm {
        public var storage: FormStorage<3>
        /// A name in percent-coded text.
        public var name: Name {
            get { storage.value(0) }
            set { storage.set(0, newValue) }
        }
        /// The parameter `rest`.
        public var rest: [WireToken] {
            get { storage.list(1, separator: 0x20) }
            set { storage.set(1, newValue, separator: 0x20) }
        }
        /// The payload (mime); always there.
        public var payload: WireBytes {
            get { storage.bytes(2) }
            set { storage.set(2, bytes: newValue) }
        }

        /// Makes the form from its values.
        public init(name: Name, rest: [WireToken], payload: some PayloadConvertible) {
            var builder = FormBuilder()
            builder.add(0, name)
            builder.add(1, rest, separator: 0x20)
            builder.add(2, payload: payload)
            storage = FormStorage(builder)
        }

        public init(storage: FormStorage<3>) { self.storage = storage }
        public static let table = FormTable(
            "SAY", "heard", from: .server, on: [.hall], in: 1...3, transaction: .absent,
            words: [
                .value("name", WireTypes.name, mayBeEmpty: true),
                .words("rest", WireTypes.token),
            ], payload: PayloadTable(.mime, limit: 256))
    }

    /// A document.
    ///
    ///     SAY TrID DOC count length
    ///
    /// DEMO3, from a server.
    public struct Document: WireForm, TransactionForm {
        public var storage: FormStorage<2>
        /// The parameter `count`.
        public var count: Number {
            get { storage.value(0) }
            set { storage.set(0, newValue) }
        }
        /// The payload (xml); always there.
        public var payload: WireBytes {
            get { storage.bytes(1) }
            set { storage.set(1, bytes: newValue) }
        }

        /// Makes the form from its values.
        public init(count: Number, payload: some PayloadConvertible) {
            var builder = FormBuilder()
            builder.add(0, count)
            builder.add(1, payload: payload)
            storage = FormStorage(builder)
        }

        public init(storage: FormStorage<2>) { self.storage = storage }
        public static let table = FormTable(
            "SAY", "document", place: 1, from: .server, on: [.desk], in: 3...3,
            words: [
                .literal("DOC"),
                .value("count", WireTypes.number),
            ], payload: PayloadTable(.xml(roots: ["Demo"]), limit: 256))
    }
}
