import YAMLTree

extension GrammarReader {
    mutating func readSession(_ node: YAMLNode, file: SourceFile) {
        let keys = ["session", "about", "services", "states", "sources", "notes"]
        guard let reader = NodeReader(node, "a session", keys: keys, into: &diagnostics),
            let name = reader.required("session", into: &diagnostics)
        else { return }
        var session = Session(
            name: name, about: reader.text("about", into: &diagnostics) ?? "", services: [], states: [],
            location: reader.place("session"))
        let known = grammar.services.map(\.name)
        for service in reader.references("services", into: &diagnostics) {
            if known.contains(service.name) {
                session.services.append(service.name)
            } else {
                diagnostics.append(
                    .unknown(
                        "unknown-service", "no service is named '\(service.name)'", service.name, among: known,
                        at: service.location))
            }
        }
        guard let states = reader.node("states"), let list = NodeReader(states, "states", keys: [], into: &diagnostics)
        else { return }
        for entry in list.all {
            let keys = ["about", "rules", "otherwise", "notes", "sources"]
            guard let state = NodeReader(entry.value, "a state", keys: keys, into: &diagnostics) else { continue }
            let outcomes = Session.Outcome.allCases.map(\.rawValue)
            let rules = state.list("rules", into: &diagnostics).compactMap { readRule($0) }
            session.states.append(
                .init(
                    name: entry.key, about: state.text("about", into: &diagnostics) ?? "", rules: rules,
                    otherwise: state.choice("otherwise", outcomes, into: &diagnostics)
                        .flatMap(Session.Outcome.init) ?? .close,
                    location: entry.keyLocation))
        }
        grammar.sessions.append(session)
    }

    private mutating func readRule(_ node: YAMLNode) -> Session.Rule? {
        let keys = ["client", "server", "versions", "then", "error", "closes", "about", "sources", "notes"]
        guard let reader = NodeReader(node, "a rule", keys: keys, into: &diagnostics) else { return nil }
        let sender: Sender = reader.has("server") ? .server : .client
        guard let command = reader.required(sender.rawValue, into: &diagnostics) else { return nil }
        func reference(_ key: String) -> Reference? {
            reader.text(key, into: &diagnostics).map { Reference(name: $0, location: reader.place(key)) }
        }
        return Session.Rule(
            sender: sender, command: Reference(name: command, location: reader.place(sender.rawValue)),
            versions: versions(reader, "versions", within: grammar.allVersions, unstated: grammar.openVersions),
            next: reference("then"),
            error: reference("error"), closes: reader.flag("closes", into: &diagnostics),
            about: reader.text("about", into: &diagnostics) ?? "")
    }
}
