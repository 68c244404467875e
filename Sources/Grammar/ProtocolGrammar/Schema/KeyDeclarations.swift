import YAMLTree

/// What the reader asked of each mapping: its keys and what they may hold.
struct KeyDeclarations {
    /// What a key may hold.
    enum Value: Hashable {
        case text, list, texts, versions
        case number(ClosedRange<Int>)
        case choice([String])
        /// A list whose items are choices.
        case choices([String])
        /// What stands there decides, as in the specimen.
        case shown
    }

    /// The keys of one mapping.
    struct Mapping {
        var what: String
        var keys: [String] = []
        var values: [String: Set<Value>] = [:]
        var required: Set<String> = []
        /// Whether its keys are names that the file chooses, or sets of versions.
        var hasNames = false
        var hasVersions = false
    }

    var mappings: [SourceLocation: Mapping] = [:]

    mutating func open(_ what: String, at place: SourceLocation) {
        mappings[place, default: Mapping(what: what)].what = what
    }

    mutating func openNames(at place: SourceLocation) { mappings[place]?.hasNames = true }

    mutating func openVersions(at place: SourceLocation) { mappings[place]?.hasVersions = true }

    mutating func require(_ key: String, of place: SourceLocation) { mappings[place]?.required.insert(key) }

    mutating func add(_ value: Value, _ key: String, of place: SourceLocation) {
        guard var mapping = mappings[place] else { return }
        if mapping.values[key] == nil { mapping.keys.append(key) }
        mapping.values[key, default: []].insert(value)
        mappings[place] = mapping
    }
}
