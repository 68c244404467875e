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
    }

    /// Names must be different members of their owner.
    mutating func checkNames(_ names: [(String, SourceLocation)], of owner: String, mayRepeat: Bool = false) {
        var seen: Set<String> = []
        for (name, location) in names {
            if let complaint = GrammarName.complaint(name, as: .member) {
                error("bad-name", complaint, at: location)
            } else if !mayRepeat, !seen.insert(name).inserted {
                error("duplicate-name", "'\(owner)' has two members named '\(name)'", at: location)
            }
        }
    }

    /// Reports a text that cannot be the name of an element or attribute in a document.
    mutating func checkXMLName(_ name: String, at location: SourceLocation) {
        if GrammarName.isXMLName(name) { return }
        error(
            "bad-name", "'\(name)' is not a valid XML name; use letters, digits, '-', '_', '.' and ':'", at: location)
    }
}
