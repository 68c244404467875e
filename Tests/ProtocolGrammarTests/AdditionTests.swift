import Foundation
import Testing

/// What `grammar-tool new` adds is right as it stands, and nothing that exists is written over.
struct AdditionTests {
    /// A folder with the base grammar or with other files.
    private struct Place: ~Copyable {
        let folder = FileManager.default.temporaryDirectory.appending(path: "addition-\(UUID().uuidString)")

        init(_ files: [(path: String, text: String)] = Base.texts) throws {
            try Base.write(files, to: folder)
        }

        deinit { try? FileManager.default.removeItem(at: folder) }

        func add(_ words: String...) throws -> GrammarTool.Outcome {
            try GrammarTool.run(["new"] + words + ["--grammar", folder.path])
        }

        func check() throws -> String {
            let result = try GrammarTool.run(["check", folder.path])
            return result.output + result.errors
        }

        func text(_ path: String) throws -> String {
            try String(contentsOf: folder.appending(path: path), encoding: .utf8)
        }
    }

    private static let empty = [
        ("versions.yaml", "versions:\n  1: { name: T1 }\n"), ("protocol.yaml", "protocol: T\nservices: { main: {} }\n"),
    ]

    @Test(arguments: [("command", "HEY", "commands/HEY.yaml"), ("payload", "greeting", "payloads/greeting.yaml")])
    func aNewFilePassesTheCheckAsItStands(_ what: String, _ name: String, _ path: String) throws {
        for files in [Base.texts, Self.empty] {
            let place = try Place(files)
            let result = try place.add(what, name)
            #expect(result.status == 0 && result.errors.isEmpty, "\(result)")
            #expect(result.output == "\(place.folder.path)/\(path)\n")
            #expect(try place.check() == "")
            #expect(try place.text(path).contains("\n# "))
        }
    }

    @Test(arguments: [("+OK", "OK"), ("-ERR", "ERR"), ("a\"b\\:#", "ab"), ("CONNECT", "CONNECT")])
    func aCommandHasAFileOfItsLettersAndDigits(_ word: String, _ name: String) throws {
        let plain = [("protocol.yaml", "protocol: T\nservices: { main: {} }\ntransaction: none\n")]
        for files in [Base.texts, plain] {
            let place = try Place(files)
            let result = try place.add("command", word)
            #expect(result.status == 0 && result.errors.isEmpty, "\(result)")
            #expect(result.output == "\(place.folder.path)/commands/\(name).yaml\n")
            #expect(try place.check() == "")
            let text = try place.text("commands/\(name).yaml")
            #expect(text.contains("transaction") == (files.count > 1) && text.contains("versions") == (files.count > 1))
        }
    }

    @Test func aNewFileNamesItsSchemaIfTheGrammarHasOne() throws {
        let place = try Place()
        let schemas = place.folder.appending(path: "schema").path
        try #require(try GrammarTool.run(["schema", "--output", schemas]).status == 0)
        try #require(try place.add("command", "HEY").status == 0)
        #expect(
            try place.text("commands/HEY.yaml").hasPrefix("# yaml-language-server: $schema=../schema/command.json\n"))
        #expect(try place.check() == "")
    }

    @Test func nothingThatExistsIsWrittenOver() throws {
        let place = try Place()
        try #require(try place.add("command", "HEY").status == 0)
        let path = place.folder.appending(path: "commands/HEY.yaml")
        let changed = try place.text("commands/HEY.yaml").replacing("Asks for something.", with: "Greets.")
        try Data(changed.utf8).write(to: path)
        let again = try place.add("command", "HEY")
        #expect(again.status == 1 && again.errors == "the grammar has a command 'HEY' already\n", "\(again)")
        #expect(try place.text("commands/HEY.yaml") == changed)
    }

    @Test(arguments: [
        ("command", "../../HEY", "'../../HEY' cannot be a command word"),
        ("command", "two words", "'two words' cannot be a command word"),
        ("command", "+++", "the command '+++' has no letter or digit for the name of its file"),
        ("payload", "../x", "the payload '../x' belongs in a file named '../x.yaml'"),
        ("payload", "Hello", "'Hello' cannot name a payload"),
        ("version", "T11\n  12", "cannot name a version"),
    ])
    func aWrongNameIsRefused(_ what: String, _ name: String, _ reason: String) throws {
        let place = try Place()
        let result = try place.add(what, name)
        #expect(result.status == 1 && result.errors.contains(reason), "\(result.errors)")
        #expect(try place.check() == "")
        #expect(!FileManager.default.fileExists(atPath: place.folder.appending(path: "../HEY.yaml").path))
    }

    @Test func aVersionIsALineOfTheFileWithTheOthers() throws {
        let place = try Place()
        for words in [["T13", "--based-on", "T10"], ["T11", "--based-on", "10"], ["Twelve", "--number", "12"]] {
            let result = try GrammarTool.run(["new", "version"] + words + ["--grammar", place.folder.path])
            #expect(result.status == 0 && result.errors.isEmpty, "\(result)")
        }
        #expect(try place.check() == "")
        let lines = try place.text("versions.yaml").split(separator: "\n").filter { !$0.contains("#") }
        #expect(
            lines.suffix(4) == [
                "  10: { name: T10, status: complete }",
                "  11: { name: T11, status: partial, based-on: 10, about: \"As 10, as far as anybody knows.\" }",
                "  12: { name: Twelve, status: partial, about: What is new in it. }",
                "  13: { name: T13, status: partial, based-on: 10, about: \"As 10, as far as anybody knows.\" }",
            ])
    }

    @Test(arguments: [
        (["T10"], "versions.yaml:10 has the version T10 already\n"),
        (["T10", "--based-on", "9"], "T10 already; to base it on T9, add 'based-on: 9' there\n"),
        (["T11", "--based-on", "T1"], "no version is named 'T1'\n"),
        (["Next"], "'Next' does not end with the version's number; add '--number N'\n"),
        (["T200"], "'200' is not a version number from 0 to 127"),
    ])
    func aVersionThatCannotBeAddedIsRefused(_ words: [String], _ reason: String) throws {
        let place = try Place()
        let result = try GrammarTool.run(["new", "version"] + words + ["--grammar", place.folder.path])
        #expect(result.status == 1 && result.errors.contains(reason), "\(result.errors)")
        #expect(try place.text("versions.yaml") == Base.texts.first?.text)
    }

    @Test func versionsInOneLineAreLeftToTheReader() throws {
        let place = try Place([("versions.yaml", "versions: { 1: { name: T1 }, 2: { name: T2 } }\n"), Self.empty[1]])
        let result = try place.add("version", "T3")
        #expect(result.status == 1 && result.errors.contains("does not have its versions one a line"), "\(result)")
    }

    @Test(arguments: [["type", "A"], ["command", "ABC", "--based-on", "2"], ["version"]])
    func otherWordsShowTheUsage(_ words: [String]) throws {
        let result = try GrammarTool.run(["new"] + words)
        #expect(result.status == 2 && result.errors.hasPrefix("usage: "))
    }
}
