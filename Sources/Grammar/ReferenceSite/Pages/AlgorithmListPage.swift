import ProtocolGrammar

/// The page with all algorithms.
struct AlgorithmListPage {
    let site: Site

    private var grammar: Grammar { site.grammar }
    private var links: Links { Links(site: site, page: PagePath.algorithms) }

    var page: Page {
        let summary = "How secrets, digests and tickets are computed, step by step, with known answers."
        return Page(
            path: PagePath.algorithms, title: "Algorithms", summary: summary,
            sections: [
                PageSection(
                    id: "all", title: "All algorithms",
                    content: Components.table(
                        ["Algorithm", "Purpose", "Versions", "Known answers"],
                        grammar.sortedAlgorithms.map { algorithm in
                            Components.Row(
                                links.algorithm(algorithm.name), HTML(algorithm.about),
                                grammar.versionCell(algorithm.versions),
                                HTML(String(algorithm.vectors.count)), attributes: grammar.shown(in: algorithm.versions)
                            )
                        }))
            ],
            entries: [
                SearchEntry(name: "Algorithms", kind: .page, path: PagePath.algorithms, anchor: nil, about: summary)
            ])
    }
}
