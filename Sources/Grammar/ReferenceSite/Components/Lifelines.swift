import ProtocolGrammar

/// A table of forms, with the versions of each as a line on one axis, which is a version switch too.
struct Lifelines {
    let forms: [Form]
    let links: Links

    private var grammar: Grammar { links.site.grammar }

    var html: HTML {
        tag("div", .class("lives")) {
            tag("table") {
                tag("thead") {
                    tag("tr") {
                        tag("th", Attribute("scope", "col")) { "Form" }
                        tag("th", Attribute("scope", "col"), .class("dir-cell")) { "Sender" }
                        tag("th", Attribute("scope", "col")) { "Purpose" }
                        if hasAxis { tag("th", Attribute("scope", "col")) { VersionAxis(grammar: grammar).html } }
                    }
                }
                for group in groups {
                    tag("tbody", .flag("data-empties")) {
                        if groups.count > 1 {
                            tag("tr", .class("group")) {
                                tag("th", Attribute("colspan", hasAxis ? "4" : "3"), Attribute("scope", "rowgroup")) {
                                    "On " + group.services.joined(separator: ", ")
                                }
                            }
                        }
                        for form in group.forms { row(form) }
                    }
                }
            }
        }
    }

    private var hasAxis: Bool { grammar.versions.count > 1 }

    /// The forms by the services that have them, in the order of the first of each.
    private var groups: [(services: [String], forms: [Form])] {
        var result: [(services: [String], forms: [Form])] = []
        for form in forms {
            if let index = result.firstIndex(where: { $0.services == form.services }) {
                result[index].forms.append(form)
            } else {
                result.append((form.services, [form]))
            }
        }
        return result
    }

    private func row(_ form: Form) -> HTML {
        tag("tr", [.class("\(form.sender.rawValue)-row")] + grammar.shown(in: form.versions)) {
            tag("th", Attribute("scope", "row")) {
                tag("a", .href("#" + links.anchor(of: form))) { form.name }
            }
            tag("td", .class("dir-cell")) { Components.sender(form.sender) }
            tag("td") { form.about }
            if hasAxis { tag("td") { VersionAxis(grammar: grammar).life(form.versions) } }
        }
    }
}

/// The axis of versions from the first to the last, on which lines show how long something was there.
struct VersionAxis {
    let grammar: Grammar

    /// The versions of which more than the name is known.
    private var versions: [Version] { grammar.sortedVersions.filter { $0.status != .named } }

    /// The head of the axis, each version a link that shows it alone.
    var html: HTML {
        tag("div", .class("axis"), Attribute("role", "group"), .label("Show one version")) {
            for version in versions {
                tag("a", .href("?v=\(version.number)"), Attribute("title", version.name)) { "\(version.number)" }
            }
        }
    }

    /// The line of something with these versions.
    func life(_ set: VersionSet) -> HTML {
        tag("span", .class("life"), Attribute("role", "img"), .label(grammar.describe(set))) {
            for range in ranges(of: set) {
                tag("i", Attribute("style", "--a:\(range.lowerBound);--b:\(range.upperBound)")) {}
            }
        }
    }

    /// A piece of text on the axis, over the versions that it is about.
    func span(_ text: String, _ set: VersionSet) -> HTML {
        ranges(of: set).map { range in
            tag(
                "span", .class(range.count == 1 ? "tight" : ""), Attribute("title", text),
                Attribute("style", "--a:\(range.lowerBound);--b:\(range.upperBound)")
            ) {
                text
                tag("span", .class("sr")) { " in " + grammar.describe(set) }
            }
        }
        .joined()
    }

    /// The number of versions on the axis, for the style sheet.
    var count: Attribute { Attribute("style", "--n:\(versions.count)") }

    /// The place of a version on the axis, counted from 1; nil for a version that is a name only.
    func place(of version: Version) -> Int? { versions.firstIndex { $0.number == version.number }.map { $0 + 1 } }

    /// The places on the axis that a set covers, counted from 1.
    func ranges(of set: VersionSet) -> [ClosedRange<Int>] {
        let places = versions.indices.filter { set.contains(versions[$0].number) }.map { $0 + 1 }
        var result: [ClosedRange<Int>] = []
        for place in places {
            if let last = result.last, last.upperBound + 1 == place {
                result[result.count - 1] = last.lowerBound...place
            } else {
                result.append(place...place)
            }
        }
        return result
    }
}
