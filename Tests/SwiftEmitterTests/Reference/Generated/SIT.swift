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
    }

    /// Sends the password.
    ///
    ///     SIT TrID CLR password
    ///
    /// DEMO1 to DEMO3, from a client.
    public struct Open: WireForm {
        /// The parameter `password`.
        public var password: Secret<WireToken>

        /// Makes the form from its values.
        public init(password: Secret<WireToken>) {
            self.password = password
        }

        public static var command: StaticString { "SIT" }
        public static var form: StaticString { "open" }
        public static var sender: Sender { .client }
        public static var transactionRule: TransactionRule { .required }
        public static let versions = VersionSet(1...3)

        /// Reads the words after the transaction ID.
        public init(decoding line: inout LineReader) throws(DecodingError) {
            line.begin(form: Self.form)
            try line.literal("CLR")
            let password: Secret<WireToken> = try line.read("password", limit: 32)
            try line.end()
            self.init(password: password)
        }

        /// Writes the line, and the payload where there is one.
        public func encode(into line: inout LineWriter, transaction: TransactionID?) throws(EncodingError) {
            try line.begin(
                command: Self.command, form: Self.form, rule: Self.transactionRule, transaction: transaction)
            guard Self.versions.contains(line.version) else { throw line.fail(.notInVersion) }
            line.literal("CLR")
            try line.write(password, "password", limit: 32)
            try line.end()
        }

        /// Makes the form from values by name, as they are read by people.
        public init(fields: FieldReader) throws(EncodingError) {
            try fields.refuseFields(except: ["password"])
            password = try fields.required("password")
        }

        /// The values by name, as they are read by people.
        public var fields: [Field] {
            var fields: [Field] = []
            fields.append(Field(name: "password", value: .text(password.text), isSensitive: true))
            return fields
        }
    }

    /// Sends a digest.
    ///
    ///     SIT TrID DIG method s=secret
    ///
    /// DEMO2 to DEMO3, from a client.
    ///
    /// The method comes twice.
    public struct Digest: WireForm {
        /// The parameter `method`.
        public var method: Method
        /// The parameter `secret`.
        public var secret: Secret<WireToken>

        /// Makes the form from its values.
        public init(method: Method, secret: Secret<WireToken>) {
            self.method = method
            self.secret = secret
        }

        public static var command: StaticString { "SIT" }
        public static var form: StaticString { "digest" }
        public static var sender: Sender { .client }
        public static var transactionRule: TransactionRule { .required }
        public static let versions = VersionSet(2...3)

        /// Reads the words after the transaction ID.
        public init(decoding line: inout LineReader) throws(DecodingError) {
            line.begin(form: Self.form)
            try line.literal("DIG")
            let method: Method = try line.read("method")
            try line.prefix("s=", "secret")
            let secret: Secret<WireToken> = try line.read("secret", limit: 64)
            try line.end()
            self.init(method: method, secret: secret)
        }

        /// Writes the line, and the payload where there is one.
        public func encode(into line: inout LineWriter, transaction: TransactionID?) throws(EncodingError) {
            try line.begin(
                command: Self.command, form: Self.form, rule: Self.transactionRule, transaction: transaction)
            guard Self.versions.contains(line.version) else { throw line.fail(.notInVersion) }
            line.literal("DIG")
            try line.write(method, "method")
            try line.write(secret, "secret", prefix: "s=", limit: 64)
            try line.end()
        }

        /// Makes the form from values by name, as they are read by people.
        public init(fields: FieldReader) throws(EncodingError) {
            try fields.refuseFields(except: ["method", "secret"])
            method = try fields.required("method")
            secret = try fields.required("secret")
        }

        /// The values by name, as they are read by people.
        public var fields: [Field] {
            var fields: [Field] = []
            fields.append(Field(name: "method", value: .text(method.text)))
            fields.append(Field(name: "secret", value: .text(secret.text), isSensitive: true))
            return fields
        }
    }

    /// Lets somebody in.
    ///
    ///     SIT TrID address lists [since] [isAdult] [places,...]
    ///
    /// DEMO1 to DEMO3, from a server.
    public struct Welcome: WireForm {
        /// A host, a port and a path.
        public var address: Address
        /// The parameter `lists`.
        public var lists: Lists
        /// Only for friends.
        public var since: Optional<UInt32>
        /// The parameter `isAdult`. DEMO1, DEMO3.
        public var isAdult: Optional<Bool>
        /// The parameter `places`. DEMO3.
        public var places: Optional<[UInt32]>

        /// Makes the form from its values.
        public init(
            address: Address,
            lists: Lists,
            since: UInt32? = nil,
            isAdult: Bool? = nil,
            places: [UInt32]? = nil
        ) {
            self.address = address
            self.lists = lists
            self.since = since
            self.isAdult = isAdult
            self.places = places
        }

        public static var command: StaticString { "SIT" }
        public static var form: StaticString { "welcome" }
        public static var sender: Sender { .server }
        public static var transactionRule: TransactionRule { .required }
        public static let versions = VersionSet(1...3)

        /// Reads the words after the transaction ID.
        public init(decoding line: inout LineReader) throws(DecodingError) {
            line.begin(form: Self.form)
            let version = line.version.number
            let address: Address = try line.read("address")
            let lists: Lists = try line.read("lists")
            let since: UInt32?
            if lists.contains(.friends) == true {
                since = try line.read("since")
            } else {
                since = nil
            }
            let isAdult: Bool?
            if (version == 1 || version == 3) {
                let isAdultWord: SwitchWord = try line.read("isAdult")
                isAdult = isAdultWord.isTrue
            } else {
                isAdult = nil
            }
            let places: [UInt32]?
            if version == 3 {
                let placesValue: [UInt32] = try line.readList("places", separator: UInt8(ascii: ","))
                guard placesValue.allSatisfy({ (1...9).contains($0) }) else {
                    throw line.fail(.invalidValue(.outOfRange("1...9")), "places")
                }
                places = placesValue
            } else {
                places = nil
            }
            try line.end()
            self.init(address: address, lists: lists, since: since, isAdult: isAdult, places: places)
        }

        /// Writes the line, and the payload where there is one.
        public func encode(into line: inout LineWriter, transaction: TransactionID?) throws(EncodingError) {
            try line.begin(
                command: Self.command, form: Self.form, rule: Self.transactionRule, transaction: transaction)
            guard Self.versions.contains(line.version) else { throw line.fail(.notInVersion) }
            let version = line.version.number
            try line.write(address, "address")
            try line.write(lists, "lists")
            if let since {
                guard lists.contains(.friends) == true else {
                    throw line.fail(.forbiddenInVersion, "since")
                }
                try line.write(since, "since")
            } else if lists.contains(.friends) == true {
                throw line.fail(.missingParameter, "since")
            }
            if let isAdult {
                guard (version == 1 || version == 3) else {
                    throw line.fail(.forbiddenInVersion, "isAdult")
                }
                try line.write(SwitchWord(isAdult), "isAdult")
            } else if (version == 1 || version == 3) {
                throw line.fail(.missingParameter, "isAdult")
            }
            if let places {
                guard version == 3 else {
                    throw line.fail(.forbiddenInVersion, "places")
                }
                guard places.allSatisfy({ (1...9).contains($0) }) else {
                    throw line.fail(.invalidValue(.outOfRange("1...9")), "places")
                }
                try line.writeList(places, "places", separator: UInt8(ascii: ","))
            } else if version == 3 {
                throw line.fail(.missingParameter, "places")
            }
            try line.end()
        }

        /// Makes the form from values by name, as they are read by people.
        public init(fields: FieldReader) throws(EncodingError) {
            try fields.refuseFields(except: ["address", "lists", "since", "isAdult", "places"])
            address = try fields.required("address")
            lists = try fields.required("lists")
            since = try fields.optional("since")
            let isAdultWord: SwitchWord? = try fields.optional("isAdult")
            isAdult = isAdultWord?.isTrue
            let placesList: [UInt32] = try fields.list("places")
            places = placesList.isEmpty ? nil : placesList
        }

        /// The values by name, as they are read by people.
        public var fields: [Field] {
            var fields: [Field] = []
            fields.append(Field(name: "address", value: .text(address.text)))
            fields.append(Field(name: "lists", value: .text(lists.text)))
            if let since {
                fields.append(Field(name: "since", value: .text(since.text)))
            }
            if let isAdult {
                fields.append(Field(name: "isAdult", value: .text(isAdult ? "true" : "false")))
            }
            if let places {
                fields.append(Field(name: "places", value: .list(places.map { $0.text })))
            }
            return fields
        }
    }
}

extension SIT.ClientMessage {
    /// Chooses the form of a line and reads it.
    @inline(__always)
    static func decode(_ line: inout LineReader, service: Service) throws(DecodingError) -> Self {
        switch (service, line.version.number) {
        case (.desk, 1):
            try line.readTransaction(SIT.Open.transactionRule)
            return .open(try SIT.Open(decoding: &line))
        case (.desk, 2...3):
            if line.word(at: 1, is: "CLR") {
                try line.readTransaction(SIT.Open.transactionRule)
                return .open(try SIT.Open(decoding: &line))
            }
            try line.readTransaction(SIT.Digest.transactionRule)
            return .digest(try SIT.Digest(decoding: &line))
        default: throw line.notInVersion()
        }
    }
}

extension SIT.ServerMessage {
    /// Chooses the form of a line and reads it.
    @inline(__always)
    static func decode(_ line: inout LineReader, service: Service) throws(DecodingError) -> Self {
        switch (service, line.version.number) {
        case (.desk, 1...3):
            try line.readTransaction(SIT.Welcome.transactionRule)
            return .welcome(try SIT.Welcome(decoding: &line))
        default: throw line.notInVersion()
        }
    }
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

        public static var hasProper: Bool { true }
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

        public static var hasProper: Bool { true }
        public static var isSeries: Bool { false }
    }
}
