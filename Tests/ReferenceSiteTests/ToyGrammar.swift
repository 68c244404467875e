/// The texts of a small grammar with something of every kind in it.
enum ToyGrammar {
    static let texts: [(path: String, text: String)] = [
        ("versions.yaml", versions), ("protocol.yaml", shared), ("errors.yaml", errors),
        ("commands/ASK.yaml", ask), ("commands/NMD.yaml", named), ("payloads/note.yaml", note),
        ("payloads/tree.yaml", tree), ("payloads/order.yaml", order), ("payloads/parcel.yaml", parcel),
        ("payloads/stack.yaml", stack), ("payloads/packet.yaml", packet),
        ("sessions/chat.yaml", session), ("programs.yaml", programs), ("algorithms/smile.yaml", smile),
        ("algorithms/half.yaml", half),
        ("sources.yaml", sources), ("conversations/talk.yaml", talk), ("conversations/more.yaml", more),
        ("questions.yaml", questions),
    ]

    private static let questions = """
        questions:
          placeSince:
            about: "Since when is there a <place>?"
            of: [ASK.mood.place, invalidMood]
            readings:
              - { about: "Since *2*.", sources: [toy], preferred: true }
              - { about: "Since <3>.", sources: [elsewhere] }
            why: "Somebody | saw it."
          bits: { about: What are the bits?, of: [Bits.first, ASK.told], versions: 2+, notes: "Nobody <knows>." }
          whole: { about: What is it?, of: [{ session: chat }, note, silence, gate, "4", Toy Client],
            readings: [{ about: A guess., sources: [toy] }] }

        """

    private static let smile = """
        algorithm: smile
        about: "Proves a <smile>."
        versions: 2-3
        inputs:
          - { name: name, type: text, places: ASK.mood.name, about: "Who | asks." }
          - { name: weight, type: number, places: tree.branch.weight }
        constants: [{ name: mark, text: "\\r\\n", about: A line. }, { name: seven, number: 7 }]
        steps:
          - { name: digits, operation: decimal, of: weight, about: "Plain *digits*." }
          - { name: whole, operation: concatenate, of: [name, mark, digits] }
          - { name: half, operation: algorithm, algorithm: half, with: { text: whole } }
          - { name: list, operation: numbers, of: half, width: 1 }
          - name: walk
            operation: for-each
            of: list
            takes: [a, b]
            keeps: [{ name: sum, start: seven, next: more }]
            steps: [{ name: more, operation: add, of: [sum, a, b], modulo: seven, about: It grows. }]
          - name: ask
            operation: exchange
            service: store
            sends: [{ value: whole, header: X-Smile }]
            receives: [{ name: leaf, places: tree.leaf.content }]
            refusals: [{ header: X-Frown, about: "It | frowns." }]
        outputs: [{ name: sum }, { name: leaf, places: ASK.remark.payload, about: A leaf. }]
        known: [{ inputs: { name: Bob }, versions: 3, about: A well-known name., documented: [toy] }]
        vectors:
          - inputs: { name: Bob, weight: 2 }
            steps: { leaf: L }
            computed: { digits: "2", whole: "a", half: "0102", list: [1, 2], walk: [{ more: 3 }], sum: 3 }
            outputs: {}
          - about: Short.
            inputs: { name: Al, weight: 1 }
            steps: { leaf: M }
            outputs: { sum: 5 }
            observed: [toy]
        traps: ["Do not frown | ever."]
        observed: [toy]
        notes: "It is [old]."

        """

    private static let half = """
        algorithm: half
        about: Takes two bytes.
        inputs: [{ name: text, type: text }]
        steps: [{ name: hash, operation: md5, of: text }, { name: two, operation: take, of: hash, count: 2 }]
        outputs: [{ name: two }]
        vectors:
          - inputs: { text: a }
            computed: { hash: 0cc175b9c0f1b6a831c399e269772661, two: 0cc1 }
            observed: [toy]

        """

    private static let sources = """
        sources: { toy: "A <toy> | that speaks.", elsewhere: Somewhere else. }

        """

    private static let programs = """
        programs:
          polly: { title: Polly, about: It repeats., side: server, speaks: 1-3 }

        """

    private static let versions = """
        versions:
          1: { name: TOY1, status: complete, about: "The first <one>." }
          2: { name: TOY2, status: complete, about: "A | and a *star*.", notes: "It <leaked>.", sources: [toy] }
          3: { name: TOY3, status: partial }
          4: { name: TOY4, status: named, about: A rumour. }
        clients:
          Toy Client: { build: "1.0", date: "2001", speaks: 2, about: "The *first*.", notes: "It *rose*.", inferred: [toy] }
          Toy | Client 2: { speaks: 2-3, observed: [toy] }
        facts:
          remarks: { versions: 2+, about: "Remarks | may follow." }

        """

    private static let shared = """
        protocol: TOY
        about: "A toy with _edges_."
        services: { main: { about: The main one. }, fileTransfer: { about: Files. } }
        behaviours:
          silence: { about: "Nobody <speaks>.", observed: [toy] }
          haste: { about: Everybody speaks., versions: 2+, inferred: [toy] }
        http-services:
          store: { about: "A | store.", hosts: [store.example.com, b.example.com], path: /buy, envelope: parcel }
          gate: { about: A gate., hosts: [gate.example.com], path: /, scheme: http, method: GET, versions: 2-3,
              observed: [toy] }
        types:
          Token: { kind: token, limit: 64 }
          Text: { kind: text }
          Secret: { kind: token, sensitive: true }
          Number: { kind: integer, minimum: 0, maximum: 99 }
          Flag: { kind: boolean, "false": "0", "true": "1" }
          Bits:
            kind: flags
            values: { first: 1, second: { value: 2, versions: 2+ } }
            fields: { level: { bits: 4-7, type: Level, versions: 2+, about: How much. } }
          Level: { kind: enumeration, open: true, values: { low: "1" } }
          Mood:
            kind: enumeration
            about: "Happy | sad."
            values: { happy: { value: H, about: "A <smile>." }, sad: S, angry: { value: A, versions: 2+ } }
          Place: { kind: composite, parts: [{ name: host, type: Token }, { name: port, type: Number, after: ":" }] }

        """

    private static let errors = """
        errors:
          201: { name: invalidMood, about: "No such |mood|.", closes: false, aliases: [BAD, ERR_BAD], shown: "0x1",
            retry: changed, sources: [toy] }
          911: { name: tooAngry, versions: 2+, closes: true, sources: [toy] }

        """

    private static let ask = """
        command: ASK
        about: Asks how somebody is.
        services: [main, fileTransfer]
        client:
          mood:
            about: Asks.
            services: [main]
            parameters:
              - { name: name, type: Text, about: "A name_with_underscores and _one_ more." }
              - { literal: NOW, versions: 2+ }
              - { name: place, type: Place, versions: 2+, optional: true }
            answers: [ASK.told, { form: ASK.remark, count: 0+ }]
            errors: [invalidMood, tooAngry]
            observed: [toy]
            notes: "Sources disagree [1]."
        server:
          told:
            about: Tells.
            services: [main]
            parameters:
              - { name: mood, type: Mood }
              - { name: bits, type: Bits, versions: 2+ }
            documented: [toy]
          remark:
            about: Remarks.
            services: [main]
            versions: 2+
            transaction: none
            payload: { format: mime, limit: 100 }
            inferred: [toy]
          moved:
            about: Moves a file.
            services: [fileTransfer]
            transaction: none
            payload: { format: bytes, length: 3 }
            inferred: [toy]
        changes:
          2: "A place | follows."
        examples:
          - title: "Of <Bob>"
            versions: 2+
            lines:
              - { client: ASK 1 Bob%20B NOW, form: mood, values: { name: Bob B } }
              - { server: ASK 1 H 3, form: told, values: { mood: happy, bits: [first, second] } }
              - { server: "ASK 3", payload: "a\\r\\nb", form: remark }
          - title: Early
            versions: 1
            lines:
              - { client: ASK 1 Bob, form: mood }
              - { server: ASK 1 S, form: told }
        invalid:
          - { client: ASK 1, versions: 1, error: missingParameter, parameter: name }

        """

    private static let talk = """
        conversation: talk
        title: "Polly <talks>"
        about: "A | story."
        notes: "Nobody <heard> it."
        sources: [toy]
        versions: 1-3
        actors:
          polly: { client: $(name), about: "A | parrot." }
          cage: { service: main, about: The cage. }
          store: { web: store }
        values: { name: Bob%20B, amp: "a&b" }
        payloads:
          remark: { kind: note, header: "X-Mood: H", text: $(name), about: "A | remark." }
          parcel: { kind: parcel, text: "<p>$(content)</p>" }
          order: { kind: order, within: parcel, text: "<o><for>$(amp)</for></o>" }
          tree: { kind: tree, within: parcel, text: "<b><l>A</l></b>" }
        steps:
          - { connect: polly, to: cage }
          - { from: polly, to: cage, line: ASK 1 $(name), versions: 1, about: "She asks | $(name)." }
          - { from: cage, to: polly, line: ASK 1 H, versions: 1 }
          - { from: polly, to: cage, line: ASK 1 $(name) NOW, versions: 2-3, about: She asks. }
          - { from: cage, to: polly, line: ASK $(length), payload: remark, versions: 2-3 }
          - { from: cage, to: polly, line: 201 1 }
          - { from: polly, to: store, request: store, payload: order, headers: ["X-Smile: $(name)"] }
          - { from: store, to: polly, response: 200 OK, payload: tree }

        """

    private static let more = """
        conversation: more
        title: More
        versions: 2
        after: talk
        steps:
          - { close: cage, to: polly }

        """

    private static let named = """
        command: NMD
        about: Known by name.
        status: named
        services: [main]
        versions: 2-4
        notes: Nobody knows *more*.

        """

    private static let note = """
        payload: note
        kind: mime
        about: A note.
        versions: 2+
        commands: [ASK.remark]
        content-type: text/x-note
        charset: UTF-8
        fields:
          - { name: mood, header: X-Mood, type: Mood, versions: 3, required: true, about: "How | it is." }
        observed: [toy]
        examples: [{ title: Short, text: "MIME-Version: 1.0\\r\\nContent-Type: text/x-note\\r\\nX-Mood: H\\r\\n\\r\\nHi" }]

        """

    private static let tree = """
        payload: tree
        kind: xml
        about: A tree.
        commands: [ASK.moved]
        root: branch
        elements:
          branch:
            element: b
            about: A branch.
            attributes: [{ name: weight, attribute: w, type: Number, required: true, minimum: 1, maximum: 7 }]
            children:
              - { name: branches, element: branch, repeated: true }
              - { name: leaf, element: leaf }
              - { name: label, element: l, type: Token }
            minimum: 1
            unless: weight
          leaf: { element: leaf, about: A leaf., text: content }
        observed: [toy]

        """

    private static let order = """
        payload: order
        kind: xml
        about: An order.
        http-service: store
        answer: tree
        root: order
        elements: { order: { element: o, about: An order., children: [{ name: what, element: for, type: Token }] } }
        observed: [toy]

        """

    private static let parcel = """
        payload: parcel
        kind: xml
        about: What is around an order.
        root: parcel
        elements: { parcel: { element: p, about: A parcel. } }
        observed: [toy]

        """

    private static let stack = """
        payload: stack
        kind: blocks
        about: Blocks.
        blocks:
          - name: routing
            about: The way.
            fields:
              - { name: version, header: Routing, type: Token, required: true, initial: "1.0" }
              - { name: receiver, header: To, type: Text }
        documented: [toy]

        """

    private static let packet = """
        payload: packet
        kind: binary
        about: A packet.
        byte-order: big
        fields: [{ name: size, bytes: 2 }, { name: kind, bytes: 1, type: Bits, about: What it is. }]
        data-length: size
        footer: [{ name: sum, bytes: 4, byte-order: little }]
        documented: [toy]
        examples: [{ title: One, bytes: "00 01 01 41 00 00 00 00" }]

        """

    private static let session = """
        session: chat
        services: [main]
        about: A chat.
        states:
          open:
            about: Nothing was said.
            rules:
              - { client: ASK.mood, then: asked }
              - server: ASK.told
                versions: 1
                programs: [polly]
                about: "It tells | unasked."
                example: { server: ASK 1 H }
              - { client: NMD, versions: 2, error: tooAngry, closes: true }
            otherwise: close
          asked:
            about: A question is open.
            rules:
              - { server: ASK.told, then: closed }
              - { server: error.911, then: closed }
              - { server: error }
            otherwise: ignore

        """
}
