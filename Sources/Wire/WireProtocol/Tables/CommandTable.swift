/// A command: its forms and how to distinguish them.
public final class CommandTable: Sendable {
    /// A form and the tests that its lines pass in some contexts.
    public struct Choice: Sendable {
        /// The index of the form among those of its command and sender.
        let form: Int
        let services: ServiceSet
        let versions: VersionSet
        let tests: [FormTest]

        /// Creates a choice; without tests if no other form is left.
        public init(
            _ form: Int, on services: ServiceSet, in ranges: ClosedRange<UInt8>..., if tests: [FormTest] = []
        ) {
            self.form = form
            self.services = services
            versions = ranges.isEmpty ? .all : VersionSet(ranges)
            self.tests = tests
        }
    }

    /// The command word.
    public let name: StaticString
    /// Its code.
    public let code: CommandCode
    /// The forms that clients send.
    public let clientForms: [FormTable]
    /// The forms that servers send.
    public let serverForms: [FormTable]
    let clientChoices: [Choice]
    let serverChoices: [Choice]
    /// How programs are known to send the forms of clients otherwise.
    public let clientDeviations: [DeviantForm]
    /// How programs are known to send the forms of servers otherwise.
    public let serverDeviations: [DeviantForm]
    /// Whether two blanks in a row enclose an empty word.
    let keepsEmpty: Bool
    /// Whether the value of a form is all that is left of its line.
    let hasRest: Bool
    /// Whether only the name of the command is known.
    let isNamedOnly: Bool

    /// Creates the table of a command; if a context has several forms, the choices are in the order of the tests.
    public init(
        _ name: StaticString, client: [FormTable] = [], server: [FormTable] = [], clientChoices: [Choice] = [],
        serverChoices: [Choice] = [], clientDeviations: [DeviantForm] = [], serverDeviations: [DeviantForm] = [],
        isNamedOnly: Bool = false
    ) {
        self.name = name
        code = CommandCode(name)
        clientForms = client
        serverForms = server
        self.clientChoices = clientChoices
        self.serverChoices = serverChoices
        self.clientDeviations = clientDeviations
        self.serverDeviations = serverDeviations
        self.isNamedOnly = isNamedOnly
        keepsEmpty = (client + server).contains(where: \.keepsEmpty)
        hasRest = (client + server).contains(where: \.hasRest)
        assert([client, server].allSatisfy { $0.map(\.place) == Array($0.indices) }, "forms of \(name) are misplaced")
    }

    func forms(from sender: Sender) -> [FormTable] { sender == .client ? clientForms : serverForms }

    /// The deviations of one context, in the order in which they are tried.
    func deviations(from sender: Sender, on service: Int, in version: ProtocolVersion) -> [DeviantForm] {
        let service = ServiceSet(number: service)
        return (sender == .client ? clientDeviations : serverDeviations).filter {
            $0.table.services.contains(service) && $0.table.versions.contains(version)
        }
    }

    /// The forms of one context, in the order in which they are tried.
    func candidates(
        from sender: Sender, on service: Int, in version: ProtocolVersion
    ) -> [(form: Int, tests: [FormTest])] {
        let service = ServiceSet(number: service)
        let choices = sender == .client ? clientChoices : serverChoices
        let chosen = choices.filter { $0.services.contains(service) && $0.versions.contains(version) }
        guard chosen.isEmpty else { return chosen.map { ($0.form, $0.tests) } }
        let forms = forms(from: sender)
        return forms.indices
            .filter { forms[$0].services.contains(service) && forms[$0].versions.contains(version) }
            .map { ($0, []) }
    }
}

/// A test on the words after the command that distinguishes forms; the transaction ID, if there is one, is word 0.
public enum FormTest: Sendable {
    /// The word is one of these.
    case word(Int, isOneOf: [StaticString])
    /// The word begins with this prefix.
    case wordHasPrefix(Int, StaticString)
    /// The word consists of digits, or `-` and digits.
    case wordIsNumber(Int)
    /// The word is a GUID.
    case wordIsGUID(Int, braces: Bool)
    /// There are at least this many words.
    case atLeast(Int)
    /// There are at most this many words.
    case atMost(Int)

    /// Whether the words of a line pass the test.
    func passes(_ words: borrowing LineWords) -> Bool {
        switch self {
        case .word(let index, let texts):
            guard index < words.count else { return false }
            return words.withWord(index) { word in texts.contains { word.equals($0) } }
        case .wordHasPrefix(let index, let prefix):
            return index < words.count && words.withWord(index) { $0.begins(with: prefix) }
        case .wordIsNumber(let index):
            return index < words.count && words.withWord(index) { isSignedDigits($0) }
        case .wordIsGUID(let index, let braces):
            return index < words.count && words.withWord(index) { isGUID($0, braces: braces) }
        case .atLeast(let count): return words.count >= count
        case .atMost(let count): return words.count <= count
        }
    }
}

/// Whether the bytes are digits, or `-` and digits.
func isSignedDigits(_ bytes: Span<UInt8>) -> Bool {
    let start = bytes.count > 1 && bytes[0] == UInt8(ascii: "-") ? 1 : 0
    guard start < bytes.count else { return false }
    for index in start..<bytes.count where bytes[index] &- 0x30 > 9 { return false }
    return true
}
