import GrammarReport
import ProtocolGrammar
import Testing

@Suite struct LineListingTests {
    private static func row(_ version: String, _ service: String, _ sender: String, _ text: String) -> String {
        [version, service, sender, AlgorithmValue.bytes(Array(text.utf8)).description].joined(separator: "\t")
    }

    @Test(
        "A row is what the matcher says of its line",
        arguments: [
            (
                row("TOY2", "main", "client", "ASK 7 Bob NOW S"),
                #"{"form": "ASK.question", "transaction": "7", "#
                    + #""values": [["name", ["Bob", "Bob"]], ["mood", ["S", "sad"]]], "deviations": [], "#
                    + #""answers": ["ASK.told", "ASK.more"]}"#
            ),
            (
                row("2", "files", "client", "ASK 7 a:b c d\r\n"),
                #"{"form": "ASK.present", "transaction": "7", "#
                    + #""values": [["login", ["a:b"]], ["words", [["c"], ["d"]]]], "deviations": [], "answers": []}"#
            ),
            (
                row("TOY2", "main", "server", "ASK 3\r\nabc"),
                #"{"form": "ASK.told", "transaction": "", "values": [], "deviations": [], "answers": []}"#
            ),
            (
                row("TOY2", "main", "server", "ASK 3\r\nabcd"),
                #"{"kind": "wrongPayloadLength", "form": "told", "parameter": "payload length", "#
                    + #""sentence": "'payload length' does not match the payload"}"#
            ),
            (
                row("TOY1", "main", "client", "HEY"),
                #"{"kind": "unknownCommand", "form": "", "parameter": "", "sentence": "no command is named 'HEY'"}"#
            ),
        ])
    func rows(row: String, expected: String) throws {
        #expect(try LineListing(SmallGrammar.grammar()).json(of: row + "\n") == expected + "\n")
    }

    @Test("A deviation is named")
    func deviation() throws {
        let row = Self.row("2", "main", "client", "ASK 7 Bob NOW S late")
        let text = try LineListing(SmallGrammar.grammar()).json(of: row)
        #expect(text.contains(#""deviations": ["A word follows."]"#))
    }

    @Test(
        "A row that names no context or no bytes is refused with its number",
        arguments: [
            "TOY9\tmain\tclient\t41", "TOY1\tcellar\tclient\t41", "TOY1\tmain\tnobody\t41",
            "TOY1\tmain\tclient\t4",
        ])
    func wrongRows(row: String) throws {
        let listing = LineListing(try SmallGrammar.grammar())
        let rows = Self.row("TOY1", "main", "client", "HEY") + "\n" + row
        let failure = #expect(throws: LineListing.Failure.self) { try listing.json(of: rows) }
        #expect(failure?.text.hasPrefix("row 2 must have") == true)
    }
}
