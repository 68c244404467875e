import ProtocolGrammar
import TestSupport
import Testing
import YAMLTree

/// A version that is based on another one, in the grammar of this package.
struct BasedVersionTests {
    /// The files with MSNP22 as a version that is like 21, and other texts in the place of some.
    private static func files(replacing changes: [(path: String, old: String, new: String)] = []) throws -> [SourceFile]
    {
        let named = "22: { name: MSNP22, status: named, about: Only its name and one line are known. }"
        let based = "22: { name: MSNP22, status: partial, based-on: 21, about: As 21. }"
        var files = try Repository.grammarFiles()
        for (path, old, new) in [("versions.yaml", named, based)] + changes {
            let index = try #require(files.firstIndex { $0.path == path })
            let text = String(decoding: files[index].bytes, as: UTF8.self)
            try #require(text.contains(old), "\(path) has no '\(old)'")
            files[index] = SourceFile(path: path, bytes: Array(text.replacing(old, with: new).utf8))
        }
        return files
    }

    @Test func itHasAllOfItsBase() throws {
        let files = try Self.files()
        let (grammar, read) = GrammarReader.read(files)
        #expect(read.rendered(sources: files) == "")
        #expect(GrammarChecker.check(grammar).rendered(sources: files) == "")
        let lost = grammar.versionStatements.filter { $0.versions.contains(21) && !$0.versions.contains(22) }
        #expect(lost.map { "\($0.location.file): \($0.text)" } == [])
        let goesOn = Set(grammar.versionStatements.filter { $0.inherited.contains(22) }.map(\.location.file))
        for path in ["commands/UUX.yaml", "commands/CVR.yaml", "payloads/datagram.yaml", "protocol.yaml"] {
            #expect(goesOn.contains(path), "\(path)")
        }
        for form in grammar.commands.flatMap(\.forms) where form.versions.contains(21) {
            let words = (21...22).map { version in form.parameters(in: version).map(\.name) }
            #expect(form.versions.contains(22) && words[0] == words[1], "\(form.command).\(form.name)")
        }
    }

    @Test func whatIsSaidOfItCountsMore() throws {
        let files = try Self.files(replacing: [
            ("commands/UUX.yaml", "versions: 11-21", "versions: 11-21, not 22"),
            (
                "protocol.yaml", "connect: { value: \"13\", versions: 21,",
                "connect: { value: \"13\", versions: \"21, not 22\","
            ),
        ])
        let (grammar, read) = GrammarReader.read(files)
        #expect(read.rendered(sources: files) == "")
        #expect(grammar.command(named: "UUX")?.versions.contains(22) == false)
        let networks = try #require(
            grammar.types.first { $0.location.file == "protocol.yaml" && $0.hasValue("connect") })
        guard case .enumeration(let values, _) = networks.kind else {
            Issue.record("\(networks.name) is no enumeration")
            return
        }
        #expect(values.filter { $0.versions.contains(21) && !$0.versions.contains(22) }.map(\.name) == ["connect"])
    }
}

extension ValueType {
    fileprivate func hasValue(_ name: String) -> Bool {
        if case .enumeration(let values, _) = kind { values.contains { $0.name == name } } else { false }
    }
}
