import Foundation
import ProtocolGrammar
import TestSupport
import Testing
import YAMLTree

/// The schemas have all that the reader reads; `Tests/Schema` validates the grammar with them.
struct SchemaTests {
    @Test func eachKindOfMappingIsInASchema() throws {
        var named: Set<String> = []
        let folder = Repository.folder.appending(path: "Sources/Grammar/ProtocolGrammar")
        for file in try Repository.files(in: folder, ending: ".swift") {
            let text = String(decoding: file.bytes, as: UTF8.self)
            named.formUnion(text.matches(of: /NodeReader\([^()]*, "([a-zA-Z ]+)"/).map { String($0.1) })
        }
        #expect(named.count > 50)
        let kinds = Set(GrammarSchema.all.flatMap(\.kinds))
        // These are renamed as soon as their kind is known.
        #expect(named.subtracting(kinds).sorted() == ["a step"].filter { !kinds.contains($0) })
        for operation in AlgorithmOperation.Name.allCases {
            #expect(kinds.contains("a step of operation \(operation.rawValue)"))
        }
        for kind in ["token", "text", "integer", "boolean", "guid", "enumeration", "flags", "composite"] {
            #expect(kinds.contains("a type of kind \(kind)"))
        }
    }

    @Test func eachKeyHasAMeaning() {
        #expect(GrammarSchema.all.flatMap(\.unknown) == [])
        #expect(GrammarSchema.all.count == 13)
    }

    @Test(arguments: ManualTests.kinds) func aSchemaHasTheKeysThatTheReaderTakes(_ kind: ManualTests.Kind) throws {
        let found = Base.diagnostics(Base.files(with: kind.path, Array(kind.text.utf8)))
        let note = try #require(
            found.first { $0.message.hasPrefix("\(kind.name) has no key 'zzzzzz'") }?.notes
                .first { $0.message.hasPrefix("known keys: ") })
        let keys = note.message.dropFirst("known keys: ".count).split(separator: ", ").map(String.init)
        let folder = kind.path.split(separator: "/").first.map(String.init) ?? ""
        let name = folder.replacing(".yaml", with: "")
        let singular = folder.hasSuffix(".yaml") || folder == "types" ? name : String(name.dropLast())
        let schema = try #require(GrammarSchema.all.first { $0.name == "\(singular).json" })
        let definitions = try Self.definitions(of: schema)
        let properties = try #require(definitions[kind.name.replacing(" ", with: "-")])
        // A rule that is a deviation may have notes.
        #expect(Set(keys).union(kind.name == "a rule" ? ["notes"] : []) == properties)
    }

    /// The names of the keys of each definition.
    private static func definitions(of schema: GrammarSchema) throws -> [String: Set<String>] {
        struct File: Decodable {
            struct Definition: Decodable { var properties: [String: Ignored]? }
            struct Ignored: Decodable {}
            var definitions: [String: Definition]
        }
        let file = try JSONDecoder().decode(File.self, from: Data(schema.text.utf8))
        return file.definitions.mapValues { Set($0.properties.map { Array($0.keys) } ?? []) }
    }
}
