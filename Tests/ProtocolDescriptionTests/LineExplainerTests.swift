import ProtocolDescription
import Testing

/// What explanations say, whoever reads the lines.
struct LineExplainerTests {
    private let explainer = LineExplainer(smallDescription())

    private func explain(
        _ line: String, in scope: LineExplainer.Scope = .init(),
        reading: (LineExplainer.Context) -> LineExplainer.Reading = { _ in .absent }
    ) -> LineExplainer.Explanation {
        explainer.explain(line, in: scope, reading: reading)
    }

    @Test func aLineIsExplainedOnceForAllItsContexts() {
        let line = DecodedLine(
            form: "ASK.mood", transaction: "7",
            values: [.init(name: "name", words: ["secret"]), .init(name: "mood", words: ["S\u{1B}"])])
        let explanation = explain("ASK 7 secret S") { context in
            context.sender == .client && context.version == 2 ? .decoded(line) : .refused(reason: "no")
        }
        #expect(explanation.isRead)
        #expect(
            explanation.text == """
                from a client on main, side in TOY2
                ASK.mood: Asks.

                  ASK TrID name NOW mood

                  TrID  7
                  name  (not shown) - Who.
                  mood  S\\u{1b} (no value with a name)

                  answers: ASK.told (any number; TOY2)
                  errors: 201 bad, 911 gone (TOY2)
                  sources: a
                  confidence: observed
                  note: Doubtful.

                """)
    }

    @Test func aPayloadIsNamedWithItsKinds() {
        let line = DecodedLine(form: "ASK.told", transaction: nil, values: [])
        let text = explain("ASK 3", in: .init(version: 2)) { _ in .decoded(line) }.text
        #expect(text.contains("  payload: any bytes\n  payload kinds: note\n  answers to: ASK.mood\n"))
    }

    @Test func aRefusedLineSaysWhyInEachContextAndWhatWasTried() {
        let explanation = explain("ASK", in: .init(service: "main", sender: .client)) { context in
            .refused(reason: context.version == 1 ? "one" : "two")
        }
        #expect(!explanation.isRead)
        #expect(
            explanation.text == """
                This is no line of ASK (tried: all versions, main, from a client).

                from a client on main in TOY1
                  one

                from a client on main in TOY2
                  two

                """)
    }

    @Test func anAbsentCommandSaysWhereItIs() {
        let text = explain("ASK 1", in: .init(version: 1, service: "side")).text
        #expect(
            text == """
                This is no line of ASK (tried: TOY1, side, both senders).
                  ASK does not exist there; it is sent
                  - from a client on main in TOY1 to TOY2
                  - from a server on main in TOY2

                """)
    }

    @Test(arguments: [
        ("ASX 1", false, "No command is named 'ASX'.\n  near it: ASK (Asks.)\n"),
        ("ask", false, "No command is named 'ask'.\n  near it: ASK (Asks.)\n"),
        ("QQQ", false, "No command is named 'QQQ'.\n"),
        ("NMD x", true, "Nothing is known of it but its name."),
        (
            "201 5", true,
            "201 bad: Bad.\n  an error from a server in TOY1 to TOY2\n  closes: unknown\n  answers: ASK.mood\n"
        ),
        ("404", false, "No error has the number 404.\n"), ("", false, "No command is named ''."),
    ])
    func otherFirstWordsAreTold(_ line: String, _ isRead: Bool, _ snippet: String) {
        let explanation = explain(line)
        #expect(explanation.isRead == isRead)
        #expect(explanation.text.contains(snippet))
    }

    @Test(arguments: [
        (LineExplainer.Scope(version: 1), "No error has the number 911 there; it exists in TOY2."),
        (LineExplainer.Scope(sender: .client), "comes from servers only"),
    ])
    func anErrorInTheWrongPlaceIsTold(_ scope: LineExplainer.Scope, _ snippet: String) {
        let explanation = explain("911 4", in: scope)
        #expect(!explanation.isRead)
        #expect(explanation.text.contains(snippet))
    }
}
