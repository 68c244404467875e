import GrammarReport
import ProtocolGrammar
import Testing

/// What somebody who adds a version is told to look at.
struct VersionReviewTests {
    private static let command = """
        command: NEW
        about: Sends one word.
        services: [main]
        client:
          word:
            about: Sends it.
            versions: 2, not 3
            parameters: [{ name: x, type: Number }]
            observed: [a]
          pair:
            about: Sends two.
            versions: 2
            parameters: [{ name: x, type: Number }, { name: y, type: Number }]
            observed: [a]
        examples:
          - { title: One, versions: 2, lines: [{ client: NEW 1 2, form: word }] }

        """

    private func text(_ version: String, adding versions: String) throws -> String {
        let grammar = try SmallGrammar.grammar(adding: Self.command, versions: versions)
        return VersionReview(of: try #require(grammar.version(named: version)), in: grammar).text
    }

    private static let more = "  3: { name: TOY3, based-on: 2 }\n"

    @Test func aVersionWithABaseIsComparedWithIt() throws {
        #expect(
            try text("TOY3", adding: Self.more) == """
                Goes on in TOY3 because of TOY2: 8
                  commands/ASK.yaml:10:35: a parameter, 2
                  commands/ASK.yaml:11:45: a parameter, 2
                  commands/ASK.yaml:17:19: a deviation of a form, 2
                  commands/ASK.yaml:31:15: a form, 2
                  commands/NEW.yaml:12:15: a form, 2
                  errors.yaml:3:32: an error, 2
                  payloads/note.yaml:4:11: a payload of kind mime, 2
                  protocol.yaml:23:92: a value, 2
                Ends at TOY2: 1
                  commands/NEW.yaml:7:15: a form, 2, not 3
                Without an example in TOY3: 5
                  commands/ASK.yaml:5:3: ASK.question
                  commands/ASK.yaml:22:3: ASK.present
                  commands/ASK.yaml:28:3: ASK.told
                  commands/ASK.yaml:35:3: ASK.more
                  commands/NEW.yaml:10:3: NEW.pair

                """)
    }

    @Test func aVersionWithoutABaseIsComparedWithTheOneBefore() throws {
        #expect(
            try text("TOY2", adding: Self.more) == """
                Ends at TOY1: 2
                  commands/NMD.yaml:5:11: a command, 1
                  protocol.yaml:23:44: a value, 1
                Without an example in TOY2: 5
                  commands/ASK.yaml:5:3: ASK.question
                  commands/ASK.yaml:22:3: ASK.present
                  commands/ASK.yaml:28:3: ASK.told
                  commands/ASK.yaml:35:3: ASK.more
                  commands/NEW.yaml:10:3: NEW.pair

                """)
    }

    @Test func theFirstVersionHasNoBase() throws {
        #expect(try text("TOY1", adding: Self.more).hasPrefix("Without an example in TOY1: "))
    }
}
