import Foundation
import Testing

/// Adds a version to a copy of the package by editing `Grammar` alone, and uses it.
@Suite(.serialized)
struct MadeUpVersionTests {
    private static let version = "  99: { name: MSNP99, status: complete, about: A made-up version. }\n"

    private static let command = """
        command: HEY
        about: Greets.
        services: [notification]
        versions: 99
        client:
          hello:
            about: Greets somebody.
            parameters:
              - { name: userHandle, type: Account }
              - { name: greeting, type: Text }
            answers: [HEY.returned]
        server:
          returned:
            about: Greets back.
            parameters: [{ name: greeting, type: Text }]
        examples:
          - title: Hello
            lines:
              - { client: HEY 1 bob@example.com good%20day, form: hello }
              - { server: HEY 1 good%20evening, form: returned }

        """

    /// Swift that compiles only if the typed API has the new command and the new parameter.
    private static let use = """
        import MSNP

        func useOfTheMadeUpVersion() throws -> [UInt8] {
            var writer = LineWriter(version: .msnp99)
            let hello = HEY.Hello(userHandle: try Account("bob@example.com"), greeting: "good day")
            try hello.encode(into: &writer, transaction: 1)
            try CHG.Change(status: .online, mood: "sunny").encode(into: &writer, transaction: 2)
            return writer.bytes
        }

        """

    @Test func aVersionIsAddedByEditingTheGrammarAlone() async throws {
        let copy = try PackageCopy(named: "made-up-version")
        try copy.append("Grammar/versions.yaml", Self.version)
        try copy.write("Grammar/commands/HEY.yaml", Self.command)
        for file in ["CHG", "NLN", "FLN", "GCF", "SBS", "UBX", "USR"] {
            try copy.edit("Grammar/commands/\(file).yaml") { text in
                text.replacing(#/versions: (\d+)-20/#) { "versions: \"\($0.1)-20, 99\"" }
            }
        }
        try copy.edit("Grammar/commands/CHG.yaml") { text in
            let mood = "      - { name: mood, type: Token, versions: 99, optional: true }\n"
            return text.replacing(#/      - \{ name: msnObject[^}]*\}\n/#, maxReplacements: 1) { $0.output + mood }
        }
        try copy.write("Sources/Samples/Client/UseOfTheMadeUpVersion.swift", Self.use)

        let build = try await copy.swift("build", "--product", "msnp")
        try #require(build.status == 0, "\(build.output)")

        let demo = try await copy.swift("run", "--skip-build", "msnp", "demo", "--version", "MSNP99")
        #expect(demo.status == 0, "\(demo.output)")
        #expect(demo.output.contains("VER 1 MSNP99"))

        let line = "HEY 7 bob@example.com good%20day\r\nCHG 8 NLN 1 0 sunny\r\n"
        let decode = try await copy.swift(
            "run", "--skip-build", "msnp", "decode", "--version", "MSNP99", "--service", "notification", "--sender",
            "client", input: line)
        #expect(decode.status == 0, "\(decode.output)")
        #expect(decode.output.contains("good day"))
        #expect(decode.output.contains("sunny"))

        try await aBrokenFileStopsTheBuildAtItsPlace(copy)
        try await aRemovedFileIsNoticed(copy)
    }

    private func aBrokenFileStopsTheBuildAtItsPlace(_ copy: PackageCopy) async throws {
        let before = try copy.generated("HEY.swift")
        try copy.write(
            "Grammar/commands/HEY.yaml", Self.command.replacing("type: Account", with: "type: Acount"))
        let build = try await copy.swift("build", "--target", "MSNP")
        #expect(build.status != 0)
        #expect(build.output.contains("Grammar/commands/HEY.yaml:9:35: error: no type is named 'Acount'"))
        #expect(build.output.contains("did you mean 'Account'?"))
        #expect(try copy.generated("HEY.swift") == before)
    }

    private func aRemovedFileIsNoticed(_ copy: PackageCopy) async throws {
        try copy.remove("Grammar/commands/HEY.yaml")
        try copy.remove("Sources/Samples/Client/UseOfTheMadeUpVersion.swift")
        let build = try await copy.swift("build", "--target", "MSNP")
        #expect(build.status == 0, "\(build.output)")
        #expect(try !copy.generated("Messages.swift").contains("HEY"))
    }
}
