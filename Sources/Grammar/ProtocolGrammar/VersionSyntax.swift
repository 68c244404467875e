import YAMLTree

/// A set of versions as it is written, before versions go on in those that are based on them.
struct StatedVersions {
    var text: String
    var place: SourceLocation
    /// What the numbers say.
    var numbers = VersionSet()
    /// What they would say if no version were based on another.
    fileprivate var plainNumbers = VersionSet()
    /// What stands behind `not`: versions in which the set does not go on.
    var ends = VersionSet()
    /// The ranges with a last version, which must lie within the versions around them.
    fileprivate var closed: [(word: String, versions: VersionSet)] = []
}

/// A set of versions, with the place where it is written.
public struct VersionStatement: Sendable {
    /// The set as it is written.
    public var text: String
    /// What has these versions, such as `a form`.
    public var what: String
    public var location: SourceLocation
    public var versions: VersionSet
    /// Those of them that it would not have if they were not based on others.
    public var inherited: VersionSet
}

/// How sets of versions are written: `8`, `2-7`, `11+`, `2-7, 10` or `18-21, not 22`.
///
/// A set has the versions that its numbers name, and those that are based on one of these and not taken out by `not`.
/// Where a map gives values to sets, a number counts more than what a version is based on.
extension GrammarReader {
    /// Reads the set of a key; `whole` if the key is missing.
    ///
    /// - Parameter goesOn: whether the set has versions that are based on its own. What programs speak does not.
    mutating func versions(
        _ reader: NodeReader, _ key: String, within whole: VersionSet, unstated: VersionSet? = nil, goesOn: Bool = true
    ) -> VersionSet {
        diagnostics.declarations?.add(.versions, key, of: reader.location)
        guard let text = reader.text(key, into: &diagnostics) else { return unstated ?? whole }
        guard let stated = statedVersions(text, at: reader.place(key), goesOn: goesOn) else { return whole }
        return goesOn
            ? versions([stated], of: reader.what, within: whole)[0] : limited(stated.numbers, stated, to: whole)
    }

    /// The versions of one set, or of the sets of a map.
    mutating func versions(_ sets: [StatedVersions], of what: String, within whole: VersionSet) -> [VersionSet] {
        var results = sets.map(\.numbers)
        let named = results.reduce(VersionSet()) { $0.union($1) }
        for (version, base) in grammar.basedVersions where !named.contains(version) {
            for index in sets.indices where results[index].contains(base) && !sets[index].ends.contains(version) {
                results[index] = results[index].union(VersionSet([version]))
            }
        }
        for index in sets.indices {
            checkEnds(of: sets[index], results[index])
            let inherited = results[index].subtracting(sets[index].plainNumbers)
            results[index] = limited(results[index], sets[index], to: whole)
            grammar.versionStatements.append(
                VersionStatement(
                    text: sets[index].text, what: what, location: sets[index].place, versions: results[index],
                    inherited: inherited.intersection(whole)))
        }
        return results
    }

    private mutating func checkEnds(of set: StatedVersions, _ versions: VersionSet) {
        for end in set.ends.numbers {
            if let base = grammar.version(number: end)?.base, versions.contains(base), !versions.contains(end) {
                continue
            }
            diagnostics.append(
                Diagnostic(
                    "needless-end", "'not \(end)' ends nothing; it names a version that is based on one of the set",
                    at: set.place))
        }
    }

    private mutating func limited(_ versions: VersionSet, _ set: StatedVersions, to whole: VersionSet) -> VersionSet {
        for (word, range) in set.closed {
            guard let stray = range.subtracting(whole).numbers.first else { continue }
            diagnostics.append(
                Diagnostic(
                    .error, "versions-outside", "version \(stray) of '\(word)' is outside the versions around it",
                    at: set.place))
        }
        let inside = versions.intersection(whole)
        guard inside.isEmpty else { return inside }
        diagnostics.append(
            Diagnostic(.error, "versions-empty", "'\(set.text)' names no version that exists here", at: set.place))
        return whole
    }

    /// Reads the words of a set; nil if one is wrong.
    mutating func statedVersions(_ text: String, at place: SourceLocation, goesOn: Bool = true) -> StatedVersions? {
        guard text.utf8.count <= GrammarLimit.versionLetters else {
            diagnostics.append(.tooLong(text, "the set of versions", GrammarLimit.versionLetters, at: place))
            return nil
        }
        var result = StatedVersions(text: text, place: place)
        for part in text.split(separator: ",", omittingEmptySubsequences: false) {
            let word = part.trimmingBlanks
            let isEnd = word.hasPrefix("not ")
            guard let range = versionRange(isEnd ? word.dropFirst(4).trimmingBlanks : word, isEnd, at: place)
            else { return nil }
            var versions = range.versions
            if !isEnd { result.plainNumbers = result.plainNumbers.union(versions) }
            if goesOn, !isEnd {
                // A version that is based on another one is within a range only if it or its base is named.
                let based = grammar.basedVersions.map(\.version).filter { $0 != range.first && $0 != range.last }
                versions = versions.subtracting(VersionSet(based))
            }
            if isEnd {
                result.ends = result.ends.union(versions)
            } else {
                result.numbers = result.numbers.union(versions)
                if range.last != nil { result.closed.append((word, versions)) }
            }
        }
        return result
    }

    /// One range of a set; `last` is nil for an open one.
    private mutating func versionRange(
        _ word: String, _ isEnd: Bool, at place: SourceLocation
    ) -> (first: Int, last: Int?, versions: VersionSet)? {
        let known = grammar.allVersions
        let isOpen = word.hasSuffix("+")
        let ends = (isOpen ? String(word.dropLast()) : word).split(separator: "-", omittingEmptySubsequences: false)
        let numbers = ends.map { Int($0.trimmingBlanks) }
        guard let first = numbers.first.flatMap({ $0 }), numbers.count <= 2, !(isOpen && (isEnd || numbers.count == 2)),
            let last = isOpen ? VersionSet.maximum : numbers.last.flatMap({ $0 }), first >= 0,
            last <= VersionSet.maximum
        else {
            diagnostics.append(
                Diagnostic(
                    .error, "bad-version",
                    "'\(word)' is not a set of versions; write '8', '2-7', '11+' or '2-7, 10'", at: place))
            return nil
        }
        guard first <= last else {
            diagnostics.append(
                Diagnostic(
                    .error, "version-backwards", "the range '\(word)' runs backwards; write '\(last)-\(first)'",
                    at: place))
            return nil
        }
        if let stray = isOpen ? nil : [first, last].first(where: { !known.contains($0) }), !known.isEmpty {
            let highest = known.numbers.last ?? 0
            let fault =
                grammar.hasOnlyVersion
                ? "without a file 'versions.yaml' there is only version 1"
                : stray > highest ? "the last one is \(highest)" : "'versions.yaml' has none with this number"
            diagnostics.append(Diagnostic("unknown-version", "there is no version \(stray); \(fault)", at: place))
            return nil
        }
        let range = VersionSet(first...last).intersection(isOpen ? grammar.openVersions : known)
        return (first, isOpen ? nil : last, range)
    }
}

extension Grammar {
    /// A set of versions as grammar files write it, such as `2-7, 10+`.
    public func spelling(of set: VersionSet) -> String {
        let ranges = set.ranges(among: allVersions)
        return ranges.map { range in
            let rest = openVersions.subtracting(VersionSet(0...range.lowerBound))
            if range == ranges.last, !rest.isEmpty,
                set.intersection(VersionSet(range.lowerBound...VersionSet.maximum))
                    == rest.union(VersionSet([range.lowerBound])), openVersions.contains(range.lowerBound)
            {
                return "\(range.lowerBound)+"
            }
            return range.count == 1 ? "\(range.lowerBound)" : "\(range.lowerBound)-\(range.upperBound)"
        }.joined(separator: ", ")
    }
}
