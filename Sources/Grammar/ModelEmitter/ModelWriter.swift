import ProtocolGrammar

/// What the parts of a model have in common.
struct ModelWriter {
    let grammar: Grammar

    /// A set of versions such as `2-7,10`; nothing if it leaves out none of the whole.
    func versions(_ set: VersionSet, within whole: VersionSet? = nil) -> JSONValue? {
        (whole ?? grammar.allVersions).isSubset(of: set) ? nil : ranges(set)
    }

    /// A set of versions, whatever it has.
    func ranges(_ set: VersionSet) -> JSONValue {
        let ranges = set.ranges(among: grammar.allVersions).map { range in
            range.count == 1 ? "\(range.lowerBound)" : "\(range.lowerBound)-\(range.upperBound)"
        }
        return .text(ranges.joined(separator: ","))
    }

    /// Services by name; nothing for all.
    func services(_ names: [String]) -> JSONValue? {
        names.count == grammar.services.count ? nil : .texts(names)
    }

    /// What is known of a deviation, whatever deviates.
    func deviation(_ deviation: Deviation) -> [(String, JSONValue?)] {
        [
            ("about", .text(deviation.about)), ("programs", .texts(deviation.programs.map(\.name))),
            ("sources", .ifAny(deviation.sources)),
        ]
    }

    /// Who says something, and how sure it is.
    func evidence(_ confidence: String, _ sources: [String], notes: String = "") -> [(String, JSONValue?)] {
        [("confidence", .ifAny(confidence)), ("sources", .ifAny(sources)), ("notes", .ifAny(notes))]
    }
}
