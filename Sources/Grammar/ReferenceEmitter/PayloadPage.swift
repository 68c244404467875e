import ProtocolGrammar

/// The page of one kind of payload content.
struct PayloadPage {
    let payload: PayloadType
    let grammar: Grammar
    let names: PageNames

    init(payload: PayloadType, grammar: Grammar) {
        self.payload = payload
        self.grammar = grammar
        names = PageNames(grammar: grammar, page: PageNames.payloadPath(payload))
    }

    func emit() -> String {
        var page = Markdown()
        page.heading(1, Markdown.prose(payload.name))
        page.paragraph(Markdown.prose(payload.about))
        var facts = ["Kind: " + Self.kind(of: payload)] + grammar.versionFact(payload.versions)
        let bearers = payload.commands.map { names.form($0.name) }
        if let request = payload.serviceRequest, let service = grammar.httpServices[request.service.name] {
            facts.append(
                "Posted to: \(Markdown.code(service.address)), \(names.httpService(service.name))"
                    + (service.envelope.map { ", in " + names.payload(named: $0.name) } ?? ""))
            facts.append("Answered by: " + names.payload(named: request.answer.name))
        }
        let places = bearers + payload.bearers.map(place)
        facts.append("In: " + (places.isEmpty ? "other payloads" : places.joined(separator: ", ")))
        let inside = grammar.sortedPayloads.filter { $0.bearers.contains { $0.payload.name == payload.name } }
        if !inside.isEmpty { facts.append("Inside: " + inside.map(names.payload).joined(separator: ", ")) }
        if !payload.sources.isEmpty {
            facts.append("Sources: " + payload.sources.map(names.source).joined(separator: ", "))
        }
        if !payload.confidence.isEmpty { facts.append("Confidence: " + payload.confidence) }
        let algorithms = names.algorithms(of: payload.name)
        if !algorithms.isEmpty { facts.append("Algorithms: " + algorithms.joined(separator: ", ")) }
        page.list(facts)
        if !payload.notes.isEmpty { page.paragraph("Note: " + Markdown.prose(payload.notes)) }
        switch payload.content {
        case .mime(let content): emit(content, into: &page)
        case .blocks(let content): emit(content, into: &page)
        case .xml(let content): XMLSection(content: content, names: names).emit(into: &page)
        case .binary(let content): emit(content, into: &page)
        }
        emitExamples(into: &page)
        page.paragraph(names.link("All payloads", to: PageNames.payloads))
        return page.text
    }

    static func kind(of payload: PayloadType) -> String {
        switch payload.content {
        case .mime: "MIME message"
        case .xml: "XML document"
        case .blocks: "header blocks"
        case .binary: "binary header"
        }
    }

    /// A payload around this one, with what must hold in it.
    private func place(_ bearer: PayloadType.Bearer) -> String {
        let conditions = bearer.conditions.map { condition in
            switch condition.requirement {
            case .number(let value): "\(condition.name) is \(value)"
            case .equal(let other): "\(condition.name) equals \(other)"
            case .present: "\(condition.name) is there"
            case .absent: "\(condition.name) is not there"
            }
        }
        let link = names.payload(named: bearer.payload.name)
        return conditions.isEmpty ? link : link + Markdown.prose(" if \(conditions.joined(separator: " and "))")
    }

    // MARK: - Header fields

    private func emit(_ content: PayloadType.MIMEContent, into page: inout Markdown) {
        page.heading(2, "Message")
        let type = content.charset.map { "\(content.contentType); charset=\($0)" } ?? content.contentType
        var lines = ["MIME-Version: 1.0", "Content-Type: " + type]
        if content.fieldsInBody { lines.append("") }
        lines += content.fields.map(Self.line) + [""]
        page.code(lines)
        if content.fieldsInBody { page.paragraph("The fields are in the body, after an empty line.") }
        emit(content.fields, into: &page)
    }

    private func emit(_ content: PayloadType.BlocksContent, into page: inout Markdown) {
        page.heading(2, "Blocks")
        page.paragraph(
            Self.sentences(
                "Each block ends with an empty line. The body follows the last block.",
                content.contentType.map { "The payload around it says \(Markdown.code($0)) in Content-Type." },
                content.bodyLength.map { "\(Markdown.code($0.name)) is the number of bytes in the body." },
                content.body.isEmpty ? nil : "The body of a new one is \(Self.bytes(content.body))."))
        page.code(
            content.blocks.flatMap { ($0.startLine.map { [$0.name] } ?? []) + $0.fields.map(Self.line) + [""] })
        for block in content.blocks {
            page.heading(3, Markdown.prose(block.name))
            page.paragraph(Markdown.prose(block.about))
            if let line = block.startLine {
                page.paragraph(
                    "\(Markdown.code(line.name)) is the line before the fields, of the type \(names.type(line.type)). "
                        + Markdown.prose(line.about))
            }
            emit(block.fields, into: &page)
        }
    }

    private static func sentences(_ parts: String?...) -> String { parts.compactMap(\.self).joined(separator: " ") }

    private static func bytes(_ bytes: [UInt8]) -> String {
        bytes.count == 1 && bytes[0] == 0 ? "a zero byte" : Markdown.code(bytes.map(String.init).joined(separator: " "))
    }

    private static func line(of field: PayloadType.Field) -> String {
        "\(field.header): \(field.initial ?? field.name)"
    }

    private func emit(_ fields: [PayloadType.Field], into page: inout Markdown) {
        page.table(
            ["Field", "Name", "Type", "Versions", "Presence", "Initially", "Meaning"],
            fields.map { field in
                [
                    Markdown.code(field.header), Markdown.code(field.name), names.type(field.type),
                    grammar.versionCell(field.versions, within: payload.versions),
                    field.isRequired ? "required" : "optional", field.initial.map(Markdown.code) ?? "",
                    Markdown.prose(field.about),
                ]
            })
    }

    // MARK: - Bytes

    private func emit(_ content: PayloadType.BinaryContent, into page: inout Markdown) {
        page.heading(2, "Bytes")
        var offset = 0
        page.table(
            ["Offset", "Bytes", "Order", "Name", "Type", "Meaning"],
            content.numbers.map { number in
                defer { offset += number.width }
                return ["\(offset)"] + cells(of: number)
            })
        var parts: [String] = []
        if let length = content.headerLength {
            parts.append(
                "\(Markdown.code(length)) is the size of the header in bytes. After these numbers, the header has "
                    + "entries of type, length and value.")
        }
        if let entries = content.entryType { parts.append("Their types: \(names.type(entries.name)).") }
        parts.append(
            content.dataLength.map { "\(Markdown.code($0)) is the number of data bytes after the header." }
                ?? "The data continues to the \(content.footer.isEmpty ? "end" : "footer").")
        page.paragraph(parts.joined(separator: " "))
        if content.footer.isEmpty { return }
        page.paragraph("After the data:")
        page.table(["Bytes", "Order", "Name", "Type", "Meaning"], content.footer.map(cells))
    }

    private func cells(of number: PayloadType.BinaryContent.Number) -> [String] {
        [
            "\(number.width)", number.width == 1 ? "" : number.isBigEndian ? "big-endian" : "little-endian",
            Markdown.code(number.name), number.type.map(names.type) ?? "", Markdown.prose(number.about),
        ]
    }

    // MARK: - Examples

    private func emitExamples(into page: inout Markdown) {
        guard !payload.examples.isEmpty else { return }
        page.heading(2, "Examples")
        for example in payload.examples {
            page.heading(3, Markdown.prose(example.title.isEmpty ? "Example" : example.title))
            var language = "text"
            if case .xml = payload.content { language = "xml" }
            page.code(ExampleText.lines(ofPayload: example.bytes), language: language)
        }
    }
}
