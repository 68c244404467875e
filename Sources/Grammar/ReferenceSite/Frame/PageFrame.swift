import ProtocolGrammar

/// Puts the frame around pages: the header with search and the version switch, the way through the manual, and the
/// contents of the page.
struct PageFrame {
    let site: Site

    private var grammar: Grammar { site.grammar }

    /// The documents of pages.
    func documents(of pages: [Page]) -> [SiteFile] {
        var navigations: [Substring: SideNavigation] = [:]
        return pages.map { page in
            let folder = page.path == PagePath.start ? "start" : SideNavigation.folder(of: page.path)
            let navigation = navigations[folder] ?? SideNavigation(site: site, besides: page.path)
            navigations[folder] = navigation
            return SiteFile(name: page.path, text: document(of: page, navigation))
        }
    }

    private func document(of page: Page, _ navigation: SideNavigation) -> String {
        let links = Links(site: site, page: page.path)
        let axis = VersionAxis(grammar: grammar)
        let html = tag("html", Attribute("lang", "en"), Attribute("data-base", base(of: page)), axis.count) {
            head(of: page, links)
            tag("body") {
                tag("a", .class("skip"), .href("#main")) { "Skip to content" }
                header(of: page, links)
                tag("div", .class("note-bar"), Attribute("role", "status")) {}
                tag("div", .class("frame")) {
                    main(of: page, links)
                    navigation.html(on: page.path)
                    footer(links)
                }
            }
        }
        return "<!doctype html>\n" + html.markup + "\n"
    }

    private func base(of page: Page) -> String {
        String(repeating: "../", count: page.path.split(separator: "/").count - 1)
    }

    private func head(of page: Page, _ links: Links) -> HTML {
        tag("head") {
            HTML.void("meta", [Attribute("charset", "utf-8")])
            HTML.void(
                "meta", [Attribute("name", "viewport"), Attribute("content", "width=device-width, initial-scale=1")])
            tag("title") { page.path == PagePath.start ? site.title : "\(page.title) · \(site.title)" }
            HTML.void("meta", [Attribute("name", "description"), Attribute("content", page.summary)])
            HTML.void("link", [Attribute("rel", "icon"), .href("data:,")])
            HTML.void("link", [Attribute("rel", "stylesheet"), links.href("style.css")])
            // Before the first paint, so that no page flashes in the wrong colours.
            HTML.literal(
                """
                <script>document.documentElement.classList.add('js');try{if(localStorage.theme)\
                document.documentElement.dataset.theme=localStorage.theme}catch{}</script>
                """)
            for script in ["site.js"] + page.scripts {
                tag("script", Attribute("src", PagePath.relative(script, from: page.path)), .flag("defer")) {}
            }
        }
    }

    private func header(of page: Page, _ links: Links) -> HTML {
        tag("header", .class("top")) {
            HTML.element(
                "a", [.class("brand"), links.href(PagePath.start)],
                HTML.literal(
                    """
                    <svg viewBox="0 0 24 16" aria-hidden="true"><circle class="a" cx="8" cy="8" r="7"/>\
                    <circle class="b" cx="18" cy="10" r="5"/></svg> 
                    """) + HTML(site.title))
            tag("a", .class("browse"), .href("#browse")) { "Browse" }
            search
            if grammar.versions.count > 1 { versionSwitch }
            tag("button", .class("button theme needs-js"), Attribute("type", "button")) { "Auto" }
        }
    }

    private var search: HTML {
        tag("div", .class("search needs-js"), Attribute("role", "search")) {
            tag("label", .class("sr"), Attribute("for", "search")) { "Search the reference" }
            HTML.void(
                "input",
                [
                    .id("search"), Attribute("type", "text"),
                    Attribute("placeholder", "Search commands, errors, parameters"),
                    Attribute("autocomplete", "off"), Attribute("spellcheck", "false"), Attribute("role", "combobox"),
                    Attribute("aria-expanded", "false"), Attribute("aria-controls", "hits"),
                    Attribute("aria-autocomplete", "list"),
                ])
            tag("kbd", Attribute("aria-hidden", "true")) { "/" }
            tag("div", .class("hits"), .id("hits"), Attribute("role", "listbox"), .label("Results")) {}
        }
    }

    private var versionSwitch: HTML {
        tag("div", .class("switch needs-js")) {
            tag("label", Attribute("for", "version")) { "Version" }
            tag("select", .id("version")) { options(first: "All") }
            tag("span", .class("compare")) {
                tag("label", Attribute("for", "compare")) { "against" }
                tag("select", .id("compare")) { options(first: "none") }
            }
        }
    }

    @HTMLBuilder
    private func options(first: String) -> HTML {
        tag("option", Attribute("value", "")) { first }
        for version in grammar.sortedVersions {
            let place = VersionAxis(grammar: grammar).place(of: version).map { [Attribute("data-place", "\($0)")] }
            tag("option", [Attribute("value", "\(version.number)")] + (place ?? [])) { version.name }
        }
    }

    private func main(of page: Page, _ links: Links) -> HTML {
        tag("main", .class("page"), .id("main")) {
            tag("div", .class(page.isWide ? "cols wide" : "cols")) {
                tag("div") {
                    tag("header") {
                        if !page.crumbs.isEmpty { crumbs(of: page, links) }
                        tag("h1", page.titleIsCode ? [.class("code")] : []) { page.title }
                        if !page.summary.isEmpty { tag("p", .class("lede")) { page.summary } }
                        page.header
                    }
                    for section in page.sections {
                        Components.heading(2, section.title, id: section.id)
                        section.content
                    }
                }
                if page.sections.count > 1, !page.isWide { contents(of: page) }
            }
        }
    }

    private func crumbs(of page: Page, _ links: Links) -> HTML {
        let parts = page.crumbs.map { crumb in
            crumb.path.map { links.link(crumb.title, to: $0) } ?? HTML(crumb.title)
        }
        return tag("p", .class("crumb")) { parts.joined(separator: " / ") }
    }

    private func contents(of page: Page) -> HTML {
        tag("nav", .class("rail"), .label("On this page")) {
            tag("h2") { "On this page" }
            tag("ul") {
                for section in page.sections {
                    tag("li") {
                        tag("a", .href("#" + section.id)) { section.title }
                        if !section.parts.isEmpty {
                            tag("ul") {
                                for part in section.parts {
                                    tag("li", part.versions.map { grammar.shown(in: $0) } ?? []) {
                                        tag("a", .href("#" + part.id)) { part.title }
                                    }
                                }
                            }
                        }
                    }
                }
            }
        }
    }

    private func footer(_ links: Links) -> HTML {
        tag("footer", .class("foot")) {
            tag("p") {
                "Generated from the grammar, whose tests decode each example in each version that it names. "
                links.link("Notation", to: PagePath.notation)
            }
        }
    }
}
