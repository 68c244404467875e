import YAMLTree

extension GrammarReader {
    mutating func readVersions(_ node: YAMLNode) {
        guard let reader = NodeReader(node, "the file", into: &diagnostics) else { return }
        let facts = reader.node("facts", into: &diagnostics)
        let clients = reader.node("clients", into: &diagnostics)
        guard
            let versions = reader.node("versions", into: &diagnostics),
            let list = NodeReader(versions, "versions", into: &diagnostics)
        else { return }
        for entry in list.entries(into: &diagnostics) {
            guard let number = Int(entry.key), (0...VersionSet.maximum).contains(number) else {
                diagnostics.append(
                    Diagnostic(
                        .error, "bad-version", "'\(entry.key)' is not a version number from 0 to \(VersionSet.maximum)",
                        at: entry.keyLocation))
                continue
            }
            guard let version = NodeReader(entry.value, "a version", into: &diagnostics) else { continue }
            let status = version.choice("status", Version.Status.allCases.map(\.rawValue), into: &diagnostics)
            grammar.versions.append(
                Version(
                    number: number, name: version.required("name", into: &diagnostics) ?? "",
                    status: status.flatMap(Version.Status.init) ?? .partial,
                    about: version.text("about", into: &diagnostics) ?? "",
                    notes: version.text("notes", into: &diagnostics) ?? "", sources: sources(version),
                    location: entry.keyLocation))
        }
        grammar.versions.sort { $0.number < $1.number }
        if let facts { readFacts(facts) }
        if let clients { readClients(clients) }
    }

    private mutating func readClients(_ node: YAMLNode) {
        guard let list = NodeReader(node, "clients", into: &diagnostics) else { return }
        for entry in list.entries(into: &diagnostics) {
            guard let client = NodeReader(entry.value, "a client", into: &diagnostics) else { continue }
            let evidence = evidence(client)
            grammar.clients.append(
                OfficialClient(
                    name: entry.key, build: client.text("build", into: &diagnostics) ?? "",
                    date: client.text("date", into: &diagnostics) ?? "",
                    versions: versions(client, "speaks", within: grammar.allVersions),
                    about: client.text("about", into: &diagnostics) ?? "",
                    confidence: evidence?.confidence ?? "documented", sources: evidence?.sources ?? [],
                    location: entry.keyLocation))
            client.remarks("notes", into: &diagnostics)
        }
    }

    private mutating func readFacts(_ node: YAMLNode) {
        guard let list = NodeReader(node, "facts", into: &diagnostics) else { return }
        for entry in list.entries(into: &diagnostics) {
            guard
                let fact = NodeReader(entry.value, "a fact", into: &diagnostics)
            else { continue }
            fact.remarks("notes", into: &diagnostics)
            _ =
                fact.required("versions", into: &diagnostics)
            grammar.facts.append(
                VersionFact(
                    name: entry.key, about: fact.required("about", into: &diagnostics) ?? "",
                    versions: versions(fact, "versions", within: grammar.allVersions), location: entry.keyLocation))
        }
    }
}
