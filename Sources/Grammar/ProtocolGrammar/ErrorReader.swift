import YAMLTree

/// Names for lists of errors. After reading, forms hold the errors, not the groups.
struct ErrorGroups {
    var groups: [String: ErrorGroup] = [:]
    var used: Set<String> = []
}

extension GrammarReader {
    mutating func readErrors(_ node: YAMLNode) {
        guard let reader = NodeReader(node, "the file", into: &diagnostics) else { return }
        reader.remarks("about", into: &diagnostics)
        grammar.hasErrors = true
        grammar.errorPayloadVersions = versions(
            reader, "error-payload", within: grammar.allVersions, unstated: VersionSet())
        let groups = reader.node("groups", into: &diagnostics)
        guard let errors = reader.node("errors", into: &diagnostics),
            let list = NodeReader(errors, "errors", into: &diagnostics)
        else { return }
        for entry in list.entries(into: &diagnostics) {
            guard let number = Int(entry.key), (100...999).contains(number) else {
                diagnostics.append(
                    Diagnostic(
                        .error, "bad-number", "'\(entry.key)' is not an error code from 100 to 999",
                        at: entry.keyLocation))
                continue
            }
            guard let error = NodeReader(entry.value, "an error", into: &diagnostics) else { continue }
            error.remarks("notes", into: &diagnostics)
            if !error.has("versions") { unversionedErrors.insert(number) }
            let closes = error.choice("closes", ["true", "false", "unknown"], into: &diagnostics)
            let retry = error.choice("retry", ErrorCode.Retry.allCases.map(\.rawValue), into: &diagnostics)
            grammar.errors.append(
                ErrorCode(
                    number: number, name: error.required("name", into: &diagnostics) ?? "",
                    about: error.text("about", into: &diagnostics) ?? "",
                    versions: versions(error, "versions", within: grammar.allVersions, unstated: grammar.openVersions),
                    closesConnection: closes == "true" ? true : closes == "false" ? false : nil,
                    retry: retry.flatMap(ErrorCode.Retry.init),
                    hasPayload: error.flag("payload", into: &diagnostics), failures: readFailures(error),
                    aliases: error.references("aliases", into: &diagnostics).map(\.name),
                    shown: error.text("shown", into: &diagnostics) ?? "",
                    sources: sources(error), location: entry.keyLocation))
        }
        grammar.errors.sort { $0.number < $1.number }
        if let groups { readErrorGroups(groups) }
    }

    /// The kinds of unreadable lines that an error answers.
    private mutating func readFailures(_ error: NodeReader) -> [MatchFailure.Kind] {
        error.choices("answers-to", MatchFailure.Kind.allCases.map(\.rawValue), into: &diagnostics)
            .compactMap { MatchFailure.Kind(rawValue: $0) }
    }

    // MARK: - Groups

    private mutating func readErrorGroups(_ node: YAMLNode) {
        guard let list = NodeReader(node, "groups", into: &diagnostics) else { return }
        let names = grammar.errors.map(\.name)
        for entry in list.entries(into: &diagnostics) {
            if let twin = grammar.errors.first(where: { $0.name == entry.key }) {
                diagnostics.append(
                    Diagnostic(
                        "name-clash", "'\(entry.key)' is an error; give the group another name",
                        at: entry.keyLocation, notes: [.init(message: "the error is here", location: twin.location)]))
            }
            if let complaint = GrammarName.complaint(entry.key, as: .member) {
                diagnostics.append(Diagnostic("bad-name", complaint, at: entry.keyLocation))
            }
            let errors = list.references(entry.key, into: &diagnostics)
            for error in errors where !names.contains(error.name) {
                if list.has(error.name) {
                    diagnostics.append(
                        Diagnostic(
                            "nested-group", "'\(error.name)' is a group; list its errors instead", at: error.location))
                } else {
                    diagnostics.unknown(
                        "unknown-error", "no error is named '\(error.name)'", error.name, among: names,
                        at: error.location)
                }
            }
            refuseRepeated(errors.map { ($0, nil) })
            let group = ErrorGroup(name: entry.key, errors: errors, location: entry.keyLocation)
            grammar.errorGroups.append(group)
            errorGroups.groups[entry.key] = group
        }
    }

    /// Reads names of errors and groups; the result has only errors, in the order of their numbers.
    mutating func readErrorNames(_ reader: NodeReader) -> [Reference] {
        var errors: [(error: Reference, group: String?)] = []
        for reference in reader.references("errors", into: &diagnostics) {
            if let group = errorGroups.groups[reference.name] {
                errorGroups.used.insert(reference.name)
                errorCount += group.errors.count
                if errorCount > GrammarLimit.errors {
                    let place = reference.location
                    diagnostics.appendOnce(
                        .tooMany(errorCount, in: "'errors' of all forms", GrammarLimit.errors, at: place))
                    return []
                }
                errors += group.errors.map { (Reference(name: $0.name, location: reference.location), reference.name) }
            } else {
                errors.append((reference, nil))
            }
        }
        refuseRepeated(errors)
        let order = Dictionary(
            grammar.errors.enumerated().map { ($1.name, $0) }, uniquingKeysWith: { first, _ in first })
        return errors.map(\.error).sorted { order[$0.name] ?? .max < order[$1.name] ?? .max }
    }

    private mutating func refuseRepeated(_ errors: [(error: Reference, group: String?)]) {
        var seen: [String: (error: Reference, group: String?)] = [:]
        for (error, group) in errors {
            if let first = seen[error.name] {
                func place(_ group: String?) -> String { group.map { " as part of '\($0)'" } ?? "" }
                let note = Diagnostic.Note(
                    message: "the first is here\(place(first.group))", location: first.error.location)
                diagnostics.append(
                    Diagnostic(
                        "duplicate-error", "'\(error.name)' is listed twice\(place(group))", at: error.location,
                        notes: [note]))
            } else {
                seen[error.name] = (error, group)
            }
        }
    }

    /// Gives errors without versions those of the requests and rules that name them. Call this after all of these were
    /// read.
    mutating func deriveErrorVersions() {
        let received = grammar.errorVersions
        for index in grammar.errors.indices where unversionedErrors.contains(grammar.errors[index].number) {
            if let versions = received[grammar.errors[index].name] { grammar.errors[index].versions = versions }
        }
    }

    /// Call this after all commands were read. An unreadable command may be the one that uses a group.
    mutating func checkErrorGroups() {
        guard !diagnostics.hasErrors else { return }
        for (name, group) in errorGroups.groups where !errorGroups.used.contains(name) {
            diagnostics.append(
                Diagnostic("unused-group", "no form uses the group '\(name)'; remove it", at: group.location))
        }
    }
}
