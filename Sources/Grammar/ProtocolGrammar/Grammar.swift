import YAMLTree

/// A whole protocol after reading.
public struct Grammar: Sendable {
    public var name = ""
    public var nameLocation = SourceLocation(file: "protocol.yaml", line: 1, column: 1)
    public var about = ""
    public var services: [Service] = []
    public var versions: [Version] = [] {
        didSet {
            allVersions = VersionSet(versions.map(\.number))
            openVersions = VersionSet(versions.filter { $0.status != .named }.map(\.number))
            basedVersions = versions.compactMap { version in version.base.map { (version.number, $0) } }
        }
    }
    /// Facts about versions that no single form expresses.
    public var facts: NamedList<VersionFact> = []
    /// How the ends behave in general.
    public var behaviours: NamedList<Behaviour> = []
    /// What commands are about, in the order in which people meet them.
    public internal(set) var topics: NamedList<Topic> = []
    /// What people want to do with the protocol.
    public internal(set) var useCases: NamedList<UseCase> = []
    /// The services that clients reach over HTTP.
    public var httpServices: NamedList<HTTPService> = []
    /// The clients of the protocol's maker, the oldest first.
    public var clients: NamedList<OfficialClient> = []
    public var limits = Limits()
    /// The rule of forms that state none.
    public internal(set) var transaction = TransactionRule.required
    /// What follows each payload without being part of it.
    public var trailer = ""
    public var types: NamedList<ValueType> = []
    /// The public sources; empty if the grammar does not list any.
    public var sources: NamedList<InformationSource> = []
    /// The programs whose deviations are known.
    public var programs: NamedList<Program> = []
    public var errors: [ErrorCode] = []
    /// Whether servers may send a number in place of a command: whether there is a file of errors.
    public internal(set) var hasErrors = false
    /// The groups of errors. Forms hold the errors of a group, not its name.
    public internal(set) var errorGroups: [ErrorGroup] = []
    /// The versions in which an error reply may bear a payload.
    public var errorPayloadVersions = VersionSet()
    public var commands: NamedList<Command> = []
    public var payloads: [PayloadType] = []
    /// Elements that documents among the payloads share.
    public var elementSets: [ElementSet] = []
    public var algorithms: NamedList<Algorithm> = []
    public var sessions: [Session] = []
    public var conversations: NamedList<Conversation> = []
    /// What the sources say differently, or do not say.
    public internal(set) var questions: NamedList<Question> = []

    public init() {}

    public private(set) var allVersions = VersionSet()

    /// The versions that an open range such as `8+` means: all but those known by name only.
    public private(set) var openVersions = VersionSet()

    /// The versions that are based on others, in ascending order.
    private(set) var basedVersions: [(version: Int, base: Int)] = []

    /// All sets of versions, in the order of reading.
    public internal(set) var versionStatements: [VersionStatement] = []

    public func type(named name: String) -> ValueType? {
        types[name]
    }

    public func command(named name: String) -> Command? {
        commands[name]
    }

    public func version(number: Int) -> Version? {
        versions.first { $0.number == number }
    }

    /// Whether there is one version because no file says anything of versions.
    public var hasOnlyVersion: Bool { versions.count == 1 && versions[0].location.file.hasSuffix("protocol.yaml") }

    /// The forms that a line of this command may have in one context.
    public func forms(of command: Command, sender: Sender, service: String, version: Int) -> [Form] {
        command.forms.filter {
            $0.versions.contains(version) && $0.sender == sender && $0.services.contains(service)
        }
    }

    /// Versions in words: `MSNP2 to MSNP7`.
    public func describe(_ set: VersionSet) -> String {
        let known = allVersions
        return set.ranges(among: known).map { range in
            let first = version(number: range.lowerBound)?.name ?? "\(range.lowerBound)"
            let last = version(number: range.upperBound)?.name ?? "\(range.upperBound)"
            return range.count == 1 ? first : "\(first) to \(last)"
        }.joined(separator: ", ")
    }
}

/// A public source of facts.
public struct InformationSource: Named, Sendable {
    public var name: String
    public var about: String
    public var location: SourceLocation
}

/// A kind of server, such as the notification server.
public struct Service: Sendable {
    public var name: String
    public var about: String
    public var location: SourceLocation
}

/// A version of the protocol.
public struct Version: Sendable {
    /// How much of a version is in the grammar.
    public enum Status: String, Sendable, CaseIterable {
        /// Everything that is public.
        case complete
        /// Parts of it.
        case partial
        /// Only what names the version explicitly; open ranges skip it.
        case named
    }

    /// The version of a grammar that has no file of versions.
    static let only = Version(
        number: 1, name: "", status: .complete, base: nil, about: "The only version.", notes: "", sources: [],
        location: SourceLocation(file: "protocol.yaml", line: 1, column: 1))

    public var number: Int
    public var name: String
    public var status: Status
    /// The number of the version that it is like where nothing else is said.
    public var base: Int?
    public var about: String
    public var notes: String
    public var sources: [String]
    public var location: SourceLocation
}

/// How the ends behave where no form and no state says it, such as what ends a line.
public struct Behaviour: Named, Sendable {
    public var name: String
    public var about: String
    public var versions: VersionSet
    public var confidence: String
    public var sources: [String]
    public var location: SourceLocation
}

/// A fact about some versions, such as that the server stores the contact list.
public struct VersionFact: Named, Sendable {
    public var name: String
    public var about: String
    public var versions: VersionSet
    public var location: SourceLocation
}

public struct Limits: Sendable {
    public var line = 8192
    public var parameters = 64
    public var payload = 65536
    /// Buffered bytes of an incomplete command.
    public var bufferedBytes = 131_072
    /// Header fields in one block.
    public var headers = 100
    public var headerBytes = 16384
    /// Nesting of XML elements.
    public var depth = 16
}

/// Errors with something in common, such as those of a sign-in.
public struct ErrorGroup: Sendable {
    public var name: String
    /// The names of its errors.
    public var errors: [Reference]
    public var location: SourceLocation
}

/// A numeric error reply.
public struct ErrorCode: Sendable {
    /// When a request that was refused may be sent again.
    public enum Retry: String, Sendable, CaseIterable {
        /// After a while, as it is.
        case later
        /// With something else in it, such as another password.
        case changed
        /// Not at all.
        case never
    }

    public var number: Int
    public var name: String
    public var about: String
    public var versions: VersionSet
    public var closesConnection: Bool?
    /// When the request may be sent again; nil if no source says it.
    public var retry: Retry?
    public var hasPayload: Bool
    /// The kinds of unreadable lines that it answers.
    public var failures: [MatchFailure.Kind]
    /// What documents and other programs call it.
    public var aliases: [String] = []
    /// The number that clients show to people instead.
    public var shown = ""
    public var sources: [String]
    public var location: SourceLocation
}

/// The states of a connection and what each side may send in them.
public struct Session: Sendable {
    public enum Outcome: String, Sendable, CaseIterable {
        case close, ignore, allow
    }

    public struct State: Sendable {
        public var name: String
        public var about: String
        /// Its own rules, then those of included states, then those of `always`. The first match counts.
        public var rules: [Rule]
        public var otherwise: Outcome
        public var location: SourceLocation
    }

    public struct Rule: Sendable {
        public var sender: Sender
        /// A command, `COMMAND.form`, `error` or `error.NUMBER`.
        public var command: Reference
        public var versions: VersionSet
        public var next: Reference?
        public var error: Reference?
        public var closes: Bool
        public var about: String
        /// Set for a rule by which programs are known to deviate; it counts where the others refuse.
        public var deviation: RuleDeviation?
    }

    public var name: String
    public var about: String
    public var services: [String]
    public var states: [State]
    /// What programs are known to send although the connection is closed.
    public var closed: [Rule]
    public var location: SourceLocation

    /// All states, the closed one at the end.
    public var allStates: [State] {
        let end = State(
            name: GrammarChecker.closedState, about: "The connection is closed.", rules: closed, otherwise: .close,
            location: location)
        return states + [end]
    }
}

extension Session.State {
    /// The rules that the protocol has; the others are deviations.
    public var strictRules: [Session.Rule] { rules.filter { $0.deviation == nil } }
}
