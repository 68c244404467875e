#if Network
import MSNP
import MSNPSession
import SampleProxy
import SessionLint
import WireProtocol

/// Which commands of a proxy to show, such as `USR or error`.
struct CommandFilter: Sendable {
    /// Why a text is no filter.
    struct Problem: Error, CustomStringConvertible, Equatable {
        let description: String
    }

    private indirect enum Test: Sendable {
        case word(@Sendable (String, ProxiedPart) -> Bool)
        case not(Test)
        case and(Test, Test)
        case or(Test, Test)

        func fits(_ connection: String, _ part: ProxiedPart) -> Bool {
            switch self {
            case .word(let test): test(connection, part)
            case .not(let test): !test.fits(connection, part)
            case .and(let left, let right): left.fits(connection, part) && right.fits(connection, part)
            case .or(let left, let right): left.fits(connection, part) || right.fits(connection, part)
            }
        }
    }

    private let test: Test

    /// Reads a filter: commands, numbers of errors, names of connections such as NS1, and the words below, with `and`,
    /// `or`, `not` and parentheses; `not` is stronger than `and`, and `and` stronger than `or`.
    init(_ text: String) throws(Problem) {
        var reader = Reader(text)
        test = try reader.any()
        if let rest = reader.next {
            throw Problem(description: "'\(rest)' does not belong here; join tests with 'or' or 'and'")
        }
    }

    /// Whether to show a part of a connection.
    func shows(_ part: ProxiedPart, of connection: String) -> Bool { test.fits(connection, part) }

    /// What the words other than commands and connections mean.
    static let words: [(name: String, about: String)] = [
        ("client", "what clients send"), ("server", "what servers send"), ("error", "answers that are errors"),
        ("unknown", "commands that the grammar does not know, and bytes that are no command"),
        ("problem", "what the grammar or the session rules forbid"),
        ("deviation", "what only known programs do"), ("notification", "connections to notification servers"),
        ("switchboard", "connections to switchboards"),
    ]

    private static func word(_ name: String) -> (@Sendable (String, ProxiedPart) -> Bool)? {
        switch name.lowercased() {
        case "client": return { $1.sender == .client }
        case "server": return { $1.sender == .server }
        case "error": return { $1.line?.form is ErrorReply }
        case "unknown": return { $1.line?.form == nil }
        case "problem": return { $1.findings.contains { $0.severity == .error } }
        case "deviation": return { $1.line?.deviations.isEmpty == false }
        case "notification": return { $1.line?.service == .notification }
        case "switchboard": return { $1.line?.service == .switchboard }
        default: break
        }
        let upper = name.uppercased()
        let letters = upper.prefix { !$0.isNumber }
        if ["DS", "NS", "SB", "FT"].contains(letters), Int(upper.dropFirst(letters.count)) != nil {
            return { connection, _ in connection == upper }
        }
        let isError = upper.utf8.count == 3 && upper.utf8.allSatisfy { (0x30...0x39).contains($0) }
        guard isError || ProtocolTable.msnp.commands.contains(where: { "\($0.name)" == upper }) else { return nil }
        return { $1.line?.command == upper }
    }

    private struct Reader {
        private var tokens: [String]

        init(_ text: String) {
            tokens = text.replacing("(", with: " ( ").replacing(")", with: " ) ").split(separator: " ").map(String.init)
                .reversed()
        }

        var next: String? { tokens.last }

        private mutating func take(_ word: String) -> Bool {
            guard next?.lowercased() == word else { return false }
            tokens.removeLast()
            return true
        }

        mutating func any() throws(Problem) -> Test {
            var test = try all()
            while take("or") { test = .or(test, try all()) }
            return test
        }

        private mutating func all() throws(Problem) -> Test {
            var test = try one()
            while take("and") { test = .and(test, try one()) }
            return test
        }

        private mutating func one() throws(Problem) -> Test {
            var isNegated = false
            while take("not") { isNegated.toggle() }
            guard let token = tokens.popLast() else { throw Problem(description: "a test is missing at the end") }
            var test: Test
            if token == "(" {
                test = try any()
                guard take(")") else { throw Problem(description: "a ')' is missing") }
            } else if let word = CommandFilter.word(token) {
                test = .word(word)
            } else {
                let words = CommandFilter.words.map(\.name).joined(separator: ", ")
                throw Problem(
                    description:
                        "'\(token)' is neither a command, an error, a connection such as NS1, nor one of \(words)")
            }
            if isNegated { test = .not(test) }
            return test
        }
    }
}
#endif
