import ProtocolDescription
import ProtocolGrammar
import ReferenceEmitter
import Testing

/// What a grammar says in words.
struct DescriptionTests {
    @Test func theWholeGrammarSurvivesItsTextForm() throws {
        let description = DescriptionEmitter.describe(try repositoryGrammar())
        #expect(try ProtocolDescription(text: description.text) == description)
        #expect(description.command(named: "USR") != nil)
    }

    @Test func theSwiftFileIsOneRawLiteral() throws {
        var description = DescriptionEmitter.describe(try toyGrammar())
        description.about = "three \"\"\"# marks"
        let text = DescriptionEmitter.swift(description)
        #expect(text.contains("let descriptionText = ##\"\"\"\nprotocol\tTOY\t"))
        #expect(text.hasSuffix("\"\"\"##\n"))
    }

    @Test(arguments: [
        ("ASK 1 Bob%20B NOW host:7", "place  host:7 (host:port) - May be left out."),
        ("ASK 1 Bob%20B", "name  Bob B - A name"), ("ASK 1 H 3", "mood  H (happy: A <smile>.) - Happy | sad."),
        ("ASK 1 H 3", "bits  3 (first + second)"), ("ASK 3", "payload: any bytes, exactly 3 bytes"),
        ("911", "an error from a server in TOY2 to TOY3\n  closes: yes"),
        ("NMD 1 2 3", "Nothing is known of it but its name."),
    ])
    func linesAreExplainedByTheGrammar(_ line: String, _ snippet: String) throws {
        let explanation = try explain(line)
        #expect(explanation.isRead)
        expect(explanation.text, contains: snippet)
    }

    @Test(arguments: [
        ("ASK", "from a client on main in TOY1 to TOY3\n  not the form 'mood': the line has no transaction ID"),
        ("ASK 1 X Y", "not the form 'told': mood: it is not one of H, S, A"),
        ("asq", "No command is named 'asq'."), ("ask 1", "near it: ASK (Asks how somebody is.)"),
        ("404", "No error has the number 404."),
    ])
    func wrongLinesAreExplainedByContext(_ line: String, _ snippet: String) throws {
        let explanation = try explain(line)
        #expect(!explanation.isRead)
        expect(explanation.text, contains: snippet)
    }

    private func explain(_ line: String) throws -> LineExplainer.Explanation {
        let grammar = try toyGrammar()
        let reading = LineReading(grammar)
        return LineExplainer(DescriptionEmitter.describe(grammar)).explain(line, in: .init()) {
            reading.read(line, in: $0)
        }
    }
}
