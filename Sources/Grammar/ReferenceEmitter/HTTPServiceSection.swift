import ProtocolGrammar

/// The requests of an HTTP service and the headers of its answers, on the index.
struct HTTPServiceSection {
    let service: HTTPService
    let names: PageNames
    let grammar: Grammar

    func emit(into page: inout Markdown) {
        if service.requests.isEmpty, service.fields.isEmpty { return }
        page.heading(3, "HTTP service \(service.name)")
        page.paragraph(Markdown.prose(service.about))
        if let type = service.contentType {
            page.paragraph("Requests are posted with the content type \(Markdown.code(type)), which answers have, too.")
        }
        for request in service.requests { emit(request, into: &page) }
        if !service.fields.isEmpty {
            page.paragraph("Header fields of answers:")
            page.table(
                ["Field", "Name", "Type", "Meaning", "Example"],
                service.fields.map { field in
                    [
                        Markdown.code(field.header), Markdown.code(field.name), names.type(field.type),
                        Markdown.prose(field.about), field.example.map { Markdown.code($0.name) } ?? "",
                    ]
                })
        }
        var facts = ["Confidence: " + service.confidence]
        if !service.sources.isEmpty {
            facts.append("Sources: " + service.sources.map(names.source).joined(separator: ", "))
        }
        page.list(facts)
        if !service.notes.isEmpty { page.paragraph("Note: " + Markdown.prose(service.notes)) }
    }

    private func emit(_ request: HTTPService.Request, into page: inout Markdown) {
        page.heading(4, Markdown.prose("\(service.name) \(request.name)"))
        page.paragraph(Markdown.prose(request.about))
        if let example = request.example { page.code(["POST " + example.name]) }
        page.table(
            ["Parameter", "Name", "Value", "Presence", "Meaning"],
            request.parameters.map { parameter in
                let value =
                    switch parameter.value {
                    case .literal(let literal): Markdown.code(literal)
                    case .type(let type): names.type(type)
                    }
                return [
                    Markdown.code(parameter.parameter), Markdown.code(parameter.name), value,
                    parameter.isOptional ? "optional" : "required", Markdown.prose(parameter.about),
                ]
            })
    }
}
