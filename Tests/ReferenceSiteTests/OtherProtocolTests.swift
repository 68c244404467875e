import Foundation
import ProtocolGrammar
import TestSupport
import Testing

/// The site of another protocol says nothing of what that has and this one lacks.
struct OtherProtocolTests {
    private let files: [String: String]

    init() throws {
        let folder = Repository.folder.appending(path: "Examples/NATS/Sources/NATSProtocol/Grammar")
        files = try site(of: try Repository.files(in: folder, ending: ".yaml"))
    }

    @Test func thereIsNoPageOfWhatTheProtocolLacks() {
        #expect(files.keys.filter { $0.hasPrefix("versions/") || $0.hasPrefix("errors") } == [])
        #expect(files["matrix.html"] == nil)
        #expect(files["commands/OK.html"] != nil && files["commands/ERR.html"] != nil)
    }

    @Test(arguments: ["TrID", "ransaction", "USR", "MSNP", "errors.html", "matrix.html", "Versions", "data-v="])
    func itsPagesDoNotSay(_ word: String) {
        // A file of the grammar may say in a comment what the protocol lacks.
        for (name, text) in files where name.hasSuffix(".html") && !name.hasPrefix("grammar/") {
            let place = text.range(of: word)
            #expect(place == nil, "\(name) says '\(word)'")
        }
    }

    @Test func thePlaceOfLengthsIsSaid() {
        expect(files["commands/HPUB.html"], contains: "The first headerLength of them are a header.")
        expect(files["commands/ERR.html"], contains: "What went wrong, in single quotes. The rest of the line.")
    }

    @Test func aWordOfOtherCharactersHasThePageOfItsFile() {
        expect(files["index.html"], contains: "<a href=\"commands/OK.html\">+OK</a>")
        expect(files["commands/OK.html"], contains: "<h1 class=\"code\">+OK</h1>")
    }
}
