import ProtocolGrammar

/// The way through the manual, beside each page of one folder.
///
/// It is the same on all of these pages but for the mark of the page itself, and so made once.
struct SideNavigation {
    private let links: Links
    /// The groups of links, each with its HTML where no page is marked.
    private let parts: [(part: Part, html: HTML)]

    /// - Parameter page: the path of any page of the folder.
    init(site: Site, besides page: String) {
        let links = Links(site: site, page: page)
        self.links = links
        parts = Self.parts(of: site).map { ($0, $0.html(in: links, on: nil)) }
    }

    /// The navigation with the page marked as the one that is shown.
    func html(on path: String) -> HTML {
        tag("nav", .class("side"), .id("browse"), .label("Manual")) {
            parts.map { $0.part.paths.contains(path) ? $0.part.html(in: links, on: path) : $0.html }
        }
    }

    /// The folder of a page, whose pages share a navigation.
    static func folder(of path: String) -> Substring { path[..<(path.lastIndex(of: "/") ?? path.startIndex)] }

    // MARK: - Parts

    /// A group of links with its title.
    private struct Part {
        let title: String
        let isPlain: Bool
        let entries: [Entry]
        let grammar: Grammar
        /// The pages that its links lead to.
        let paths: Set<String>

        init(title: String, isPlain: Bool, entries: [Entry], grammar: Grammar) {
            self.title = title
            self.isPlain = isPlain
            self.entries = entries
            self.grammar = grammar
            paths = Set(entries.map(\.path))
        }

        struct Entry {
            var title: String
            var path: String
            var about = ""
            var versions: VersionSet?
        }

        func html(in links: Links, on path: String?) -> HTML {
            let list = tag("ul", .class(isPlain ? "plain" : "tokens")) {
                for entry in entries {
                    tag("li", entry.versions.map { grammar.shown(in: $0) } ?? []) {
                        HTML.element("a", attributes(of: entry, links, path), HTML(entry.title))
                    }
                }
            }
            let heading = tag("h2") { title }
            return isPlain ? heading + list : tag("div", .flag("data-empties")) { heading + list }
        }

        private func attributes(of entry: Entry, _ links: Links, _ path: String?) -> [Attribute] {
            [links.href(entry.path)] + (entry.path == path ? [Attribute("aria-current", "page")] : [])
                // The start page says what commands are for in its own list.
                + (entry.about.isEmpty || links.page == PagePath.start ? [] : [Attribute("title", entry.about)])
        }
    }

    private static func parts(of site: Site) -> [Part] {
        let grammar = site.grammar
        let manual = Part(
            title: "Manual", isPlain: true, entries: entries(of: site).map { .init(title: $0.title, path: $0.path) },
            grammar: grammar)
        return [manual]
            + grammar.commandsByTopic.map { group in
                Part(
                    title: group.topic?.title ?? (grammar.topics.isEmpty ? "Commands" : "More commands"),
                    isPlain: false,
                    entries: group.commands.map {
                        .init(
                            title: $0.name, path: PagePath.command($0), about: $0.about, versions: $0.versions)
                    }, grammar: grammar)
            }
    }

    /// The pages that list others, in the order of the manual.
    private static func entries(of site: Site) -> [(title: String, path: String)] {
        let grammar = site.grammar
        let optional: [(isThere: Bool, title: String, path: String)] = [
            (true, "Start", PagePath.start),
            (true, "Decode a line", PagePath.paste),
            (!site.conversations.pages.isEmpty, "Conversations", PagePath.conversations),
            (grammar.versions.count > 1, "Commands by version", PagePath.matrix),
            (grammar.hasErrors, "Errors", PagePath.errors),
            (!grammar.algorithms.isEmpty, "Algorithms", PagePath.algorithms),
            (true, "Services and states", PagePath.services),
            (!grammar.payloads.isEmpty, "Payloads", PagePath.payloads),
            (!grammar.types.isEmpty, "Types", PagePath.types),
            (true, "Index of fields", PagePath.fields),
            (!grammar.programs.isEmpty, "Programs", PagePath.programs),
            (!grammar.questions.isEmpty, "Open questions", PagePath.questions),
            (!grammar.sources.isEmpty, "Sources", PagePath.sources),
            (!site.files.all.isEmpty, "Files of the grammar", PagePath.files),
            (true, "Notation", PagePath.notation),
        ]
        return optional.filter(\.isThere).map { ($0.title, $0.path) }
    }
}
