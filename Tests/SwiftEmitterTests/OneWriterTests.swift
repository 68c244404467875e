import Foundation
import ProtocolGrammar
import SwiftEmitter
import TestSupport
import Testing
import YAMLTree

/// One place writes comments and one writes literals, so that each rule of safety stands in one place.
struct OneWriterTests {
    private static func lines() throws -> [(place: String, text: String)] {
        try Repository.files(in: Repository.folder.appending(path: "Sources/Grammar/SwiftEmitter"), ending: ".swift")
            .flatMap { file in
                String(decoding: file.bytes, as: UTF8.self).split(separator: "\n", omittingEmptySubsequences: false)
                    .enumerated().map { ("\(file.path):\($0 + 1)", String($1)) }
            }
    }

    @Test func onlyThePrinterWritesComments() throws {
        let hits = try Self.lines().filter { $0.text.contains("\"//") && !$0.place.hasPrefix("SwiftPrinter.swift") }
        #expect(hits.map(\.place) == [])
    }

    @Test func onlyOneFunctionWritesLiterals() throws {
        // A quotation mark before an interpolation; generated code may interpolate as well.
        let hits = try Self.lines().filter { $0.text.contains(#"\"\("#) }
        #expect(hits.map(\.place) == [])
    }

    @Test(arguments: Poison.invisible + Poison.visible) func aTextInTheModelStaysText(_ poison: String) throws {
        // A grammar that no file was read for keeps no rule of the YAML layer.
        func output(_ text: String) throws -> [String: String] {
            var grammar = try toyGrammar(commands: ["TOY": command("parameters: [{ name: word, type: Token }]")])
            grammar.about = text
            grammar.services[0].about = text
            grammar.versions[0].about = text
            var toy = try #require(grammar.commands["TOY"])
            toy.about = text
            toy.changes = [(1, text)]
            toy.forms[0].about = text
            toy.forms[0].notes = text
            toy.forms[0].parameters[0].about = text
            toy.forms[0].parameters[0].prefix = "p" + text
            grammar.commands = [toy]
            return Dictionary(
                uniqueKeysWithValues: SwiftEmitter.emit(grammar).map { ($0.name, SwiftTokens.code(of: $0.text)) })
        }
        #expect(try output(poison) == output("Plain."))
    }
}
