import YAMLTree

extension Example {
    /// The values of a line by name: as the example states them, otherwise as decoded.
    public func values(of line: Line, by matcher: LineMatcher) -> [(name: String, texts: [String])] {
        let count = line.payload?.utf8.count
        for version in versions.numbers {
            let found = try? matcher.match(
                Array(line.text.utf8), payloadCount: count, sender: line.sender, service: service, version: version)
            guard let found, found.form.name == line.form else { continue }
            return found.values.map { name, value in
                let stated = line.values.first { $0.name == name }?.node
                return (name, stated.map(Self.texts) ?? value.texts)
            }
        }
        return line.values.map { ($0.name, Self.texts($0.node)) }
    }

    private static func texts(_ node: YAMLNode) -> [String] {
        node.scalar.map { [$0] } ?? (node.sequence ?? []).compactMap(\.scalar)
    }
}

extension MatchedLine.Value {
    /// The values for people: decoded, and by name if they have one.
    fileprivate var texts: [String] {
        switch self {
        case .one(let readings): readings.last.map { [$0] } ?? []
        case .list(let items): items.flatMap(\.texts)
        }
    }
}
