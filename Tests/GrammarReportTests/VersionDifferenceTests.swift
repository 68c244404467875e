import GrammarReport
import ProtocolGrammar
import Testing

/// What is different between two versions.
struct VersionDifferenceTests {
    private func difference(_ older: String, _ newer: String, adding command: String = "") throws -> VersionDifference {
        let grammar = try SmallGrammar.grammar(adding: command)
        return VersionDifference(
            from: try #require(grammar.version(named: older)), to: try #require(grammar.version(named: newer)),
            in: grammar)
    }

    @Test func theTextShowsAllThatIsDifferent() throws {
        #expect(
            try difference("TOY1", "TOY2").text == """
                TOY1 to TOY2

                In words
                  ASK  A mood follows.

                Commands
                  - NMD  Known by name.

                Forms
                  + ASK.told  Tells.

                Lines
                  ASK.question
                    - ASK TrID name
                    + ASK TrID name NOW mood

                Values
                  - Mood.happy = H  Smiles.
                  + Mood.sad = S

                Errors
                  + 911 gone

                Payloads
                  + note  A note.

                """)
    }

    @Test func theRemarksOfVersionsThatItDoesNotCarryOnAreLeftOut() throws {
        let grammar = try SmallGrammar.grammar(versions: "  3: { name: TOY3, based-on: 1 }\n  4: { name: TOY4 }\n")
        func remarks(_ older: String, _ newer: String) throws -> [String] {
            VersionDifference(
                from: try #require(grammar.version(named: older)), to: try #require(grammar.version(named: newer)),
                in: grammar
            ).remarks.map(\.text)
        }
        #expect(try remarks("TOY1", "TOY2") == ["A mood follows."])
        #expect(try remarks("TOY1", "TOY3") == [])
        #expect(try remarks("TOY1", "TOY4") == ["A mood follows."])
        #expect(try remarks("TOY3", "TOY4") == ["A mood follows."])
        #expect(try remarks("TOY2", "TOY4") == [])
    }

    @Test func theOtherWayRoundNewIsGone() throws {
        let (there, back) = (try difference("TOY1", "TOY2"), try difference("TOY2", "TOY1"))
        #expect(Self.names(back.new) == Self.names(there.gone))
        #expect(Self.names(back.gone) == Self.names(there.new))
        #expect(Self.names(there.new) == ["ASK.told", "Mood.sad", "gone", "note"])
        #expect(back.changedForms.map(\.before) == there.changedForms.map(\.after))
        #expect(back.changedForms.map(\.goneWords) == [["'NOW'", "mood: Mood"]])
        #expect(back.changedForms.map(\.newWords) == [[]])
        #expect(back.remarks.isEmpty)
    }

    @Test func aVersionDoesNotDifferFromItself() throws {
        let same = try difference("TOY2", "TOY2")
        #expect(same.isEmpty)
        #expect(same.text == "TOY2 to TOY2\nNo differences.\n")
    }

    @Test func aFixedWordThatBecomesAValueOfItsNameIsDifferent() throws {
        let command = """
            command: NEW
            about: Sends one word.
            services: [main]
            client:
              word:
                about: Sends it.
                transaction: none
                parameters: [{ literal: x, versions: 1 }, { name: x, type: Number, versions: 2 }]
                observed: [a]

            """
        let text = try difference("TOY1", "TOY2", adding: command).text
        #expect(text.contains("  NEW.word\n    NEW x\n    - 'x'\n    + x: Number\n"), "\(text)")
    }

    private static func names(_ side: VersionDifference.Side) -> [String] {
        side.commands.map(\.name) + side.forms.map(\.fullName) + side.values.map { "\($0.type).\($0.value.name)" }
            + side.errors.map(\.name) + side.payloads.map(\.name)
    }
}
