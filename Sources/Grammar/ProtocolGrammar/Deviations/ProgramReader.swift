import YAMLTree

extension GrammarReader {
    mutating func readPrograms(_ node: YAMLNode) {
        guard let reader = NodeReader(node, "the file", keys: ["programs"], into: &diagnostics),
            let programs = reader.node("programs"),
            let list = NodeReader(programs, "programs", keys: [], into: &diagnostics)
        else { return }
        let keys = ["title", "about", "side", "speaks", "sources", "notes"]
        for entry in list.all {
            guard let program = NodeReader(entry.value, "a program", keys: keys, into: &diagnostics),
                let title = program.required("title", into: &diagnostics),
                program.required("side", into: &diagnostics) != nil,
                let side = program.choice("side", Sender.allCases.map(\.rawValue), into: &diagnostics)
                    .flatMap(Sender.init)
            else { continue }
            if let twin = grammar.programs[entry.key] {
                diagnostics.append(
                    Diagnostic(
                        .error, "duplicate-name", "the program '\(entry.key)' is declared twice",
                        at: entry.keyLocation, notes: [.init(message: "the first is here", location: twin.location)]))
            }
            grammar.programs.append(
                Program(
                    name: entry.key, title: title, about: program.text("about", into: &diagnostics) ?? "", side: side,
                    versions: versions(program, "speaks", within: grammar.allVersions),
                    sources: program.references("sources", into: &diagnostics).map(\.name),
                    location: entry.keyLocation))
        }
    }
}
