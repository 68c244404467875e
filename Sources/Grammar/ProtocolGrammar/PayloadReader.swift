import YAMLTree

extension GrammarReader {
    mutating func readPayload(_ node: YAMLNode, file: SourceFile) {
        guard let kind = readKind(node, "a payload", ["mime", "xml", "blocks", "binary"]),
            let reader = NodeReader(node, "a payload of kind \(kind)", into: &diagnostics)
        else { return }
        let name = reader.required("payload", into: &diagnostics) ?? Self.baseName(file.path)
        if name != Self.baseName(file.path) {
            diagnostics.append(
                Diagnostic(
                    .error, "file-name", "the payload '\(name)' belongs in a file named '\(name).yaml'",
                    at: reader.place("payload")))
        }
        let evidence = evidence(reader)
        let versions = versions(reader, "versions", within: grammar.allVersions, unstated: grammar.openVersions)
        let content: PayloadType.Content
        var deviations: [DocumentDeviation] = []
        switch kind {
        case "mime":
            let place = reader.choice("fields-in", ["header", "body"], into: &diagnostics)
            content = .mime(
                .init(
                    contentType: (reader.required("content-type", into: &diagnostics) ?? "").lowercased(),
                    charset: reader.text("charset", into: &diagnostics), fieldsInBody: place == "body",
                    fields: readFields(reader, within: versions)))
        case "xml":
            content = .xml(readElements(reader))
            deviations = readDocumentDeviations(reader)
        case "blocks":
            content = .blocks(
                reader.list("blocks", into: &diagnostics).compactMap { node in
                    guard let block = NodeReader(node, "a block", into: &diagnostics) else { return nil }
                    return .init(
                        name: block.required("name", into: &diagnostics) ?? "",
                        about: block.text("about", into: &diagnostics) ?? "",
                        fields: readFields(block, within: versions))
                })
        default: content = .binary(readBinary(reader))
        }
        grammar.payloads.append(
            PayloadType(
                name: name, about: reader.required("about", into: &diagnostics) ?? "", versions: versions,
                content: content, commands: reader.references("commands", into: &diagnostics),
                sources: evidence?.sources ?? [], confidence: evidence?.confidence ?? "",
                notes: reader.text("notes", into: &diagnostics) ?? "",
                examples: reader.list("examples", into: &diagnostics).compactMap { readPayloadExample($0) },
                deviations: deviations, location: reader.place("payload")))
    }

    private mutating func readPayloadExample(_ node: YAMLNode) -> PayloadType.Example? {
        guard let reader = NodeReader(node, "an example", into: &diagnostics) else { return nil }
        sources(reader)
        var bytes: [UInt8] = []
        if let digits = reader.text("bytes", into: &diagnostics) {
            bytes = digits.split(whereSeparator: \.isWhitespace).compactMap { pair in
                guard pair.count == 2, let byte = UInt8(pair, radix: 16) else {
                    diagnostics.append(
                        Diagnostic(
                            .error, "bad-number", "'\(pair)' is not a byte of two hexadecimal digits",
                            at: reader.place("bytes")))
                    return nil
                }
                return byte
            }
        }
        let text = reader.text("text", into: &diagnostics)
        if text == nil, !reader.has("bytes") { _ = reader.required("text", into: &diagnostics) }
        bytes = Array((text ?? "").utf8) + bytes
        return .init(
            title: reader.text("title", into: &diagnostics) ?? "", bytes: bytes, location: node.location)
    }

    private mutating func readFields(_ owner: NodeReader, within whole: VersionSet) -> [PayloadType.Field] {
        owner.list("fields", into: &diagnostics).compactMap { node in
            guard let reader = NodeReader(node, "a field", into: &diagnostics) else { return nil }
            readRemarks(reader)
            return .init(
                name: reader.required("name", into: &diagnostics) ?? "",
                header: reader.required("header", into: &diagnostics) ?? "",
                type: reader.required("type", into: &diagnostics) ?? "",
                versions: versions(reader, "versions", within: whole),
                isRequired: reader.flag("required", into: &diagnostics),
                initial: reader.text("initial", into: &diagnostics),
                about: reader.text("about", into: &diagnostics) ?? "", location: reader.place("type"))
        }
    }

    private mutating func readElements(_ owner: NodeReader) -> PayloadType.XMLContent {
        var result = PayloadType.XMLContent(root: owner.required("root", into: &diagnostics) ?? "", elements: [])
        guard let node = owner.node("elements", into: &diagnostics),
            let list = NodeReader(node, "elements", into: &diagnostics)
        else { return result }
        for entry in list.entries(into: &diagnostics) {
            guard let reader = NodeReader(entry.value, "an element", into: &diagnostics) else { continue }
            let attributes = reader.list("attributes", into: &diagnostics)
            let children = reader.list("children", into: &diagnostics)
            result.elements.append(
                .init(
                    name: entry.key, element: reader.required("element", into: &diagnostics) ?? "",
                    about: reader.text("about", into: &diagnostics) ?? "",
                    attributes: attributes.compactMap { readAttribute($0) },
                    children: children.compactMap { readChild($0) },
                    minimum: reader.number("minimum", 0...1000, into: &diagnostics) ?? 0,
                    unless: reader.text("unless", into: &diagnostics), text: reader.text("text", into: &diagnostics),
                    location: entry.keyLocation))
        }
        return result
    }

    private mutating func readAttribute(_ node: YAMLNode) -> PayloadType.Element.Attribute? {
        guard let reader = NodeReader(node, "an attribute", into: &diagnostics) else { return nil }
        return .init(
            name: reader.required("name", into: &diagnostics) ?? "",
            attribute: reader.required("attribute", into: &diagnostics) ?? "",
            type: reader.required("type", into: &diagnostics) ?? "",
            isRequired: reader.flag("required", into: &diagnostics),
            minimum: reader.number("minimum", 0...Int(UInt32.max), into: &diagnostics),
            maximum: reader.number("maximum", 0...Int(UInt32.max), into: &diagnostics),
            about: reader.text("about", into: &diagnostics) ?? "", location: reader.place("type"))
    }

    private mutating func readChild(_ node: YAMLNode) -> PayloadType.Element.Child? {
        guard let reader = NodeReader(node, "a child", into: &diagnostics) else { return nil }
        return .init(
            name: reader.required("name", into: &diagnostics) ?? "",
            element: reader.required("element", into: &diagnostics) ?? "",
            type: reader.text("type", into: &diagnostics), isRepeated: reader.flag("repeated", into: &diagnostics),
            minimum: reader.number("minimum", 0...1000, into: &diagnostics) ?? 0,
            about: reader.text("about", into: &diagnostics) ?? "",
            location: reader.place("element"))
    }

    private mutating func readBinary(_ reader: NodeReader) -> PayloadType.BinaryContent {
        let isBig = reader.choice("byte-order", ["little", "big"], into: &diagnostics) == "big"
        return .init(
            numbers: readNumbers(reader, "fields", isBig),
            headerLength: reader.text("header-length", into: &diagnostics),
            dataLength: reader.text("data-length", into: &diagnostics), footer: readNumbers(reader, "footer", isBig),
            entryType: reader.text("entries", into: &diagnostics).map {
                Reference(name: $0, location: reader.place("entries"))
            })
    }

    private mutating func readNumbers(
        _ owner: NodeReader, _ key: String, _ isBig: Bool
    ) -> [PayloadType.BinaryContent.Number] {
        owner.list(key, into: &diagnostics).compactMap { node in
            guard let reader = NodeReader(node, "a number", into: &diagnostics) else { return nil }
            let order = reader.choice("byte-order", ["little", "big"], into: &diagnostics)
            return .init(
                name: reader.required("name", into: &diagnostics) ?? "",
                width: reader.number("bytes", 1...8, into: &diagnostics) ?? 4,
                type: reader.text("type", into: &diagnostics),
                isBigEndian: order.map { $0 == "big" } ?? isBig, about: reader.text("about", into: &diagnostics) ?? "",
                location: node.location)
        }
    }
}
