import ProtocolGrammar
import Testing

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
        #expect(try read("0-3") == [2, 3])
    }

    private func read(_ text: String) throws -> [Int] {
        let command = """
            command: ABC
            about: A test.
            versions: \(text)
            client: { ask: {} }
            """
        let grammar = GrammarReader.read(Base.files(with: "commands/ABC.yaml", Array(command.utf8))).grammar
        return try #require(grammar.command(named: "ABC")).versions.numbers
    }
}
