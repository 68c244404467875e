import ProtocolGrammar

/// A form that runs an algorithm in the page, with the values of its known answers. Its page loads
/// `PageScripts.algorithm`.
struct AlgorithmForm {
    let algorithm: Algorithm
    let grammar: Grammar

    var html: HTML {
        let first = algorithm.vectors.first.map { grammar.values($0.inputs + $0.results, of: algorithm) } ?? [:]
        let id = "run-\(algorithm.name)"
        return tag(
            "form", .class("run needs-js"), Attribute("data-algorithm", algorithm.name), .flag("novalidate"),
            .label("Run \(algorithm.name)")
        ) {
            if algorithm.vectors.count > 1 {
                tag("p") {
                    tag("label", Attribute("for", "\(id)-vector")) { "Values of" }
                    " "
                    tag("select", .class("button"), .id("\(id)-vector")) {
                        for index in algorithm.vectors.indices {
                            tag("option", Attribute("value", "\(index)")) { title(of: index) }
                        }
                    }
                }
            }
            for field in fields {
                tag("p") {
                    tag("label", Attribute("for", "\(id)-\(field.name)")) {
                        Components.code(field.name)
                        " "
                        tag("span", .class("soft")) { field.about }
                    }
                    HTML.void(
                        "input",
                        [
                            .id("\(id)-\(field.name)"), Attribute("name", field.name),
                            Attribute("value", first[field.name]?.description ?? ""),
                            Attribute("autocomplete", "off"), Attribute("spellcheck", "false"),
                        ])
                }
            }
            tag("button", .class("button"), Attribute("type", "submit")) { "Run" }
            tag("p", Attribute("role", "status")) {}
            tag("div", .class("ran")) {}
        }
    }

    private func title(of index: Int) -> String {
        let about = algorithm.vectors[index].about
        return "known answer \(index + 1)" + (about.isEmpty ? "" : ": \(about)")
    }

    /// What somebody has to say before the steps can be run: the inputs, and what servers answer.
    private var fields: [(name: String, about: String)] {
        let received = algorithm.steps.flatMap { step -> [(name: String, about: String)] in
            guard case .exchange(let exchange) = step.operation else { return [] }
            return exchange.receives.map { ($0.name, "A server answers it. " + $0.about) }
        }
        return algorithm.inputs.map { ($0.name, "\($0.type.description). \($0.about)") } + received
    }
}
