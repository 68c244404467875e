import ProtocolGrammar
import Testing
import YAMLTree

struct VersionSetTests {
    @Test func aSetHoldsVersionsFrom0To127() {
        let set = VersionSet([0, 2, 63, 64, 127, 128, -1])
        #expect(set.numbers == [0, 2, 63, 64, 127])
        #expect(set.contains(127))
        #expect(!set.contains(128))
        #expect(!set.contains(-1))
        #expect(!set.contains(1))
        #expect(!set.isEmpty)
        #expect(VersionSet().isEmpty)
        #expect(VersionSet([200]).isEmpty)
        #expect(VersionSet(0...127).numbers.count == 128)
    }

    @Test func setsAreJoinedIntersectedAndSubtracted() {
        let (low, high) = (VersionSet(2...7), VersionSet(5...9))
        #expect(low.union(high) == VersionSet(2...9))
        #expect(low.intersection(high) == VersionSet(5...7))
        #expect(low.subtracting(high) == VersionSet(2...4))
        #expect(low.intersection(VersionSet()).isEmpty)
        #expect(VersionSet([3, 5]).isSubset(of: low))
        #expect(!high.isSubset(of: low))
        #expect(VersionSet().isSubset(of: VersionSet()))
    }

    @Test func rangesFollowTheKnownVersions() {
        let known = VersionSet([2, 3, 4, 5, 7, 8, 9, 15])
        #expect(VersionSet([2, 3, 5, 7, 15]).ranges(among: known) == [2...3, 5...7, 15...15])
        #expect(known.ranges(among: known) == [2...15])
        #expect(VersionSet([6]).ranges(among: known) == [])
        #expect(VersionSet().ranges(among: known) == [])
        #expect(known.ranges(among: VersionSet()) == [])
    }

    @Test func aSetIsReadAmongTheKnownVersions() throws {
        #expect(try read("8") == [8])
        #expect(try read("2-4") == [2, 3, 4])
        #expect(try read("8+") == [8, 9, 10])
        #expect(try read("2 - 3, 10") == [2, 3, 10])
        #expect(try read("9 - 10") == [9, 10])
    }

    /// 11 is like 10, 12 like 8, and 13 like 11.
    private static let based = """
          11: { name: T11, based-on: 10 }
          12: { name: T12, based-on: 8 }
          13: { name: T13, based-on: 11 }

        """

    @Test(arguments: [
        ("8", [8, 12]), ("8-10", [8, 9, 10, 11, 12, 13]), ("9+", [9, 10, 11, 13]), ("12", [12]), ("11", [11, 13]),
        ("9-13", [9, 10, 11, 13]), ("8-10, not 11", [8, 9, 10, 12]), ("8-10, not 11-12", [8, 9, 10]),
        ("2-7, 13", [2, 3, 4, 5, 6, 7, 13]), ("11+", [11, 13]), ("8+, not 13", [8, 9, 10, 11, 12]),
    ])
    func aSetGoesOnInVersionsThatAreBasedOnItsOwn(_ text: String, _ numbers: [Int]) throws {
        #expect(try read(text, adding: Self.based) == numbers)
    }

    @Test func inAMapANumberCountsMoreThanABase() throws {
        let type = "{ 2-7: A, 8-10: B, 11: C }"
        let form = try form("parameters: [{ name: word, prefix: \(type), type: Token }]", adding: Self.based)
        let prefixes = (2...13).map { version in form.parameters(in: version).first?.prefix ?? "" }
        #expect(prefixes.joined() == "AAAAAABBBCBC")
    }

    @Test func whatProgramsSpeakDoesNotGoOn() throws {
        let grammar = GrammarReader.read(Self.files(adding: Self.based)).grammar
        #expect(grammar.programs["talker"]?.versions.numbers == Array(2...10))
        let options = SourceFile(path: "grammar-generator.yaml", bytes: Array("versions: 8-10\n".utf8))
        #expect(GenerationOptions.read(options, for: grammar).options.versions?.numbers == [8, 9, 10])
    }

    @Test(arguments: [
        ([2, 3, 4], "2-4"), ([8, 9, 10], "8+"), ([2, 5, 6], "2, 5-6"), ([2, 9, 10], "2, 9+"), ([10], "10"), ([], ""),
    ])
    func aSetIsWrittenAsItIsRead(_ numbers: [Int], _ text: String) {
        let grammar = GrammarReader.read(Base.files()).grammar
        #expect(grammar.spelling(of: VersionSet(numbers)) == text)
    }

    private static func files(adding versions: String) -> [SourceFile] {
        let text = (Base.texts.first { $0.path == "versions.yaml" }?.text ?? "") + versions
        return Base.files(with: "versions.yaml", Array(text.utf8))
    }

    private func read(_ text: String, adding versions: String = "") throws -> [Int] {
        try form("versions: \(text)", adding: versions).versions.numbers
    }

    private func form(_ content: String, adding versions: String) throws -> Form {
        let command = "command: ABC\nabout: A test.\nclient:\n  ask:\n    \(content)\n"
        let file = SourceFile(path: "commands/ABC.yaml", bytes: Array(command.utf8))
        let read = GrammarReader.read(Self.files(adding: versions) + [file])
        try #require(read.diagnostics.isEmpty, "\(read.diagnostics.all.map(Base.shown))")
        return try #require(read.grammar.command(named: "ABC")?.forms.first)
    }
}
