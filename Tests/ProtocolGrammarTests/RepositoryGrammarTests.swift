import Foundation
import ProtocolGrammar
import TestSupport
import Testing
import YAMLTree

struct RepositoryGrammarTests {
    @Test(arguments: 0..<4) func theGrammarIsCleanInAnyOrderOfItsFiles(_ order: Int) throws {
        var files = try Repository.grammarFiles()
        switch order {
        case 0: break
        case 1: files.reverse()
        default:
            var generator = SeededGenerator(seed: UInt64(order))
            files.shuffle(using: &generator)
        }
        #expect(files.count > 3)
        let (grammar, read) = GrammarReader.read(files)
        #expect(read.rendered(sources: files) == "")
        #expect(GrammarChecker.check(grammar).rendered(sources: files) == "")
        #expect(!grammar.commands.isEmpty)
    }
}
