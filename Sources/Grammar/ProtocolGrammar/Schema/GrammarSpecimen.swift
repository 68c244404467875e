/// Files that have each kind of mapping where it can stand; what their keys hold is for the reader to say.
///
/// The schemas are made from them. They need not be right: a key that a mapping lacks is declared all the same.
enum GrammarSpecimen {
    static let files: [(path: String, text: String)] = [
        ("grammar-generator.yaml", "role: client\n"), ("sources.yaml", "sources: { somebody: Text. }\n"),
        (
            "versions.yaml",
            """
            versions: { 1: { name: T1 }, 2: { name: T2 } }
            facts: { quiet: { versions: 1 } }
            clients: { Toy: { speaks: 1 } }

            """
        ),
        (
            "protocol.yaml",
            types + """
                protocol: T
                services: { main: {} }
                limits: { line: 100 }
                behaviours: { ends: { about: Text. } }
                topics: { talk: { title: Talk, commands: [ABC] } }
                use-cases: { talk: { title: Talk, conversations: { small: Small }, algorithms: { all: All } } }
                http-services:
                  shop:
                    requests: { buy: { query: [{ name: a }, { name: b, literal: A }] } }
                    answer-headers: [{ name: a }]

                """
        ),
        ("programs.yaml", "programs: { talker: { title: Talker } }\n"),
        (
            "errors.yaml",
            """
            groups: { all: [bad] }
            errors: { 200: { name: bad } }

            """
        ),
        ("types/all.yaml", types),
        (
            "commands/ABC.yaml",
            """
            command: ABC
            names: { swift: Text }
            changes: { 2: Text. }
            client:
              ask:
                payload: { format: text }
                parameters:
                  - { literal: A }
                  - name: word
                    type: { 1: Token }
                    literal: { 2: A }
                    optional: { 2: true }
                    empty: { 2: true }
                    prefix: { 2: A }
                    minimum: { 2: 1 }
                    maximum: { 2: 2 }
                    when: { 2: { other: A } }
                  - { name: more, type: Token, when: { other: A } }
                answers: [ABC.told, { form: ABC.told, when: { word: [A], other: A } }]
                deviations:
                  - parameters: { word: { when: { other: A } } }
                    example: { client: ABC, versions: 1 }
                    examples: [{ client: ABC }]
            server: { told: { deviations: [{ example: { server: ABC }, examples: [{ client: ABC }] }] } }
            examples:
              - lines:
                  - { client: ABC, values: { word: A, list: [A, [B]] } }
                  - { server: ABC }
            invalid: [{ client: ABC }, { server: ABC }]

            """
        ),
        (
            "payloads/message.yaml",
            """
            payload: message
            kind: mime
            fields: [{ name: a }]
            examples: [{ title: A, text: A }, { title: A, bytes: "00" }]

            """
        ),
        (
            "payloads/document.yaml",
            """
            payload: document
            kind: xml
            prefixes: { a: urn }
            elements: { a: { element: a, attributes: [{ name: a }], children: [{ name: b }] } }
            deviations: [{ document: unescaped-text }]
            examples: [{ title: A, text: A }, { title: A, bytes: "00" }]

            """
        ),
        (
            "payloads/stack.yaml",
            """
            payload: stack
            kind: blocks
            blocks: [{ name: a, fields: [{ name: a }], start-line: { name: b } }]
            inside: [packet, { payload: packet, when: { a: "0" } }]
            examples: [{ title: A, text: A }, { title: A, bytes: "00" }]

            """
        ),
        (
            "payloads/packet.yaml",
            """
            payload: packet
            kind: binary
            fields: [{ name: a }]
            footer: [{ name: a }]
            inside: [packet, { payload: packet, when: { a: "0" } }]
            examples: [{ title: A, text: A }, { title: A, bytes: "00" }]

            """
        ),
        (
            "payloads/shared.yaml",
            """
            shared: shared
            prefixes: { a: urn }
            elements: { a: { element: a } }

            """
        ),
        (
            "algorithms/all.yaml",
            """
            algorithm: all
            inputs: [{ name: a, type: text }]
            constants: [{ name: b, text: A }, { name: c, numbers: ["1"] }, { name: d, bytes: A }, { name: e, number: "1" }]
            steps:
            \(steps(indentation: 2))
              - { operation: algorithm, with: { a: b } }
              - operation: exchange
                sends: [{ value: a }]
                receives: [{ name: b }]
                refusals: [{ header: A }]
              - operation: for-each
                keeps: [{ name: a }]
                steps:
            \(steps(indentation: 6))
            outputs: [{ name: a }]
            known: [{ inputs: { a: A } }]
            vectors:
              - inputs: { a: A }
                steps: { a: A, list: ["1", { b: "1" }] }
                computed: { a: A, list: ["1", { b: "1" }] }
                outputs: { a: A, list: ["1"] }

            """
        ),
        (
            "sessions/main.yaml",
            """
            session: main
            states:
              open:
                rules:
                  - { client: A, programs: [talker], example: { client: A }, examples: [{ client: A, versions: 1 }] }
                  - { server: A, programs: [talker], example: { server: A }, examples: [{ server: A }] }
            always: [{ client: A }]

            """
        ),
        (
            "sessions/shared.yaml",
            """
            shared: shared
            states: { open: { rules: [{ client: A }] } }
            always: [{ client: A }]

            """
        ),
        (
            "conversations/talk.yaml",
            """
            conversation: talk
            versions: 1-2
            after: { 1: other }
            actors: { alice: { client: A } }
            values: { a: A, b: { 1: A } }
            payloads: { note: { text: A } }
            steps: [{ from: alice, to: bob }]

            """
        ),
        ("conversations/more.yaml", "conversation: more\n"),
        (
            "questions.yaml",
            """
            questions:
              since: { about: When?, of: [ABC, { session: main }], readings: [{ about: Text., sources: [somebody] }] }

            """
        ),
    ]

    /// A step of each operation that may stand inside of a loop.
    private static func steps(indentation: Int) -> String {
        AlgorithmOperation.Name.inner.map {
            "\(String(repeating: " ", count: indentation))- { operation: \($0.rawValue) }"
        }.joined(separator: "\n")
    }

    private static let types = """
        types:
          A: { kind: token, shapes: [{ literal: A }], deviations: [{ spelling: bare }] }
          B: { kind: text, deviations: [{ spelling: bare }] }
          C: { kind: integer, deviations: [{ spelling: bare }] }
          D: { kind: boolean, deviations: [{ spelling: bare }] }
          E: { kind: guid, deviations: [{ spelling: bare }] }
          F: { kind: enumeration, values: { a: A, b: { value: B } }, deviations: [{ spelling: bare }] }
          G: { kind: flags, values: { a: "1", b: { value: "2" } }, fields: { c: { bits: "3" } }, deviations: [{ spelling: bare }] }
          H: { kind: composite, parts: [{ name: a }], deviations: [{ spelling: bare }] }
          I: { kind: rest, deviations: [{ spelling: bare }] }

        """
}
