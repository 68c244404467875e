import YAMLTree

extension GrammarChecker {
    /// Reports a name that its kind of thing cannot have.
    mutating func checkName(_ name: String, as kind: GrammarName.Kind, at location: SourceLocation) {
        if let complaint = GrammarName.complaint(name, as: kind) { error("bad-name", complaint, at: location) }
    }

    /// The names of the protocol and of what no command owns.
    mutating func checkSharedNames() {
        checkName(grammar.name, as: .protocol, at: grammar.nameLocation)
        for version in grammar.versions { checkName(version.name, as: .version, at: version.location) }
        for service in grammar.services { checkName(service.name, as: .service, at: service.location) }
        for source in grammar.sources { checkName(source.name, as: .source, at: source.location) }
        for session in grammar.sessions { checkName(session.name, as: .session, at: session.location) }
        checkNames(grammar.facts.map { ($0.name, $0.location) }, of: "facts")
        checkNames(grammar.behaviours.map { ($0.name, $0.location) }, of: "behaviours")
        checkNames(grammar.httpServices.map { ($0.name, $0.location) }, of: "HTTP services")
        checkTopics()
        checkUseCases()
    }

    /// Names must be different members of their owner.
    ///
    /// - Parameter hint: what to do about the members of these two indices, which have the same name.
    mutating func checkNames(
        _ names: [(String, SourceLocation)], of owner: String, mayRepeat: Bool = false,
        hint: (Int, Int) -> String? = { _, _ in nil }
    ) {
        var seen: [String: Int] = [:]
        for (index, (name, location)) in names.enumerated() {
            if let complaint = GrammarName.complaint(name, as: .member) {
                error("bad-name", complaint, at: location)
            } else if !mayRepeat, let first = seen[name] {
                let notes = [Diagnostic.Note(message: "the first is here", location: names[first].1)]
                error(
                    "duplicate-name", "'\(owner)' has two members named '\(name)'", at: location,
                    notes: notes + (hint(first, index).map { [Diagnostic.Note(message: $0)] } ?? []))
            }
            seen[name] = seen[name] ?? index
        }
    }

    /// A parameter whose type or spelling changed is one parameter with a map; two of its name are not the way to say it.
    mutating func checkParameterNames(of form: Form) {
        let values = form.values
        checkNames(values.map { ($0.name, $0.main.location) }, of: form.name) { [grammar] first, second in
            let (old, new) = (values[first], values[second])
            guard old.versions.intersection(new.versions).isEmpty, let before = old.main.typeName,
                let after = new.main.typeName
            else { return "give them different names" }
            guard before != after else { return "write one parameter with maps from versions to what changed" }
            let kinds = [before, after].compactMap { grammar.type(named: $0)?.representation }
            guard Set(kinds).count == 1 else {
                return "their types have different kinds of values; give them different names"
            }
            let types =
                "\(grammar.spelling(of: old.versions)): \(before), \(grammar.spelling(of: new.versions)): \(after)"
            return "write one parameter with 'type: { \(types) }'"
        }
    }

    /// Reports a text that cannot be the name of an element or attribute in a document.
    mutating func checkXMLName(_ name: String, at location: SourceLocation) {
        if GrammarName.isXMLName(name) { return }
        error(
            "bad-name", "'\(name)' is not a valid XML name; use letters, digits, '-', '_', '.' and ':'", at: location)
    }
}
