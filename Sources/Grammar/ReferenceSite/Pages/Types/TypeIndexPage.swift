import ProtocolGrammar

/// The page that lists all types by their kind.
struct TypeIndexPage {
    let site: Site

    private var grammar: Grammar { site.grammar }
    private var links: Links { Links(site: site, page: PagePath.types) }

    var page: Page {
        Page(
            path: PagePath.types, title: "Types", summary: "What the words of lines and the fields of payloads can be.",
            sections: sections,
            entries: [
                SearchEntry(
                    name: "Types", kind: .page, path: PagePath.types, anchor: nil,
                    about: "What the words of lines and the fields of payloads can be.")
            ])
    }

    /// A section for each kind, in the order of the first type of each.
    private var sections: [PageSection] {
        var kinds: [String] = []
        var members: [String: [ValueType]] = [:]
        for type in grammar.sortedTypes {
            let kind = TypeKind(type).name
            if members[kind] == nil { kinds.append(kind) }
            members[kind, default: []].append(type)
        }
        return kinds.sorted().map { kind in
            let rows = members[kind, default: []].map { type in
                Components.Row(
                    links.type(type.name), HTML(type.about.isEmpty ? TypeKind(type).sentence : type.about),
                    HTML(size(of: type)))
            }
            return PageSection(
                id: "kind." + kind.split(separator: " ").joined(separator: "-"), title: kind.capitalizedFirst,
                content: Components.table(["Type", "Meaning", "Values"], rows))
        }
    }

    /// How many values it names.
    private func size(of type: ValueType) -> String {
        switch type.kind {
        case .enumeration(let values, _): "\(values.count)"
        case .flags(let values, let fields): "\(values.count + fields.count)"
        case .composite(let parts): "\(parts.count)"
        case .token, .text, .integer, .boolean, .guid, .rest: ""
        }
    }
}
