import Foundation
import TestSupport
import Testing

/// MSNP22 is added to a copy of the grammar: one parameter, form, command, value, header and error differ from 21.
struct AddedVersionTests {
    private static let edits = [
        (
            "versions.yaml", "22: { name: MSNP22, status: named, about: Only its name and one line are known. }",
            "22: { name: MSNP22, status: partial, based-on: 21, about: Made up. }"
        ),
        (
            "commands/FSL.yaml", "{ name: second, type: Integer,",
            "{ name: second, type: Integer, maximum: { 22: 9 },"
        ),
        ("commands/FSL.yaml", "    versions: 21\n    parameters:", "    versions: 21, not 22\n    parameters:"),
        (
            "commands/FSL.yaml", "  - title: A telephone\n    versions: 21\n",
            "  - title: A telephone\n    versions: 21, not 22\n"
        ),
        (
            "protocol.yaml", "      mail: { value: \"16\",",
            "      pigeons: { value: \"20\", versions: 22, about: Carrier pigeons. }\n      mail: { value: \"16\","
        ),
        (
            "payloads/plainText.yaml", "  - { name: shownName,",
            "  - { name: mood, header: Mood, type: Token, versions: 22, about: How one feels. }\n  - { name: shownName,"
        ),
        (
            "errors.yaml", "  935:",
            "  936: { name: badMood, versions: 22, about: Nobody wants to talk. }\n  935:"
        ),
    ]

    @Test func onlyTheFilesThatHoldTheFactsAreTouched() throws {
        let files = FileManager.default
        let folder = files.temporaryDirectory.appending(path: "added-\(UUID().uuidString)")
        defer { try? files.removeItem(at: folder) }
        try files.copyItem(at: Repository.folder.appending(path: "Grammar").resolvingSymlinksInPath(), to: folder)
        for (path, old, new) in Self.edits {
            let file = folder.appending(path: path)
            let text = try String(contentsOf: file, encoding: .utf8)
            try #require(text.contains(old), "\(path) has no '\(old)'")
            try Data(text.replacing(old, with: new).utf8).write(to: file)
        }
        let added = try GrammarTool.run(["new", "command", "HEY", "--grammar", folder.path])
        try #require(added.status == 0 && added.errors.isEmpty, "\(added.errors)")

        let check = try GrammarTool.run(["check", folder.path, "--version", "MSNP22"])
        #expect(check.status == 0 && check.errors.isEmpty, "\(check.errors)")
        #expect(
            check.output.contains("\nEnds at MSNP21: 1\n  \(folder.path)/commands/FSL.yaml:18:15: a form, 21, not 22\n")
        )
        #expect(check.output.contains("commands/UUX.yaml:4:11: a command, 11-21\n"))
        #expect(!check.output.contains("HEY"))

        let difference = try GrammarTool.run(["diff", folder.path, "MSNP21", "MSNP22"])
        let sections = difference.output.components(separatedBy: "\n\n")
        #expect(
            sections.filter { !$0.hasPrefix("Clients\n") }.joined(separator: "\n\n") == """
                MSNP21 to MSNP22

                Commands
                  + GET  Reads something that PUT stored. Its payload is not described.
                  + HEY  Asks for something.

                Forms
                  - FSL.accepted      The server accepted it.
                  + FSL.acknowledged  The server accepted it.

                Values
                  + NetworkID.pigeons = 20  Carrier pigeons.

                Errors
                  + 936 badMood  Nobody wants to talk.

                Programs
                  - messenger-service: Microsoft's servers; server

                Parameters
                  - FSL.request.second: Integer; 0 from a telephone, 3 from the client of version 22.
                  + FSL.request.second: Integer at most 9; 0 from a telephone, 3 from the client of version 22.

                Fields of payloads
                  + plainText.mood: Mood; Token; How one feels.

                """)
    }
}
