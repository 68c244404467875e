import Foundation
import ProtocolGrammar
import Testing
import YAMLTree

@Suite struct RepositoryGrammarTests {
    @Test(arguments: 0..<4) func isCleanInAnyOrder(_ order: Int) throws {
        let folder = Folder.package.appending(path: "Grammar")
        var files = try Folder.files(folder, ending: ".yaml")
        switch order {
        case 0: break
        case 1: files.reverse()
        default:
            var generator = Scrambler(state: UInt64(order))
            files.shuffle(using: &generator)
        }
        #expect(files.count > 3)
        let (grammar, read) = GrammarReader.read(files)
        #expect(read.rendered(sources: files) == "")
        #expect(GrammarChecker.check(grammar).rendered(sources: files) == "")
        #expect(!grammar.commands.isEmpty)
    }
}

/// The same order in every run.
private struct Scrambler: RandomNumberGenerator {
    var state: UInt64

    mutating func next() -> UInt64 {
        state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
        return state ^ (state >> 29)
    }
}
