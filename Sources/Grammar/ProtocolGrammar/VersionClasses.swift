/// Classes of versions whose rules for the lines of a command are the same, so that one version stands for all.
public struct VersionClasses: Sendable {
    /// The sets of versions that matter when a line of the command is decoded.
    private let sets: [VersionSet]

    init(_ sets: [VersionSet]) { self.sets = sets }

    public init(_ command: Command, grammar: Grammar) {
        var sets: Set<VersionSet> = []
        var pending: [String] = []
        for form in command.forms {
            sets.insert(form.versions)
            for parameter in form.parameters {
                sets.insert(parameter.versions)
                if let name = parameter.typeName { pending.append(name) }
            }
            for entry in form.deviations {
                sets.insert(entry.versions)
                for parameter in form.patched(by: entry).parameters {
                    sets.insert(parameter.versions)
                    if let name = parameter.typeName { pending.append(name) }
                }
            }
        }
        var seen: Set<String> = []
        while let name = pending.popLast() {
            guard seen.insert(name).inserted, let type = grammar.type(named: name) else { continue }
            sets.formUnion(type.deviations.map(\.versions))
            pending += type.innerTypes
            switch type.kind {
            case .enumeration(let values, _): sets.formUnion(values.map(\.versions))
            case .flags(let values, let fields): sets.formUnion(values.map(\.versions) + fields.map(\.versions))
            case .token(_, let shapes): sets.formUnion(shapes.map(\.versions))
            case .composite(let parts): sets.formUnion(parts.map(\.versions))
            default: break
            }
        }
        self.sets = Array(sets)
    }

    /// Each class within some versions, the class of the lowest version first.
    public func classes(within versions: VersionSet) -> [VersionSet] {
        var rest = versions
        var result: [VersionSet] = []
        while let first = rest.first {
            var same = rest
            for set in sets { same = set.contains(first) ? same.intersection(set) : same.subtracting(set) }
            result.append(same)
            rest = rest.subtracting(same)
        }
        return result
    }
}
