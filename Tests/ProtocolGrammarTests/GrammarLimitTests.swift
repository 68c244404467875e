import ProtocolGrammar
import Testing
import YAMLTree

/// A grammar with a number of things, which is refused if there is one more than a limit.
struct LimitedShape: Sendable, CustomTestStringConvertible {
    var name: String
    var limit: Int
    /// The place of what is too much, and what is said of it.
    var expected: String
    /// The files beside those of the base, or in their place, with so many things.
    var files: @Sendable (Int) -> [(path: String, text: String)]

    var testDescription: String { name }

    init(
        _ name: String, _ limit: Int, _ expected: String,
        _ files: @escaping @Sendable (Int) -> [(path: String, text: String)]
    ) {
        (self.name, self.limit, self.expected, self.files) = (name, limit, expected, files)
    }

    func diagnostics(_ count: Int) -> [Diagnostic] {
        let own = files(count)
        let base = Base.texts.filter { base in !own.contains { $0.path == base.path } }
        return Base.diagnostics((base + own).map { SourceFile(path: $0.path, bytes: Array($0.text.utf8)) })
    }

    private static func repeated(_ count: Int, _ text: (Int) -> String) -> String {
        (0..<count).map(text).joined()
    }

    /// A command with a parameter of a type, and the type.
    private static func type(_ name: String, _ text: String) -> [(path: String, text: String)] {
        let command = "command: ABC\nabout: A test.\nclient: { ask: { parameters: [{ name: a, type: \(name) }] } }\n"
        return [("types/t.yaml", "types:\n" + text), ("commands/ABC.yaml", command)]
    }

    private static func command(_ text: String) -> [(path: String, text: String)] {
        [("commands/ABC.yaml", "command: ABC\nabout: A test.\nclient:\n" + text)]
    }

    private static func session(_ text: String) -> [(path: String, text: String)] {
        [("sessions/test.yaml", "session: test\nservices: [main]\nstates:\n" + text)]
    }

    private static func algorithm(_ text: String) -> [(path: String, text: String)] {
        [("algorithms/test.yaml", "algorithm: test\nabout: A test.\n" + text)]
    }

    private static func conversation(_ text: String) -> [(path: String, text: String)] {
        [("conversations/test.yaml", "conversation: test\ntitle: A test\n" + text)]
    }

    private static func deviations(_ count: Int, from first: Int = 0) -> String {
        "    parameters: [{ name: number, type: Number }]\n    deviations:\n"
            + repeated(count) { index in
                let word = "w\(first + index)"
                return "      - { programs: [talker], about: A word more., versions: 2-3,"
                    + " parameters: { more: { literal: \(word) } }, example: { client: ABC 1 1 \(word) } }\n"
            }
    }

    static let all: [LimitedShape] = [
        LimitedShape("services", 8, "protocol.yaml:11:3: error: services has 9 items, more than the 8 allowed") {
            let more = repeated($0 - 2) { "  s\($0): {}\n" }
            return [
                (
                    "protocol.yaml",
                    "protocol: T\nservices:\n  main: {}\n  side: {}\n\(more)types: { Token: { kind: token } }\n"
                )
            ]
        },
        LimitedShape(
            "HTTP services", 32, "protocol.yaml:37:3: error: HTTP services has 33 items, more than the 32 allowed"
        ) {
            let services = repeated($0) { "  s\($0): { about: A., hosts: [a.example], path: / }\n" }
            return [
                (
                    "protocol.yaml",
                    "protocol: T\nservices: { main: {} }\ntypes: { Token: { kind: token } }\nhttp-services:\n\(services)"
                )
            ]
        },
        LimitedShape(
            "HTTP requests", 16,
            "protocol.yaml:25:7: error: the requests of an HTTP service has 17 items, more than the 16 allowed"
        ) {
            let requests = repeated($0) { "      s\($0): { about: A. }\n" }
            return [
                (
                    "protocol.yaml",
                    "protocol: T\nservices: { main: {} }\ntypes: { Token: { kind: token } }\nhttp-services:\n"
                        + "  a:\n    about: A.\n    path: /\n    requests:\n\(requests)"
                )
            ]
        },
        LimitedShape(
            "headers of answers", 16,
            "protocol.yaml:25:9: error: 'answer-headers' has 17 items, more than the 16 allowed"
        ) {
            let headers = repeated($0) { "      - { name: h\($0), header: H\($0), type: Token }\n" }
            return [
                (
                    "protocol.yaml",
                    "protocol: T\nservices: { main: {} }\ntypes: { Token: { kind: token } }\nhttp-services:\n"
                        + "  a:\n    about: A.\n    path: /\n    answer-headers:\n\(headers)"
                )
            ]
        },
        LimitedShape("forms", 32, "commands/ABC.yaml:36:3: error: 'client' has 33 items, more than the 32 allowed") {
            command(repeated($0) { "  f\($0): { parameters: [{ literal: w\($0) }] }\n" })
        },
        LimitedShape(
            "parameters", 32, "commands/ABC.yaml:38:9: error: 'parameters' has 33 items, more than the 32 allowed"
        ) {
            command("  ask:\n    parameters:\n" + repeated($0) { "      - { name: p\($0), type: Token }\n" })
        },
        LimitedShape(
            "rules of parameters for versions", 4,
            "commands/ABC.yaml:10:9: error: 'parameters' of 'ask' in all versions has 635 items, more than the 512 allowed"
        ) {
            let versions = (0...126).map { "  \($0): { name: T\($0), status: complete }\n" }.joined()
            let prefixes = (0...126).map { "\($0): p\($0)" }.joined(separator: ", ")
            let text = repeated($0) { "      - { name: p\($0), type: Token, prefix: { \(prefixes) } }\n" }
            return [("versions.yaml", "versions:\n" + versions)] + command("  ask:\n    parameters:\n" + text)
        },
        LimitedShape(
            "deviations of a form", 16,
            "commands/ABC.yaml:23:9: error: 'deviations' has 17 items, more than the 16 allowed"
        ) { command("  ask:\n" + deviations($0)) },
        LimitedShape(
            "deviations of a command", 32,
            "commands/ABC.yaml:45:9: error: 'deviations' of the command has 33 items, more than the 32 allowed"
        ) { count in
            let forms = [0, 1, 2].map { index in
                let text = deviations(min(16, count - 16 * index), from: 100 * index)
                return "  f\(index):\n"
                    + text.replacing("[{ name", with: "[{ literal: l\(index) }, { name")
                    .replacing("ABC 1 1", with: "ABC 1 l\(index) 1")
            }
            return command(forms[..<(count > 32 ? 3 : 2)].joined())
        },
        LimitedShape("values", 128, "types/t.yaml:133:7: error: values has 129 items, more than the 128 allowed") {
            type("E", "  E:\n    kind: enumeration\n    values:\n" + repeated($0) { "      v\($0): W\($0)\n" })
        },
        LimitedShape("shapes", 32, "types/t.yaml:37:9: error: 'shapes' has 33 items, more than the 32 allowed") {
            type("S", "  S:\n    kind: token\n    shapes:\n" + repeated($0) { "      - { literal: w\($0) }\n" })
        },
        LimitedShape("parts", 16, "types/t.yaml:21:9: error: 'parts' has 17 items, more than the 16 allowed") {
            type(
                "C",
                "  C:\n    kind: composite\n    parts:\n"
                    + repeated($0) { "      - { name: p\($0), type: Token, after: \"\($0)\" }\n" })
        },
        LimitedShape(
            "parts of parts", 64,
            "types/t.yaml:66:3: error: 'T64' with the parts of its parts has 65 items, more than the 64 allowed"
        ) { count in
            type(
                "T\(count - 1)",
                "  T0: { kind: composite, parts: [{ name: a, type: Token }] }\n"
                    + repeated(count - 1) {
                        "  T\($0 + 1): { kind: composite, parts: [{ name: a, type: T\($0) }] }\n"
                    })
        },
        LimitedShape(
            "states", 128,
            "sessions/test.yaml:132:3: error: 'states' of 'test' has 129 items, more than the 128 allowed"
        ) { count in
            session(
                repeated(count) { "  s\($0): { rules: [{ client: BAS.ask, then: s\(min($0 + 1, count - 1)) }] }\n" })
        },
        LimitedShape(
            "includes", 16, "sessions/test.yaml:7:7: error: 'include' has 17 items, more than the 16 allowed"
        ) { count in
            let names = (1...count).map { $0 < 17 ? "s\($0)" : "\n      s\($0)" }.joined(separator: ", ")
            let states = repeated(count) { "  s\($0 + 1): { rules: [{ client: BAS.ask }] }\n" }
            return session("  s0:\n    rules: [{ client: BAS.ask }]\n    include: [\(names)]\n" + states)
        },
        LimitedShape(
            "rules of a state", 255,
            "sessions/test.yaml:4:3: error: 'rules' of 'one' has 257 items, more than the 256 allowed"
        ) {
            session("  one:\n    rules:\n" + repeated($0) { _ in "      - { client: BAS.ask }\n" })
                .map { ($0.path, $0.text + "always: [{ server: BAS.reply }]\n") }
        },
        LimitedShape(
            "rules", 99,
            "sessions/test.yaml:103:3: error: 'rules' of all states has 5004 items, more than the 5000 allowed"
        ) { count in
            // The states of the base have four rules.
            let always = "always:\n" + repeated(49) { _ in "  - { client: BAS.ask }\n" }
            return session(repeated(count) { "  s\($0): { rules: [{ server: BAS.reply }] }\n" } + always)
        },
        LimitedShape(
            "inputs", 32, "algorithms/test.yaml:36:5: error: 'inputs' has 33 items, more than the 32 allowed"
        ) { algorithm("inputs:\n" + repeated($0) { "  - { name: i\($0), type: text }\n" }) },
        LimitedShape(
            "steps", 64, "algorithms/test.yaml:68:5: error: 'steps' has 65 items, more than the 64 allowed"
        ) { algorithm("steps:\n" + repeated($0) { "  - { name: s\($0), operation: md5, of: a }\n" }) },
        LimitedShape(
            "outputs", 8, "algorithms/test.yaml:12:5: error: 'outputs' has 9 items, more than the 8 allowed"
        ) { algorithm("outputs:\n" + repeated($0) { "  - { name: o\($0) }\n" }) },
        LimitedShape(
            "vectors", 64, "algorithms/test.yaml:68:5: error: 'vectors' has 65 items, more than the 64 allowed"
        ) { algorithm("vectors:\n" + repeated($0) { _ in "  - { inputs: {} }\n" }) },
        LimitedShape(
            "errors", 111,
            "commands/ABF.yaml:19:19: error: 'errors' of all forms has 100802 items, more than the 100000 allowed"
        ) { count in
            let errors = (100...999).map { "  \($0): { name: e\($0) }\n" }.joined()
            let names = (100...999).map { "e\($0)" }.joined(separator: ", ")
            let base = "groups:\n  malformed: [e100, e101]\n  all: [\(names)]\nerrors:\n" + errors
            let commands = ["ABC", "ABD", "ABE", "ABF"].enumerated().map { index, name in
                let forms = repeated(min(32, count - 32 * index)) { "  f\($0): { errors: [all] }\n" }
                return ("commands/\(name).yaml", "command: \(name)\nabout: A test.\nclient:\n" + forms)
            }
            return [("errors.yaml", base)] + commands
        },
        LimitedShape(
            "actors", 16, "conversations/test.yaml:20:3: error: 'actors' has 17 items, more than the 16 allowed"
        ) { conversation("actors:\n" + repeated($0) { "  a\($0): { client: a }\n" }) },
        LimitedShape(
            "values of a conversation", 128,
            "conversations/test.yaml:132:3: error: 'values' has 129 items, more than the 128 allowed"
        ) { conversation("values:\n" + repeated($0) { "  v\($0): a\n" }) },
        LimitedShape(
            "payloads of a conversation", 64,
            "conversations/test.yaml:68:3: error: 'payloads' has 65 items, more than the 64 allowed"
        ) { conversation("payloads:\n" + repeated($0) { "  p\($0): { text: a }\n" }) },
        LimitedShape(
            "steps", 200, "conversations/test.yaml:204:5: error: 'steps' has 201 items, more than the 200 allowed"
        ) { conversation("steps:\n" + repeated($0) { _ in "  - { connect: a, to: b }\n" }) },
        LimitedShape(
            "steps of all conversations", 20,
            "conversations/c20.yaml:1:15: error: 'steps' of all conversations has 4200 items, more than the 4000 allowed"
        ) { count in
            let steps = repeated(200) { _ in "  - { connect: a, to: b }\n" }
            return (0..<count).map {
                ("conversations/c\($0).yaml", "conversation: c\($0)\ntitle: A test\nsteps:\n" + steps)
            }
        },
        LimitedShape(
            "letters of versions", 256,
            "commands/ABC.yaml:4:20: error: the set of versions has 257 bytes, more than the 256 allowed"
        ) { command("  ask: { versions: '\(String(repeating: " ", count: $0 - 1))2' }\n") },
        LimitedShape(
            "letters of a mark", 16, "types/t.yaml:2:90: error: 'after' has 17 bytes, more than the 16 allowed"
        ) {
            let mark = String(repeating: "x", count: $0)
            return type(
                "C",
                "  C: { kind: composite, parts: [{ name: a, type: Token }, { name: b, type: Token, after: \(mark) }] }\n"
            )
        },
        LimitedShape(
            "letters of a line", 200, "commands/ABC.yaml:6:35: error: 'client' has 201 bytes, more than the 200 allowed"
        ) {
            let word = String(repeating: "x", count: $0 - 6)
            return command(
                "  ask: { parameters: [{ name: a, type: Token }] }\nexamples:\n"
                    + "  - { title: A, lines: [{ client: ABC 1 \(word), form: ask }] }\n")
        },
        LimitedShape(
            "questions", 512, "questions.yaml:514:3: error: questions has 513 items, more than the 512 allowed"
        ) {
            [("questions.yaml", "questions:\n" + repeated($0) { "  q\($0): { about: A?, of: [BAS] }\n" })]
        },
        LimitedShape(
            "subjects of a question", 16, "questions.yaml:21:9: error: 'of' has 17 items, more than the 16 allowed"
        ) {
            [("questions.yaml", "questions:\n  a:\n    about: A?\n    of:\n" + repeated($0) { _ in "      - BAS\n" })]
        },
        LimitedShape(
            "readings of a question", 8,
            "questions.yaml:14:9: error: 'readings' has 9 items, more than the 8 allowed"
        ) {
            let readings = repeated($0) { "      - { about: A\($0)., sources: [gossips] }\n" }
            return [
                ("questions.yaml", "questions:\n  a:\n    about: A?\n    of: [BAS]\n    readings:\n\(readings)")
            ]
        },
        LimitedShape("files", 989, "types/t989.yaml:1:1: error: the grammar has 1001 items, more than the 1000 allowed")
        {
            (0..<$0).map { ("types/t\($0).yaml", "types: {}\n") }
        },
        LimitedShape("nodes", 12, "types/t12.yaml:1:1: error: the grammar has 258") {
            let list = "[" + String(repeating: "b,", count: 990) + "]"
            let text = "types: {}\nabout: {" + repeated(20) { "a\($0): \(list), " } + "}\n"
            return (0..<$0).map { ("types/t\($0).yaml", text) }
        },
    ]
}

/// What costs more than it says is bounded, with the place of the first thing too many.
struct GrammarLimitTests {
    @Test(arguments: LimitedShape.all) func oneThingMoreThanTheLimitIsRefused(_ shape: LimitedShape) {
        let limits = ["too-many", "too-long"]
        let within = shape.diagnostics(shape.limit).filter { limits.contains($0.identifier) }
        #expect(within.map(Base.shown) == [])
        let beyond = shape.diagnostics(shape.limit + 1).filter { limits.contains($0.identifier) }
        #expect(beyond.count == 1)
        let text = beyond.first.map(Base.shown)
        #expect(text?.hasPrefix(shape.expected) == true, "\(text ?? "")")
    }

    /// A value of a type without end cannot be read, not even that of a deviation.
    @Test func aTypeThatContainsItselfIsRefusedBeforeAValueOfItIsRead() {
        let command = """
            command: ABC
            about: A test.
            client:
              ask:
                parameters: [{ name: snake, type: Snake }]
                deviations:
                  - programs: [talker]
                    about: The snake is left out.
                    versions: 2
                    parameters: { snake: { absent: tail } }
                    example: { client: ABC 1 }

            """
        let types = "types:\n  Snake: { kind: composite, parts: [{ name: tail, type: Snake }] }\n"
        let files = Base.files(with: "commands/ABC.yaml", Array(command.utf8))
        let found = Base.diagnostics(files + [SourceFile(path: "types/t.yaml", bytes: Array(types.utf8))])
        #expect(found.map(Base.shown) == ["types/t.yaml:2:3: error: 'Snake' contains itself [recursive-type]"])
    }

    @Test func similarNamesAreLookedForAHundredTimes() {
        let commands = ["ABC", "ABD", "ABE"].map { name in
            let parameters = (0..<20).map { "{ name: a\($0), type: Tokem }" }.joined(separator: ", ")
            let forms = (0..<3).map { "  ask\($0): { parameters: [\(parameters)] }\n" }.joined()
            let text = "command: \(name)\nabout: A test.\nclient:\n\(forms)"
            return SourceFile(path: "commands/\(name).yaml", bytes: Array(text.utf8))
        }
        let found = Base.diagnostics(Base.files() + commands).filter { $0.identifier == "unknown-type" }
        #expect(found.count == 180)
        #expect(found.count { $0.notes.first?.message == "did you mean 'Token'?" } == 100)
    }
}
