import ProtocolGrammar

/// What the tables of all parts of a grammar have in common.
struct TableWriter {
    let grammar: Grammar

    /// A set of versions such as `2-7,10`; nothing if the set contains all others that count.
    func versions(_ set: VersionSet, within whole: VersionSet? = nil) -> LuaValue? {
        let whole = whole ?? grammar.allVersions
        if whole.isSubset(of: set) { return nil }
        let ranges = set.ranges(among: grammar.allVersions).map { range in
            range.count == 1 ? "\(range.lowerBound)" : "\(range.lowerBound)-\(range.upperBound)"
        }
        return .text(ranges.joined(separator: ","))
    }

    /// Services by name; nothing for all.
    func services(_ names: [String]) -> LuaValue? {
        names.count == grammar.services.count ? nil : .list(names.map { .text($0) })
    }

    /// Programs by the names that people have for them.
    func programs(_ deviation: Deviation) -> LuaValue {
        .text(deviation.programs.map { grammar.programs[$0.name]?.title ?? $0.name }.joined(separator: ", "))
    }
}
