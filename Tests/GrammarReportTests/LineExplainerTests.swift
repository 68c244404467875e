import GrammarReport
import ProtocolGrammar
import Testing

/// What explanations of lines say.
struct LineExplainerTests {
    private func explain(
        _ line: String, in scope: LineExplainer.Scope = .init()
    ) throws -> LineExplainer.Explanation {
        LineExplainer(try SmallGrammar.grammar()).explain(line, in: scope)
    }

    @Test func aLineIsExplainedOnceForAllItsContexts() throws {
        let explanation = try explain("ASK 7 B%1Bob NOW X")
        #expect(explanation.isRead)
        #expect(
            explanation.text == """
                from a client on main, side in TOY2
                ASK.question: Asks.

                  ASK TrID name NOW mood

                  TrID  7
                  name  B\\u{1b}ob - Who.
                  mood  X (unnamed value)

                  answers: ASK.told (any number; TOY2), ASK.more (perhaps)
                  errors: 201 bad, 911 gone (TOY2)
                  sources: a
                  confidence: observed
                  note: Doubtful.

                """)
    }

    @Test func versionsThatWereAskedForAreNotRepeated() throws {
        let text = try explain("ASK 7 Bob NOW S", in: .init(version: 2)).text
        #expect(text.contains("  mood  S (sad)\n\n  answers: ASK.told (any number), ASK.more (perhaps)\n"))
        #expect(text.contains("  errors: 201 bad, 911 gone\n"))
        let early = try explain("ASK 7 Bob", in: .init(version: 1)).text
        #expect(early.contains("\n\n  answers: ASK.more (perhaps)\n  errors: 201 bad\n"))
    }

    @Test(arguments: [
        ("ASK 1 3 1 host:7", "  bits   3 (first + second)\n  flag   1 (true)\n"),
        ("ASK 1 3 1 host:7", "  place  host:7 (host[:port]) - Optional.\n"),
        ("ASK 1 259 1", "  bits  259 (first + second + level low)\n"),
        ("ASK 1 512 1", "  bits  512 (level 2)\n"),
        ("ASK 1 0 1 host:7 2:x", "  abilities  2:x (bits:name); bits 2 (second) - Optional.\n"),
        ("ASK 1 0 0", "  bits  0 (none)\n  flag  0 (false)\n\n  answers to: ASK.question\n"),
        ("ASK 3", "  payload: arbitrary bytes, exactly 3 bytes. The last word of the line is their number.\n"),
        ("ASK 3", "  payload kinds: note\n  answers to: ASK.question\n"),
    ])
    func valuesAndPayloadsAreTold(_ line: String, _ snippet: String) throws {
        let explanation = try explain(line, in: .init(sender: .server))
        #expect(explanation.isRead)
        #expect(explanation.text.contains(snippet), "\(explanation.text)")
    }

    @Test func aSecretInsideOfAValueIsNotShown() throws {
        let text = try explain("ASK 1 bob:hunter2 one two").text
        #expect(text.contains("  login  (hidden)\n  words  one, two - All remaining words, if any.\n"))
        #expect(!text.contains("hunter2"))
        #expect(try explain("ASK 1 bob:hunter2").text.contains("  words  (none) - All remaining words"))
    }

    // MARK: - Payloads

    @Test(arguments: [
        ("ASK 3\r\nabc", nil), ("ASK 3\nabc", nil), ("ASK 7 Bob NOW S\r\n", nil),
        ("ASK 3\r\nab", "'payload length' does not match the payload"),
        ("ASK 3\r\n", "'payload length' does not match the payload"),
        ("ASK 3", nil), ("ASK -3", "'payload length' does not match the payload"),
        ("ASK 7 Bob NOW S\r\nabc", "not the form 'question': it has no payload"),
    ])
    func whatStandsBehindALineBreakIsThePayload(_ line: String, _ reason: String?) throws {
        let explanation = try explain(line, in: .init(version: 2, service: "main"))
        #expect(explanation.isRead == (reason == nil))
        #expect(explanation.text.contains(reason ?? "ASK."), "\(explanation.text)")
    }

    @Test func aLineThatIsRightNowhereIsExplainedByAKnownDeviation() throws {
        let text = try explain("ASK 7 Bob NOW S late", in: .init(version: 2, service: "main")).text
        #expect(text.hasPrefix("from a client on main in TOY2\nASK.question: Asks.\n"))
        #expect(text.contains("\n  known deviation: A word follows. (Talker 1)\n"))
    }

    // MARK: - Wrong lines

    @Test func aRefusedLineSaysWhyInEachContextAndWhatWasTried() throws {
        let refused = try explain("ASK 7 Bob NOT S", in: .init(service: "main", sender: .client))
        #expect(!refused.isRead)
        #expect(
            refused.text == """
                This is not a line of ASK (tried: all versions, main, from a client).

                from a client on main in TOY1
                  not the form 'question': the line continues after its last parameter

                from a client on main in TOY2
                  not the form 'question': 'NOW' was expected

                """)
    }

    @Test func anAbsentCommandSaysWhereItIs() throws {
        let text = try explain("ASK 1", in: .init(version: 1, service: "main", sender: .server)).text
        #expect(
            text == """
                This is not a line of ASK (tried: TOY1, main, from a server).
                  ASK does not exist there; it is sent
                  - from a client on main, side, files in TOY1 to TOY2
                  - from a server on main in TOY2
                  - from a server on side in TOY1 to TOY2

                """)
    }

    @Test(arguments: [
        ("ASX 1", false, "No command is named 'ASX'.\n  similar: ASK (Asks.)\n"),
        ("ask", false, "No command is named 'ask'.\n  similar: ASK (Asks.)\n"),
        ("asx 1", false, "No command is named 'asx'.\n  similar: ASK (Asks.)\n"),
        ("QQQ", false, "No command is named 'QQQ'.\n"),
        ("NMD x", true, "NMD: Known by name.\n  on main in TOY1\n  Only its name is known.\n"),
        (
            "201 5", true,
            """
            201 bad: Bad.
              an error from a server in TOY1 to TOY2
              closes: unknown
              answers: ASK.question
              sources: a, b

            """
        ),
        (
            "911", true,
            "  an error from a server in TOY2\n  closes: yes\n  retry: never\n  with a payload\n"
                + "  answers: ASK.question\n"
        ),
        ("404", false, "No error has the number 404.\n"), ("", false, "No command is named ''."),
    ])
    func otherFirstWordsAreTold(_ line: String, _ isRead: Bool, _ snippet: String) throws {
        let explanation = try explain(line)
        #expect(explanation.isRead == isRead)
        #expect(explanation.text.contains(snippet), "\(explanation.text)")
    }

    @Test(arguments: [
        ("911 4", LineExplainer.Scope(version: 1), "No error has the number 911 there; it exists in TOY2."),
        ("911 4", LineExplainer.Scope(sender: .client), "Only servers send a number"),
        ("NMD", LineExplainer.Scope(version: 2), "Only its name is known."),
    ])
    func whatIsInTheWrongPlaceIsTold(_ line: String, _ scope: LineExplainer.Scope, _ snippet: String) throws {
        let explanation = try explain(line, in: scope)
        #expect(!explanation.isRead)
        #expect(explanation.text.contains(snippet))
    }
}
