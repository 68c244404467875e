import ProtocolGrammar

/// Errors with what they mean and whether they close the connection.
struct ErrorTable {
    let errors: [ErrorCode]
    let links: Links

    private var grammar: Grammar { links.site.grammar }

    var html: HTML {
        Components.table(
            ["Error", "Meaning", "Versions", "Closes"],
            errors.map { error in
                Components.Row(
                    links.error(error), HTML(error.about),
                    grammar.versionCell(error.versions),
                    error.closesConnection == true ? tag("span", .class("tag closes")) { "closes" } : HTML(),
                    attributes: grammar.shown(in: error.versions))
            })
    }
}

extension Grammar {
    /// Errors by the first group of the grammar that each is in; those in none stand at the end.
    func grouped(_ errors: [ErrorCode]) -> [(title: String, errors: [ErrorCode])] {
        var rest = errors
        var result: [(title: String, errors: [ErrorCode])] = []
        for group in errorGroups {
            let names = Set(group.errors.map(\.name))
            let members = rest.filter { names.contains($0.name) }
            guard !members.isEmpty else { continue }
            result.append((Components.words(group.name).capitalizedFirst, members))
            rest.removeAll { names.contains($0.name) }
        }
        return result + (rest.isEmpty ? [] : [(result.isEmpty ? "All" : "Others", rest)])
    }
}

extension String {
    /// The text with a capital letter at its start.
    var capitalizedFirst: String { prefix(1).uppercased() + dropFirst() }
}
