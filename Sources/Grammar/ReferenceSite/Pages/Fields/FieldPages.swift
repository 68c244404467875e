import ProtocolGrammar

/// The index of fields: one page, or one for each letter.
struct FieldPages {
    let site: Site
    private let index: FieldIndex

    /// The number of places up to which everything stands on one page.
    private static let room = 400
    private static let summary = "Every parameter, header, element, attribute, number, value and bit, and where it is."

    init(site: Site) {
        self.site = site
        index = FieldIndex(site)
    }

    private var grammar: Grammar { site.grammar }

    var pages: [Page] {
        let letters = self.letters
        let count = index.entries.reduce(0) { $0 + $1.places.count }
        if count <= Self.room {
            return [start(letters.map { section($0, titled: Self.title(of: $0.letter), on: PagePath.fields) })]
        }
        return [start([overview(letters)])] + letters.map { page($0, among: letters) }
    }

    /// The entries by the first letter of their names; other characters come first.
    private var letters: [(letter: String, entries: [FieldIndex.Entry])] {
        var result: [(letter: String, entries: [FieldIndex.Entry])] = []
        for entry in index.entries {
            let first = entry.name.lowercased().prefix(1)
            let letter = first >= "a" && first <= "z" ? String(first) : "other"
            if let place = result.firstIndex(where: { $0.letter == letter }) {
                result[place].entries.append(entry)
            } else {
                result.append((letter, [entry]))
            }
        }
        return result.sorted { ($0.letter != "other" ? 1 : 0, $0.letter) < ($1.letter != "other" ? 1 : 0, $1.letter) }
    }

    private func start(_ sections: [PageSection]) -> Page {
        Page(
            path: PagePath.fields, title: "Index of fields", summary: Self.summary, sections: sections,
            entries: [
                SearchEntry(
                    name: "Index of fields", kind: .page, path: PagePath.fields, anchor: nil, about: Self.summary)
            ])
    }

    private func page(
        _ group: (letter: String, entries: [FieldIndex.Entry]),
        among letters: [(letter: String, entries: [FieldIndex.Entry])]
    ) -> Page {
        let path = PagePath.fields(group.letter)
        let links = Links(site: site, page: path)
        return Page(
            path: path, title: "Fields: \(Self.title(of: group.letter))", summary: Self.summary,
            crumbs: [("Index of fields", PagePath.fields)], header: row(of: letters.map(\.letter), links),
            sections: [section(group, titled: "Names", on: path)])
    }

    private static func title(of letter: String) -> String { letter == "other" ? "Other" : letter.uppercased() }

    /// The letters as links.
    private func row(of letters: [String], _ links: Links) -> HTML {
        tag("ul", .class("numbers")) {
            for letter in letters {
                tag("li") { links.link(Self.title(of: letter), to: PagePath.fields(letter)) }
            }
        }
    }

    /// All names of all letters, each a link to its row.
    private func overview(_ letters: [(letter: String, entries: [FieldIndex.Entry])]) -> PageSection {
        let links = Links(site: site, page: PagePath.fields)
        let content = group {
            row(of: letters.map(\.letter), links)
            for group in letters {
                Components.heading(3, Self.title(of: group.letter), id: "letter.\(group.letter)")
                tag("ul", .class("names")) {
                    for name in Self.names(of: group.entries) {
                        tag("li", grammar.shown(in: name.versions)) {
                            links.code(name.name, to: PagePath.fields(group.letter), anchor: name.anchor)
                        }
                    }
                }
            }
        }
        return PageSection(
            id: "names", title: "All names", content: content,
            parts: letters.map { .init(id: "letter.\($0.letter)", title: Self.title(of: $0.letter)) })
    }

    /// Each name once, with the anchor of its first row.
    private static func names(
        of entries: [FieldIndex.Entry]
    ) -> [(name: String, anchor: String, versions: VersionSet)] {
        var result: [(name: String, anchor: String, versions: VersionSet)] = []
        for entry in entries {
            if let last = result.last, last.name == entry.name {
                result[result.count - 1].versions = last.versions.union(entry.versions)
            } else {
                result.append((entry.name, anchor(of: entry), entry.versions))
            }
        }
        return result
    }

    /// The anchor of a row: its kind and its name, without what no anchor can have.
    private static func anchor(of entry: FieldIndex.Entry) -> String {
        "\(entry.kind).\(entry.name)".split(whereSeparator: \.isWhitespace).joined(separator: "-")
    }

    private func section(
        _ group: (letter: String, entries: [FieldIndex.Entry]), titled title: String, on path: String
    ) -> PageSection {
        let links = Links(site: site, page: path)
        let rows = group.entries.map { entry in
            let versions = entry.versions
            let numbers = grammar.versions.count > 1 ? versions.numbers : []
            return Components.Row(
                Components.stack(Components.code(entry.name), tag("span", .class("tag")) { entry.kind }),
                entry.places.map { place in
                    links.code(place.owner, to: place.path, anchor: place.anchor)
                        + (versions.isSubset(of: place.versions) ? HTML() : HTML(" "))
                        + grammar.versionMark(place.versions, within: versions)
                }
                .joined(separator: ", "),
                name(of: numbers.first), name(of: numbers.last),
                attributes: [.class("row"), .id(Self.anchor(of: entry))] + grammar.shown(in: versions))
        }
        return PageSection(
            id: "letter.\(group.letter)", title: title,
            content: Components.table(["Name", "Where", "First", "Last"], rows))
    }

    private func name(of version: Int?) -> HTML {
        HTML(version.flatMap { grammar.version(number: $0) }?.name ?? "")
    }
}
