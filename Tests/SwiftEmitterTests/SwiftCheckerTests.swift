import Foundation
@testable import ProtocolGrammar
import SwiftEmitter
import TestSupport
import Testing
import YAMLTree

/// What the checks of the emitter say about a sound grammar, as `file:line:column: message`.
private func complaints(
    types: String = "", programs: String? = nil, commands: [String: String]
) throws -> [String] {
    let grammar = try toyGrammar(commands: commands, types: types, programs: programs)
    let report = GrammarChecker.check(grammar).all.filter { $0.severity == .error && $0.identifier != "unused-type" }
    try #require(report.isEmpty, "\(report)")
    return SwiftChecker.check(grammar).all.map { diagnostic in
        let place = diagnostic.location
        return "\(place.file):\(place.line):\(place.column): \(diagnostic.message)"
    }
}

/// A command file of some name with one form and one example.
private func named(_ name: String, form: String = "go", _ rest: String = "") -> String {
    """
    command: \(name)
    \(rest)about: Plays.
    client: { \(form): { about: Goes., observed: [toy] } }
    examples: [{ title: One, lines: [{ client: \(name) 1, form: \(form) }] }]

    """
}

private func single(_ name: String, form: String = "go", _ rest: String = "") throws -> [String] {
    try complaints(commands: [name: named(name, form: form, rest)])
}

struct SwiftCheckerTests {
    @Test func aSoundGrammarPasses() throws {
        #expect(try single("TOY").isEmpty)
    }

    @Test func commandsThatDifferOnlyInCaseHaveOneName() throws {
        let found = try complaints(commands: ["PING": named("PING"), "ping": named("ping")])
        #expect(
            found == [
                "Toy/commands/ping.yaml:1:10: the command 'ping' would be 'ping' in Swift, like the command 'PING'"
            ])
    }

    @Test(arguments: ["Types", "MESSAGES", "Protocol", "payloads"])
    func aCommandHasNoFileThatEveryProtocolHas(_ name: String) throws {
        let found = try complaints(commands: [name: named(name)])
        #expect(
            found.contains(
                "Toy/commands/\(name).yaml:1:10: the command '\(name)' would have the file '\(name).swift', a name already "
                    + "in use; it needs a file with another name"), "\(found)")
    }

    @Test func aWordOfOtherCharactersHasTheNameOfItsFile() throws {
        #expect(try complaints(commands: ["OK": named("+OK"), "ERR": named("-ERR"), "Q": named("~q")]) == [])
        #expect(
            try complaints(commands: ["OK": named("+OK"), "ok": named("-OK")]) == [
                "Toy/commands/ok.yaml:1:10: the command '-OK' would be 'ok' in Swift, like the command '+OK'"
            ])
    }

    @Test func programsThatDifferOnlyInSignsHaveOneName() throws {
        let programs = """
            programs:
              pidgin-2.10: { title: Pidgin, side: client, speaks: 1 }
              pidgin-21.0: { title: Pigeon, side: client, speaks: 1 }
            """
        #expect(
            try complaints(programs: programs, commands: ["TOY": named("TOY")]) == [
                "Toy/programs.yaml:3:3: the program 'pidgin-21.0' would be 'pidgin210' in Swift, like the program "
                    + "'pidgin-2.10'"
            ])
    }

    @Test(arguments: ["SELF", "Self", "Type", "init", "none", "1AB"])
    func aCommandCannotHaveANameThatSwiftReserves(_ name: String) throws {
        let found = try single(name)
        #expect(
            found.count == 1 && found[0].hasPrefix("Toy/commands/\(name).yaml:1:10: the command '\(name)' would be"))
    }

    @Test(arguments: ["URL", "Set", "UUID", "Data"])
    func aCommandDoesNotHideATypeUnlessItIsRenamedInSwift(_ name: String) throws {
        #expect(
            try single(name) == [
                "Toy/commands/\(name).yaml:1:10: the command '\(name)' would hide the type '\(name)' in Swift; "
                    + "give it another with 'names: { swift: ... }'"
            ])
        #expect(try single(name, "names: { swift: \(name)Command }\n").isEmpty)
    }

    @Test func aNameGivenForSwiftIsCheckedWhereItStands() throws {
        #expect(try single("TOY", "names: { swift: Data }\n").first?.hasPrefix("Toy/commands/TOY.yaml:2:17: ") == true)
        #expect(
            try single("TOY", "names: { swift: a-b }\n") == [
                "Toy/commands/TOY.yaml:2:17: the command 'TOY' would be 'a-b' in Swift, which is not an identifier"
            ])
    }

    @Test func aFormDoesNotHideWhatItsCommandOrItsMessageHas() throws {
        #expect(try single("TOY", form: "form").count == 1)
        #expect(try single("GIF", form: "gif").count == 1)
        let twins = named("TOY").replacing(
            "go: {",
            with:
                "goId: { about: A., parameters: [{ name: word, type: Token }], observed: [toy] }, goID: {"
        )
        #expect(try complaints(commands: ["TOY": twins.replacing("form: go ", with: "form: goID ")]).count == 2)
    }

    @Test(arguments: ["self", "clientMessage", "word"])
    func aFormIsNotNamedLikeATypeOfSwiftOrOfTheCode(_ name: String) throws {
        let word = "parameters: [{ name: word, type: Word }], "
        let found = try complaints(
            types: "  Word: { kind: enumeration, values: { one: A } }",
            commands: [
                "TOY": named("TOY", form: name).replacing("{ about: Goes., ", with: "{ about: Goes., \(word)")
                    .replacing("TOY 1", with: "TOY 1 A")
            ])
        #expect(found.count == 1 && found[0].hasPrefix("Toy/commands/TOY.yaml:3:11: the form '\(name)' would"))
    }

    @Test(arguments: ["none", "table", "index"])
    func aValueIsNotNamedNoneNorLikeAMemberOfEveryValue(_ name: String) throws {
        let found = try complaints(
            types: "  Word: { kind: enumeration, open: true, values: { \(name): A, some: B } }",
            commands: ["TOY": command("parameters:\n  - { name: word, type: Word }")])
        #expect(found.count == 1 && found[0].hasPrefix("Toy/protocol.yaml:6:"))
    }

    @Test(arguments: ["Field", "Frame", "Date"])
    func aTypeDoesNotHideATypeOfSwiftFoundationOrTheRuntime(_ name: String) throws {
        let found = try complaints(
            types: "  \(name): { kind: enumeration, values: { one: A } }", commands: ["TOY": named("TOY")])
        #expect(found == ["Toy/protocol.yaml:6:3: the type '\(name)' would hide the type '\(name)' in Swift"])
    }

    @Test func theProtocolDoesNotHideATypeOrAName() throws {
        func found(_ name: String) throws -> [String] {
            var grammar = try toyGrammar(commands: ["TOY": named("TOY")])
            grammar.name = name
            return SwiftChecker.check(grammar).all.map(\.message)
        }
        #expect(try found("TOY").isEmpty)
        #expect(try found("Init") == ["the protocol 'Init' would be 'init' in Swift, which is reserved"])
        #expect(
            try found("A: B {}").first
                == "the protocol 'A: B {}' would be 'A: B {}Framing' in Swift, which is not an identifier")
    }

    @Test func factsAndProgramsHaveNamesOfTheirOwn() throws {
        var grammar = try toyGrammar(commands: ["TOY": named("TOY")])
        let place = SourceLocation(file: "versions.yaml", line: 3, column: 4)
        grammar.facts = [VersionFact(name: "none", about: "", versions: grammar.allVersions, location: place)]
        for name in ["talker-1", "talker1"] {
            grammar.programs.append(
                Program(
                    name: name, title: "", about: "", side: .client, versions: grammar.allVersions, sources: [],
                    location: place))
        }
        #expect(
            SwiftChecker.check(grammar).all.map(\.message) == [
                "the fact 'none' would be 'none' in Swift, which is reserved",
                "the program 'talker1' would be 'talker1' in Swift, like the program 'talker-1'",
            ])
    }

    @Test func filesDifferWhereTheCaseOfLettersIsIgnored() throws {
        var grammar = try toyGrammar(commands: ["TOY": named("TOY")])
        let place = SourceLocation(file: "payloads/a.yaml", line: 1, column: 1)
        for name in ["note", "nOte", "s"] {
            grammar.payloads.append(
                PayloadType(
                    name: name, about: "", versions: grammar.allVersions,
                    content: .mime(.init(contentType: name, charset: nil, fieldsInBody: false, fields: [])),
                    commands: [],
                    sources: [], confidence: "", notes: "", examples: [], location: place))
        }
        let messages = SwiftChecker.check(grammar).all.map(\.message)
        #expect(messages.contains("the payload 'nOte' would have the file 'PayloadNOte.swift', a name already in use"))
        #expect(messages.contains("the payload 's' would have the file 'PayloadS.swift', a name already in use"))
    }

    @Test func aListOfBooleansIsRefused() throws {
        let found = try complaints(
            types: "  Flag: { kind: boolean, false: N, true: Y }",
            commands: ["TOY": command("parameters:\n  - { name: flags, type: Flag, repeated: 1+ }")])
        #expect(
            found == [
                "Toy/commands/TOY.yaml:7:30: the parameter 'flags' is a list of booleans, which has no Swift type; "
                    + "use an enumeration"
            ])
    }

    @Test func aBooleanPartOfACompositeIsRefused() throws {
        let parts = "[{ name: isOpen, type: Flag }, { name: word, type: Token, after: \":\" }]"
        let found = try complaints(
            types: "  Flag: { kind: boolean, false: N, true: Y }\n  Pair: { kind: composite, parts: \(parts) }",
            commands: ["TOY": command("parameters:\n  - { name: pair, type: Pair }")])
        #expect(found.count == 1 && found[0].contains("the part 'isOpen' is a boolean"))
        #expect(found[0].hasPrefix("Toy/protocol.yaml:7:"))
    }

    @Test func theListOfTheRuntimesTypesIsComplete() throws {
        let root = Repository.folder.appending(path: "Sources/Wire/WireProtocol")
        var names: [String] = []
        for file in try Repository.files(in: root, ending: ".swift") {
            let pattern = /^public (?:final |indirect )?(?:enum|struct|protocol|class|typealias) (\w+)/
            for line in String(decoding: file.bytes, as: UTF8.self).split(separator: "\n") {
                if let match = line.firstMatch(of: pattern) { names.append(String(match.1)) }
            }
        }
        #expect(names.count > 80)
        // A list of diagnostics shows at most a hundred of a file.
        let sorted = Set(names).sorted()
        let found = try stride(from: 0, to: sorted.count, by: 50).flatMap { start in
            let types = sorted[start..<min(sorted.count, start + 50)].map {
                "  \($0): { kind: enumeration, values: { one: A } }"
            }
            return try complaints(types: types.joined(separator: "\n"), commands: ["TOY": named("TOY")])
        }
        for name in names { #expect(found.contains { $0.contains("hide the type '\(name)'") }, "\(name)") }
    }
}
