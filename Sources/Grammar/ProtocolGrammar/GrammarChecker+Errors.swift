extension GrammarChecker {
    /// The versions of an error lie within those of the requests and rules that name it.
    mutating func checkErrorVersions() {
        let received = grammar.errorVersions
        for code in grammar.errors {
            guard let versions = received[code.name] else { continue }
            let missing = code.versions.subtracting(versions)
            if !missing.isEmpty {
                error(
                    "unreceived-error",
                    "no request can receive '\(code.name)' in \(grammar.describe(missing)); leave the versions out",
                    at: code.location)
            }
        }
    }
}

extension Grammar {
    /// The versions of the requests and rules that name each error. An error that is not here, because nothing names it
    /// or because it answers unreadable lines, can answer any request.
    var errorVersions: [String: VersionSet] {
        var result: [String: VersionSet] = [:]
        func add(_ name: String, _ versions: VersionSet) {
            result[name] = (result[name] ?? VersionSet()).union(versions)
        }
        for form in commands.flatMap(\.forms) {
            for error in form.errors { add(error.name, form.versions) }
        }
        for rule in sessions.flatMap(\.allStates).flatMap(\.rules) {
            if let name = rule.error?.name { add(name, rule.versions) }
        }
        for code in errors where !code.failures.isEmpty { result[code.name] = nil }
        return result
    }
}
