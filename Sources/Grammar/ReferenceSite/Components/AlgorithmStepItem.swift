import ProtocolGrammar

/// A step of an algorithm with the values of a known answer.
struct AlgorithmStepItem {
    let step: Algorithm.Step
    /// The values of the known answer by name; empty if there is none.
    let walk: [String: AlgorithmValue]
    let links: Links

    private var grammar: Grammar { links.site.grammar }

    var html: HTML {
        tag("li") {
            tag("div", .class("form-head")) {
                Components.heading(3, Components.words(step.name).capitalizedFirst, id: "step-\(step.name)")
                links.line(step.location)
            }
            Components.prose(step.about)
            value([AlgorithmText.line(of: step, in: grammar)], results: results)
            switch step.operation {
            case .exchange(let exchange): parts(of: exchange)
            case .forEach(let loop): rounds(of: loop)
            case .algorithm(let other, _): tag("p", .class("small")) { links.algorithm(other.name) }
            default: HTML()
            }
        }
    }

    /// The lines of a computation, and what they give.
    private func value(_ lines: [String], results: [(name: String, value: AlgorithmValue)]) -> HTML {
        tag("div", .class("value")) {
            lines.joined(separator: "\n")
            for result in results {
                tag("span", .class("result")) {
                    tag("span", .class("soft")) { result.name + " = " }
                    tag("b") { AlgorithmText.value(result.value) }
                }
            }
        }
    }

    private var results: [(name: String, value: AlgorithmValue)] {
        let names: [String] =
            switch step.operation {
            case .exchange(let exchange): exchange.receives.map(\.name)
            case .forEach(let loop): loop.keeps.map(\.name)
            default: [step.name]
            }
        return names.compactMap { name in walk[name].map { (name, $0) } }
    }

    // MARK: - Exchanges

    private func parts(of exchange: AlgorithmOperation.Exchange) -> HTML {
        let parts =
            exchange.sends.map { ($0.operand.name, $0.part, "") }
            + exchange.receives.map { ($0.name, $0.part, $0.about) }
        let shown = parts.filter { !$0.1.places.isEmpty || !$0.2.isEmpty }
        return tag("ul", .class("list small")) {
            tag("li") {
                "HTTP service "
                exchange.services.map { links.httpService($0.name) }.joined(separator: ", ")
            }
            for (name, part, about) in shown {
                tag("li") {
                    Components.code(name)
                    if !part.places.isEmpty {
                        ": "
                        links.places(part.places)
                    }
                    about.isEmpty ? "" : ": " + about
                }
            }
            for refusal in exchange.refusals {
                tag("li") {
                    "Otherwise header "
                    Components.code(refusal.header)
                    ": " + refusal.about
                }
            }
        }
    }

    // MARK: - Loops

    @HTMLBuilder
    private func rounds(of loop: AlgorithmOperation.Loop) -> HTML {
        tag("p", .class("small")) { "Each round:" }
        value(loop.steps.map { AlgorithmText.line(of: $0, in: grammar) }, results: [])
        let notes = loop.steps.filter { !$0.about.isEmpty }
        if !notes.isEmpty {
            tag("ul", .class("list small")) {
                for note in notes {
                    tag("li") {
                        Components.code(note.name)
                        ": " + note.about
                    }
                }
            }
        }
        if case .rounds(let rounds) = walk[step.name] {
            tag("div", .class("num")) {
                Components.table(
                    ["Round"] + loop.steps.map(\.name),
                    rounds.enumerated().map { index, round in
                        Components.Row(
                            cells: [HTML("\(index + 1)")]
                                + loop.steps.map { HTML(round[$0.name]?.description ?? "") })
                    })
            }
        }
    }
}
