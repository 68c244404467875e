import YAMLTree

/// A value that may depend on the version.
struct Versioned<Value: Sendable>: Sendable {
    /// The value in all other versions.
    var plain: Value
    var named: [(versions: VersionSet, value: Value)] = []

    init(_ plain: Value) { self.plain = plain }

    func value(in version: Int) -> Value {
        named.first { $0.versions.contains(version) }?.value ?? plain
    }

    var sets: [VersionSet] { named.map(\.versions) }
}

extension GrammarReader {
    /// Reads a value, or a map from sets of versions to values such as `{ 10+: "N=" }`.
    ///
    /// - Parameter read: reads the value of a key; it reports what is wrong with it.
    mutating func versioned<Value>(
        _ reader: NodeReader, _ key: String, within whole: VersionSet, _ plain: Value, isMap: (YAMLNode) -> Bool,
        read: (NodeReader, String, inout ReadingDiagnostics) -> Value?
    ) -> Versioned<Value> {
        guard let node = reader.node(key, into: &diagnostics) else {
            // To read a missing key is to declare it.
            return Versioned(read(reader, key, &diagnostics) ?? plain)
        }
        guard isMap(node), let map = NodeReader(node, "'\(key)'", into: &diagnostics) else {
            return Versioned(read(reader, key, &diagnostics) ?? plain)
        }
        var result = Versioned(plain)
        var taken = VersionSet()
        diagnostics.declarations?.openVersions(at: node.location)
        let stated = map.entries(into: &diagnostics).compactMap { entry in
            statedVersions(entry.key, at: entry.keyLocation).map { (entry, $0) }
        }
        let sets = versions(stated.map(\.1), of: "'\(key)' of \(reader.what)", within: whole)
        for ((entry, _), versions) in zip(stated, sets) {
            let shared = versions.intersection(taken)
            if !shared.isEmpty {
                diagnostics.append(
                    Diagnostic(
                        .error, "overlapping-versions",
                        "'\(key)' has two values in \(grammar.describe(shared))", at: entry.keyLocation))
            }
            taken = taken.union(versions)
            if let value = read(map, entry.key, &diagnostics) { result.named.append((versions, value)) }
        }
        return result
    }

    mutating func versioned<Value>(
        _ reader: NodeReader, _ key: String, within whole: VersionSet, _ plain: Value,
        read: (NodeReader, String, inout ReadingDiagnostics) -> Value?
    ) -> Versioned<Value> {
        versioned(reader, key, within: whole, plain, isMap: { $0.mapping != nil }, read: read)
    }
}
