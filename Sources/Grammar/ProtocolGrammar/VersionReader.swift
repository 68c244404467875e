import YAMLTree

extension GrammarReader {
    mutating func readVersions(_ node: YAMLNode) {
        guard let reader = NodeReader(node, "the file", into: &diagnostics) else { return }
        let facts = reader.node("facts", into: &diagnostics)
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
            readRemarks(version)
            let status = version.choice("status", Version.Status.allCases.map(\.rawValue), into: &diagnostics)
            grammar.versions.append(
                Version(
                    number: number, name: version.required("name", into: &diagnostics) ?? "",
                    client: version.text("client", into: &diagnostics) ?? "",
                    date: version.text("date", into: &diagnostics) ?? "",
                    status: status.flatMap(Version.Status.init) ?? .partial,
                    about: version.text("about", into: &diagnostics) ?? "",
                    location: entry.keyLocation))
        }
        grammar.versions.sort { $0.number < $1.number }
        if let facts { readFacts(facts) }
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
