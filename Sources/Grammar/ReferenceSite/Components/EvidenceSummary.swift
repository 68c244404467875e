import ProtocolGrammar

/// How many facts of each kind were seen on the wire, are told by documents, or follow from others; and which those are.
struct EvidenceSummary {
    let links: Links

    private var grammar: Grammar { links.site.grammar }

    /// Facts of one kind.
    private struct Facts {
        var title: String
        /// How sure each is and who says so; no confidence where the kind has sources alone.
        var evidence: [(confidence: String?, sources: [String])]

        /// How many have sources, with this confidence.
        func count(_ confidence: String?) -> Int {
            evidence.count { !$0.sources.isEmpty && $0.confidence == confidence }
        }

        var unsaid: Int { evidence.count(where: \.sources.isEmpty) }
    }

    /// Nil for a grammar that lists no sources.
    var section: PageSection? {
        guard !grammar.sources.isEmpty else { return nil }
        let content = group {
            Components.prose(
                "Observed facts were seen on the wire, documented ones are told by somebody, and inferred ones follow "
                    + "from others. Each page names the sources of its facts.")
            table
            inferred
        }
        return PageSection(id: "evidence", title: "How sure the facts are", content: content)
    }

    private var kinds: [Facts] {
        func named(_ title: String, _ sources: [[String]]) -> Facts {
            Facts(title: title, evidence: sources.map { (nil, $0) })
        }
        let unnamed: [(String, Int)] = [
            ("Types", grammar.types.count),
            ("States of sessions", grammar.sessions.reduce(0) { $0 + $1.states.count }),
        ]
        return [
            Facts(title: "Forms", evidence: grammar.commands.flatMap(\.forms).map { ($0.confidence, $0.sources) }),
            Facts(title: "Payloads", evidence: grammar.payloads.map { ($0.confidence, $0.sources) }),
            Facts(title: "Algorithms", evidence: grammar.algorithms.map { ($0.confidence, $0.sources) }),
            Facts(title: "Behaviours", evidence: grammar.behaviours.map { ($0.confidence, $0.sources) }),
            Facts(title: "HTTP services", evidence: grammar.httpServices.map { ($0.confidence, $0.sources) }),
            Facts(title: "Clients", evidence: grammar.clients.map { ($0.confidence, $0.sources) }),
            named("Errors", grammar.errors.map(\.sources)),
            named("Versions", grammar.hasOnlyVersion ? [] : grammar.versions.map(\.sources)),
            named("Programs", grammar.programs.map(\.sources)),
            named("Conversations", grammar.conversations.map(\.sources)),
        ] + unnamed.map { named($0, Array(repeating: [], count: $1)) }
    }

    private var table: HTML {
        func cell(_ count: Int) -> HTML { HTML(count == 0 ? "" : "\(count)") }
        return Components.table(
            ["Facts", "Observed", "Documented", "Inferred", "With sources", "Without sources"],
            kinds.filter { !$0.evidence.isEmpty }.map { facts in
                Components.Row(
                    HTML(facts.title), cell(facts.count("observed")), cell(facts.count("documented")),
                    cell(facts.count("inferred")), cell(facts.count(nil)), cell(facts.unsaid))
            })
    }

    /// What nobody saw and nobody tells, so that whoever has a line can settle it.
    private var inferred: HTML {
        let forms = grammar.sortedCommands.flatMap(\.forms).filter { $0.confidence == "inferred" }
            .map { links.form($0.fullName) + HTML(" by ") + links.sources($0.sources) }
        let payloads = grammar.sortedPayloads.filter { $0.confidence == "inferred" }
            .map { links.payload($0) + HTML(" by ") + links.sources($0.sources) }
        let all = forms + payloads
        guard !all.isEmpty else { return HTML() }
        return Components.fold(
            tag("b") { "Inferred forms and payloads" } + HTML(" ") + tag("span", .class("soft")) { "\(all.count)" },
            tag("ul", .class("list")) {
                for item in all { tag("li") { item } }
            })
    }
}
