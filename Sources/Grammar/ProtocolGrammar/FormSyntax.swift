extension Form {
    /// Versions that follow one another and have the same line.
    public struct Generation: Sendable {
        public var versions: VersionSet
        public var line: String
    }

    /// The line in the usual notation, such as `USR TrID OK userHandle [isVerified]`.
    ///
    /// Brackets are around words that a line may lack, and around those that only some of the versions have.
    public func syntax(in versions: VersionSet) -> String {
        var words = [command]
        switch transaction {
        case .required: words.append("TrID")
        case .zero: words.append("0")
        case .optional: words.append("[TrID]")
        case .absent: break
        }
        for parameter in parameters where !parameter.versions.intersection(versions).isEmpty {
            let isOptional = parameter.mayBeAbsent || !versions.isSubset(of: parameter.versions)
            words.append(isOptional ? "[\(parameter.syntax)]" : parameter.syntax)
        }
        if payload != nil { words.append("length") }
        return words.joined(separator: " ")
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
    /// Its word in the line of a form, as if it were always there.
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
        parts.map { $0.isOptional ? "[\($0.after)\($0.name)]" : $0.after + $0.name }.joined()
    }
}
