import YAMLTree

extension GrammarReader {
    mutating func readClients(_ node: YAMLNode) {
        guard let list = NodeReader(node, "clients", into: &diagnostics) else { return }
        for entry in list.entries(into: &diagnostics) {
            guard let client = NodeReader(entry.value, "a client", into: &diagnostics) else { continue }
            let evidence = evidence(client)
            grammar.clients.append(
                OfficialClient(
                    name: entry.key, build: client.text("build", into: &diagnostics) ?? "",
                    date: client.text("date", into: &diagnostics) ?? "",
                    versions: versions(client, "speaks", within: grammar.allVersions, goesOn: false),
                    lines: client.references("lines", into: &diagnostics),
                    services: client.references("asks", into: &diagnostics),
                    about: client.text("about", into: &diagnostics) ?? "",
                    notes: client.text("notes", into: &diagnostics) ?? "",
                    confidence: evidence?.confidence ?? "documented", sources: evidence?.sources ?? [],
                    location: entry.keyLocation))
        }
    }
}
