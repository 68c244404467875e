import Foundation
import ProtocolGrammar
import TestSupport
import Testing
import YAMLTree

/// The manual of the grammar names the keys that the reader takes, and no others.
struct ManualTests {
    /// A kind of mapping, as diagnostics call it, the part of the manual about it, and a file with a wrong key in it.
    struct Kind: CustomTestStringConvertible {
        var name: String
        var section: String
        var path: String
        var text: String
        /// Whether the manual has a table of its keys.
        var hasTable = false

        var testDescription: String { name }
    }

    /// Keys that may stand in most mappings; the manual says so once.
    private static let common: Set<String> = ["about", "notes", "sources"]

    private static let versions = "Versions, programs and sources"
    private static let questions = "Contradictions and open questions"
    private static let command = "command: ABC\nabout: A test.\n"
    private static let payload = "payload: test\nabout: A test.\n"
    private static let algorithm = "algorithm: test\nabout: A test.\n"
    private static let exchange = "steps: [{name: a, operation: exchange, service: b, "
    private static let session = "session: test\nservices: [main]\n"
    private static let conversation = "conversation: test\ntitle: A test\n"

    static let kinds = [
        Kind(name: "the protocol", section: "", path: "protocol.yaml", text: "protocol: T\nservices: {}\nzzzzzz: 1\n"),
        Kind(
            name: "limits", section: "", path: "protocol.yaml", text: "protocol: T\nservices: {}\nlimits: {zzzzzz: 1}\n"
        ),
        Kind(
            name: "a version", section: versions, path: "versions.yaml",
            text: "versions: {2: {name: T, zzzzzz: 1}}\n", hasTable: true),
        Kind(
            name: "a client", section: versions, path: "versions.yaml",
            text: "versions: {2: {name: T}}\nclients: {A 1: {speaks: 2, zzzzzz: 1}}\n", hasTable: true),
        Kind(
            name: "a behaviour", section: "", path: "protocol.yaml",
            text: "protocol: T\nservices: {}\nbehaviours: {a: {about: A., zzzzzz: 1}}\n"),
        Kind(
            name: "a topic", section: "", path: "protocol.yaml",
            text: "protocol: T\nservices: {}\ntopics: {a: {title: A, zzzzzz: 1}}\n"),
        Kind(
            name: "a use case", section: "", path: "protocol.yaml",
            text: "protocol: T\nservices: {}\nuse-cases: {a: {title: A, zzzzzz: 1}}\n"),
        Kind(
            name: "an HTTP service", section: "", path: "protocol.yaml",
            text: "protocol: T\nservices: {}\nhttp-services: {a: {about: A., hosts: [a.b], path: /, zzzzzz: 1}}\n"),
        Kind(
            name: "a request", section: "", path: "protocol.yaml",
            text: "protocol: T\nservices: {}\n"
                + "http-services: {a: {about: A., path: /, requests: {b: {about: B., zzzzzz: 1}}}}\n"),
        Kind(
            name: "a parameter of an address", section: "", path: "protocol.yaml",
            text: "protocol: T\nservices: {}\nhttp-services: {a: {about: A., path: /, requests: {b: {about: B., "
                + "query: [{name: a, parameter: a, type: Token, zzzzzz: 1}]}}}}\n"),
        Kind(
            name: "a header of an answer", section: "", path: "protocol.yaml",
            text: "protocol: T\nservices: {}\nhttp-services: {a: {about: A., path: /, "
                + "answer-headers: [{name: a, header: a, type: Token, zzzzzz: 1}]}}\n"),
        Kind(
            name: "a fact", section: versions, path: "versions.yaml",
            text: "versions: {2: {name: T}}\nfacts: {a: {versions: 2, about: A., zzzzzz: 1}}\n", hasTable: true),
        Kind(name: "an error", section: "Errors", path: "errors.yaml", text: "errors: {200: {name: a, zzzzzz: 1}}\n"),
        Kind(name: "the file", section: "Errors", path: "errors.yaml", text: "errors: {200: {name: a}}\nzzzzzz: 1\n"),
        Kind(
            name: "a command", section: "Commands", path: "commands/ABC.yaml", text: command + "zzzzzz: 1\n",
            hasTable: true),
        Kind(
            name: "a form", section: "Commands", path: "commands/ABC.yaml",
            text: command + "client: {ask: {zzzzzz: 1}}\n", hasTable: true),
        Kind(
            name: "a parameter", section: "Commands", path: "commands/ABC.yaml",
            text: command + "client: {ask: {parameters: [{literal: A, zzzzzz: 1}]}}\n", hasTable: true),
        Kind(
            name: "a program", section: "Deviations", path: "programs.yaml",
            text: "programs: {a: {title: A, side: client, zzzzzz: 1}}\n", hasTable: true),
        Kind(
            name: "a deviation of a type", section: "Deviations", path: "types/more.yaml",
            text: "types: {A: {kind: integer, deviations: [{spelling: fraction, example: a, zzzzzz: 1}]}}\n",
            hasTable: true),
        Kind(
            name: "a deviation of a document", section: "Deviations", path: "payloads/test.yaml",
            text: payload + "kind: xml\nroot: a\ndeviations: [{document: unescaped-text, zzzzzz: 1}]\n",
            hasTable: true),
        Kind(
            name: "a deviation of a form", section: "Deviations", path: "commands/ABC.yaml",
            text: command + "client: {ask: {deviations: [{zzzzzz: 1}]}}\n", hasTable: true),
        Kind(
            name: "a patch of a parameter", section: "Deviations", path: "commands/ABC.yaml",
            text: command + "client: {ask: {deviations: [{parameters: {a: {zzzzzz: 1}}}]}}\n", hasTable: true),
        Kind(
            name: "an answer", section: "Commands", path: "commands/ABC.yaml",
            text: command + "client: {ask: {answers: [{form: BAS.reply, zzzzzz: 1}]}}\n"),
        Kind(
            name: "a payload", section: "Commands", path: "commands/ABC.yaml",
            text: command + "client: {ask: {payload: {format: text, zzzzzz: 1}}}\n"),
        Kind(
            name: "an example", section: "Commands", path: "commands/ABC.yaml",
            text: command + "examples: [{title: A, zzzzzz: 1}]\n"),
        Kind(
            name: "a line", section: "Commands", path: "commands/ABC.yaml",
            text: command + "examples: [{title: A, lines: [{client: ABC, form: ask, zzzzzz: 1}]}]\n"),
        Kind(
            name: "an invalid example", section: "Commands", path: "commands/ABC.yaml",
            text: command + "invalid: [{client: ABC, error: noMatchingForm, zzzzzz: 1}]\n"),
        Kind(
            name: "a payload of kind mime", section: "Payloads", path: "payloads/test.yaml",
            text: payload + "kind: mime\ncontent-type: a/b\nzzzzzz: 1\n"),
        Kind(
            name: "a payload of kind xml", section: "Payloads", path: "payloads/test.yaml",
            text: payload + "kind: xml\nroot: a\nzzzzzz: 1\n"),
        Kind(
            name: "a payload of kind blocks", section: "Payloads", path: "payloads/test.yaml",
            text: payload + "kind: blocks\nzzzzzz: 1\n"),
        Kind(
            name: "a payload of kind binary", section: "Payloads", path: "payloads/test.yaml",
            text: payload + "kind: binary\nzzzzzz: 1\n"),
        Kind(
            name: "a block", section: "Payloads", path: "payloads/test.yaml",
            text: payload + "kind: blocks\nblocks: [{name: a, zzzzzz: 1}]\n"),
        Kind(
            name: "a start line", section: "Payloads", path: "payloads/test.yaml",
            text: payload + "kind: blocks\nblocks: [{name: a, start-line: {name: b, type: Token, zzzzzz: 1}}]\n"),
        Kind(
            name: "a payload around another", section: "Payloads", path: "payloads/test.yaml",
            text: payload + "kind: blocks\ninside: [{payload: a, zzzzzz: 1}]\n", hasTable: true),
        Kind(
            name: "a field", section: "Payloads", path: "payloads/test.yaml",
            text: payload
                + "kind: mime\ncontent-type: a/b\nfields: [{name: a, header: A, type: Token, zzzzzz: 1}]\n",
            hasTable: true),
        Kind(
            name: "an element", section: "Payloads", path: "payloads/test.yaml",
            text: payload + "kind: xml\nroot: a\nelements: {a: {element: a, zzzzzz: 1}}\n", hasTable: true),
        Kind(
            name: "a child", section: "Payloads", path: "payloads/test.yaml",
            text: payload
                + "kind: xml\nroot: a\nelements: {a: {element: a, children: [{name: b, element: b, zzzzzz: 1}]}}\n"),
        Kind(
            name: "a file of shared elements", section: "Payloads", path: "payloads/test.yaml",
            text: "shared: test\nabout: A test.\nelements: {}\nzzzzzz: 1\n"),
        Kind(
            name: "an algorithm", section: "Algorithms", path: "algorithms/test.yaml", text: algorithm + "zzzzzz: 1\n",
            hasTable: true),
        Kind(
            name: "an input", section: "Algorithms", path: "algorithms/test.yaml",
            text: algorithm + "inputs: [{name: a, type: text, zzzzzz: 1}]\n", hasTable: true),
        Kind(
            name: "a constant", section: "Algorithms", path: "algorithms/test.yaml",
            text: algorithm + "constants: [{name: a, text: a, zzzzzz: 1}]\n", hasTable: true),
        Kind(
            name: "an output", section: "Algorithms", path: "algorithms/test.yaml",
            text: algorithm + "outputs: [{name: a, zzzzzz: 1}]\n", hasTable: true),
        Kind(
            name: "a known value", section: "Algorithms", path: "algorithms/test.yaml",
            text: algorithm + "known: [{inputs: {}, zzzzzz: 1}]\n", hasTable: true),
        Kind(
            name: "a vector", section: "Algorithms", path: "algorithms/test.yaml",
            text: algorithm + "vectors: [{inputs: {}, zzzzzz: 1}]\n", hasTable: true),
        Kind(
            name: "a kept number", section: "Algorithms", path: "algorithms/test.yaml",
            text: algorithm
                + "steps: [{name: a, operation: for-each, keeps: [{name: b, start: c, next: d, zzzzzz: 1}]}]\n"),
        Kind(
            name: "what is sent", section: "Algorithms", path: "algorithms/test.yaml",
            text: algorithm + exchange + "sends: [{value: a, header: A, zzzzzz: 1}]}]\n"),
        Kind(
            name: "what is received", section: "Algorithms", path: "algorithms/test.yaml",
            text: algorithm + exchange + "receives: [{name: a, header: A, zzzzzz: 1}]}]\n"),
        Kind(
            name: "a refusal", section: "Algorithms", path: "algorithms/test.yaml",
            text: algorithm + exchange + "refusals: [{header: A, about: a, zzzzzz: 1}]}]\n"),
        Kind(
            name: "a session", section: "Sessions", path: "sessions/test.yaml", text: session + "zzzzzz: 1\n",
            hasTable: true),
        Kind(
            name: "a state", section: "Sessions", path: "sessions/test.yaml",
            text: session + "states: {a: {zzzzzz: 1}}\n", hasTable: true),
        Kind(
            name: "a rule", section: "Sessions", path: "sessions/test.yaml",
            text: session + "states: {a: {rules: [{client: BAS, zzzzzz: 1}]}}\n", hasTable: true),
        Kind(
            name: "a conversation", section: "Conversations", path: "conversations/test.yaml",
            text: conversation + "zzzzzz: 1\n", hasTable: true),
        Kind(
            name: "an actor", section: "Conversations", path: "conversations/test.yaml",
            text: conversation + "actors: {a: {client: a, zzzzzz: 1}}\n", hasTable: true),
        Kind(
            name: "a payload of a conversation", section: "Conversations", path: "conversations/test.yaml",
            text: conversation + "payloads: {a: {text: a, zzzzzz: 1}}\n", hasTable: true),
        Kind(
            name: "a step", section: "Conversations", path: "conversations/test.yaml",
            text: conversation + "steps: [{connect: a, to: b, zzzzzz: 1}]\n", hasTable: true),
        Kind(
            name: "a question", section: questions, path: "questions.yaml",
            text: "questions: {a: {about: A?, of: [BAS], zzzzzz: 1}}\n", hasTable: true),
        Kind(
            name: "a reading", section: questions, path: "questions.yaml",
            text: "questions: {a: {about: A?, of: [BAS], readings: [{about: A., zzzzzz: 1}]}}\n", hasTable: true),
        Kind(
            name: "a subject", section: questions, path: "questions.yaml",
            text: "questions: {a: {about: A?, of: [{command: BAS, zzzzzz: 1}]}}\n", hasTable: true),
    ]

    @Test(arguments: kinds) func theManualNamesEachKey(_ kind: Kind) throws {
        let found = Base.diagnostics(Base.files(with: kind.path, Array(kind.text.utf8)))
        let diagnostic = try #require(
            found.first { $0.identifier == "unknown-key" && $0.message.hasPrefix("\(kind.name) has no key 'zzzzzz'") })
        let note = try #require(diagnostic.notes.first { $0.message.hasPrefix("known keys: ") })
        let keys = Set(note.message.dropFirst("known keys: ".count).split(separator: ", ").map(String.init))
        let named = try Self.words(in: kind.section)
        #expect(keys.subtracting(Self.common).subtracting(named).sorted() == [])
        if kind.hasTable {
            let table = try Self.keys(inTableOf: kind.name)
            #expect(!table.isEmpty)
            #expect(table.subtracting(keys).sorted() == [])
        }
    }

    @Test(arguments: [
        "token", "text", "integer", "boolean", "guid", "enumeration", "flags", "composite", "rest",
    ])
    func theManualNamesEachKeyOfAType(_ kind: String) throws {
        let text = "protocol: T\nservices: {}\ntypes: {A: {kind: \(kind), zzzzzz: 1}}\n"
        let found = Base.diagnostics(Base.files(with: "protocol.yaml", Array(text.utf8)))
        let notes = found.filter { $0.identifier == "unknown-key" }.flatMap(\.notes).map(\.message)
        let keys = try #require(notes.first { $0.hasPrefix("known keys: ") }).dropFirst("known keys: ".count)
        let named = try Self.words(in: "Types")
        #expect(Set(keys.split(separator: ", ").map(String.init)).subtracting(Self.common).subtracting(named).isEmpty)
    }

    @Test(arguments: AlgorithmOperation.Name.allCases) func theManualNamesEachKeyOfAnOperation(
        _ operation: AlgorithmOperation.Name
    ) throws {
        let word = operation.rawValue
        let text = Self.algorithm + "steps: [{name: a, operation: \(word), zzzzzz: 1}]\n"
        let found = Base.diagnostics(Base.files(with: "algorithms/test.yaml", Array(text.utf8)))
        let diagnostic = try #require(
            found.first { $0.message == "a step of operation \(word) has no key 'zzzzzz'" })
        let note = try #require(diagnostic.notes.first?.message)
        try #require(note.hasPrefix("known keys: "))
        let keys = Set(note.dropFirst("known keys: ".count).split(separator: ", ").map(String.init))
        let named = try Self.words(in: "Algorithms")
        #expect(keys.union([word]).subtracting(Self.common).subtracting(named).sorted() == [])
    }

    private static let manual = Repository.folder.appending(path: "Grammar/README.md")

    /// The words in the style of code that a part of the manual has; the part without a title is the first one.
    private static func words(in section: String) throws -> Set<String> {
        let text = try String(contentsOf: manual, encoding: .utf8)
        let parts = text.components(separatedBy: "\n## ")
        let part = try #require(section.isEmpty ? parts.first : parts.first { $0.hasPrefix(section + "\n") })
        return codeWords(part)
    }

    /// The keys in the table of a kind of mapping, if the manual has one.
    private static func keys(inTableOf kind: String) throws -> Set<String> {
        let text = try String(contentsOf: manual, encoding: .utf8)
        let parts = text.components(separatedBy: "| Key of \(kind) | Meaning |\n")
        guard parts.count > 1, let rows = parts.last else { return [] }
        let lines = rows.split(separator: "\n", omittingEmptySubsequences: false).prefix { $0.hasPrefix("|") }
        return lines.reduce(into: []) { keys, line in
            let first = line.dropFirst().prefix { $0 != "|" }
            keys.formUnion(codeWords(String(first)))
        }
    }

    private static func codeWords(_ text: String) -> Set<String> {
        Set(text.matches(of: /`([^`\n]+)`/).map { $0.1.trimmingCharacters(in: ["\""]) })
    }
}
