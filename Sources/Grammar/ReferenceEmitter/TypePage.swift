import ProtocolGrammar

/// The page of all types.
struct TypePage {
    let grammar: Grammar
    let names: PageNames

    init(grammar: Grammar) {
        self.grammar = grammar
        names = PageNames(grammar: grammar, page: PageNames.types)
    }

    func emit() -> String {
        var page = Markdown()
        page.heading(1, "Types of \(Markdown.prose(grammar.name))")
        for type in grammar.sortedTypes {
            page.heading(2, Markdown.prose(type.name))
            page.paragraph(Markdown.prose(type.about))
            emit(type, into: &page)
            if type.isSensitive { page.paragraph("Sensitive: the values are never printed.") }
            let users = users(of: type)
            if !users.isEmpty { page.paragraph("Used by " + users.joined(separator: ", ") + ".") }
        }
        page.paragraph(names.link("Index", to: PageNames.index))
        return page.text
    }

    private func emit(_ type: ValueType, into page: inout Markdown) {
        switch type.kind {
        case .token(let limit, let shapes):
            page.paragraph("A word of at most \(limit) bytes.")
            page.list(shapes.map(Self.describe))
        case .text(let limit): page.paragraph("Percent-coded UTF-8 of at most \(limit) bytes on the wire.")
        case .integer(let minimum, let maximum):
            page.paragraph("A decimal number from \(minimum) to \(maximum).")
        case .boolean(let falseWord, let trueWord):
            page.paragraph("\(Markdown.code(falseWord)) for false and \(Markdown.code(trueWord)) for true.")
        case .guid(let braces):
            page.paragraph("An identifier of 32 hexadecimal digits with hyphens\(braces ? ", in braces" : "").")
        case .enumeration(let values, let isOpen):
            page.paragraph(isOpen ? "One of these words, or any other." : "One of these words.")
            emit(values, head: "Word", into: &page)
        case .flags(let values, let fields):
            page.paragraph("A sum of these numbers.")
            emit(values, head: "Number", into: &page)
            guard !fields.isEmpty else { return }
            page.paragraph("These bits, counted from 0, hold numbers:")
            page.table(
                ["Bits", "Name", "Type", "Versions", "Meaning"],
                fields.map { field in
                    [
                        "\(field.bits.lowerBound) to \(field.bits.upperBound)", Markdown.code(field.name),
                        names.type(field.type), grammar.versionCell(field.versions, within: grammar.openVersions),
                        Markdown.prose(field.about),
                    ]
                })
        case .rest(let limit):
            page.paragraph("All that is left of a line, with the spaces inside it, at most \(limit) bytes.")
        case .composite(let parts):
            page.paragraph("A word with parts: \(Markdown.code(CompositePart.syntax(of: parts))).")
            page.table(
                ["Part", "Type", "Mark", "Versions", "Presence", "Meaning"],
                parts.map { part in
                    [
                        Markdown.code(part.name), names.type(part.type),
                        Self.mark(of: part),
                        grammar.versionCell(part.versions, within: grammar.openVersions),
                        part.isOptional ? "optional" : "required", Markdown.prose(part.about),
                    ]
                })
        }
    }

    private static func mark(of part: CompositePart) -> String {
        if !part.before.isEmpty { return "before \(Markdown.code(part.before))" }
        return part.after.isEmpty ? "" : "after \(Markdown.code(part.after))"
    }

    private func emit(_ values: [NamedValue], head: String, into page: inout Markdown) {
        page.table(
            [head, "Name", "Versions", "Meaning"],
            values.map { value in
                [
                    Markdown.code(value.wire), Markdown.code(value.name),
                    grammar.versionCell(value.versions, within: grammar.openVersions), Markdown.prose(value.about),
                ]
            })
    }

    private func users(of type: ValueType) -> [String] {
        let types = grammar.types.filter { $0.innerTypes.contains(type.name) }
        let forms = grammar.sortedCommands.flatMap(\.forms).filter { form in
            form.parameters.contains { $0.typeName == type.name }
        }
        return types.map(\.name).sorted().map(names.type) + forms.map { names.form($0.fullName) }
            + grammar.sortedPayloads.filter { $0.types.contains(type.name) }.map(names.payload)
            + grammar.httpServices.filter { $0.types.contains(type.name) }.map { service in
                names.link("HTTP service " + service.name, to: PageNames.index, anchor: "http-services")
            }
    }

    private static func describe(_ shape: TokenShape) -> String {
        if let literal = shape.literal { return Markdown.code(literal) }
        let count = shape.length > 0 ? "\(shape.length) " : "one or more "
        var words: [String] = []
        if !shape.prefix.isEmpty { words.append(Markdown.code(shape.prefix)) }
        switch shape.characters {
        case .digits: words.append(count + "digits")
        case .letters: words.append(count + "letters")
        case .hexadecimal: words.append(count + "hexadecimal digits")
        case .any: words.append(count + "characters")
        }
        if !shape.infix.isEmpty { words[words.count - 1] += " with " + Markdown.code(shape.infix) }
        if !shape.suffix.isEmpty { words.append(Markdown.code(shape.suffix)) }
        return words.joined(separator: ", then ")
    }
}

extension PayloadType {
    /// The names of the types of its fields and attributes.
    var types: Set<String> {
        switch content {
        case .mime(let content): Set(content.fields.map(\.type))
        case .blocks(let content): Set(content.types)
        case .xml(let content): Set(content.all.flatMap(\.types))
        case .binary(let content):
            Set((content.numbers + content.footer).compactMap(\.type) + (content.entryType.map { [$0.name] } ?? []))
        }
    }
}
