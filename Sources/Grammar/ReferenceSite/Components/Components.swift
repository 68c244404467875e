import ProtocolGrammar

/// The small parts that many pages have.
enum Components {
    /// A heading that can be linked to.
    static func heading(_ level: Int, _ title: String, id: String) -> HTML {
        let content = HTML(title) + HTML(" ") + anchor(id)
        return switch level {
        case 2: .element("h2", [.id(id)], content)
        case 3: .element("h3", [.id(id)], content)
        default: .element("h4", [.id(id)], content)
        }
    }

    /// The link beside a heading to the heading itself.
    static func anchor(_ id: String) -> HTML {
        tag("a", .class("anchor"), .href("#" + id), .label("Link to this place")) { "#" }
    }

    /// Facts by name; those without content are left out.
    static func facts(_ facts: [(name: String, content: HTML)]) -> HTML {
        let shown = facts.filter { !$0.content.isEmpty }
        if shown.isEmpty { return HTML() }
        return tag("dl", .class("facts")) {
            for fact in shown {
                tag("dt") { fact.name }
                tag("dd") { fact.content }
            }
        }
    }

    /// A table without its empty columns; nothing if there are no rows.
    static func table(_ head: [String], _ rows: [Row]) -> HTML {
        let columns = head.indices.filter { column in
            rows.contains { column < $0.cells.count && !$0.cells[column].isEmpty }
        }
        if rows.isEmpty { return HTML() }
        return tag("div", .class("scroll"), Attribute("tabindex", "0"), Attribute("role", "group"), .label(head[0])) {
            tag("table") {
                tag("thead") {
                    tag("tr") {
                        for column in columns { tag("th", Attribute("scope", "col")) { head[column] } }
                    }
                }
                tag("tbody") {
                    for row in rows {
                        tag("tr", row.attributes) {
                            for (place, column) in columns.enumerated() {
                                if place == 0 {
                                    tag("th", Attribute("scope", "row")) { row.cells[column] }
                                } else {
                                    tag("td") { column < row.cells.count ? row.cells[column] : HTML() }
                                }
                            }
                        }
                    }
                }
            }
        }
    }

    /// A row of a table.
    struct Row {
        var attributes: [Attribute] = []
        var cells: [HTML]

        init(_ cells: HTML..., attributes: [Attribute] = []) { self.init(cells: cells, attributes: attributes) }

        /// The same with cells that were collected before.
        init(cells: [HTML], attributes: [Attribute] = []) {
            self.cells = cells
            self.attributes = attributes
        }
    }

    /// A paragraph of prose; nothing for an empty text.
    static func prose(_ text: String) -> HTML {
        text.isEmpty ? HTML() : tag("p", .class("prose")) { text }
    }

    static func code(_ text: String) -> HTML { text.isEmpty ? HTML() : tag("code") { text } }

    /// Who sends something.
    static func sender(_ sender: Sender, _ text: String? = nil) -> HTML {
        tag("span", .class("tag \(sender.rawValue)")) { text ?? sender.rawValue }
    }

    /// `missingParameter` as `missing parameter`; acronyms stay as they are.
    static func words(_ name: String) -> String {
        var words: [String] = []
        for character in name {
            let isInAcronym = words.last?.last?.isUppercase == true && words.last?.first?.isUppercase == true
            if words.isEmpty || (character.isUppercase && !isInAcronym) { words.append("") }
            words[words.count - 1].append(character)
        }
        return words.map { $0.dropFirst().contains(where: \.isUppercase) ? $0 : $0.lowercased() }
            .joined(separator: " ")
    }

    /// A part that is folded until somebody opens it.
    static func fold(_ title: HTML, isOpen: Bool = false, _ content: HTML) -> HTML {
        tag("details", [.class("fold")] + (isOpen ? [.flag("open")] : [])) {
            tag("summary") { title }
            content
        }
    }
}

extension Grammar {
    /// A mark with the versions of something, such as `MSNP8–14`; nothing where there is only one version.
    func versionMark(_ set: VersionSet) -> HTML {
        guard versions.count > 1, !set.isEmpty else { return HTML() }
        return tag("span", .class("v"), .versions(set, as: "data-in", in: self)) { describe(set) }
    }

    /// The same, and nothing for something that is there as long as the whole.
    func versionMark(_ set: VersionSet, within whole: VersionSet) -> HTML {
        whole.isSubset(of: set) ? HTML() : versionMark(set.intersection(whole))
    }

    /// The attribute that the version switch reads; none where there is only one version.
    func shown(in set: VersionSet) -> [Attribute] { versions.count > 1 ? [.versions(set, in: self)] : [] }
}
