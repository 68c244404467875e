/// What a protocol consists of, in words: made from a grammar, for programs that explain lines and versions to people.
public struct ProtocolDescription: Sendable, Equatable {
    /// The name of the protocol.
    public var name: String
    /// What it is, in one sentence.
    public var about: String
    /// The kinds of servers.
    public var services: [Service] = []
    /// The versions, in rising order.
    public var versions: [Version] = []
    /// The types whose words have names or parts.
    public var types: [ValueType] = []
    /// The error replies, in rising order.
    public var errors: [ErrorReply] = []
    /// The kinds of payload content, by name.
    public var payloads: [Payload] = []
    /// The commands, by name.
    public var commands: [Command] = []

    /// Makes the description of a protocol that has nothing yet.
    public init(name: String, about: String) {
        self.name = name
        self.about = about
    }
}

extension ProtocolDescription {
    /// The end that sends a line.
    public enum Sender: String, Sendable, CaseIterable {
        /// The end that opened the connection.
        case client
        /// The end that accepted it.
        case server
    }

    /// A kind of server.
    public struct Service: Sendable, Equatable {
        /// Its name.
        public var name: String
        /// What it is for.
        public var about: String

        /// Makes a service.
        public init(name: String, about: String) {
            self.name = name
            self.about = about
        }
    }

    /// A version of the protocol.
    public struct Version: Sendable, Equatable {
        /// Its number, from 0 to 127.
        public var number: Int
        /// Its name on the wire.
        public var name: String
        /// How much of it is known: complete, partial or named.
        public var status: String
        /// What it brought.
        public var about: String

        /// Makes a version.
        public init(number: Int, name: String, status: String, about: String) {
            self.number = number
            self.name = name
            self.status = status
            self.about = about
        }
    }

    /// A word that has a name.
    public struct NamedValue: Sendable, Equatable {
        /// The name.
        public var name: String
        /// The word, or the value of a bit in decimal digits.
        public var wire: String
        /// The numbers of the versions that have it.
        public var versions: [Int]
        /// What it means.
        public var about: String

        /// Makes a value.
        public init(name: String, wire: String, versions: [Int], about: String) {
            self.name = name
            self.wire = wire
            self.versions = versions
            self.about = about
        }
    }

    /// A type whose words have names or parts.
    public struct ValueType: Sendable, Equatable {
        /// What its words are.
        public enum Kind: Sendable, Equatable {
            /// One of the values.
            case choice
            /// The sum of some of the values.
            case bits
            /// Several parts in one word, in a notation such as `host:port`.
            case parts(String)
        }

        /// Its name.
        public var name: String
        /// What its words are.
        public var kind: Kind
        /// The words or bits with names.
        public var values: [NamedValue]

        /// Makes a type.
        public init(name: String, kind: Kind, values: [NamedValue] = []) {
            self.name = name
            self.kind = kind
            self.values = values
        }
    }

    /// A numeric error reply.
    public struct ErrorReply: Sendable, Equatable {
        /// Its number.
        public var number: Int
        /// Its name.
        public var name: String
        /// What it means.
        public var about: String
        /// The numbers of the versions that have it.
        public var versions: [Int]
        /// Whether the server closes behind it; nil if nobody knows.
        public var closes: Bool?
        /// Whether a payload follows.
        public var hasPayload: Bool
        /// Who says so.
        public var sources: [String]

        /// Makes an error reply.
        public init(
            number: Int, name: String, about: String, versions: [Int], closes: Bool?, hasPayload: Bool,
            sources: [String]
        ) {
            self.number = number
            self.name = name
            self.about = about
            self.versions = versions
            self.closes = closes
            self.hasPayload = hasPayload
            self.sources = sources
        }
    }

    /// A kind of payload content.
    public struct Payload: Sendable, Equatable {
        /// Its name.
        public var name: String
        /// What it says.
        public var about: String
        /// The numbers of the versions that have it.
        public var versions: [Int]
        /// The forms that bear it, such as `MSG.notice`.
        public var forms: [String]

        /// Makes a kind of content.
        public init(name: String, about: String, versions: [Int], forms: [String]) {
            self.name = name
            self.about = about
            self.versions = versions
            self.forms = forms
        }
    }
}

extension ProtocolDescription {
    /// The command of a name.
    public func command(named name: String) -> Command? {
        commands.first { $0.name == name }
    }

    /// The form of a command and a name, such as `USR.challenge`.
    public func form(named fullName: String) -> Form? {
        guard let dot = fullName.firstIndex(of: ".") else { return nil }
        return command(named: String(fullName[..<dot]))?.forms
            .first { $0.name == fullName[fullName.index(after: dot)...] }
    }

    /// The version of a number.
    public func version(number: Int) -> Version? {
        versions.first { $0.number == number }
    }

    /// The version given by its name in any case of letters, or by its number.
    public func version(named text: String) -> Version? {
        versions.first { $0.name.uppercased() == text.uppercased() || String($0.number) == text }
    }

    /// Versions in words, such as `MSNP2 to MSNP7, MSNP10`.
    public func describe(_ numbers: some Sequence<Int>) -> String {
        let set = Set(numbers)
        var runs: [(first: String, last: String)] = []
        var isOpen = false
        for version in versions {
            if set.contains(version.number) {
                if isOpen, let last = runs.indices.last {
                    runs[last].last = version.name
                } else {
                    runs.append((version.name, version.name))
                }
                isOpen = true
            } else {
                isOpen = false
            }
        }
        return runs.map { $0.first == $0.last ? $0.first : "\($0.first) to \($0.last)" }.joined(separator: ", ")
    }
}
