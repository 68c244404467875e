import ProtocolDescription
import Testing

/// What is different between two versions.
struct VersionDifferenceTests {
    private func difference(_ older: String, _ newer: String) throws -> VersionDifference {
        let description = smallDescription()
        return VersionDifference(
            from: try #require(description.version(named: older)), to: try #require(description.version(named: newer)),
            in: description)
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
                  ASK.mood
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

    @Test func theOtherWayRoundNewIsGone() throws {
        let (there, back) = (try difference("TOY1", "TOY2"), try difference("TOY2", "TOY1"))
        #expect(back.new == there.gone)
        #expect(back.gone == there.new)
        #expect(back.changedForms.map(\.before) == there.changedForms.map(\.after))
        #expect(back.changedForms.map(\.goneWords) == [["'NOW'", "mood: Mood"]])
    }

    @Test func aVersionDoesNotDifferFromItself() throws {
        let same = try difference("TOY2", "TOY2")
        #expect(same.isEmpty)
        #expect(same.text == "TOY2 to TOY2\nNothing is different.\n")
    }

    @Test func anotherTypeInTheSameLineIsDifferent() throws {
        var description = smallDescription()
        var form = ProtocolDescription.Form(
            command: "TYP", name: "x", sender: .client, services: [], versions: [1, 2], about: "", sources: [],
            confidence: "")
        form.lines = [.init(versions: [1, 2], text: "TYP x")]
        form.parameters = [.init(name: "x", type: "A", versions: [1]), .init(name: "x", type: "B", versions: [2])]
        description.commands = [.init(name: "TYP", about: "", services: [], versions: [1, 2], forms: [form])]
        let difference = VersionDifference(
            from: description.versions[0], to: description.versions[1], in: description)
        #expect(difference.text.contains("  TYP.x\n    TYP x\n    - x: A\n    + x: B\n"))
    }
}
