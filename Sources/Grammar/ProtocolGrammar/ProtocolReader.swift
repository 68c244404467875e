import YAMLTree

/// Reads `protocol.yaml`.
extension GrammarReader {
    mutating func readProtocol(_ node: YAMLNode) {
        guard let reader = NodeReader(node, "the protocol", into: &diagnostics) else { return }
        grammar.name = reader.required("protocol", into: &diagnostics) ?? ""
        grammar.nameLocation = reader.place("protocol")
        grammar.about = reader.text("about", into: &diagnostics) ?? ""
        if let services = reader.node("services", into: &diagnostics),
            let list = NodeReader(services, "services", into: &diagnostics)
        {
            for entry in list.entries(atMost: GrammarLimit.services, into: &diagnostics) {
                let about = NodeReader(entry.value, "a service", into: &diagnostics)?
                    .text("about", into: &diagnostics)
                grammar.services.append(Service(name: entry.key, about: about ?? "", location: entry.keyLocation))
            }
        } else {
            diagnostics.append(
                Diagnostic(.error, "missing-key", "the protocol needs the key 'services'", at: node.location))
        }
        let rules = TransactionRule.allCases.map(\.rawValue)
        if let rule = reader.choice("transaction", rules, into: &diagnostics).flatMap(TransactionRule.init) {
            grammar.transaction = rule
        }
        if let trailer = reader.text("trailer", into: &diagnostics) {
            readTrailer(trailer, at: reader.place("trailer"))
        }
        if let limits = reader.node("limits", into: &diagnostics) { readLimits(limits) }
        if let behaviours = reader.node("behaviours", into: &diagnostics) { readBehaviours(behaviours) }
        if let services = reader.node("http-services", into: &diagnostics) { readHTTPServices(services) }
        if let topics = reader.node("topics", into: &diagnostics) { readTopics(topics) }
        if let cases = reader.node("use-cases", into: &diagnostics) { readUseCases(cases) }
        readTypes(of: reader)
    }

    private mutating func readTrailer(_ trailer: String, at place: SourceLocation) {
        guard 1...8 ~= trailer.utf8.count, trailer.utf8.allSatisfy({ $0 < 0x80 }) else {
            let message = "'trailer' must be one to eight ASCII characters, such as \"\\r\\n\" in double quotes"
            return diagnostics.append(Diagnostic("bad-value", message, at: place))
        }
        grammar.trailer = trailer
    }

    private mutating func readBehaviours(_ node: YAMLNode) {
        guard let list = NodeReader(node, "behaviours", into: &diagnostics) else { return }
        for entry in list.entries(into: &diagnostics) {
            guard let reader = NodeReader(entry.value, "a behaviour", into: &diagnostics) else { continue }
            let evidence = evidence(reader)
            grammar.behaviours.append(
                Behaviour(
                    name: entry.key, about: reader.required("about", into: &diagnostics) ?? "",
                    versions: versions(
                        reader, "versions", within: grammar.allVersions, unstated: grammar.openVersions),
                    confidence: evidence?.confidence ?? "documented", sources: evidence?.sources ?? [],
                    location: entry.keyLocation))
        }
    }

    private mutating func readLimits(_ node: YAMLNode) {
        let bounds: [(key: String, range: ClosedRange<Int>, limit: WritableKeyPath<Limits, Int>)] = [
            ("line", 16...65535, \.line), ("parameters", 1...64, \.parameters),
            ("payload", 0...16_777_216, \.payload), ("bufferedBytes", 1...33_554_432, \.bufferedBytes),
            ("headers", 1...10_000, \.headers), ("headerBytes", 1...16_777_216, \.headerBytes),
            ("depth", 1...256, \.depth),
        ]
        guard let list = NodeReader(node, "limits", into: &diagnostics) else { return }
        for bound in bounds {
            guard let number = list.number(bound.key, bound.range, into: &diagnostics) else { continue }
            grammar.limits[keyPath: bound.limit] = number
        }
    }
}
