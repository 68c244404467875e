import ProtocolGrammar
import Testing
import YAMLTree

/// A small grammar of two versions with something of all that reports tell.
enum SmallGrammar {
    /// Reads and checks it, with another command and more versions if there are any.
    static func grammar(adding command: String = "", versions more: String = "") throws -> Grammar {
        var texts = [
            ("versions.yaml", versions + more), ("protocol.yaml", shared), ("errors.yaml", errors),
            ("commands/ASK.yaml", ask),
            ("commands/NMD.yaml", named), ("payloads/note.yaml", note), ("programs.yaml", programs),
        ]
        if !command.isEmpty { texts.append(("commands/NEW.yaml", command)) }
        let files = texts.map { SourceFile(path: $0.0, bytes: Array($0.1.utf8)) }
        let (grammar, diagnostics) = GrammarReader.read(files)
        let checked = GrammarChecker.check(grammar)
        try #require(
            !diagnostics.hasErrors && !checked.hasErrors,
            "\(diagnostics.rendered(sources: files))\(checked.rendered(sources: files))")
        return grammar
    }

    private static let versions = """
        versions:
          1: { name: TOY1, status: complete }
          2: { name: TOY2, status: partial, about: More. }

        """

    private static let programs = """
        programs:
          talker-1: { title: Talker 1, side: client, speaks: 2 }

        """

    private static let shared = """
        protocol: TOY
        about: A toy.
        services: { main: { about: The main one. }, side: {}, files: { about: Files. } }
        types:
          Text: { kind: text }
          Token: { kind: token, limit: 64 }
          Number: { kind: integer, minimum: 0, maximum: 99 }
          Ticket: { kind: token, sensitive: true }
          Login: { kind: composite, parts: [{ name: user, type: Token }, { name: ticket, type: Ticket, after: ":" }] }
          Place:
            kind: composite
            parts: [{ name: host, type: Token }, { name: port, type: Number, after: ":", optional: true }]
          Flag: { kind: boolean, "false": "0", "true": "1" }
          Level: { kind: enumeration, open: true, values: { low: "1" } }
          Bits:
            kind: flags
            values: { first: 1, second: 2 }
            fields: { level: { bits: 8-9, type: Level } }
          Abilities: { kind: composite, parts: [{ name: bits, type: Bits }, { name: name, type: Token, after: ":" }] }
          Mood:
            kind: enumeration
            open: true
            values: { happy: { value: H, versions: 1, about: Smiles. }, sad: { value: S, versions: 2 } }

        """

    private static let errors = """
        errors:
          201: { name: bad, about: Bad., sources: [a, b] }
          911: { name: gone, versions: 2, closes: true, retry: never, payload: true }

        """

    private static let ask = """
        command: ASK
        about: Asks.
        services: [main, side, files]
        client:
          question:
            about: Asks.
            services: [main, side]
            parameters:
              - { name: name, type: Text, about: Who. }
              - { literal: NOW, versions: 2, about: At once. }
              - { name: mood, type: Mood, versions: 2 }
            answers: [{ form: ASK.told, count: 0+ }, { form: ASK.more, count: 0-1 }]
            errors: [bad, gone]
            deviations:
              - programs: [talker-1]
                about: A word follows.
                versions: 2
                parameters: { late: { literal: late } }
                example: { client: ASK 7 Bob NOW S late }
            observed: [a]
            notes: Doubtful.
          present:
            about: Shows who asks.
            services: [files]
            parameters: [{ name: login, type: Login }, { name: words, type: Token, repeated: 0+ }]
            observed: [a]
        server:
          told:
            about: Tells.
            services: [main]
            versions: 2
            transaction: none
            payload: { format: bytes, length: 3 }
            inferred: [a]
          more:
            about: Tells more.
            services: [side]
            parameters:
              - { name: bits, type: Bits }
              - { name: flag, type: Flag }
              - { name: place, type: Place, optional: true }
              - { name: abilities, type: Abilities, optional: true }
            inferred: [a]
        changes:
          2: A mood follows.

        """

    private static let named = """
        command: NMD
        about: Known by name.
        status: named
        services: [main]
        versions: 1

        """

    private static let note = """
        payload: note
        kind: mime
        about: A note.
        versions: 2
        commands: [ASK.told]
        content-type: text/x-note
        fields: [{ name: mood, header: X-Mood, type: Mood }]
        observed: [a]

        """
}
