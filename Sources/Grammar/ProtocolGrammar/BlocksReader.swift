import YAMLTree

extension GrammarReader {
    mutating func readBlocks(_ reader: NodeReader, within versions: VersionSet) -> PayloadType.BlocksContent {
        .init(
            blocks: reader.list("blocks", into: &diagnostics).compactMap { node in
                guard let block = NodeReader(node, "a block", into: &diagnostics) else { return nil }
                return .init(
                    name: block.required("name", into: &diagnostics) ?? "",
                    about: block.text("about", into: &diagnostics) ?? "", startLine: readStartLine(block),
                    fields: readFields(block, within: versions))
            },
            contentType: reader.text("content-type", into: &diagnostics)?.lowercased(),
            bodyLength: reader.reference("body-length", into: &diagnostics), body: hexadecimal(reader, "body"))
    }

    private mutating func readStartLine(_ block: NodeReader) -> PayloadType.StartLine? {
        guard let node = block.node("start-line", into: &diagnostics),
            let reader = NodeReader(node, "a start line", into: &diagnostics)
        else { return nil }
        readRemarks(reader)
        return .init(
            name: reader.required("name", into: &diagnostics) ?? "",
            type: reader.required("type", into: &diagnostics) ?? "",
            about: reader.text("about", into: &diagnostics) ?? "", location: reader.place("type"))
    }

    /// The payloads around a payload: names, or mappings with conditions.
    mutating func readBearers(_ reader: NodeReader) -> [PayloadType.Bearer] {
        reader.list("inside", into: &diagnostics).compactMap { node in
            if let name = node.scalar {
                return .init(payload: Reference(name: name, location: node.location), conditions: [])
            }
            guard let bearer = NodeReader(node, "a payload around another", into: &diagnostics) else { return nil }
            _ = bearer.required("payload", into: &diagnostics)
            let conditions = readConditions(bearer)
            return bearer.reference("payload", into: &diagnostics).map { .init(payload: $0, conditions: conditions) }
        }
    }

    private mutating func readConditions(
        _ bearer: NodeReader
    ) -> [(name: String, requirement: PayloadType.Bearer.Requirement, location: SourceLocation)] {
        guard let node = bearer.node("when", into: &diagnostics),
            let reader = NodeReader(node, "the conditions of a payload", into: &diagnostics)
        else { return [] }
        return reader.entries(into: &diagnostics).compactMap { entry in
            guard let word = reader.text(entry.key, into: &diagnostics) else { return nil }
            let requirement: PayloadType.Bearer.Requirement =
                switch word {
                case "present": .present
                case "absent": .absent
                default: UInt64(word).map { .number($0) } ?? .equal(word)
                }
            return (entry.key, requirement, entry.value.location)
        }
    }
}
