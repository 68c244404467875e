import ProtocolGrammar
import Testing
import YAMLTree

struct QuestionTests {
    private static let text = """
        questions:
          wordSince:
            about: Since when?
            of: [BAS.ask.word, invalidParameter]
            readings: [{ about: Always., sources: [gossips], preferred: true }, { about: Never., sources: [gossips] }]
            why: Somebody saw it.
          early: { about: What did it say?, of: [{ client: Old }, "3"], versions: 3-4, notes: Nobody knows. }
          open: { about: Why?, of: [main, Status.away], readings: [{ about: A guess., sources: [gossips] }] }

        """

    private static func grammar() throws -> Grammar {
        let versions =
            (Base.texts.first { $0.path == "versions.yaml" }?.text ?? "") + "clients: { Old: { speaks: 3 } }\n"
        let files = Base.files(with: "questions.yaml", Array(text.utf8)).filter { $0.path != "versions.yaml" }
        let (grammar, diagnostics) = GrammarReader.read(
            files + [SourceFile(path: "versions.yaml", bytes: Array(versions.utf8))])
        #expect(diagnostics.sorted().map(Base.shown) == [])
        #expect(GrammarChecker.check(grammar).sorted().map(Base.shown) == [])
        return grammar
    }

    @Test func aQuestionWithAPreferredReadingIsDecided() throws {
        let questions = try Self.grammar().questions
        #expect(questions.map(\.isOpen) == [false, true, true])
        #expect(questions["wordSince"]?.preferred?.about == "Always.")
        #expect(questions["wordSince"]?.readings.map(\.sources) == [["gossips"], ["gossips"]])
    }

    @Test func subjectsKnowWhatOwnsThem() throws {
        let grammar = try Self.grammar()
        let subjects = try ["wordSince", "early", "open"].flatMap {
            grammar.subjects(of: try #require(grammar.questions[$0]))
        }
        #expect(subjects.map(\.kind) == [.parameter, .error, .client, .version, .session, .value])
        #expect(subjects.map(\.owner) == ["BAS", "invalidParameter", "Old", "3", "main", "Status"])
        #expect(subjects.map(\.kind.owner) == [.command, .error, .client, .version, .session, .type])
    }

    @Test func aQuestionMattersWhereItSaysOrWhereItsSubjectsAre() throws {
        let grammar = try Self.grammar()
        #expect(grammar.questions.map { grammar.spelling(of: grammar.versions(of: $0)) } == ["2+", "3-4", "2+"])
    }

    @Test func aNameWithTwoMeaningsNeedsItsKind() {
        let algorithm = """
            algorithm: main
            about: Has the name of a session.
            inputs: [{ name: word, type: text }]
            steps: [{ name: hash, operation: md5, of: word }]
            outputs: [{ name: hash }]
            vectors: [{ inputs: { word: "" }, computed: { hash: d41d8cd98f00b204e9800998ecf8427e } }]
            inferred: [gossips]

            """
        func found(_ subject: String) -> [Diagnostic] {
            let questions = "questions:\n  which: { about: Which?, of: [\(subject)] }\n"
            let files = Base.files(with: "questions.yaml", Array(questions.utf8))
            return Base.diagnostics(files + [SourceFile(path: "algorithms/main.yaml", bytes: Array(algorithm.utf8))])
        }
        #expect(found("{ session: main }").map(Base.shown) == [])
        #expect(found("{ algorithm: main }").map(Base.shown) == [])
        let ambiguous = found("main")
        #expect(
            ambiguous.map(Base.shown) == [
                "questions.yaml:2:32: error: 'main' names the session and the algorithm [ambiguous-subject]"
            ])
        #expect(ambiguous.first?.notes.map(\.message) == ["say which, such as '{ session: main }'"])
    }

    @Test func pinnedCodeHasNoQuestions() throws {
        let grammar = try Self.grammar()
        #expect(!grammar.questions.isEmpty)
        #expect(grammar.pinned(to: VersionSet(2...3)).questions.isEmpty)
    }
}
