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
        var bases: [(number: Int, base: Reference)] = []
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
            if let base = version.reference("based-on", into: &diagnostics) { bases.append((number, base)) }
            grammar.versions.append(
                Version(
                    number: number, name: version.required("name", into: &diagnostics) ?? "",
                    status: status.flatMap(Version.Status.init) ?? .partial, base: nil,
                    about: version.text("about", into: &diagnostics) ?? "",
                    notes: version.text("notes", into: &diagnostics) ?? "", sources: sources(version),
                    location: entry.keyLocation))
        }
        grammar.versions.sort { $0.number < $1.number }
        readBases(bases)
        if let facts { readFacts(facts) }
        if let clients { readClients(clients) }
    }

    /// Gives the version of a grammar without a file of versions the name of the protocol.
    mutating func nameOnlyVersion() {
        guard grammar.hasOnlyVersion else { return }
        grammar.versions[0].name = grammar.name
        grammar.versions[0].location = grammar.nameLocation
    }

    /// Versions that are as others where nothing else is said.
    private mutating func readBases(_ bases: [(number: Int, base: Reference)]) {
        for (number, reference) in bases {
            func refuse(_ message: String) {
                diagnostics.append(Diagnostic("bad-base", message, at: reference.location))
            }
            guard let index = grammar.versions.firstIndex(where: { $0.number == number }) else { continue }
            guard let base = Int(reference.name).flatMap({ grammar.version(number: $0) }) else {
                refuse("'\(reference.name)' is not a version number of 'versions.yaml'")
                continue
            }
            if base.number >= number {
                refuse("a version can be based only on one with a smaller number")
            } else if base.status == .named {
                refuse("only the name of version \(base.number) is known, so nothing can be based on it")
            } else if grammar.versions[index].status == .named {
                refuse("a version with a base has more than a name; make its status 'partial'")
            } else {
                grammar.versions[index].base = base.number
            }
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
