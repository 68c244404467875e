import ProtocolGrammar
import Testing
import YAMLTree

/// Mistakes that people make in grammar files, and what the check says about each.
struct MistakeTests {
    struct Mistake: CustomTestStringConvertible {
        /// What somebody did.
        var title: String
        var path: String
        /// What is replaced in the file; empty for a whole file that is new.
        var old: String
        var new: String
        /// The path that the file has then.
        var newPath: String
        /// The whole of the diagnostics, a line each.
        var expected: [String]

        var testDescription: String { title }

        init(
            _ title: String, _ path: String = "commands/TMP.yaml", _ old: String = "", _ new: String = "",
            to newPath: String? = nil, _ expected: [String]
        ) {
            (self.title, self.path, self.old, self.new) = (title, path, old, new)
            self.newPath = newPath ?? path
            self.expected = expected
        }
    }

    private static let command = """
        command: TMP
        about: Asks how warm it is.
        services: [main]
        versions: 4+
        client:
          request:
            about: Asks for the temperature of a place.
            parameters:
              - { name: place, type: Text, optional: true }
            answers: [TMP.measured]
            errors: [invalidParameter]
            documented: [gossips]
        server:
          measured:
            about: Tells the temperature.
            parameters:
              - { name: degrees, type: Number }
              - { name: unit, type: Short, versions: 8+ }
            documented: [gossips]
        examples:
          - title: How warm is it in Den Haag?
            versions: 8+
            lines:
              - { client: TMP 4 Den%20Haag, form: request, values: { place: Den Haag } }
              - { server: TMP 4 21 C, form: measured }
        invalid:
          - { server: TMP 4 21, versions: 8+, error: missingParameter, parameter: unit }

        """

    @Test(arguments: mistakes) func aMistakeIsReportedWhereItIs(_ mistake: Mistake) throws {
        var texts = Base.texts + [(path: "commands/TMP.yaml", text: Self.command)]
        let index = try #require(texts.firstIndex { $0.path == mistake.path })
        try #require(mistake.old.isEmpty || texts[index].text.contains(mistake.old), "\(mistake.old)")
        let text = mistake.old.isEmpty ? texts[index].text : texts[index].text.replacing(mistake.old, with: mistake.new)
        texts[index] = (mistake.newPath, text)
        let files = texts.map { SourceFile(path: $0.path, bytes: Array($0.text.utf8)) }
        let found = Base.diagnostics(files).flatMap { diagnostic in
            [Base.shown(diagnostic)] + diagnostic.notes.map { "note: \($0.message)" }
        }
        #expect(found == mistake.expected, "\(found.map { "\"\($0)\"" }.joined(separator: ",\n"))")
    }

    @Test func withoutAMistakeNothingIsReported() {
        let files = Base.files(with: "commands/TMP.yaml", Array(Self.command.utf8))
        #expect(Base.diagnostics(files).map(Base.shown) == [])
    }

    static let mistakes = [
        // Files
        Mistake(
            "the extension is .yml", to: "commands/TMP.yml",
            [
                "commands/TMP.yml:1:1: error: the names of grammar files end with '.yaml'; rename it to 'TMP.yaml' [stray-file]"
            ]),
        Mistake(
            "the folder is misspelt", to: "comands/TMP.yaml",
            [
                "comands/TMP.yaml:1:1: error: a grammar has no file 'TMP.yaml' in this place [stray-file]",
                "note: did you mean the folder 'commands'?",
            ]),
        Mistake(
            "the file has another name than its command", to: "commands/TEMP.yaml",
            [
                "commands/TEMP.yaml:1:10: error: the command 'TMP' belongs in a file named 'TMP.yaml' [file-name]"
            ]),
        Mistake(
            "the command stands beside the folder", to: "TMP.yaml",
            [
                "TMP.yaml:1:1: error: a grammar has no file 'TMP.yaml' in this place [stray-file]",
                "note: it belongs in the folder 'commands'",
            ]),
        Mistake(
            "a file is misspelt", "errors.yaml", to: "error.yaml",
            [
                "error.yaml:1:1: error: a grammar has no file 'error.yaml' in this place [stray-file]",
                "note: did you mean 'errors.yaml'?",
            ]),
        // Spelling
        Mistake(
            "a key of a form is misspelt", "commands/TMP.yaml", "answers:", "anwsers:",
            [
                "commands/TMP.yaml:10:5: error: a form has no key 'anwsers' [unknown-key]",
                "note: did you mean 'answers'?",
            ]),
        Mistake(
            "a key of a parameter is misspelt", "commands/TMP.yaml", "optional:", "optonal:",
            [
                "commands/TMP.yaml:9:36: error: a parameter has no key 'optonal' [unknown-key]",
                "note: did you mean 'optional'?",
            ]),
        Mistake(
            "a type is misspelt", "commands/TMP.yaml", "type: Number", "type: Numbr",
            [
                "commands/TMP.yaml:17:32: error: no type is named 'Numbr' [unknown-type]",
                "note: did you mean 'Number'?",
            ]),
        Mistake(
            "a type is in small letters", "commands/TMP.yaml", "type: Number", "type: number",
            [
                "commands/TMP.yaml:17:32: error: no type is named 'number' [unknown-type]",
                "note: did you mean 'Number'?",
            ]),
        Mistake(
            "an error is misspelt", "commands/TMP.yaml", "invalidParameter", "invalidParamter",
            [
                "commands/TMP.yaml:11:14: error: no error is named 'invalidParamter' [unknown-error]",
                "note: did you mean 'invalidParameter'?",
            ]),
        Mistake(
            "a service is misspelt", "commands/TMP.yaml", "services: [main]", "services: [mian]",
            [
                "commands/TMP.yaml:3:12: error: no service here is named 'mian' [unknown-service]",
                "note: did you mean 'main'?",
            ]),
        Mistake(
            "an answer is misspelt", "commands/TMP.yaml", "[TMP.measured]", "[TMP.measurd]",
            [
                "commands/TMP.yaml:10:15: error: the other side has no form named 'TMP.measurd' [unknown-form]",
                "note: did you mean 'TMP.measured'?",
            ]),
        Mistake(
            "a form of an example is misspelt", "commands/TMP.yaml", "form: measured", "form: mesured",
            [
                "commands/TMP.yaml:14:3: warning: the form 'measured' has no example; add a line of it to 'examples' [no-example]",
                "commands/TMP.yaml:25:19: error: this line is the form 'measured' in T8, not 'mesured' [example]",
            ]),
        Mistake(
            "a state is misspelt", "sessions/handshake.yaml", "then: greeted", "then: greted",
            [
                "sessions/handshake.yaml:5:34: error: no state is named 'greted' [unknown-state]",
                "note: did you mean 'greeted'?",
                "sessions/main.yaml:5:3: error: no rule leads to the state 'greeted' [unreachable-state]",
            ]),
        // YAML
        Mistake(
            "a key is not indented", "commands/TMP.yaml", "    answers:", "  answers:",
            [
                "commands/TMP.yaml:11:5: error: did not find expected key while parsing a block mapping [yaml-syntax]",
                "note: while parsing a block mapping that begins here",
                "note: the keys of a mapping begin in the same column",
            ]),
        Mistake(
            "a key is indented too far", "commands/TMP.yaml", "    answers:", "      answers:",
            [
                "commands/TMP.yaml:10:7: error: did not find expected '-' indicator while parsing a block collection [yaml-syntax]",
                "note: while parsing a block collection that begins here",
                "note: the items of a list begin with '- ' in the same column, and what follows the list is indented less",
            ]),
        Mistake(
            "a tab", "commands/TMP.yaml", "    answers:", "\tanswers:",
            [
                "commands/TMP.yaml:10:1: error: YAML does not allow tabs for indentation (found character that cannot start any token while scanning for the next token) [yaml-syntax]"
            ]),
        Mistake(
            "a colon without a blank", "commands/TMP.yaml", "about: Tells the", "about:Tells the",
            [
                "commands/TMP.yaml:16:15: error: mapping values are not allowed in this context [yaml-syntax]",
                "note: write 'key: value' with a blank, and quotes around a text with a colon",
            ]),
        Mistake(
            "a colon in a text", "commands/TMP.yaml", "about: Tells the", "about: Tells: the",
            [
                "commands/TMP.yaml:15:17: error: mapping values are not allowed in this context [yaml-syntax]",
                "note: write 'key: value' with a blank, and quotes around a text with a colon",
            ]),
        Mistake(
            "a key twice", "commands/TMP.yaml", "services: [main]", "services: [main]\nservices: [side]",
            [
                "commands/TMP.yaml:4:1: error: the key 'services' is already in this mapping [duplicate-key]",
                "note: 'services' is first here",
            ]),
        Mistake(
            "a brace is missing", "commands/TMP.yaml", "type: Number }", "type: Number",
            [
                "commands/TMP.yaml:18:9: error: did not find expected ',' or '}' while parsing a flow mapping [yaml-syntax]",
                "note: while parsing a flow mapping that begins here",
                "note: a comma or a closing bracket is missing before this",
            ]),
        Mistake(
            "a text where a list belongs", "commands/TMP.yaml", "services: [main]", "services: main",
            [
                "commands/TMP.yaml:3:11: error: 'services' must be a list, not text [wrong-kind]",
                "note: write a list of one as '[main]'",
            ]),
        Mistake(
            "a mapping where a list belongs", "commands/TMP.yaml", "      - { name: place,",
            "      place: { name: place,",
            [
                "commands/TMP.yaml:9:7: error: 'parameters' must be a list, not a mapping [wrong-kind]",
                "note: each item of a list begins with '- '",
            ]),
        Mistake(
            "yes for true", "commands/TMP.yaml", "optional: true", "optional: yes",
            [
                "commands/TMP.yaml:9:46: error: 'optional' must be one of true, false [bad-value]"
            ]),
        // Versions
        Mistake(
            "a version that does not exist", "commands/TMP.yaml", "versions: 4+", "versions: 4-25",
            [
                "commands/TMP.yaml:4:11: error: there is no version 25; the last one is 10 [unknown-version]"
            ]),
        Mistake(
            "a range that runs backwards", "commands/TMP.yaml", "unit, type: Short, versions: 8+",
            "unit, type: Short, versions: 9-8",
            [
                "commands/TMP.yaml:18:46: error: the range '9-8' runs backwards; write '8-9' [version-backwards]"
            ]),
        Mistake(
            "a set in another notation", "commands/TMP.yaml", "versions: 4+", "versions: \">= 4\"",
            [
                "commands/TMP.yaml:4:11: error: '>= 4' is not a set of versions; write '8', '2-7', '11+' or '2-7, 10' [bad-version]"
            ]),
        Mistake(
            "a parameter where its form does not exist", "commands/TMP.yaml", "unit, type: Short, versions: 8+",
            "unit, type: Short, versions: 3-9",
            [
                "commands/TMP.yaml:18:46: error: version 3 of '3-9' is outside the versions around it [versions-outside]"
            ]),
        Mistake(
            "versions of a map overlap", "commands/TMP.yaml", "type: Number }", "type: { 4-8: Number, 8+: Number } }",
            [
                "commands/TMP.yaml:17:47: error: 'type' has two values in T8 [overlapping-versions]"
            ]),
        Mistake(
            "a map leaves versions out", "commands/TMP.yaml", "type: Number }", "type: { 4-6: Number, 8+: Number } }",
            [
                "commands/TMP.yaml:17:32: error: the parameter has neither a type nor a literal in T7 [missing-version]"
            ]),
        Mistake(
            "a parameter for each type", "commands/TMP.yaml", "- { name: degrees, type: Number }",
            "- { name: degrees, type: Number, versions: 4-6 }\n      - { name: degrees, type: Short, versions: 7+ }",
            [
                "commands/TMP.yaml:18:17: error: 'measured' has two members named 'degrees' [duplicate-name]",
                "note: the first is here",
                "note: their types have different kinds of values; give them different names",
            ]),
        // Forms and lines
        Mistake(
            "two forms have one name", "commands/TMP.yaml", "  measured:", "  request:",
            [
                "commands/TMP.yaml:14:3: error: 'request' names two forms of TMP; rename one of them [duplicate-form]",
                "note: the first is here",
            ]),
        Mistake(
            "two forms accept one line", "commands/TMP.yaml", "examples:",
            "  felt:\n    parameters: [{ name: number, type: Number }]\n    documented: [gossips]\nexamples:",
            [
                "commands/TMP.yaml:20:3: error: 'felt' and 'measured' accept the same line [ambiguous-forms]",
                "note: 'measured' is here; both accept 'TMP 1 0' in T4 to T7",
            ]),
        Mistake(
            "a form has no example", "commands/TMP.yaml", "server:\n",
            "  cancel:\n    parameters: [{ literal: X }, { literal: Y }]\n    documented: [gossips]\nserver:\n",
            [
                "commands/TMP.yaml:13:3: warning: the form 'cancel' has no example; add a line of it to 'examples' [no-example]"
            ]),
        Mistake(
            "an example lacks a word", "commands/TMP.yaml", "TMP 4 21 C", "TMP 4 21",
            [
                "commands/TMP.yaml:25:19: error: this line is not the form 'measured' in T8 [example]",
                "note: 'unit' is missing",
            ]),
        Mistake(
            "a line that must be refused is right", "commands/TMP.yaml", "server: TMP 4 21, versions: 8+",
            "server: TMP 4 21, versions: 4-7",
            [
                "commands/TMP.yaml:27:15: error: this line is valid in T4: it has the form 'measured' [invalid-example]"
            ]),
        Mistake(
            "the sources are removed", "commands/TMP.yaml", "    documented: [gossips]\nserver", "server",
            [
                "commands/TMP.yaml:6:3: warning: the form 'request' names no source; add one of the keys 'observed', 'documented' and 'inferred' [no-evidence]"
            ]),
    ]

    @Test func thereAre37() { #expect(Self.mistakes.count == 37) }
}
