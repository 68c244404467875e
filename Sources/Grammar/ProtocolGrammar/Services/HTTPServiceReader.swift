import YAMLTree

extension GrammarReader {
    mutating func readHTTPServices(_ node: YAMLNode) {
        guard let list = NodeReader(node, "HTTP services", into: &diagnostics) else { return }
        for entry in list.entries(atMost: GrammarLimit.httpServices, into: &diagnostics) {
            guard let reader = NodeReader(entry.value, "an HTTP service", into: &diagnostics) else { continue }
            let evidence = evidence(reader)
            let path = reader.required("path", into: &diagnostics) ?? "/"
            if !GrammarName.isPath(path) {
                diagnostics.append(
                    Diagnostic(
                        .error, "bad-name", "'\(path)' is not a path; it begins with '/' and has no blanks",
                        at: reader.place("path")))
            }
            grammar.httpServices.append(
                HTTPService(
                    name: entry.key, about: reader.required("about", into: &diagnostics) ?? "",
                    notes: reader.text("notes", into: &diagnostics) ?? "", hosts: readHosts(reader), path: path,
                    scheme: reader.choice("scheme", ["http", "https"], into: &diagnostics) ?? "https",
                    method: reader.choice("method", ["GET", "POST"], into: &diagnostics) ?? "POST",
                    envelope: reader.reference("envelope", into: &diagnostics),
                    contentType: reader.text("content-type", into: &diagnostics), requests: readRequests(reader),
                    fields: readAnswerFields(reader),
                    versions: versions(
                        reader, "versions", within: grammar.allVersions, unstated: grammar.openVersions),
                    confidence: evidence?.confidence ?? "documented", sources: evidence?.sources ?? [],
                    location: entry.keyLocation))
        }
    }

    private mutating func readHosts(_ reader: NodeReader) -> [String] {
        let hosts = reader.names("hosts", into: &diagnostics)
        if hosts.isEmpty {
            diagnostics.append(
                Diagnostic("missing-key", "an HTTP service needs the key 'hosts'", at: reader.location))
        }
        for host in hosts where !GrammarName.isHost(host.name) {
            diagnostics.append(
                Diagnostic(.error, "bad-name", "'\(host.name)' is not the name of a host", at: host.location))
        }
        return hosts.map(\.name)
    }

    private mutating func readRequests(_ service: NodeReader) -> [HTTPService.Request] {
        guard let node = service.node("requests", into: &diagnostics),
            let list = NodeReader(node, "the requests of an HTTP service", into: &diagnostics)
        else { return [] }
        return list.entries(atMost: GrammarLimit.httpRequests, into: &diagnostics).compactMap { entry in
            guard let reader = NodeReader(entry.value, "a request", into: &diagnostics) else { return nil }
            readRemarks(reader)
            return .init(
                name: entry.key, about: reader.required("about", into: &diagnostics) ?? "",
                parameters: readQuery(reader), example: reader.reference("example", into: &diagnostics),
                location: entry.keyLocation)
        }
    }

    private mutating func readQuery(_ request: NodeReader) -> [HTTPService.Parameter] {
        request.list("query", atMost: GrammarLimit.httpParameters, into: &diagnostics).compactMap { node in
            guard let reader = NodeReader(node, "a parameter of an address", into: &diagnostics) else { return nil }
            let literal = reader.text("literal", into: &diagnostics)
            if literal == nil, !reader.has("type") { _ = reader.required("type", into: &diagnostics) }
            let type = reader.text("type", into: &diagnostics)
            if literal != nil, type != nil {
                diagnostics.append(
                    Diagnostic(
                        .error, "misplaced-key", "a parameter has either a 'literal' or a 'type'",
                        at: reader.place("type")))
            }
            return .init(
                name: reader.required("name", into: &diagnostics) ?? "",
                parameter: reader.required("parameter", into: &diagnostics) ?? "",
                value: literal.map { .literal($0) } ?? .type(type ?? ""),
                isOptional: reader.flag("optional", into: &diagnostics),
                about: reader.text("about", into: &diagnostics) ?? "", location: node.location)
        }
    }

    private mutating func readAnswerFields(_ service: NodeReader) -> [HTTPService.Field] {
        service.list("answer-headers", atMost: GrammarLimit.httpParameters, into: &diagnostics).compactMap { node in
            guard let reader = NodeReader(node, "a header of an answer", into: &diagnostics) else { return nil }
            readRemarks(reader)
            return .init(
                name: reader.required("name", into: &diagnostics) ?? "",
                header: reader.required("header", into: &diagnostics) ?? "",
                type: reader.required("type", into: &diagnostics) ?? "",
                about: reader.text("about", into: &diagnostics) ?? "",
                example: reader.reference("example", into: &diagnostics), location: node.location)
        }
    }
}
