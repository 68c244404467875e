import Foundation
import ProtocolGrammar
import Testing
import YAMLTree

/// What the tool does with files that are no files, and with an output folder that somebody prepared.
struct HostileFileTests {
    /// A folder with the base grammar, and paths in it.
    private struct Place: ~Copyable {
        let folder = FileManager.default.temporaryDirectory.resolvingSymlinksInPath()
            .appending(path: "hostile-\(UUID().uuidString)")
        var grammar: URL { folder.appending(path: "Grammar") }
        var output: URL { folder.appending(path: "Output") }
        var victim: URL { folder.appending(path: "victim") }

        init() throws {
            try Base.write(to: folder.appending(path: "Grammar"))
            try FileManager.default.createDirectory(at: output, withIntermediateDirectories: true)
            try Data("mine".utf8).write(to: victim)
        }

        deinit { try? FileManager.default.removeItem(at: folder) }

        func run(_ command: String) throws -> GrammarTool.Outcome {
            try GrammarTool.run([command, grammar.path] + (command == "check" ? [] : ["--output", output.path]))
        }

        func writeReference() throws -> GrammarTool.Outcome {
            try GrammarTool.run([grammar.path, "--output", output.path], tool: "reference-tool")
        }
    }

    @Test(.timeLimit(.minutes(30)), arguments: ["a pipe", "a device", "a folder"])
    func onlyRegularFilesAreRead(_ kind: String) throws {
        let place = try Place()
        let file = place.grammar.appending(path: "commands/ABC.yaml")
        switch kind {
        case "a pipe": try #require(mkfifo(file.path, 0o600) == 0)
        case "a device":
            try FileManager.default.createSymbolicLink(atPath: file.path, withDestinationPath: "/dev/zero")
        default: try FileManager.default.createDirectory(at: file, withIntermediateDirectories: false)
        }
        let result = try place.run("check")
        #expect(result.status == 1)
        let reason = "error: is not a regular file; a grammar consists of plain files [file]\n"
        #expect(result.errors == "\(file.path):1:1: \(reason)")
    }

    @Test func aFileNameDrivesNoTerminal() throws {
        let place = try Place()
        try Data("\u{1}".utf8).write(to: place.grammar.appending(path: "commands/A\u{1B}[2J.yaml"))
        let result = try place.run("check")
        #expect(result.status == 1)
        #expect(result.errors.contains("/commands/A\u{FFFD}[2J.yaml:1:1: error: "))
        #expect(!result.errors.contains("\u{1B}"))
    }

    @Test(arguments: ["BAS.swift", "commands/BAS.html"])
    func nothingIsWrittenThroughALinkInPlaceOfAFile(_ name: String) throws {
        let place = try Place()
        let link = place.output.appending(path: name)
        try FileManager.default.createDirectory(at: link.deletingLastPathComponent(), withIntermediateDirectories: true)
        try FileManager.default.createSymbolicLink(at: link, withDestinationURL: place.victim)
        let result = try name.hasSuffix(".swift") ? place.run("swift") : place.writeReference()
        #expect(result.status == 1)
        #expect(result.errors == "\(link.path):1:1: error: is a symbolic link; remove it [file]\n")
        #expect(try String(contentsOf: place.victim, encoding: .utf8) == "mine")
    }

    @Test func nothingIsWrittenThroughALinkInPlaceOfAFolder() throws {
        let place = try Place()
        let other = place.folder.appending(path: "other")
        try FileManager.default.createDirectory(at: other, withIntermediateDirectories: false)
        let link = place.output.appending(path: "commands")
        try FileManager.default.createSymbolicLink(at: link, withDestinationURL: other)
        let result = try place.writeReference()
        #expect(result.status == 1)
        #expect(result.errors.contains("'commands' is not a folder"))
        #expect(try FileManager.default.contentsOfDirectory(atPath: other.path).isEmpty)
    }

    @Test func theReferenceOffersADissector() throws {
        let place = try Place()
        #expect(try place.writeReference().status == 0)
        let start = try String(contentsOf: place.output.appending(path: "index.html"), encoding: .utf8)
        #expect(start.contains("<a href=\"t.lua\" download=\"\">t.lua</a>"))
        let dissector = try String(contentsOf: place.output.appending(path: "t.lua"), encoding: .utf8)
        #expect(dissector.hasPrefix("-- A dissector for Wireshark 4.0 and later, made from the grammar of T "))
    }

    @Test func aPageThatTheGrammarLostGoesAndOtherFilesStay() throws {
        let place = try Place()
        let command = place.grammar.appending(path: "commands/ABC.yaml")
        try Data("command: ABC\nabout: A test.\nclient: { ask: { about: Asks. } }\n".utf8).write(to: command)
        let first = try place.writeReference()
        #expect(first.status == 0, "\(first.errors)")
        let (page, own) = (place.output.appending(path: "commands/ABC.html"), place.output.appending(path: "own.txt"))
        #expect(FileManager.default.fileExists(atPath: page.path))
        try Data("mine".utf8).write(to: own)
        try FileManager.default.removeItem(at: command)
        #expect(try place.writeReference().status == 0)
        #expect(!FileManager.default.fileExists(atPath: page.path))
        #expect(FileManager.default.fileExists(atPath: place.output.appending(path: "commands/BAS.html").path))
        #expect(try String(contentsOf: own, encoding: .utf8) == "mine")
    }

    @Test func pagesWhoseNamesDifferOnlyInCaseAreRefused() throws {
        let place = try Place()
        try Data("types:\n  Twin: { kind: token }\n  TWIN: { kind: token }\n".utf8)
            .write(to: place.grammar.appending(path: "types/twins.yaml"))
        try Data(
            """
            command: ABC
            about: A test.
            client:
              ask:
                about: Asks.
                parameters: [{ name: one, type: Twin }, { name: two, type: TWIN }]

            """.utf8
        ).write(to: place.grammar.appending(path: "commands/ABC.yaml"))
        let result = try place.writeReference()
        #expect(result.status == 1)
        let reason = "differs from 'types/TWIN.html' only in case, which many file systems ignore"
        let page = "\(place.output.path)/types/Twin.html:1:1: error: "
        let advice = "rename one of the two in the grammar [file]\n"
        #expect(result.errors.hasSuffix("\(page)\(reason); \(advice)"), "\(result.errors)")
    }

    @Test(arguments: ["../victim", "/etc/hostname", "commands/../../victim"])
    func aPreparedListRemovesNothingOutside(_ name: String) throws {
        let place = try Place()
        try Data((name + "\n").utf8).write(to: place.output.appending(path: ".written-files"))
        let result = try place.writeReference()
        #expect(result.status == 1)
        #expect(
            result.errors == "\(place.output.path)/\(name):1:1: error: is not a name below the output folder [file]\n")
        #expect(try String(contentsOf: place.victim, encoding: .utf8) == "mine")
    }

    @Test func aPreparedListRemovesNothingBehindALink() throws {
        let place = try Place()
        let link = place.output.appending(path: "link")
        try FileManager.default.createSymbolicLink(at: link, withDestinationURL: place.folder)
        try Data("link/victim\n".utf8).write(to: place.output.appending(path: ".written-files"))
        #expect(try place.writeReference().status == 1)
        #expect(try String(contentsOf: place.victim, encoding: .utf8) == "mine")
    }

    @Test func aListThatIsALinkIsRefused() throws {
        let place = try Place()
        let link = place.output.appending(path: ".written-files")
        try FileManager.default.createSymbolicLink(at: link, withDestinationURL: place.victim)
        let result = try place.writeReference()
        #expect(result.status == 1)
        #expect(result.errors == "\(link.path):1:1: error: is a symbolic link; remove it [file]\n")
    }

    @Test func aLinkInPlaceOfATemporaryFileIsReplaced() throws {
        let place = try Place()
        let link = place.output.appending(path: "BAS.swift.new")
        try FileManager.default.createSymbolicLink(at: link, withDestinationURL: place.victim)
        #expect(try place.run("swift").status == 0)
        #expect(try String(contentsOf: place.victim, encoding: .utf8) == "mine")
        let text = try String(contentsOf: place.output.appending(path: "BAS.swift"), encoding: .utf8)
        #expect(text.hasPrefix("// Generated by grammar-tool from commands/BAS.yaml."))
    }

    @Test func anOutputFileThatIsNoFileIsRefused() throws {
        let place = try Place()
        let pipe = place.output.appending(path: "BAS.swift")
        try #require(mkfifo(pipe.path, 0o600) == 0)
        let result = try place.run("swift")
        #expect(result.status == 1)
        #expect(result.errors == "\(pipe.path):1:1: error: is not a regular file; remove it [file]\n")
    }

    @Test func manyUnknownKeysGiveFewDiagnostics() {
        let keys = (0..<990).map { "paramters\($0): a\n" }.joined()
        let text = "command: ABC\nabout: A test.\nclient: { ask: {} }\n" + keys
        let found = Base.diagnostics(Base.files(with: "commands/ABC.yaml", Array(text.utf8)))
        #expect(found.count == 101)
        #expect(found.last?.identifier == "too-many-errors")
    }

    @Test func statesThatIncludeEachOtherInManyWaysHaveTheirRulesOnce() throws {
        let states = (0..<12).map { number in
            let includes = number < 11 ? "[s\(number + 1), s\(min(11, number + 2))]" : "[]"
            return
                "  s\(number):\n    include: \(includes)\n    rules: [{ client: BAS.ask, then: s\(min(11, number + 1)) }]\n"
        }
        let text = "session: test\nservices: [main]\nstates:\n" + states.joined()
        let files = Base.files(with: "sessions/test.yaml", Array(text.utf8))
        let session = try #require(GrammarReader.read(files).grammar.sessions.first { $0.name == "test" })
        #expect(session.states.map { $0.rules.count } == (0..<12).map { 12 - $0 })
    }
}
