import ProtocolGrammar
import Testing
import YAMLTree

/// The versions of errors come from the requests and rules that name them.
struct ErrorVersionTests {
    private static let commands = """
        command: ABC
        about: A test.
        client:
          early: { versions: 2-4, parameters: [{ literal: EARLY }], errors: [shared] }
          late: { versions: 7-8, parameters: [{ literal: LATE }], errors: [shared, narrow] }
        """

    private static let session = """
        session: main
        services: [main]
        states:
          start:
            rules:
              - { client: BAS.ask, versions: 9-10, error: ruled }
            otherwise: allow
        """

    private static func read(_ errors: String) -> (grammar: Grammar, diagnostics: [Diagnostic]) {
        let replaced = ["errors.yaml": errors, "sessions/main.yaml": session, "commands/ABC.yaml": commands]
        let files =
            Base.files().filter { replaced[$0.path] == nil && $0.path != "sessions/handshake.yaml" }
            + replaced.map { SourceFile(path: $0.key, bytes: Array($0.value.utf8)) }
        let (grammar, read) = GrammarReader.read(files)
        #expect(!read.hasErrors, "\(read.all)")
        return (grammar, GrammarChecker.check(grammar).sorted().filter { $0.identifier == "unreceived-error" })
    }

    private static let groups = "groups: { malformed: [other] }\n"

    @Test func anErrorHasTheVersionsOfWhatNamesIt() {
        let (grammar, diagnostics) = Self.read(
            Self.groups
                + """
                errors:
                  200: { name: shared }
                  201: { name: narrow }
                  202: { name: ruled }
                  203: { name: nobody }
                  204: { name: other }
                  205: { name: unreadable, answers-to: [invalidValue] }
                """)
        #expect(diagnostics.isEmpty)
        let versions = Dictionary(grammar.errors.map { ($0.name, $0.versions) }) { first, _ in first }
        #expect(versions["shared"]?.numbers == [2, 3, 4, 7, 8])
        #expect(versions["narrow"]?.numbers == [7, 8])
        #expect(versions["ruled"]?.numbers == [9, 10])
        for all in ["nobody", "other", "unreadable"] { #expect(versions[all] == grammar.openVersions) }
    }

    @Test func versionsInWhichNothingNamesTheErrorAreRefused() {
        let (_, diagnostics) = Self.read(
            Self.groups
                + """
                errors:
                  200: { name: shared, versions: 3-7 }
                  201: { name: narrow, versions: 8 }
                  202: { name: ruled, versions: 9 }
                  203: { name: nobody, versions: 2 }
                  204: { name: other, versions: 2 }
                """)
        #expect(
            diagnostics.map(Base.shown) == [
                "errors.yaml:3:3: error: no request can receive 'shared' in T5 to T6; leave the versions out "
                    + "[unreceived-error]"
            ])
    }
}
