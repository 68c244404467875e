import ProtocolGrammar

/// The page of one algorithm: what it starts from, its steps with the values of a known answer, and all known answers.
struct AlgorithmPage {
    let algorithm: Algorithm
    let grammar: Grammar
    let names: PageNames
    private let types: AlgorithmTypes
    /// The first known answer that states the result of each step, with its values.
    private let walk: [String: AlgorithmValue]

    init(algorithm: Algorithm, grammar: Grammar) {
        self.algorithm = algorithm
        self.grammar = grammar
        names = PageNames(grammar: grammar, page: PageNames.algorithmPath(algorithm.name))
        let types = grammar.types(of: algorithm)
        self.types = types
        let complete = algorithm.vectors.first { vector in
            Set(types.results).isSubset(of: vector.results.map(\.name))
        }
        walk = complete.map { grammar.values($0.inputs + $0.results, of: algorithm) } ?? [:]
    }

    func emit() -> String {
        var page = Markdown()
        page.heading(1, Markdown.prose(algorithm.name))
        page.paragraph(Markdown.prose(algorithm.about))
        var facts = grammar.versionFact(algorithm.versions)
        let users = grammar.algorithms.filter { $0.uses(algorithm.name) }
        if !users.isEmpty {
            facts.append("A step of " + users.map { names.algorithm($0.name) }.joined(separator: ", "))
        }
        if !algorithm.confidence.isEmpty {
            facts.append("Sources: " + algorithm.sources.map(names.source).joined(separator: ", "))
            facts.append("Confidence: \(algorithm.confidence)")
        }
        page.list(facts)
        emitInputs(into: &page)
        emitSteps(into: &page)
        page.heading(2, "Outputs")
        page.table(
            ["Output", "Type", "On the wire", "Meaning"],
            algorithm.outputs.map { output in
                [
                    Markdown.code(output.name), types.values[output.name]?.description ?? "", places(output.places),
                    Markdown.prose(output.about),
                ]
            })
        if !algorithm.traps.isEmpty {
            page.heading(2, "Traps")
            page.list(algorithm.traps.map(Markdown.prose))
        }
        emitKnown(into: &page)
        emitVectors(into: &page)
        if !algorithm.notes.isEmpty { page.paragraph("Note: " + Markdown.prose(algorithm.notes)) }
        page.paragraph(names.link("All algorithms", to: PageNames.algorithms))
        return page.text
    }

    private func places(_ places: [Reference]) -> String { places.map { names.place($0.name) }.joined(separator: ", ") }

    private func emitInputs(into page: inout Markdown) {
        page.heading(2, "Inputs")
        page.table(
            ["Input", "Type", "On the wire", "Meaning", "Example"],
            algorithm.inputs.map { input in
                [
                    Markdown.code(input.name), input.type.description, places(input.places),
                    Markdown.prose(input.about),
                    walk[input.name].map { Markdown.code(ExampleText.visible($0.description)) } ?? "",
                ]
            })
        page.table(
            ["Constant", "Value", "Meaning"],
            algorithm.constants.map { constant in
                [
                    Markdown.code(constant.name), Markdown.code(ExampleText.visible(constant.value.description)),
                    Markdown.prose(constant.about),
                ]
            })
    }

    // MARK: - Steps

    private func emitSteps(into page: inout Markdown) {
        page.heading(2, "Steps")
        for (index, step) in algorithm.steps.enumerated() {
            page.heading(3, "\(index + 1). \(Markdown.prose(step.name))")
            page.paragraph(Markdown.prose(step.about))
            page.code([StepText.line(of: step, in: grammar)] + values(of: step))
            if case .exchange(let exchange) = step.operation {
                let parts =
                    exchange.sends.map { ($0.operand.name, $0.part) } + exchange.receives.map { ($0.name, $0.part) }
                page.list(
                    ["Service: " + exchange.services.map { names.httpService($0.name) }.joined(separator: ", ")]
                        + parts.filter { !$0.1.places.isEmpty }
                        .map { "\(Markdown.code($0.0)): \(places($0.1.places))" }
                        + exchange.refusals.map {
                            "Otherwise header \(Markdown.code($0.header)): \(Markdown.prose($0.about))"
                        })
            }
            guard case .forEach(let loop) = step.operation else { continue }
            page.paragraph("Each round:")
            page.code(loop.steps.map { StepText.line(of: $0, in: grammar) })
            let notes = loop.steps.filter { !$0.about.isEmpty }
            page.list(notes.map { "\(Markdown.code($0.name)): \(Markdown.prose($0.about))" })
            emitRounds(of: step, loop, into: &page)
        }
    }

    /// The results of a step in the known answer that the page shows.
    private func values(of step: Algorithm.Step) -> [String] {
        let results: [String] =
            switch step.operation {
            case .exchange(let exchange): exchange.receives.map(\.name)
            case .forEach(let loop): loop.keeps.map(\.name)
            default: [step.name]
            }
        return results.compactMap { name in
            walk[name].map { "  \(name) = \(ExampleText.visible($0.description))" }
        }
    }

    private func emitRounds(of step: Algorithm.Step, _ loop: AlgorithmOperation.Loop, into page: inout Markdown) {
        guard case .rounds(let rounds) = walk[step.name] else { return }
        page.table(
            ["Round"] + loop.steps.map { Markdown.code($0.name) },
            rounds.enumerated().map { index, round in
                ["\(index + 1)"] + loop.steps.map { round[$0.name]?.description ?? "" }
            })
    }

    // MARK: - Values

    private func emitKnown(into page: inout Markdown) {
        guard !algorithm.known.isEmpty else { return }
        page.heading(2, "Known values")
        let inputs = algorithm.inputs.map(\.name).filter { name in
            algorithm.known.contains { $0.inputs.contains { $0.name == name } }
        }
        page.table(
            inputs.map(Markdown.code) + ["Versions", "Meaning", "Sources"],
            algorithm.known.map { known in
                let values = grammar.values(known.inputs, of: algorithm)
                return inputs.map { name in
                    values[name].map { Markdown.code(ExampleText.visible($0.description)) } ?? ""
                } + [
                    grammar.versionCell(known.versions, within: algorithm.versions), Markdown.prose(known.about),
                    known.sources.map(names.source).joined(separator: ", "),
                ]
            })
    }

    private func emitVectors(into page: inout Markdown) {
        guard !algorithm.vectors.isEmpty else { return }
        page.heading(2, "Known answers")
        let outputs = algorithm.outputs.map(\.name)
        page.table(
            algorithm.inputs.map { Markdown.code($0.name) } + outputs.map { Markdown.code($0) }
                + ["Meaning", "Stated by"],
            algorithm.vectors.map { vector in
                let values = grammar.values(vector.inputs + vector.results, of: algorithm)
                let cells = (algorithm.inputs.map(\.name) + outputs).map { name in
                    values[name].map { Markdown.code(ExampleText.visible($0.description)) } ?? ""
                }
                let sources = vector.sources.map(names.source).joined(separator: ", ")
                return cells + [Markdown.prose(vector.about), vector.confidence.isEmpty ? "computed" : sources]
            })
    }
}

/// The page with all algorithms.
struct AlgorithmIndexPage {
    let grammar: Grammar

    func emit() -> String {
        let names = PageNames(grammar: grammar, page: PageNames.algorithms)
        var page = Markdown()
        page.heading(1, "Algorithms of \(Markdown.prose(grammar.name))")
        page.paragraph(
            "Each page has the steps with the values of one known answer. The tests compute all known answers, step by "
                + "step.")
        page.table(
            ["Algorithm", "Versions", "Purpose", "Known answers"],
            grammar.sortedAlgorithms.map { algorithm in
                [
                    names.algorithm(algorithm.name), grammar.versionCell(algorithm.versions),
                    Markdown.prose(algorithm.about), String(algorithm.vectors.count),
                ]
            })
        page.paragraph(names.link("Index", to: PageNames.index))
        return page.text
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

extension PageNames {
    static let algorithms = "algorithms.md"

    static func algorithmPath(_ name: String) -> String { "algorithms/\(name).md" }

    func algorithm(_ name: String) -> String {
        grammar.algorithms[name] == nil ? Markdown.code(name) : link(name, to: Self.algorithmPath(name))
    }

    /// A link to a place on the wire: a parameter of a form, or a field of a payload.
    func place(_ name: String) -> String {
        guard let place = grammar.place(named: name) else { return Markdown.code(name) }
        if let form = place.form, let command = grammar.command(named: grammar.commandAndForm(form).command) {
            return link(name, to: Self.commandPath(command), anchor: Self.anchor(form))
        }
        guard let payload = grammar.payloads.first(where: { $0.name == place.payload }) else {
            return Markdown.code(name)
        }
        return link(name, to: Self.payloadPath(payload))
    }

    /// Links to the algorithms that take or make a value of a form or payload, with the value of each.
    func algorithms(of owner: String) -> [String] {
        grammar.sortedAlgorithms.flatMap { algorithm in
            algorithm.places.filter { $0.name.hasPrefix(owner + ".") }.map { place in
                "\(Markdown.code(String(place.name.dropFirst(owner.count + 1)))) in \(self.algorithm(algorithm.name))"
            }
        }
    }
}
