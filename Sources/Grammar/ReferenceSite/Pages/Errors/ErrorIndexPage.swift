import ProtocolGrammar

/// The page of all errors, folded by group.
struct ErrorIndexPage {
    let site: Site

    private var grammar: Grammar { site.grammar }
    private var links: Links { Links(site: site, page: PagePath.errors) }

    var page: Page {
        Page(
            path: PagePath.errors, title: "Errors",
            summary: "The numbers that servers send in place of a command: what each means, and who gets it.",
            header: header, sections: [numbers, groups, rest].compactMap(\.self),
            entries: [
                SearchEntry(
                    name: "Errors", kind: .page, path: PagePath.errors, anchor: nil,
                    about: "The numbers that servers send in place of a command.")
            ])
    }

    /// The name of a group for people.
    static func title(of group: ErrorGroup) -> String { Components.words(group.name).capitalizedFirst }

    /// The place of a group on the page.
    static func anchor(of group: ErrorGroup) -> String { "group.\(group.name)" }

    private var header: HTML {
        let versions = grammar.errorPayloadVersions
        let place = grammar.versions.count > 1 ? " in \(grammar.describe(versions))" : ""
        return Components.prose(
            "An error is a number in place of a command"
                + (grammar.hasTransactions ? ", followed by the transaction ID of the request that it refuses." : ".")
                + (versions.isEmpty ? "" : " A third word\(place) is the size of a payload."))
    }

    /// All numbers in order, for who has one.
    private var numbers: PageSection {
        let content = tag("ul", .class("numbers")) {
            for error in grammar.sortedErrors {
                tag("li", grammar.shown(in: error.versions)) {
                    links.link("\(error.number)", to: PagePath.error(error), Attribute("title", error.name))
                }
            }
        }
        return PageSection(id: "numbers", title: "By number", content: content)
    }

    // MARK: - Groups

    private var groups: PageSection? {
        guard !grammar.errorGroups.isEmpty else { return nil }
        let content = grammar.errorGroups.map { group in
            let names = Set(group.errors.map(\.name))
            return fold(
                Self.title(of: group), grammar.sortedErrors.filter { names.contains($0.name) },
                id: Self.anchor(of: group))
        }
        return PageSection(id: "groups", title: "By group", content: content.joined())
    }

    /// The errors that are in no group, by hundreds.
    private var rest: PageSection? {
        let grouped = Set(grammar.errorGroups.flatMap { $0.errors.map(\.name) })
        let others = grammar.sortedErrors.filter { !grouped.contains($0.name) }
        guard !others.isEmpty else { return nil }
        var folds: [HTML] = []
        for hundred in Set(others.map { $0.number / 100 }).sorted() {
            let members = others.filter { $0.number / 100 == hundred }
            folds.append(fold("\(hundred)00 to \(hundred)99", members, id: "hundred.\(hundred)"))
        }
        return PageSection(
            id: "others", title: grammar.errorGroups.isEmpty ? "All" : "Others", content: folds.joined())
    }

    private func fold(_ title: String, _ errors: [ErrorCode], id: String) -> HTML {
        let isShort = grammar.errors.count <= 20
        return tag(
            "details", [.class("fold"), .id(id), .flag("data-empties")] + (isShort ? [.flag("open")] : [])
        ) {
            tag("summary") {
                tag("b") { title }
                " "
                tag("span", .class("soft")) { errors.map { "\($0.number)" }.joined(separator: ", ") }
            }
            table(errors)
        }
    }

    private func table(_ errors: [ErrorCode]) -> HTML {
        Components.table(
            ["Error", "Meaning", "Refuses", "Connection"],
            errors.map { error in
                Components.Row(
                    .element("a", [.class("err"), links.href(PagePath.error(error))], HTML("\(error.number)")),
                    Components.stack(
                        Components.code(error.name) + HTML(" ")
                            + grammar.versionMark(error.versions, within: grammar.openVersions),
                        HTML(error.about)),
                    refused(by: error),
                    error.closesConnection == true ? tag("span", .class("tag closes")) { "closes" } : HTML(),
                    attributes: [.id("error.\(error.number)")] + grammar.shown(in: error.versions))
            })
    }

    /// The commands whose requests it answers; the page of the error has the forms.
    private func refused(by error: ErrorCode) -> HTML {
        let origins = ErrorOrigins(code: error, grammar: grammar)
        var names = origins.requests.map(\.form.command)
        names += origins.refusals.map { grammar.commandAndForm($0.rule.command.name).command }
        var seen: [String] = []
        for name in names where !seen.contains(name) { seen.append(name) }
        return seen.map(links.command).joined(separator: ", ")
    }
}
