import YAMLTree

extension GrammarReader {
    mutating func readPayload(_ node: YAMLNode, file: SourceFile) {
        if node.mapping?.contains(where: { $0.key == "shared" }) == true { return readElementSet(node, file: file) }
        guard let kind = readKind(node, "a payload", ["mime", "xml", "blocks", "binary"]),
            let reader = NodeReader(node, "a payload of kind \(kind)", into: &diagnostics)
        else { return }
        let name = nameOfFile(reader, "payload", file)
        let evidence = evidence(reader)
        let versions = versions(reader, "versions", within: grammar.allVersions, unstated: grammar.openVersions)
        let content: PayloadType.Content
        var deviations: [DocumentDeviation] = []
        var serviceRequest: PayloadType.ServiceRequest?
        var bearers: [PayloadType.Bearer] = []
        switch kind {
        case "mime":
            let place = reader.choice("fields-in", ["header", "body"], into: &diagnostics)
            content = .mime(
                .init(
                    contentType: (reader.required("content-type", into: &diagnostics) ?? "").lowercased(),
                    charset: reader.text("charset", into: &diagnostics), fieldsInBody: place == "body",
                    fields: readFields(reader, within: versions)))
        case "xml":
            content = .xml(readDocument(reader))
            deviations = readDocumentDeviations(reader)
            serviceRequest = readServiceRequest(reader)
        case "blocks":
            content = .blocks(readBlocks(reader, within: versions))
            bearers = readBearers(reader)
        default:
            content = .binary(readBinary(reader))
            bearers = readBearers(reader)
        }
        grammar.payloads.append(
            PayloadType(
                name: name, about: reader.required("about", into: &diagnostics) ?? "", versions: versions,
                content: content, commands: reader.references("commands", into: &diagnostics), bearers: bearers,
                serviceRequest: serviceRequest, sources: evidence?.sources ?? [],
                confidence: evidence?.confidence ?? "",
                notes: reader.text("notes", into: &diagnostics) ?? "",
                examples: reader.list("examples", into: &diagnostics).compactMap { readPayloadExample($0) },
                deviations: deviations, location: reader.place("payload")))
    }

    private mutating func readServiceRequest(_ reader: NodeReader) -> PayloadType.ServiceRequest? {
        let answer = reader.reference("answer", into: &diagnostics)
        guard let service = reader.reference("http-service", into: &diagnostics) else {
            if answer != nil { _ = reader.required("http-service", into: &diagnostics) }
            return nil
        }
        guard let answer else {
            _ = reader.required("answer", into: &diagnostics)
            return nil
        }
        return .init(service: service, answer: answer)
    }

    /// The name that a file states, which is that of the file.
    mutating func nameOfFile(_ reader: NodeReader, _ key: String, _ file: SourceFile) -> String {
        let name = reader.required(key, into: &diagnostics) ?? Self.baseName(file.path)
        if name != Self.baseName(file.path) {
            diagnostics.append(
                Diagnostic(
                    .error, "file-name",
                    "the \(Self.word(forFileOf: key)) '\(name)' belongs in a file named '\(name).yaml'",
                    at: reader.place(key)))
        }
        return name
    }

    /// What a file is that begins with a key.
    private static func word(forFileOf key: String) -> String { key == "shared" ? "payload" : key }

    private mutating func readPayloadExample(_ node: YAMLNode) -> PayloadType.Example? {
        guard let reader = NodeReader(node, "an example", into: &diagnostics) else { return nil }
        sources(reader)
        var bytes = hexadecimal(reader, "bytes")
        let text = reader.text("text", into: &diagnostics)
        if text == nil, !reader.has("bytes") { _ = reader.required("text", into: &diagnostics) }
        bytes = Array((text ?? "").utf8) + bytes
        return .init(
            title: reader.text("title", into: &diagnostics) ?? "", bytes: bytes, location: node.location)
    }

    /// The bytes of a text of hexadecimal digits.
    mutating func hexadecimal(_ reader: NodeReader, _ key: String) -> [UInt8] {
        guard let digits = reader.text(key, into: &diagnostics) else { return [] }
        return digits.split(whereSeparator: \.isWhitespace).compactMap { pair in
            guard pair.count == 2, let byte = UInt8(pair, radix: 16) else {
                diagnostics.append(
                    Diagnostic(
                        .error, "bad-number", "'\(pair)' is not a byte of two hexadecimal digits",
                        at: reader.place(key)))
                return nil
            }
            return byte
        }
    }

    mutating func readFields(_ owner: NodeReader, within whole: VersionSet) -> [PayloadType.Field] {
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
