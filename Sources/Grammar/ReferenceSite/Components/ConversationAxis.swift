import ProtocolGrammar

/// The pages of one conversation on the axis of versions, each a link over the versions in which the same is said.
struct ConversationAxis {
    let pages: [ConversationIndex.Page]
    /// The versions of the page that the axis stands on.
    var current: VersionSet?
    let links: Links

    private var grammar: Grammar { links.site.grammar }

    /// The axis with its scale.
    var figure: HTML {
        tag("nav", .class("told-figure"), .label("The same in other versions")) {
            tag("div", .class("told-scale"), Attribute("aria-hidden", "true")) {
                for version in grammar.sortedVersions where version.status != .named {
                    tag("span") { "\(version.number)" }
                }
            }
            html
        }
    }

    /// The links alone, for a row of a table.
    var html: HTML {
        tag("ul", .class("told")) {
            for page in pages {
                for places in VersionAxis(grammar: grammar).ranges(of: page.versions) {
                    tag("li", Attribute("style", "--a:\(places.lowerBound);--b:\(places.upperBound)")) {
                        link(page, places)
                    }
                }
            }
        }
    }

    private func link(_ page: ConversationIndex.Page, _ places: ClosedRange<Int>) -> HTML {
        let isCurrent = page.versions == current
        let versions = grammar.sortedVersions.filter { $0.status != .named }
        let names = places.compactMap { versions.indices.contains($0 - 1) ? versions[$0 - 1].number : nil }
        let text = names.count == 1 ? "\(names[0])" : "\(names.first ?? 0)–\(names.last ?? 0)"
        var attributes = [
            links.href(PagePath.conversation(page, grammar)), .label(grammar.describe(page.versions)),
            Attribute("data-told", Attribute.versions(page.versions, in: grammar).value ?? ""),
        ]
        if names.count == 1 { attributes.append(.class("tight")) }
        if isCurrent { attributes.append(Attribute("aria-current", "page")) }
        return .element("a", attributes, HTML(text))
    }
}
