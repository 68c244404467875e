import Foundation
import ProtocolGrammar
import SwiftEmitter
import Testing
import YAMLTree

struct PinningTests {
    private static let toy = [
        "TOY": command(
            """
            parameters:
              - { name: place, type: Token }
              - { name: colour, type: Colour, versions: 2 }
            """),
        "OLD": "command: OLD\nabout: Is gone.\nclient:\n  go: { about: Went., versions: 1 }\n",
    ]
    private static let colour = "  Colour: { kind: enumeration, values: { red: R, blue: { value: B, versions: 1 } } }"

    private func output(_ options: String) throws -> [String: String] {
        try emitted(types: Self.colour, commands: Self.toy, options: options)
    }

    @Test func whatAllVersionsHaveIsNotOptional() throws {
        expect(
            try output("versions: 2")["TOY.swift"],
            contains: """
                public init(place: WireToken, colour: Colour) {
                """)
        expect(
            try output("versions: 1-2")["TOY.swift"],
            contains: """
                public init(place: WireToken, colour: Colour? = nil) {
                """)
    }

    @Test func whatNoVersionHasIsGone() throws {
        let files = try output("versions: 2")
        #expect(files["OLD.swift"]?.contains("import") == false)
        #expect(files["Types.swift"]?.contains("case blue") == false)
        #expect(files["Protocol.swift"]?.contains("toy1") == false)
        let older = try output("versions: 1")
        #expect(older["TOY.swift"]?.contains("colour") == false)
        #expect(older["Types.swift"]?.contains("Colour") == false)
        #expect(older["OLD.swift"]?.contains("struct Go") == true)
    }

    @Test func answersThatDependOnAValueThatIsGoneAreGone() throws {
        var commands = Self.toy
        commands["ASK"] = """
            command: ASK
            about: Asks.
            client:
              ask:
                about: Asks.
                parameters: [{ name: colour, type: Colour }]
                answers:
                  - { form: ASK.told, when: { colour: [red, blue] } }
                  - { form: ASK.sung, count: 0-1, when: { colour: [blue] } }
            server:
              told: { about: Tells. }
              sung: { about: Sings., transaction: none }
            """
        let older = try emitted(types: Self.colour, commands: commands, options: "versions: 1")["ASK.swift"]
        expect(
            older,
            contains: """
                    public func allows(_ reply: Reply) -> Bool {
                        switch reply {
                        case .askTold: [.red, .blue].contains(colour)
                        case .askSung: [.blue].contains(colour)
                        }
                    }
                    public var mayBeAnswered: Bool { [.red, .blue].contains(colour) }
                """)
        let newer = try emitted(types: Self.colour, commands: commands, options: "versions: 2")["ASK.swift"]
        expect(newer, contains: "case .askTold: [.red].contains(colour)")
        #expect(newer?.contains("askSung") == false)
        #expect(newer?.contains("blue") == false)
    }

    @Test func aCommandOfAVersionThatIsLeftOutIsStillNamed() throws {
        let files = try output("versions: 2")
        expect(
            files["Messages.swift"],
            contains: #"commands: [CommandTable("OLD"), TOY.table], errorReply: ErrorReply.table)"#)
        let older = try output("versions: 1")
        expect(older["Messages.swift"], contains: "commands: [OLD.table, TOY.table], errorReply: ErrorReply.table)")
        // Numbers of commands are those of that list.
        for files in [files, older] {
            expect(
                files["Messages.swift"],
                contains: "case 1: self = .toy(TOY.ClientMessage(form: form, words: words))")
        }
    }

    @Test(arguments: [
        ("internal", "struct Go: WireForm, TransactionForm {"),
        ("package", "package struct Go: WireForm, TransactionForm {"),
    ])
    func theAccessIsThatOfTheOptions(_ access: String, _ line: String) throws {
        let files = try output("access: \(access)")
        expect(files["TOY.swift"], contains: line)
        for (name, text) in files {
            #expect(!text.contains("public "), "\(name)")
            #expect(!text.contains("@inlinable "), "\(name)")
        }
    }

    @Test func aClientWritesWhatItSendsAndReadsTheRest() throws {
        var commands = Self.toy
        commands["ASK"] = """
            command: ASK
            about: Asks.
            client:
              ask: { about: Asks. }
            server:
              told: { about: Tells. }
            """
        let client = try emitted(types: Self.colour, commands: commands, options: "role: client")
        expect(client["ASK.swift"], contains: "public struct Ask: WritableForm, TransactionForm {")
        expect(client["ASK.swift"], contains: "public struct Told: ReadableForm, TransactionForm {")
        expect(client["Messages.swift"], contains: "public enum ServerMessage: SessionMessage, Equatable {")
        #expect(client["Messages.swift"]?.components(separatedBy: "SessionMessage").count == 2)
        #expect(client["Messages.swift"]?.components(separatedBy: "func encode").count == 2)
        let server = try emitted(types: Self.colour, commands: commands, options: "role: server")
        expect(server["ASK.swift"], contains: "public struct Ask: ReadableForm, TransactionForm {")
        expect(server["Messages.swift"], contains: "public var form: (any WritableForm)? {")
    }

    @Test func fewFilesHaveNamesOfTheirOwnAndAllDeclarations() throws {
        let many = SwiftEmitter.emit(try toyGrammar(commands: Self.toy, types: Self.colour))
        let few = SwiftEmitter.joined(many)
        let other = SwiftEmitter.joined(SwiftEmitter.emit(try toyGrammar(commands: [:])))
        #expect(few.map(\.name) == other.map(\.name))
        let declarations = try #require(few.first { $0.name == "Declarations.swift" })
        for file in many where !few.contains(file) { #expect(declarations.text.contains(file.text), "\(file.name)") }
        #expect(many.contains { !few.contains($0) })
    }

    @Test(arguments: [
        ("versions: 9", "options.yaml:1:11: error: there is no version 9; the last one is 2 [unknown-version]"),
        ("access: private", "options.yaml:1:9: error: 'access' must be one of public, package, internal [bad-value]"),
        ("colour: red", "options.yaml:1:1: error: the file of options has no key 'colour' [unknown-key]"),
    ])
    func wrongOptionsAreNamed(_ text: String, _ report: String) throws {
        let read = GenerationOptions.read(
            SourceFile(path: "options.yaml", bytes: Array(text.utf8)),
            for: try toyGrammar(commands: Self.toy, types: Self.colour))
        #expect(read.diagnostics.rendered(sources: []).hasPrefix(report))
    }
}
