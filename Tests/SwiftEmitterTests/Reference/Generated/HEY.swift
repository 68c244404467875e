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

        @inline(__always)
        init(form: Int, words: consuming TakenWords) {
            self = .offer(Offer(storage: FormStorage(words)))
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

        @inline(__always)
        init(form: Int, words: consuming TakenWords) {
            self = .agreed(Agreed(storage: FormStorage(words)))
        }
    }

    static let table = CommandTable("HEY", client: [Offer.table], server: [Agreed.table])

    /// Offers versions.
    ///
    ///     HEY 0 dialects...
    ///
    /// DEMO1 to DEMO3, from a client.
    public struct Offer: WireForm, PlainForm {
        public var storage: FormStorage<1>
        /// The parameter `dialects`.
        public var dialects: [Dialect] {
            get { storage.list(0, separator: 0x20) }
            set { storage.set(0, newValue, separator: 0x20) }
        }

        /// Makes the form from its values.
        public init(dialects: [Dialect]) {
            var builder = FormBuilder()
            builder.add(0, dialects, separator: 0x20)
            storage = FormStorage(builder)
        }

        public init(storage: FormStorage<1>) { self.storage = storage }
        public static let table = FormTable(
            "HEY", "offer", from: .client, on: [.desk], in: 1...3, transaction: .zero,
            words: [
                .words("dialects", WireTypes.dialect, minimum: 1)
            ])
    }

    /// Takes one of them.
    ///
    ///     HEY [TrID] OK dialect [session] [machine]
    ///
    /// DEMO1 to DEMO3, from a server.
    public struct Agreed: WireForm, OptionalTransactionForm {
        public var storage: FormStorage<3>
        /// The parameter `dialect`.
        public var dialect: Dialect {
            get { storage.value(0) }
            set { storage.set(0, newValue) }
        }
        /// The parameter `session`. DEMO2 to DEMO3.
        public var session: Plain? {
            get { storage.optional(1) }
            set { storage.set(1, newValue) }
        }
        /// The parameter `machine`.
        public var machine: Braced? {
            get { storage.optional(2) }
            set { storage.set(2, newValue) }
        }

        /// Makes the form from its values.
        public init(dialect: Dialect, session: Plain? = nil, machine: Braced? = nil) {
            var builder = FormBuilder()
            builder.add(0, dialect)
            builder.add(1, session)
            builder.add(2, machine)
            storage = FormStorage(builder)
        }

        public init(storage: FormStorage<3>) { self.storage = storage }
        public static let table = FormTable(
            "HEY", "agreed", from: .server, on: [.desk], in: 1...3, transaction: .optional,
            words: [
                .literal("OK"),
                .value("dialect", WireTypes.dialect),
                .value("session", WireTypes.plain, in: 2...3),
                .value("machine", WireTypes.braced, optional: true),
            ])
    }
}

extension FormParameter where Form == HEY.Agreed {
    /// DEMO2 to DEMO3.
    public static var session: Self { Self(slot: 1) }
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
        public static var hasMainReply: Bool { true }
        public static var isSeries: Bool { false }
    }
}
