import Foundation
import ProtocolGrammar
import TestSupport
import Testing

/// The reference of another protocol says nothing of what that has and this one lacks.
struct OtherProtocolTests {
    private let pages: [String: String]

    init() throws {
        let folder = Repository.folder.appending(path: "Examples/NATS/Sources/NATSProtocol/Grammar")
        pages = ReferenceEmitterTests.pages(try readGrammar(try Repository.files(in: folder, ending: ".yaml")))
    }

    @Test func thereIsNoPageOfWhatTheProtocolLacks() {
        let single = pages.keys.filter { !$0.contains("/") }.sorted()
        #expect(single == ["README.md", "payloads.md", "sources.md", "states.md", "types.md"])
        #expect(pages.keys.filter { $0.hasPrefix("versions/") } == [])
        #expect(pages["commands/OK.md"] != nil && pages["commands/ERR.md"] != nil)
    }

    @Test(arguments: ["TrID", "ransaction", "USR", "MSNP", "errors.md", "matrix.md", "| Versions |", "Versions:"])
    func itsPagesDoNotSay(_ word: String) {
        for (name, text) in pages {
            let place = text.range(of: word)
            #expect(place == nil, "\(name) says '\(word)'")
        }
    }

    @Test func thePlaceOfLengthsAndTrailersIsSaid() {
        expect(
            pages["README.md"],
            contains: "bytes, and CR LF, which the number does not count, follows the last of them.")
        expect(pages["commands/HPUB.md"], contains: "| `HPUB subject [replyTo] headerLength length` |")
        expect(pages["commands/HPUB.md"], contains: "The first headerLength of them are a header.")
        expect(pages["commands/ERR.md"], contains: "What went wrong, in single quotes. The rest of the line.")
        expect(
            pages["types.md"], contains: "All that is left of a line, with the spaces inside it, at most 32768 bytes.")
    }

    @Test func aWordOfOtherCharactersHasThePageOfItsFile() {
        expect(pages["README.md"], contains: "| [\\+OK](commands/OK.md) | server | broker | Accepts a line. |")
        expect(pages["commands/OK.md"], contains: "# \\+OK")
        expect(pages["states.md"], contains: "[\\-ERR](commands/ERR.md)")
    }
}
