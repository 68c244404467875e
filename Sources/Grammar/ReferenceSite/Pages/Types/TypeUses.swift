import ProtocolGrammar

/// In which versions each type occurs, by itself or as a part of another one.
struct TypeUses {
    private var versions: [String: VersionSet] = [:]

    init(_ grammar: Grammar) {
        for parameter in grammar.commands.flatMap(\.forms).flatMap(\.parameters) {
            if let type = parameter.typeName { add(parameter.versions, to: type) }
        }
        for part in grammar.payloads.flatMap(\.parts) {
            if let type = part.type { add(part.versions, to: type) }
        }
        for payload in grammar.payloads {
            if case .binary(let content) = payload.content, let type = content.entryType {
                add(payload.versions, to: type.name)
            }
        }
        for service in grammar.httpServices {
            for type in service.types { add(service.versions, to: type) }
        }
        // What a type contains occurs wherever the type does; types contain each other in few steps.
        var isDone = false
        while !isDone {
            isDone = true
            for type in grammar.types {
                guard let whole = versions[type.name] else { continue }
                for inner in type.innerTypes where !whole.isSubset(of: versions[inner] ?? VersionSet()) {
                    add(whole, to: inner)
                    isDone = false
                }
            }
        }
    }

    private mutating func add(_ set: VersionSet, to type: String) {
        versions[type] = (versions[type] ?? VersionSet()).union(set)
    }

    /// The versions in which something of the type can occur.
    func versions(of type: ValueType) -> VersionSet { versions[type.name] ?? VersionSet() }
}
