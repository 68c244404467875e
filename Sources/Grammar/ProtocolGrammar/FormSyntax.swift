extension Form {
    /// Consecutive versions with the same line.
    public struct Generation: Sendable {
        public var versions: VersionSet
        public var line: String
    }

    /// The line in the usual notation, such as `USR TrID OK userHandle [isVerified]`.
    ///
    /// Brackets mark words that a line may omit, and words that only some of the versions have.
    public func syntax(in versions: VersionSet) -> String {
        var words = [command]
        switch transaction {
        case .required: words.append("TrID")
        case .zero: words.append("0")
        case .optional: words.append("[TrID]")
        case .absent: break
        }
        let lengthBefore = payload?.lengthBefore?.name
        for rows in rows(in: versions) {
            if rows[0].name == lengthBefore { words.append("length") }
            let common = rows.reduce(VersionSet()) { $0.union($1.versions) }
            let isOptional = rows.contains(where: \.mayBeAbsent) || !versions.isSubset(of: common)
            let word = Self.syntax(of: rows)
            words.append(isOptional ? "[\(word)]" : word)
        }
        if payload != nil, lengthBefore == nil { words.append("length") }
        return words.joined(separator: " ")
    }

    /// The rows of each parameter that some of the versions have.
    private func rows(in versions: VersionSet) -> [[Parameter]] {
        var result: [[Parameter]] = []
        for row in parameters where !row.versions.intersection(versions).isEmpty {
            if let last = result.indices.last, result[last][0].location == row.location {
                result[last].append(row)
            } else {
                result.append([row])
            }
        }
        return result
    }

    /// For rows that differ in their prefixes, only the name.
    private static func syntax(of rows: [Parameter]) -> String {
        var words: [String] = []
        for row in rows where !words.contains(row.syntax) { words.append(row.syntax) }
        guard words.count > 1, let row = rows.first(where: { $0.literal == nil }) else {
            return words.joined(separator: "|")
        }
        var plain = row
        plain.prefix = ""
        return plain.syntax
    }

    /// The line in a version; nil if the version lacks the form.
    public func syntax(in version: Int) -> String? {
        versions.contains(version) ? syntax(in: VersionSet([version])) : nil
    }

    /// The lines of the form over its versions.
    public var generations: [Generation] {
        var result: [Generation] = []
        for version in versions.numbers {
            let set = VersionSet([version])
            let line = syntax(in: set)
            if let last = result.indices.last, result[last].line == line {
                result[last].versions = result[last].versions.union(set)
            } else {
                result.append(Generation(versions: set, line: line))
            }
        }
        return result
    }
}

extension Parameter {
    /// Its word in the syntax of a form, without brackets.
    fileprivate var syntax: String {
        let word = literal ?? prefix + name
        switch repetition {
        case .words(let minimum): return minimum == 0 ? "[\(word)...]" : word + "..."
        case .separated(let separator): return word + separator + "..."
        case .once: return word
        }
    }
}

extension CompositePart {
    /// The parts of a composite in one word, such as `host[:port]`.
    public static func syntax(of parts: [CompositePart]) -> String {
        parts.map { part in
            let word = part.after + part.name + part.before
            return part.isOptional ? "[\(word)]" : word
        }.joined()
    }
}
