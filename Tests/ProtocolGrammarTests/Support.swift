import Foundation
import ProtocolGrammar
import Testing
import YAMLTree

/// The small grammar that every fixture is read with.
enum Base {
    static let texts: [(path: String, text: String)] = [
        (
            "versions.yaml",
            "versions:\n" + (2...10).map { "  \($0): { name: T\($0), status: complete }\n" }.joined()
        ),
        (
            "protocol.yaml",
            """
            protocol: T
            services: { main: {}, side: {} }
            limits: { line: 200, parameters: 12, payload: 100 }
            http-services:
              shop: { about: A shop., hosts: [shop.example], path: /shop, method: GET, versions: 2-4 }
              book: { about: A book., hosts: [book.example], path: /book }
            types:
              Token: { kind: token }

            """
        ),
        (
            "types/base.yaml",
            """
            types:
              Short: { kind: token, limit: 3 }
              Phrase: { kind: rest }
              Text: { kind: text }
              Number: { kind: integer, minimum: 0, maximum: 99 }
              Flag: { kind: boolean, "false": F, "true": T }
              GUID: { kind: guid, braces: true }
              Status: { kind: enumeration, values: { online: NLN, away: { value: AWY, versions: 5+ } } }
              Transport: { kind: enumeration, open: true, values: { direct: U } }
              Capabilities: { kind: flags, values: { mobile: 1, ink: 0x4 } }
              Address:
                kind: composite
                parts:
                  - { name: host, type: Token }
                  - { name: port, type: Number, after: ":" }
                  - { name: path, type: Token, after: "/", optional: true }

            """
        ),
        (
            "commands/USE.yaml",
            """
            command: USE
            about: Has a parameter of each type.
            client:
              use:
                parameters:
                  - { name: short, type: Short }
                  - { name: text, type: Text }
                  - { name: number, type: Number }
                  - { name: flag, type: Flag }
                  - { name: guid, type: GUID }
                  - { name: status, type: Status }
                  - { name: transport, type: Transport }
                  - { name: capabilities, type: Capabilities }
                  - { name: address, type: Address }
                inferred: [gossips]
            examples:
              - title: One of each
                lines:
                  - client: "USE 1 a b 1 T {01234567-89ab-cdef-0123-456789abcdef} NLN U 1 host:1"
                    form: use

            """
        ),
        (
            "commands/TELL.yaml",
            """
            command: ">TELL!"
            about: Tells a phrase.
            client:
              tell: { parameters: [{ name: phrase, type: Phrase }], inferred: [gossips] }
            examples:
              - { title: A phrase, lines: [{ client: ">TELL! 1 a  b ", form: tell, values: { phrase: a  b } }] }

            """
        ),
        ("sources.yaml", "sources:\n  gossips: People.\n"),
        (
            "programs.yaml",
            """
            programs:
              talker: { title: Talker, side: client, speaks: 2-10 }
              listener: { title: Listener, side: server, speaks: 2-10 }
              early: { title: Early, side: client, speaks: 2-3 }

            """
        ),
        (
            "errors.yaml",
            """
            groups:
              malformed: [invalidSyntax, invalidParameter]
            errors:
              200: { name: invalidSyntax }
              201: { name: invalidParameter, versions: 5+ }

            """
        ),
        (
            "commands/BAS.yaml",
            """
            command: BAS
            about: The base.
            client:
              ask:
                parameters: [{ name: word, type: Token }]
                answers: [BAS.reply]
                errors: [malformed]
                inferred: [gossips]
            server:
              reply:
                parameters: [{ name: word, type: Token }]
                inferred: [gossips]
            examples:
              - title: A round
                lines:
                  - { client: BAS 1 a, form: ask, values: { word: a } }
                  - { server: BAS 1 a, form: reply }

            """
        ),
        (
            "sessions/handshake.yaml",
            """
            shared: handshake
            states:
              greeting:
                rules:
                  - { client: BAS.ask, then: greeted }
              greeted: {}

            """
        ),
        (
            "sessions/main.yaml",
            """
            session: main
            services: [main]
            include: handshake
            states:
              greeted:
                rules:
                  - { server: BAS.reply, then: closed }
            always:
              - { client: BAS, then: closed }

            """
        ),
    ]

    /// The base files, with one added or in the place of the one of its path.
    static func files(with path: String? = nil, _ text: [UInt8] = []) -> [SourceFile] {
        var files = texts.filter { $0.path != path }.map { SourceFile(path: $0.path, bytes: Array($0.text.utf8)) }
        if let path { files.append(SourceFile(path: path, bytes: text)) }
        return files
    }

    /// Writes files, the base ones unless there are others, into a folder, which need not exist.
    static func write(_ files: [(path: String, text: String)] = texts, to folder: URL) throws {
        for (path, text) in files {
            let file = folder.appending(path: path)
            try FileManager.default.createDirectory(
                at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
            try Data(text.utf8).write(to: file)
        }
    }

    /// Everything wrong with the files; a grammar that could not be read is not checked further.
    static func diagnostics(_ files: [SourceFile]) -> [Diagnostic] {
        let (grammar, read) = GrammarReader.read(files)
        return read.hasErrors ? read.sorted() : read.sorted() + GrammarChecker.check(grammar).sorted()
    }

    static func shown(_ diagnostic: Diagnostic) -> String {
        let place = diagnostic.location
        return "\(place.file):\(place.line):\(place.column): \(diagnostic.severity.rawValue): "
            + "\(diagnostic.message) [\(diagnostic.identifier)]"
    }
}
