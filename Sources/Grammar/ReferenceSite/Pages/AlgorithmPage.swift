import ProtocolGrammar

/// The page of one algorithm: what it starts from, its steps with the values of a known answer, and all known answers.
struct AlgorithmPage {
    let algorithm: Algorithm
    let site: Site
    let links: Links
    private let types: AlgorithmTypes
    /// The values of the first known answer that states the result of each step.
    private let walk: [String: AlgorithmValue]

    init(algorithm: Algorithm, site: Site) {
        self.algorithm = algorithm
        self.site = site
        links = Links(site: site, page: PagePath.algorithm(algorithm))
        let types = site.grammar.types(of: algorithm)
        self.types = types
        let complete = algorithm.vectors.first { vector in
            Set(types.results).isSubset(of: vector.results.map(\.name))
        }
        walk = complete.map { site.grammar.values($0.inputs + $0.results, of: algorithm) } ?? [:]
    }

    private var grammar: Grammar { site.grammar }
    private var vectors: AlgorithmVectors { AlgorithmVectors(algorithm: algorithm, links: links) }

    var page: Page {
        Page(
            path: links.page, title: Components.words(algorithm.name).capitalizedFirst, summary: algorithm.about,
            crumbs: [("Algorithms", PagePath.algorithms)], header: header,
            sections: [
                inputs, steps, run, outputs, traps, known, answers,
                Questions(links: links).section(about: .algorithm, algorithm.name),
            ].compactMap(\.self),
            scripts: PageScripts.algorithm,
            entries: [
                SearchEntry(
                    name: algorithm.name, kind: .algorithm, words: [Components.words(algorithm.name)],
                    path: links.page, anchor: nil, about: algorithm.about)
            ])
    }

    // MARK: - Around the steps

    @HTMLBuilder
    private var header: HTML {
        let users = grammar.algorithms.filter { $0.uses(algorithm.name) }
        Components.facts([
            ("Name", Components.code(algorithm.name)),
            ("Versions", grammar.versionCell(algorithm.versions)),
            ("Used by", owners), ("A step of", users.map { links.algorithm($0.name) }.joined(separator: ", ")),
            ("Services", services),
            ("Evidence", links.evidence(algorithm.confidence, algorithm.sources)),
            ("Grammar", links.line(algorithm.location)),
        ])
        if !algorithm.notes.isEmpty {
            tag("p", .class("note")) {
                tag("b") { "Note" }
                " " + algorithm.notes
            }
        }
    }

    /// The forms and payloads whose values it takes or makes, each once.
    private var owners: HTML {
        var names: [String] = []
        for reference in algorithm.places {
            guard let place = grammar.place(named: reference.name), let name = place.form ?? place.payload,
                !names.contains(name)
            else { continue }
            names.append(name)
        }
        return names.map { name in
            links.place(ofForm: name) == nil ? links.payload(named: name) : links.form(name)
        }
        .joined(separator: ", ")
    }

    /// The HTTP services that it asks, each once.
    private var services: HTML {
        var names: [String] = []
        for step in algorithm.steps {
            guard case .exchange(let exchange) = step.operation else { continue }
            for service in exchange.services where !names.contains(service.name) { names.append(service.name) }
        }
        return names.map(links.httpService).joined(separator: ", ")
    }

    private func parameter(_ name: String, _ type: String, _ content: HTML) -> HTML {
        tag("div", .class("param"), .id("input-\(name)")) {
            tag("dt") { name }
            tag("dd") {
                if !type.isEmpty { tag("span", .class("type")) { type } }
                " "
                content
            }
        }
    }

    private var inputs: PageSection? {
        guard !algorithm.inputs.isEmpty || !algorithm.constants.isEmpty else { return nil }
        let content = tag("dl", .class("params")) {
            for input in algorithm.inputs {
                parameter(
                    input.name, input.type.description,
                    group {
                        input.about
                        if !input.places.isEmpty {
                            " From "
                            links.places(input.places)
                            "."
                        }
                        if let value = walk[input.name] {
                            " "
                            Components.code(AlgorithmText.value(value))
                        }
                        " "
                        links.line(input.location)
                    })
            }
            for constant in algorithm.constants {
                parameter(
                    constant.name, "constant",
                    group {
                        Components.code(AlgorithmText.value(constant.value))
                        " " + constant.about
                    })
            }
        }
        return PageSection(id: "inputs", title: "Inputs", content: content)
    }

    private var outputs: PageSection? {
        guard !algorithm.outputs.isEmpty else { return nil }
        return PageSection(
            id: "outputs", title: "Outputs",
            content: Components.table(
                ["Output", "Type", "On the wire", "Meaning", "Value"],
                algorithm.outputs.map { output in
                    Components.Row(
                        Components.code(output.name), HTML(types.values[output.name]?.description ?? ""),
                        links.places(output.places), HTML(output.about),
                        walk[output.name].map { Components.code(AlgorithmText.value($0)) } ?? HTML())
                }))
    }

    private var traps: PageSection? {
        guard !algorithm.traps.isEmpty else { return nil }
        return PageSection(
            id: "traps", title: "Traps",
            content: tag("ul", .class("list")) { for trap in algorithm.traps { tag("li") { trap } } })
    }

    // MARK: - Steps

    private var steps: PageSection {
        let content = group {
            if !walk.isEmpty {
                Components.prose("The values beneath the steps are those of the first complete known answer.")
            }
            tag("ol", .class("algo")) {
                for step in algorithm.steps {
                    AlgorithmStepItem(step: step, walk: walk, links: links).html
                }
            }
        }
        return PageSection(id: "steps", title: "Steps", content: content)
    }

    private var run: PageSection {
        PageSection(id: "run", title: "Run it", content: AlgorithmForm(algorithm: algorithm, grammar: grammar).html)
    }

    // MARK: - Values

    private var known: PageSection? {
        guard !algorithm.known.isEmpty else { return nil }
        let inputs = algorithm.inputs.map(\.name).filter { name in
            algorithm.known.contains { $0.inputs.contains { $0.name == name } }
        }
        let rows = algorithm.known.map { known in
            let values = grammar.values(known.inputs, of: algorithm)
            let cells = inputs.map { name in values[name].map { Components.code(AlgorithmText.value($0)) } ?? HTML() }
            return Components.Row(
                cells: cells + [
                    HTML(
                        grammar.versions.count > 1 ? grammar.describe(known.versions, within: algorithm.versions) : ""),
                    HTML(known.about), HTML(known.confidence),
                    known.sources.map(links.source).joined(separator: ", "), links.line(known.location),
                ], attributes: grammar.shown(in: known.versions))
        }
        return PageSection(
            id: "known", title: "Known values",
            content: Components.table(inputs + ["Versions", "Meaning", "Evidence", "Sources", "Grammar"], rows))
    }

    private var answers: PageSection? {
        guard !algorithm.vectors.isEmpty else { return nil }
        let content = group {
            tag("p", .class("prose")) {
                "\(algorithm.vectors.count) in all; the tests compute each, step by step. "
                HTML.element(
                    "a", [links.href(AlgorithmVectors.path(of: algorithm)), .flag("download")],
                    HTML("Download them as JSON"))
            }
            vectors.table
        }
        return PageSection(id: "vectors", title: "Known answers", content: content)
    }
}

extension Algorithm {
    /// Whether another algorithm is a step of it.
    fileprivate func uses(_ name: String) -> Bool {
        steps.contains { step in
            if case .algorithm(let reference, _) = step.operation { reference.name == name } else { false }
        }
    }
}
