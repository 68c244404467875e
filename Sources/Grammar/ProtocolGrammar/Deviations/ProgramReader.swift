import YAMLTree

extension GrammarReader {
    mutating func readPrograms(_ node: YAMLNode) {
        guard let reader = NodeReader(node, "the file", into: &diagnostics),
            let programs = reader.node("programs", into: &diagnostics),
            let list = NodeReader(programs, "programs", into: &diagnostics)
        else { return }
        for entry in list.entries(into: &diagnostics) {
            guard let program = NodeReader(entry.value, "a program", into: &diagnostics) else { continue }
            if let twin = grammar.programs[entry.key] {
                diagnostics.append(
                    Diagnostic(
                        .error, "duplicate-name", "the program '\(entry.key)' is declared twice",
                        at: entry.keyLocation, notes: [.init(message: "the first is here", location: twin.location)]))
            }
            let sides = Sender.allCases.map(\.rawValue)
            _ = program.required("side", into: &diagnostics)
            grammar.programs.append(
                Program(
                    name: entry.key, title: program.required("title", into: &diagnostics) ?? "",
                    about: program.text("about", into: &diagnostics) ?? "",
                    side: program.choice("side", sides, into: &diagnostics).flatMap(Sender.init) ?? .client,
                    versions: versions(program, "speaks", within: grammar.allVersions, goesOn: false),
                    sources: sources(program), location: entry.keyLocation))
            program.remarks("notes", into: &diagnostics)
        }
    }
}
