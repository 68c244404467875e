import YAMLTree

extension GrammarReader {
    mutating func readVersions(_ node: YAMLNode) {
        guard let reader = NodeReader(node, "the file", keys: ["versions", "facts"], into: &diagnostics),
            let versions = reader.node("versions"),
            let list = NodeReader(versions, "versions", keys: [], into: &diagnostics)
        else { return }
        for entry in list.all {
            guard let number = Int(entry.key), (0...VersionSet.maximum).contains(number) else {
                diagnostics.append(
                    Diagnostic(
                        .error, "bad-version", "'\(entry.key)' is not a version number from 0 to \(VersionSet.maximum)",
                        at: entry.keyLocation))
                continue
            }
            let keys = ["name", "client", "date", "status", "about", "sources", "notes"]
            guard let version = NodeReader(entry.value, "a version", keys: keys, into: &diagnostics) else { continue }
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
        if let facts = reader.node("facts") { readFacts(facts) }
    }

    private mutating func readFacts(_ node: YAMLNode) {
        guard let list = NodeReader(node, "facts", keys: [], into: &diagnostics) else { return }
        for entry in list.all {
            guard
                let fact = NodeReader(entry.value, "a fact", keys: ["versions", "about", "notes"], into: &diagnostics),
                fact.required("versions", into: &diagnostics) != nil
            else { continue }
            grammar.facts.append(
                VersionFact(
                    name: entry.key, about: fact.required("about", into: &diagnostics) ?? "",
                    versions: versions(fact, "versions", within: grammar.allVersions), location: entry.keyLocation))
        }
    }
}
