import ProtocolGrammar

/// An HTTP service with its requests and the headers of its answers.
struct HTTPServiceSection {
    let service: HTTPService
    let links: Links

    private var grammar: Grammar { links.site.grammar }
    private var id: String { Links.anchor(ofHTTPService: service.name) }

    var html: HTML {
        tag("section", [Attribute("aria-labelledby", id)] + grammar.shown(in: service.versions)) {
            tag("div", .class("form-head")) {
                Components.heading(3, service.name, id: id)
                grammar.versionMark(service.versions, within: grammar.openVersions)
            }
            Components.prose(service.about)
            tag("pre", .class("message")) { service.request }
            facts
            for request in service.requests { html(of: request) }
            fields
            if !service.notes.isEmpty {
                tag("p", .class("note")) {
                    tag("b") { "Note" }
                    " " + service.notes
                }
            }
        }
    }

    private var facts: HTML {
        let messages = grammar.sortedPayloads.filter { $0.serviceRequest?.service.name == service.name }
        let algorithms = grammar.sortedAlgorithms.filter { algorithm in
            algorithm.steps.contains { step in
                guard case .exchange(let exchange) = step.operation else { return false }
                return exchange.services.contains { $0.name == service.name }
            }
        }
        return Components.facts([
            ("Other hosts", service.hosts.dropFirst().map(Components.code).joined(separator: ", ")),
            ("Content type", service.contentType.map { Components.code($0) } ?? HTML()),
            ("Requests", messages.map(links.payload).joined(separator: ", ")),
            ("In", service.envelope.map { links.payload(named: $0.name) } ?? HTML()),
            ("Algorithms", algorithms.map { links.algorithm($0.name) }.joined(separator: ", ")),
            ("Evidence", links.evidence(service.confidence, service.sources)),
            ("Grammar", links.line(service.location)),
        ])
    }

    private func html(of request: HTTPService.Request) -> HTML {
        let id = "\(id).\(request.name)"
        return group {
            Components.heading(4, request.name, id: id)
            Components.prose(request.about)
            if let example = request.example {
                tag("pre", .class("message")) { "\(service.method) \(example.name)" }
            }
            Components.table(
                ["Parameter", "Name", "Value", "Presence", "Meaning", "Grammar"],
                request.parameters.map { parameter in
                    let value =
                        switch parameter.value {
                        case .literal(let literal): Components.code(literal)
                        case .type(let type): links.type(type)
                        }
                    return Components.Row(
                        Components.code(parameter.parameter), Components.code(parameter.name), value,
                        HTML(parameter.isOptional ? "optional" : "required"), HTML(parameter.about),
                        links.line(parameter.location))
                })
        }
    }

    @HTMLBuilder
    private var fields: HTML {
        if !service.fields.isEmpty {
            Components.prose("Header fields of answers:")
            Components.table(
                ["Field", "Name", "Type", "Meaning", "Example", "Grammar"],
                service.fields.map { field in
                    Components.Row(
                        Components.code(field.header), Components.code(field.name), links.type(field.type),
                        HTML(field.about), field.example.map { Components.code($0.name) } ?? HTML(),
                        links.line(field.location))
                })
        }
    }
}
