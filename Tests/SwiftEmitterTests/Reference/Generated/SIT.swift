// Generated from commands/SIT.yaml. Edit that file instead.
import WireProtocol

/// `SIT`: Signs in.
public enum SIT {
    /// `SIT` from a client.
    public enum ClientMessage: Equatable, Sendable {
        /// Sends the password.
        case open(Open)
        /// Sends a digest.
        case digest(Digest)

        /// The form itself.
        public var form: any WireForm {
            switch self {
            case .open(let form): form
            case .digest(let form): form
            }
        }

        @inline(__always)
        init(form: Int, words: consuming TakenWords) {
            switch form {
            case 0: self = .open(Open(storage: FormStorage(words)))
            default: self = .digest(Digest(storage: FormStorage(words)))
            }
        }
    }

    /// `SIT` from a server.
    public enum ServerMessage: Equatable, Sendable {
        /// Lets somebody in.
        case welcome(Welcome)

        /// The form itself.
        public var form: any WireForm {
            switch self {
            case .welcome(let form): form
            }
        }

        @inline(__always)
        init(form: Int, words: consuming TakenWords) {
            self = .welcome(Welcome(storage: FormStorage(words)))
        }
    }

    static let table = CommandTable(
        "SIT",
        client: [Open.table, Digest.table],
        server: [Welcome.table],
        clientChoices: [
            .init(0, on: [.desk], in: 2...3, if: [.word(1, isOneOf: ["CLR"])]),
            .init(1, on: [.desk], in: 2...3),
        ])

    /// Sends the password.
    ///
    ///     SIT TrID CLR password
    ///
    /// DEMO1 to DEMO3, from a client.
    public struct Open: WireForm, TransactionForm {
        public var storage: FormStorage<1>
        /// The parameter `password`.
        public var password: Password {
            get { storage.value(0) }
            set { storage.set(0, newValue) }
        }

        /// Makes the form from its values.
        public init(password: Password) {
            var builder = FormBuilder()
            builder.add(0, password)
            storage = FormStorage(builder)
        }

        public init(storage: FormStorage<1>) { self.storage = storage }
        public static let table = FormTable(
            "SIT", "open", from: .client, on: [.desk], in: 1...3,
            words: [
                .literal("CLR"),
                .value("password", WireTypes.password),
            ])
    }

    /// Sends a digest.
    ///
    ///     SIT TrID DIG method s=secret
    ///
    /// DEMO2 to DEMO3, from a client.
    ///
    /// The method comes twice.
    public struct Digest: WireForm, TransactionForm {
        public var storage: FormStorage<2>
        /// The parameter `method`.
        public var method: Method {
            get { storage.value(0) }
            set { storage.set(0, newValue) }
        }
        /// The parameter `secret`.
        public var secret: Secret<WireToken> {
            get { storage.value(1) }
            set { storage.set(1, newValue) }
        }

        /// Makes the form from its values.
        public init(method: Method, secret: Secret<WireToken>) {
            var builder = FormBuilder()
            builder.add(0, method)
            builder.add(1, secret)
            storage = FormStorage(builder)
        }

        public init(storage: FormStorage<2>) { self.storage = storage }
        public static let table = FormTable(
            "SIT", "digest", place: 1, from: .client, on: [.desk], in: 2...3,
            words: [
                .literal("DIG"),
                .value("method", WireTypes.method),
                .value("secret", WireTypes.token, prefix: "s=", sensitive: true),
            ])
    }

    /// Lets somebody in.
    ///
    ///     SIT TrID address lists [since] [isAdult] [places,...]
    ///
    /// DEMO1 to DEMO3, from a server.
    public struct Welcome: WireForm, TransactionForm {
        public var storage: FormStorage<5>
        /// A host, a port and a path.
        public var address: Address {
            get { storage.value(0) }
            set { storage.set(0, newValue) }
        }
        /// The parameter `lists`.
        public var lists: Lists {
            get { storage.value(1) }
            set { storage.set(1, newValue) }
        }
        /// Only for friends.
        public var since: Number? {
            get { storage.optional(2) }
            set { storage.set(2, newValue) }
        }
        /// The parameter `isAdult`. DEMO1, DEMO3.
        public var isAdult: Bool? {
            get { storage.optionalFlag(3, as: SwitchWord.self) }
            set { storage.set(3, newValue, as: SwitchWord.self) }
        }
        /// The parameter `places`. DEMO3.
        public var places: [Number]? {
            get { storage.optionalList(4, separator: UInt8(ascii: ",")) }
            set { storage.set(4, newValue, separator: UInt8(ascii: ",")) }
        }

        /// Makes the form from its values.
        public init(
            address: Address,
            lists: Lists,
            since: Number? = nil,
            isAdult: Bool? = nil,
            places: [Number]? = nil
        ) {
            var builder = FormBuilder()
            builder.add(0, address)
            builder.add(1, lists)
            builder.add(2, since)
            builder.add(3, isAdult, as: SwitchWord.self)
            builder.add(4, places, separator: UInt8(ascii: ","))
            storage = FormStorage(builder)
        }

        public init(storage: FormStorage<5>) { self.storage = storage }
        public static let table = FormTable(
            "SIT", "welcome", from: .server, on: [.desk], in: 1...3,
            words: [
                .value("address", WireTypes.address),
                .value("lists", WireTypes.lists),
                .value("since", WireTypes.number, when: .bits(1, inSlot: 1)),
                .value("isAdult", WireTypes.`switch`, in: 1...1, 3...3),
                .list("places", WireTypes.number, separator: UInt8(ascii: ","), in: 3...3, range: 1...9),
            ])
    }
}

extension FormParameter where Form == SIT.Welcome {
    /// DEMO1, DEMO3.
    public static var isAdult: Self { Self(slot: 3) }
    /// DEMO3.
    public static var places: Self { Self(slot: 4) }
}

extension SIT.Open: RequestForm {
    /// What answers `SIT.open`.
    public enum Reply: ReplyForm {
        /// Lets somebody in.
        case sitWelcome(SIT.Welcome)
        /// Takes a message that may answer the request; nil for any other.
        public init?(_ message: ServerMessage) {
            switch message {
            case .sit(.welcome(let form)): self = .sitWelcome(form)
            default: return nil
            }
        }
        /// The form that came.
        public var form: any ReadableForm {
            switch self {
            case .sitWelcome(let form): form
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

extension SIT.Digest: RequestForm {
    /// What answers `SIT.digest`.
    public enum Reply: ReplyForm {
        /// Lets somebody in.
        case sitWelcome(SIT.Welcome)
        /// Takes a message that may answer the request; nil for any other.
        public init?(_ message: ServerMessage) {
            switch message {
            case .sit(.welcome(let form)): self = .sitWelcome(form)
            default: return nil
            }
        }
        /// The form that came.
        public var form: any ReadableForm {
            switch self {
            case .sitWelcome(let form): form
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
